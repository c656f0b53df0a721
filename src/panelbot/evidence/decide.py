"""Which of the six statuses a question gets.

Knows the evidence model and who was asked about; does not write the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from panelbot.evidence.coverage import WordVectors, word_vectors
from panelbot.evidence.features import N_HITS, asked_words, features, kind_of, prepare
from panelbot.evidence.model import load_model
from panelbot.evidence.unanswered import unanswered
from panelbot.types import Hit, Question, Status, Transcript

if TYPE_CHECKING:
    from panelbot.embedding import Embedder
    from panelbot.retrieve import Retrieval


# A speaker did not speak of it where others did so much more clearly; above DOUBTFUL the others are not asked.
DOUBTFUL = 0.25
CLEARLY = 2.0
# Among a few people's turns nothing stands out as it does among everybody's: so much of the threshold is enough.
SCOPED = 0.5
MORE = 0.15  # of the question's words that others must cover beyond those the speaker covers


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The status, the probability (0..1) that the hits answer, and what the status is about."""

    status: Status
    probability: float = 0.0
    wider: Retrieval | None = None  # not_by_speaker: what was found among everybody
    asked: Hit | None = None  # asked_not_answered: the turn that asks


def decide(
    question: Question,
    retrieval: Retrieval,
    transcripts: Mapping[str, Transcript],
    *,
    embedder: Embedder | None = None,
    search: Callable[[Question], Retrieval] | None = None,
) -> Verdict:
    """The verdict on ``question``.

    Args:
        question: as understood, without a fault.
        retrieval: what was found for it, within its speakers.
        transcripts: the transcripts in scope, by id.
        embedder: tells words near in meaning; without it only words that are the same count.
        search: finds what others said where the speakers asked about said nothing.
    """
    vectors = word_vectors(embedder) if embedder is not None else None
    prepare(question, retrieval, transcripts, vectors)
    own = _judge(question, retrieval, transcripts, vectors)
    if retrieval.hits and question.speakers and not asked_words(question):
        return Verdict(status="answered", probability=own.chance)  # "what did she say": whatever she said
    by_others = None
    if question.speakers and search is not None and own.chance < own.doubtful:
        everybody = replace(question, speakers=())
        by_others = _by_others(question, search(everybody))
        others = _judge(everybody, by_others, transcripts, vectors, among_others=True)
        if others.chance >= max(others.threshold, CLEARLY * own.chance) and others.covered >= own.covered + MORE:
            return Verdict(status="not_by_speaker", probability=own.chance, wider=by_others)
    hits = (*retrieval.hits[:N_HITS], *(by_others.hits[:N_HITS] if by_others else ()))
    left = unanswered(question, hits, transcripts, vectors)
    if left is not None:
        return Verdict(status="asked_not_answered", probability=own.chance, asked=left)
    found = own.chance >= own.threshold and bool(retrieval.hits)
    return Verdict(status="answered" if found else "not_discussed", probability=own.chance)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judgement:
    """The probability that hits hold an answer, with the points on that scale, and the words they cover."""

    chance: float
    covered: float
    threshold: float
    doubtful: float


def _judge(
    question: Question,
    retrieval: Retrieval,
    transcripts: Mapping[str, Transcript],
    vectors: WordVectors | None,
    *,
    among_others: bool = False,
) -> _Judgement:
    scoped = bool(question.speakers) or among_others
    kind = kind_of(question, retrieval)
    model = load_model(kind)
    measured = features(question, retrieval, transcripts, vectors) if retrieval.hits else {}
    return _Judgement(
        chance=model.probability(measured) if measured else 0.0,
        covered=measured.get("covered", 0.0),
        threshold=model.threshold * (SCOPED if scoped else 1.0),
        doubtful=model.threshold if kind == "across" else max(DOUBTFUL, model.threshold),
    )


def _by_others(question: Question, wider: Retrieval) -> Retrieval:
    """What those said who were not asked about."""
    asked = {(ref.transcript_id, ref.name) for ref in question.speakers}
    return replace(wider, hits=tuple(h for h in wider.hits if (h.transcript_id, h.speaker.name) not in asked))

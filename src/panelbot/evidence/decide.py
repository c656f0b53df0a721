"""Which of the six statuses a question gets.

Knows the evidence model and who was asked about; does not write the answer.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from panelbot.evidence.anything import asks_for_anything
from panelbot.evidence.features import N_HITS, features, kind_of, prepare
from panelbot.evidence.model import load_model
from panelbot.evidence.unanswered import unanswered
from panelbot.retrieve.closeness import Closeness
from panelbot.retrieve.rerank import best_read
from panelbot.types import Hit, Question, Status, Transcript
from panelbot.understand.breadth import is_broad

if TYPE_CHECKING:
    from panelbot.embedding import Embedder
    from panelbot.retrieve import Retrieval


# Where the one asked about holds an answer more probably than this, the others are not looked at.
DOUBTFUL = 0.5
# Others speak of it and the one asked about does not, from this probability on: for one fact, and for a matter, of
# which several people say something. By meetings and panels of `training/train_speakers.py`.
BY_OTHERS, BY_OTHERS_BROAD = 0.6, 0.9
# Among a few people's turns nothing stands out as it does among everybody's: so much of the threshold is enough.
SCOPED = 0.5
# Between so much of the threshold and this probability the evidence alone does not settle it.
HOPELESS, SURE = 0.5, 0.6
COMPARED = ("covered", "close", "close_least")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The status, the probability (0..1) that the hits answer, and what the status is about."""

    status: Status
    probability: float = 0.0
    doubtful: bool = False  # answered or not_discussed: a reader of the passages may know better
    wider: Retrieval | None = None  # what others said, where they spoke of it
    asked: Hit | None = None  # asked_not_answered: the turn that asks

    @property
    def denied(self) -> Verdict:
        """The verdict once somebody has read the hits and found no answer in them."""
        return replace(self, status="not_discussed" if self.wider is None else "not_by_speaker", doubtful=False)


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
        embedder: tells words close in meaning; without it only words that are the same count.
        search: finds what others said where the speakers asked about said nothing.
    """
    closeness = prepare(question, retrieval, transcripts, embedder)
    own = judge(question, retrieval, transcripts, closeness)
    if retrieval.hits and asks_for_anything(question):
        return Verdict(status="answered", probability=own.chance)
    by_others = wider = None
    if question.speakers and search is not None and own.chance < DOUBTFUL:
        everybody = replace(question, speakers=())
        by_others = of_others(question, search(everybody))
        others = judge(everybody, by_others, transcripts, closeness, among_others=True)
        # The words of a follow-up ("and the lawyer?") were asked of somebody else, who may have used them too.
        carried = question.text != question.original
        point = BY_OTHERS_BROAD if carried or is_broad(question) else BY_OTHERS
        wider = by_others if others.chance >= others.threshold else None
        if wider is not None and load_model("others").probability(compare(own, others)) >= point:
            return Verdict(status="not_by_speaker", probability=own.chance, wider=wider)
    hits = (*retrieval.hits[:N_HITS], *(by_others.hits[:N_HITS] if by_others else ()))
    left = unanswered(question, hits, transcripts, closeness)
    if left is not None:
        return Verdict(status="asked_not_answered", probability=own.chance, asked=left)
    found = own.chance >= own.threshold and bool(retrieval.hits)
    return Verdict(
        status="answered" if found else "not_discussed",
        probability=own.chance,
        doubtful=bool(retrieval.hits) and HOPELESS * own.threshold <= own.chance < SURE,
        wider=wider,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The probability that hits hold an answer, the point from which they are thought to, and what it is made of."""

    chance: float
    threshold: float
    measured: Mapping[str, float]


def judge(
    question: Question,
    retrieval: Retrieval,
    transcripts: Mapping[str, Transcript],
    closeness: Closeness | None,
    *,
    among_others: bool = False,
) -> Judgement:
    """The judgement on one search; ``among_others`` for that among those who were not asked about."""
    model = load_model(kind_of(question, retrieval))
    measured = features(question, retrieval, transcripts, closeness) if retrieval.hits else {}
    if retrieval.point is not None and (read := best_read(retrieval.hits)) is not None:
        return Judgement(chance=1 / (1 + math.exp(retrieval.point - read)), threshold=0.5, measured=measured)
    return Judgement(
        chance=model.probability(measured) if measured else 0.0,
        threshold=model.threshold * (SCOPED if question.speakers or among_others else 1.0),
        measured=measured,
    )


def compare(own: Judgement, others: Judgement) -> dict[str, float]:
    """The features by which it is told that others spoke of it and the one asked about did not."""
    return {
        "own": _log_odds(own.chance),
        "ahead": _log_odds(others.chance) - _log_odds(own.chance),
        **{name: others.measured.get(name, 0.0) - own.measured.get(name, 0.0) for name in COMPARED},
    }


def _log_odds(chance: float) -> float:
    chance = min(max(chance, 1e-4), 1 - 1e-4)
    return math.log(chance / (1 - chance))


def of_others(question: Question, wider: Retrieval) -> Retrieval:
    """What those said who were not asked about."""
    asked = {(ref.transcript_id, ref.name) for ref in question.speakers}
    return replace(wider, hits=tuple(h for h in wider.hits if (h.transcript_id, h.speaker.name) not in asked))

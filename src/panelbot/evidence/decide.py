"""Which of the six statuses a question gets.

Knows the evidence model and who was asked about; does not write the answer.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from panelbot.evidence.anything import asks_for_anything
from panelbot.evidence.asked import NEARLY_SAID, Asked, find_asked
from panelbot.evidence.features import N_HITS, around, features, kind_of, prepare
from panelbot.evidence.model import load_model
from panelbot.retrieve.closeness import Closeness, asked_words
from panelbot.retrieve.coverage import coverage
from panelbot.retrieve.rerank import best_read
from panelbot.types import Confidence, Question, Status, Transcript

if TYPE_CHECKING:
    from panelbot.embedding import Embedder
    from panelbot.retrieve import Retrieval


# Others speak of it and the one asked about does not, from this probability on (training/train_speakers.py).
BY_OTHERS = 0.5
FAR = 8  # hits of others in front of the first of the one asked about; as far as a search is looked at
# Among a few people's turns nothing stands out as it does among everybody's: so much of the threshold is enough.
SCOPED = 0.5
# Below so much of the threshold there is no answer; from this probability on there is one more likely than none.
# Between the two the quotes come closest, and no more is said of them.
HOPELESS, LIKELY = 0.5, 0.5
# From this probability on nobody is asked whether the hits answer.
SURE = 0.6
TAKEN_UP = 0.8  # a statement that holds so much of what a question does of the words asked takes it up


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The status, the probability (0..1) that the hits answer, and what the status is about."""

    status: Status
    probability: float = 0.0
    confidence: Confidence = "high"
    doubtful: bool = False  # answered or not_discussed: a reader of the passages may know better
    wider: Retrieval | None = None  # what others said, where they spoke of it
    asked: Asked | None = None  # the question of the talk that is this one: its replies answer, or none came

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
    asked = find_asked(question, retrieval.hits, transcripts, closeness, embedder)
    stated = most_stated(question, retrieval, transcripts, closeness, asked) if asked is not None else 0.0
    threaded = by_thread(question, asked, own, stated, transcripts)
    if threaded is not None and asked is not None and (asked.sure or not question.speakers):
        return threaded
    wider = None
    if question.speakers and search is not None:
        whole, everybody = search(replace(question, speakers=())), replace(question, speakers=())
        others = judge(everybody, of_others(question, whole), transcripts, closeness, among_others=True)
        wider = who_spoke(question, whole, transcripts, closeness)
        # The words of a follow-up ("and the lawyer?") were asked of somebody else, who may have used them too.
        carried = question.text != question.original
        apart = load_model("others").probability(compare(own, others, n_before(question, whole)))
        if wider is not None and not carried and apart >= BY_OTHERS:
            return Verdict(status="not_by_speaker", probability=own.chance, wider=wider)
    if threaded is not None:
        return threaded
    found = own.chance >= HOPELESS * own.threshold and bool(retrieval.hits)
    return Verdict(
        status="answered" if found else "not_discussed",
        probability=own.chance,
        confidence="high" if own.chance >= LIKELY or not found else "low",
        doubtful=bool(retrieval.hits) and HOPELESS * own.threshold <= own.chance < SURE,
        wider=wider,
    )


def by_thread(
    question: Question,
    asked: Asked | None,
    own: Judgement,
    stated: float,
    transcripts: Mapping[str, Transcript],
) -> Verdict | None:
    """The verdict where somebody asked (nearly) the same: its replies are the answer, those of whom is asked about.

    None where nobody did, or where the one asked about did not reply. That nobody answered is said only where what
    follows shows it, and no statement found holds what was asked; the best one holds ``stated`` of it, 0..1.
    """
    if asked is None or not asked.decides(stated):
        return None
    thread, chance = asked.thread, own.chance
    if thread.passed >= 0 and not question.speakers:
        said = stated >= TAKEN_UP * asked.covered or asked.likeness < NEARLY_SAID
        return None if said else Verdict(status="asked_not_answered", probability=chance, asked=asked)
    named = {ref.name for ref in question.speakers if ref.transcript_id == thread.transcript_id}
    turns = transcripts[thread.transcript_id].turns
    replies = tuple(turn for turn in thread.replies if not question.speakers or turns[turn].speaker in named)
    if not replies:
        return None
    return Verdict(
        status="answered",
        probability=chance,
        asked=replace(asked, thread=replace(thread, replies=replies)),
        confidence="high" if asked.sure or chance >= LIKELY else "low",
    )


def most_stated(
    question: Question,
    retrieval: Retrieval,
    transcripts: Mapping[str, Transcript],
    closeness: Closeness | None,
    asked: Asked,
) -> float:
    """The largest share of the words asked that a hit states, 0..1: of those by people who are there to be asked."""
    thread = asked.thread
    asker = transcripts[thread.transcript_id].turns[thread.asked].speaker
    texts = [
        around(hit, transcripts)
        for hit in retrieval.hits[:N_HITS]
        if hit.speaker.role != "moderator" and hit.speaker.name != asker and hit.turn > 0
    ]
    return max((coverage(asked_words(question), text, closeness).mean for text in texts), default=0.0)


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


def compare(own: Judgement, others: Judgement, before: int) -> dict[str, float]:
    """The features by which it is told that others spoke of it and the one asked about did not.

    ``before`` hits of others come in front of the first of whoever is asked about.
    """
    return {
        "ahead": _log_odds(others.chance) - _log_odds(own.chance),
        "covered": others.measured.get("covered", 0.0) - own.measured.get("covered", 0.0),
        "before": math.log(1 + min(before, FAR)),
    }


def _log_odds(chance: float) -> float:
    chance = min(max(chance, 1e-4), 1 - 1e-4)
    return math.log(chance / (1 - chance))


def n_before(question: Question, whole: Retrieval) -> int:
    """How many hits of ``whole`` come in front of the first of whoever is asked about; `FAR` where none is theirs."""
    asked = {(ref.transcript_id, ref.name) for ref in question.speakers}
    return next((n for n, h in enumerate(whole.hits) if (h.transcript_id, h.speaker.name) in asked), FAR)


def who_spoke(
    question: Question, whole: Retrieval, transcripts: Mapping[str, Transcript], closeness: Closeness | None
) -> Retrieval | None:
    """The hits of others who spoke of it, each by the test an answer of theirs alone has to pass; None for none."""
    everybody, theirs = replace(question, speakers=()), of_others(question, whole)
    spoke = set[tuple[str, str]]()
    for person in dict.fromkeys((hit.transcript_id, hit.speaker.name) for hit in theirs.hits):
        own = tuple(hit for hit in theirs.hits if (hit.transcript_id, hit.speaker.name) == person)
        judged = judge(everybody, replace(theirs, hits=own), transcripts, closeness, among_others=True)
        if judged.chance >= judged.threshold:
            spoke.add(person)
    hits = tuple(hit for hit in theirs.hits if (hit.transcript_id, hit.speaker.name) in spoke)
    return replace(theirs, hits=hits) if hits else None


def of_others(question: Question, wider: Retrieval) -> Retrieval:
    """What those said who were not asked about, but for the moderator: who asks about a matter does not speak of it."""
    asked = {(ref.transcript_id, ref.name) for ref in question.speakers}
    others = (h for h in wider.hits if (h.transcript_id, h.speaker.name) not in asked and h.speaker.role != "moderator")
    return replace(wider, hits=tuple(others))

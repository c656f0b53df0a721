"""Which of the six statuses a question gets.

Knows the evidence model and who was asked about; does not write the answer.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from panelbot.evidence.features import N_HITS, around, features, kind_of, read_hits
from panelbot.evidence.model import load_model
from panelbot.evidence.open_questions import NEARLY_SAID, OpenQuestion, find_open_question
from panelbot.evidence.verdict import Evidence, Verdict
from panelbot.match.matcher import Matcher
from panelbot.retrieve.rerank import best_read, read_first
from panelbot.types import Hit, Question, Transcript

if TYPE_CHECKING:
    from panelbot.rerank import Reranker
    from panelbot.retrieve import Retrieval


# Others speak of it and the one asked about does not, from this probability on (training/train_speakers.py).
BY_OTHERS = 0.5
N_READ = 6  # hits that are read
SHARE = 0.16  # of the reader's log-odds, beside the log of one over the rank (docs/answers-measured.md)
FAR = 8  # hits of others in front of the first of the one asked about; as far as a search is looked at
# Among a few people's turns nothing stands out as it does among everybody's: so much of the threshold is enough.
SCOPED = 0.5
# Below so much of the threshold there is no answer; from this probability on there is one more likely than none.
# Between the two the quotes come closest, and no more is said of them.
HOPELESS, LIKELY = 0.5, 0.5
# From this probability on nobody is asked whether the hits answer.
SURE = 0.6
TAKEN_UP = 0.8  # a statement that holds so much of what a question does of the words asked takes it up


def decide(
    question: Question,
    own: Retrieval,
    transcripts: Mapping[str, Transcript],
    matcher: Matcher,
    *,
    everybody: Retrieval | None = None,
    reader: Reranker | None = None,
) -> Evidence:
    """The evidence on ``question``: the verdict, its hits as the reader leaves them, those of others who spoke of it.

    Args:
        question: as understood, without a fault.
        own: what was found for it, within its speakers.
        transcripts: the transcripts in scope, by id.
        matcher: compares the question with texts.
        everybody: what was found for it among everybody, where it is about some; without it nobody else spoke of it.
        reader: reads the best hits where nothing else has decided, and says how sure an answer of them is. It refuses
            none: what it would refuse beyond the evidence model has an answer as often as not
            (docs/answers-measured.md).
    """
    read_hits(own, transcripts, matcher)
    judged = judge(question, own, transcripts, matcher)
    if own.hits and question.speakers and question.open_ended:
        return Evidence(verdict=Verdict(status="answered", probability=judged.chance), own=own)
    asked = find_open_question(question, own.hits, transcripts, matcher)
    stated = most_stated(own, transcripts, matcher, asked) if asked is not None else 0.0
    threaded = by_thread(question, asked, judged, stated, own, transcripts)
    if threaded is not None and asked is not None and (asked.sure or not question.speakers):
        return Evidence(verdict=threaded, own=own)
    others = None
    if question.speakers and everybody is not None:
        anybody, theirs = replace(question, speakers=()), of_others(question, everybody)
        compared = judge(anybody, theirs, transcripts, matcher, among_others=True)
        others = who_spoke(question, theirs, transcripts, matcher)
        # The words of a follow-up ("and the lawyer?") were asked of another speaker, who may have used them too.
        carried = question.text != question.original
        apart = load_model("others").probability(compare(judged, compared, n_before(question, everybody)))
        if others is not None and not carried and apart >= BY_OTHERS:
            verdict = Verdict(status="not_by_speaker", probability=judged.chance)
            return Evidence(verdict=verdict, own=own, others=others)
    if threaded is not None:
        return Evidence(verdict=threaded, own=own)
    found, chance = judged.chance >= HOPELESS * judged.threshold and bool(own.hits), judged.chance
    if found and reader is not None and own.point is None and is_read(question):
        hits, read = read_first(question, own.hits, transcripts, reader, n=N_READ, share=SHARE)
        own = replace(own, hits=hits, read=read)
        chance = load_model("read").probability(reading(judged, hits))
    verdict = Verdict(
        status="answered" if found else "not_discussed",
        probability=chance,
        confidence="high" if chance >= LIKELY or not found else "low",
        doubtful=found and chance < SURE,
    )
    return Evidence(verdict=verdict, own=own, others=others)


def is_read(question: Question) -> bool:
    """Whether the reader has a say: of one speaker's few turns the search alone tells better which answers."""
    return question.kind == "content" and not question.speakers


def reading(own: Judgement, reread: Sequence[Hit]) -> dict[str, float]:
    """The features by which it is told whether hits that were read answer."""
    return {"plain": _log_odds(own.chance), "read": best_read(reread) or 0.0}


def by_thread(
    question: Question,
    asked: OpenQuestion | None,
    own: Judgement,
    stated: float,
    retrieval: Retrieval,
    transcripts: Mapping[str, Transcript],
) -> Verdict | None:
    """The verdict where the talk has (nearly) the same question: its replies answer, those of the speakers asked about.

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
    best = retrieval.hits[0]  # the chance is that of the hits: it says nothing of replies that are not among the best
    likely = chance >= LIKELY and (best.transcript_id, best.turn) in {(thread.transcript_id, turn) for turn in replies}
    return Verdict(
        status="answered",
        probability=chance,
        asked=replace(asked, thread=replace(thread, replies=replies)),
        confidence="high" if asked.sure or likely else "low",
    )


def most_stated(
    retrieval: Retrieval,
    transcripts: Mapping[str, Transcript],
    matcher: Matcher,
    asked: OpenQuestion,
) -> float:
    """The largest share of the words asked that a hit states, 0..1: of those by people who are there to be asked."""
    thread = asked.thread
    asker = transcripts[thread.transcript_id].turns[thread.asked].speaker
    texts = [
        around(hit, transcripts)
        for hit in retrieval.hits[:N_HITS]
        if hit.speaker.role != "moderator" and hit.speaker.name != asker and hit.turn > 0
    ]
    return max((matcher.coverage(text).mean for text in texts), default=0.0)


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
    matcher: Matcher,
    *,
    among_others: bool = False,
) -> Judgement:
    """The judgement on one search; ``among_others`` for that among those who were not asked about."""
    model = load_model(kind_of(question, retrieval))
    measured = features(question, retrieval, transcripts, matcher) if retrieval.hits else {}
    if retrieval.point is not None and (read := best_read(retrieval.hits)) is not None:
        return Judgement(chance=1 / (1 + math.exp(retrieval.point - read)), threshold=0.5, measured=measured)
    return Judgement(
        chance=model.probability(measured) if measured else 0.0,
        threshold=model.threshold * (SCOPED if question.speakers or among_others else 1.0),
        measured=measured,
    )


def compare(own: Judgement, others: Judgement, before: int) -> dict[str, float]:
    """The features by which it is told that others spoke of it and the one asked about did not.

    ``before`` hits of others come in front of the first of the speakers asked about.
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
    """How many hits of ``whole`` come in front of the first of the speakers asked about; `FAR` where none is theirs."""
    asked = {(ref.transcript_id, ref.name) for ref in question.speakers}
    return next((n for n, h in enumerate(whole.hits) if (h.transcript_id, h.speaker.name) in asked), FAR)


def who_spoke(
    question: Question, theirs: Retrieval, transcripts: Mapping[str, Transcript], matcher: Matcher
) -> Retrieval | None:
    """The hits of others who spoke of it, each by the test an answer of theirs alone has to pass; None for none."""
    everybody = replace(question, speakers=())
    spoke = set[tuple[str, str]]()
    for person in dict.fromkeys((hit.transcript_id, hit.speaker.name) for hit in theirs.hits):
        own = tuple(hit for hit in theirs.hits if (hit.transcript_id, hit.speaker.name) == person)
        judged = judge(everybody, replace(theirs, hits=own), transcripts, matcher, among_others=True)
        if judged.chance >= judged.threshold:
            spoke.add(person)
    hits = tuple(hit for hit in theirs.hits if (hit.transcript_id, hit.speaker.name) in spoke)
    return replace(theirs, hits=hits) if hits else None


def of_others(question: Question, wider: Retrieval) -> Retrieval:
    """What those said who were not asked about, but for the moderator: who asks about a matter does not speak of it."""
    asked = {(ref.transcript_id, ref.name) for ref in question.speakers}
    others = (h for h in wider.hits if (h.transcript_id, h.speaker.name) not in asked and h.speaker.role != "moderator")
    return replace(wider, hits=tuple(others))

"""All that an answer is made of, found and decided before a word of it is written: own hits, others', each speaker's.

Knows which searches a question asks for; not what they come to (decide.py), nor what is said of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from panelbot.evidence.absent import absent
from panelbot.evidence.decide import decide
from panelbot.evidence.verdict import Evidence, SpeakerEvidence, Verdict
from panelbot.match.matcher import Matcher
from panelbot.types import Question, SpeakerRef, Status, Transcript

if TYPE_CHECKING:
    from panelbot.rerank import Reranker
    from panelbot.retrieve import Retrieval

N_OF_SPEAKER = 3  # hits of each, where it is asked what each of several people said
# What the register or the questions of the talk tell, or panelbot of itself: no hit is looked at for it.
TOLD: dict[str, Status] = {
    "smalltalk": "not_discussed",
    "task": "not_discussed",
    "people": "answered",
    "asked": "answered",
    "overview": "answered",
}


def gather(
    question: Question,
    found: Retrieval,
    transcripts: Mapping[str, Transcript],
    matcher: Matcher,
    *,
    search: Callable[[Question], Retrieval] | None = None,
    reader: Reranker | None = None,
) -> Evidence:
    """The evidence on ``question``.

    Args:
        question: as understood; its ``fault`` ends the matter at once.
        found: the hits and signals of that question, within its speakers.
        transcripts: the transcripts asked about, by id.
        matcher: compares the question with texts.
        search: searches for a changed question. With it, it is found out who else spoke of the matter, and each of
            several speakers has a search of their own.
        reader: reads the best hits, where nothing else has decided.
    """
    status = _told(question, transcripts)
    if status is not None:
        return Evidence(verdict=Verdict(status=status, probability=float(status == "answered")), own=found)
    asks_others = search is not None and question.speakers and not (found.hits and question.open_ended)
    everybody = search(replace(question, speakers=())) if search is not None and asks_others else None
    evidence = decide(question, found, transcripts, matcher, everybody=everybody, reader=reader)
    if question.kind != "each" or evidence.verdict.status != "answered":
        return evidence
    asked = asked_about(question, evidence.own, transcripts)
    each = tuple(_of(ref, question, evidence.own, transcripts, matcher, search) for ref in asked)
    return replace(evidence, each=each)


def _told(question: Question, transcripts: Mapping[str, Transcript]) -> Status | None:
    """The status of what needs no evidence; None where it needs some."""
    if question.kind == "smalltalk":
        return TOLD[question.kind]
    if question.fault == "ambiguous_speaker":
        return "ambiguous_speaker"
    if question.unknown and not question.speakers and absent(question.unknown, transcripts.values()):
        return "unknown_speaker"
    return TOLD.get(question.kind)


def asked_about(question: Question, own: Retrieval, transcripts: Mapping[str, Transcript]) -> tuple[SpeakerRef, ...]:
    """The speakers a question about everybody is about: those it names, else the panel of the best hit."""
    if question.speakers or not own.hits:
        return question.speakers
    transcript = transcripts[own.hits[0].transcript_id]
    panel = [s for s in transcript.speakers if s.role == "panelist"]
    panel = panel or [s for s in transcript.speakers if s.role not in ("moderator", "audience")]
    return tuple(SpeakerRef.of(transcript.id, s) for s in panel)


def _of(
    ref: SpeakerRef,
    question: Question,
    own: Retrieval,
    transcripts: Mapping[str, Transcript],
    matcher: Matcher,
    search: Callable[[Question], Retrieval] | None,
) -> SpeakerEvidence:
    narrowed = replace(question, speakers=(ref,), kind="content")
    if search is None:
        theirs = [hit for hit in own.hits if (hit.transcript_id, hit.speaker.name) == (ref.transcript_id, ref.name)]
        return SpeakerEvidence(speaker=ref, narrowed=narrowed, hits=tuple(theirs), answers=True)
    found = search(narrowed)
    answers = decide(narrowed, found, transcripts, matcher).verdict.status == "answered"
    return SpeakerEvidence(speaker=ref, narrowed=narrowed, hits=found.hits[:N_OF_SPEAKER], answers=answers)

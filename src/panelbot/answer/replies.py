"""Answers out of threads: the replies to a question of the talk, and the questions themselves where they are asked for.

Knows which turns reply and what was asked; does not decide that the two questions are one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from panelbot.answer.extractive import quote_lines
from panelbot.answer.phrasing import more_questions, says
from panelbot.answer.quote_segments import segment_spans
from panelbot.answer.select import candidates
from panelbot.answer.sentences import Candidate, Sentence, Span
from panelbot.evidence.open_questions import put_questions
from panelbot.evidence.thread import Thread, thread_of
from panelbot.match.coverage import coverage
from panelbot.match.matcher import Matcher
from panelbot.match.maxsim import maxsim_of
from panelbot.text import content_words
from panelbot.types import Hit, Language, Question, Transcript

WHOLE = {"zh": 60, "en": 150}  # characters of a reply that is quoted whole
MOST_TURNS = 4
MOST_QUESTIONS = 6
ABOUT, BESIDE = 0.5, 0.8  # so much of a topic, and of the most any holds, a question must hold to ask about it


def reply_candidates(
    question: Question, thread: Thread, transcripts: Mapping[str, Transcript], matcher: Matcher
) -> tuple[Candidate, ...]:
    """The sentences of the replies, the best of each turn first, the turns in their order; a short turn is whole."""
    transcript = transcripts[thread.transcript_id]
    turns = [transcript.turns[index] for index in thread.replies[:MOST_TURNS]]
    hits = [Hit.of(transcript, turn, rank=n, score=-float(n)) for n, turn in enumerate(turns, start=1)]
    ranked = candidates(question, hits, transcripts, matcher)
    found: list[Candidate] = []
    for hit in hits:
        own = [c for c in ranked if c.span.turn == hit.turn]
        if not own or len(hit.text) <= WHOLE["en" if hit.text.isascii() else "zh"]:
            start, end = (segment_spans(hit.text)[:1] or ((0, 0),))[0][0], len(hit.text.rstrip())
            span = Span(transcript_id=hit.transcript_id, turn=hit.turn, start=start, end=end)
            own = [Candidate(span=span, speaker=hit.speaker.name, text=hit.text[start:end], order=0, score=1.0)]
        found += own
    return tuple(found)


def compose_replies(
    thread: Thread,
    found: Sequence[Candidate],
    transcripts: Mapping[str, Transcript],
    language: Language,
    *,
    limit: int,
) -> tuple[Sentence, ...]:
    """The first reply, then those of others, in the order of the talk: the first with up to half of the sentences."""
    sentences: list[Sentence] = []
    left = limit
    for n, turn in enumerate(thread.replies[:MOST_TURNS]):
        own = [c for c in found if c.span.turn == turn][: min(left, max(1, limit // 2) if n == 0 else 1)]
        if own:
            speaker = transcripts[thread.transcript_id].speaker(own[0].speaker)
            sentences += quote_lines(speaker, own, transcripts, language)
            left -= len(own)
    return tuple(sentences)


def asked_questions(
    question: Question, hits: Sequence[Hit], transcripts: Mapping[str, Transcript], matcher: Matcher
) -> tuple[Candidate, ...]:
    """The questions of the talk that are asked for, in its order: those of the speakers named, about what is named."""
    topic = tuple(dict.fromkeys(content_words(question.topic)))
    askers, answering = _asking(question)
    scope = {tid for tid, _ in askers} or {hit.transcript_id for hit in hits}
    near = {(hit.transcript_id, turn) for hit in hits for turn in (hit.turn, hit.asked)}
    found = [
        c
        for tid in sorted(scope & set(transcripts))
        for c in _questions(transcripts[tid])
        if (not askers or (tid, c.speaker) in askers) and (not topic or askers or (tid, c.span.turn) in near)
    ]
    people = {(tid, s.name) for tid in scope & set(transcripts) for s in transcripts[tid].speakers}
    if addressed := {person for person in people if topic and set(topic) <= set(content_words(person[1]))} - askers:
        topic, answering = (), answering | addressed
    if answering:
        found = [c for c in found if _replied(c, transcripts) & answering]
    if not topic or not found:
        return tuple(found)
    maxsim = maxsim_of(question.topic, topic, matcher.embedder)
    held = [coverage(topic, c.text, maxsim).mean for c in found]
    point = max(ABOUT, BESIDE * max(held))
    return tuple(replace(c, score=h, covered=h) for c, h in zip(found, held, strict=True) if h >= point)


def _asking(question: Question) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Who is said to ask, and who to be asked: of two people named the first asks."""
    groups = [
        {(ref.transcript_id, ref.name) for ref in reference.speakers}
        for reference in sorted(question.references, key=lambda r: r.start)
        if reference.kind != "everyone"
    ]
    named = {(ref.transcript_id, ref.name) for ref in question.speakers}
    if not named:
        return set(), set()
    return (groups[0], groups[1]) if len(groups) > 1 and groups[0] else (named, set())


def _questions(transcript: Transcript) -> Iterator[Candidate]:
    for turn in transcript.turns:
        for n, (start, end) in enumerate(put_questions(turn.text)):
            span = Span(transcript_id=transcript.id, turn=turn.index, start=start, end=end)
            yield Candidate(span=span, speaker=turn.speaker, text=turn.text[start:end], order=2 * n, score=1.0)


def _replied(asked: Candidate, transcripts: Mapping[str, Transcript]) -> set[tuple[str, str]]:
    transcript = transcripts[asked.span.transcript_id]
    return {
        (transcript.id, transcript.turns[turn].speaker) for turn in thread_of(transcript, asked.span.turn).replies[:1]
    }


def compose_questions(
    found: Sequence[Candidate], transcripts: Mapping[str, Transcript], language: Language, *, most: int = MOST_QUESTIONS
) -> tuple[Sentence, ...]:
    """The first questions, one a line, and how many there are more."""
    lines = tuple(
        Sentence(
            text=says(transcripts[c.span.transcript_id].speaker(c.speaker), c.text, language, asks=True),
            spans=(c.span,),
            speaker=c.speaker,
            paragraph=True,
        )
        for c in found[:most]
    )
    return (*lines, *more_questions(len(found) - len(lines), language))

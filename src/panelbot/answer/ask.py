"""From a question and what was retrieved to an Answer: decide, compose, prove.

Knows the order of the steps; each step is a module of its own.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from panelbot.answer import about, refuse
from panelbot.answer.absent import absent
from panelbot.answer.client import ReplyError, left
from panelbot.answer.draft import Sentence, Span, quote_of
from panelbot.answer.each import Block, Blocks, asked_about, gather, in_blocks
from panelbot.answer.extractive import compose, quote_groups
from panelbot.answer.generative import generate
from panelbot.answer.outright import second_opinion
from panelbot.answer.position import at_place
from panelbot.answer.replies import asked_questions, compose_questions, compose_replies, reply_candidates
from panelbot.answer.select import Candidate, candidates, choose
from panelbot.answer.task import Search, Task, answer_of, finish, plain
from panelbot.answer.units import is_question
from panelbot.answer.verify import prover
from panelbot.config import Settings
from panelbot.evidence import SURE, Verdict
from panelbot.evidence.asked import Asked
from panelbot.evidence.thread import Thread, thread_of
from panelbot.types import Answer, Question, Speaker, SpeakerRef, Transcript

if TYPE_CHECKING:
    from panelbot.embedding import Embedder
    from panelbot.retrieve import Retrieval

N_CLOSEST = 3  # turns that are quoted where none of them may answer


def answer_question(
    question: Question,
    retrieval: Retrieval,
    transcripts: Mapping[str, Transcript],
    settings: Settings,
    *,
    embedder: Embedder | None = None,
    search: Search | None = None,
) -> Answer:
    """The proved answer to ``question``.

    Args:
        question: as understood; its ``fault`` ends the matter at once.
        retrieval: the hits and signals of that question, within its speakers.
        transcripts: the transcripts asked about, by id.
        settings: ``max_sentences`` and the ``llm_*`` settings are read.
        embedder: weighs sentences against the question; without it words alone do.
        search: retrieves for a changed question. With it, an answer can say who else spoke of the matter and give
            each speaker a search of their own.
    """
    *_, last = stream_answer(question, retrieval, transcripts, settings, embedder=embedder, search=search)
    if not isinstance(last, Answer):
        raise TypeError("stream_answer ended without an Answer")
    return last


def stream_answer(
    question: Question,
    retrieval: Retrieval,
    transcripts: Mapping[str, Transcript],
    settings: Settings,
    *,
    embedder: Embedder | None = None,
    search: Search | None = None,
) -> Iterator[str | Answer]:
    """As `answer_question`, yielding the whole text so far as it grows, and the Answer last."""
    task = Task(
        question=question,
        retrieval=retrieval,
        transcripts=transcripts,
        settings=settings,
        embedder=embedder,
        search=search,
    )
    answer = _without_search(task)
    if answer is None:
        verdict = task.decide(question, retrieval, search=search)
        at_end = at_place(retrieval.hits, transcripts)
        if at_end:
            answer = _at_place(task, replace(verdict, status="answered", confidence="high"), at_end)
        elif settings.llm_base_url:
            answer = yield from _with_model(task, verdict)
        else:
            answer = _without_model(task, verdict)
    yield from _growing(answer.text)
    yield answer


def _without_model(task: Task, verdict: Verdict) -> Answer:
    return _answered(task, verdict) if verdict.status == "answered" else _refused(task, verdict)


def _with_model(task: Task, verdict: Verdict) -> Generator[str, None, Answer]:
    """The answer where a language model is set: it is asked whether there is one, and then for it.

    Who said something is looked up; the model has said whether anybody did.
    """
    question, settings, language = task.question, task.settings, task.question.language
    until = time.monotonic() + settings.llm_timeout  # for all that the model is asked
    try:
        read = second_opinion(question, task.retrieval, verdict, task.transcripts, settings)
    except ReplyError as error:
        answer = _without_model(task, verdict)
        return replace(answer, note=error.note(language) if answer.status == "answered" else error.reason_in(language))
    if read.status == "answered" and question.kind != "who_said":
        return (yield from _written(replace(task, settings=left(settings, until)), read))
    answer = _without_model(task, read)
    if verdict.status == "answered" and read.status != "answered":
        return replace(answer, note=ReplyError("no_answer").reason_in(language))
    return answer


def _written(task: Task, verdict: Verdict) -> Generator[str, None, Answer]:
    """The answer a language model writes; where it gives none, quotes and a note that says why.

    A model that reads the passages and finds no answer in them is believed, unless they hold one beyond doubt.
    """
    language = task.question.language
    blocks = _blocks(task) if task.question.kind == "each" else None
    if blocks is not None and not blocks.spoke:
        return _answered(task, verdict, blocks)
    pool, hits = (blocks.pool, blocks.hits) if blocks else (task.ranked(task.retrieval.hits), task.retrieval.hits)
    made = prover(task.transcripts, pool, language, task.embedder)
    try:
        for piece in generate(task.question, hits, task.transcripts, task.settings, made):
            if isinstance(piece, str):
                yield piece
            elif blocks:
                # Proved once more in its new order: "he" may stand behind somebody else now.
                answer = _each(task, blocks, verdict, piece.sentences)
                return replace(
                    answer, repaired=answer.repaired + piece.repaired, dropped=answer.dropped + piece.dropped
                )
            else:
                return answer_of(task, piece, verdict=replace(verdict, confidence="high"))
    except ReplyError as error:
        if error.reason == "no_answer" and verdict.probability < SURE:
            return replace(_refused(task, verdict.denied), note=error.reason_in(language))
        return replace(_answered(task, verdict, blocks), note=error.note(language))
    raise TypeError("generate ended without a proof")


def _growing(text: str) -> Iterator[str]:
    """The text line by line, each time from its beginning; the whole comes with the Answer."""
    lines = text.split("\n")
    for n in range(1, len(lines)):
        yield "\n".join(lines[:n])


def _without_search(task: Task) -> Answer | None:
    """The answers that need no evidence: small talk, faults of the question, and what the register tells."""
    question, language = task.question, task.question.language
    if question.kind == "smalltalk":
        return plain(task, "not_discussed", refuse.smalltalk(language), hits=())
    if question.fault == "ambiguous_speaker":
        return plain(task, "ambiguous_speaker", refuse.ambiguous_speaker(question), hits=())
    if question.unknown and not question.speakers and absent(question.unknown, task.transcripts.values()):
        speakers = _everybody(task.transcripts)
        return plain(task, "unknown_speaker", refuse.unknown_speaker(question, speakers), hits=())
    if question.kind == "people":
        return plain(task, "answered", about.people(question, task.transcripts), hits=())
    if question.kind == "task":
        return plain(task, "not_discussed", about.beyond(language), hits=())
    return _questions(task) if question.kind in ("asked", "overview") else None


def _questions(task: Task) -> Answer:
    """What was asked: those questions the question is about, or an overview of all."""
    question, verdict = task.question, Verdict(status="answered", probability=1.0)
    found = asked_questions(question, task.retrieval.hits, task.transcripts, task.embedder)
    lines = compose_questions(found, task.transcripts, question.language)
    if question.kind == "overview":
        head = Sentence(text=about.overview(question.language, asked=bool(lines)), frame=True)
        return finish(task, (head, *lines), found, verdict=verdict) if lines else _beyond(task)
    if lines:
        return finish(task, lines, found, verdict=verdict)
    return _refused(task, replace(verdict, status="not_discussed", probability=0.0))


def _beyond(task: Task) -> Answer:
    return plain(task, "not_discussed", about.overview(task.question.language, asked=False), hits=())


def _everybody(transcripts: Mapping[str, Transcript]) -> list[Speaker]:
    found = {s.name: s for tid in sorted(transcripts) for s in transcripts[tid].speakers}
    return list(found.values())


def _refused(task: Task, verdict: Verdict) -> Answer:
    """One of the three answers that say no after searching."""
    if verdict.status == "not_by_speaker" and verdict.wider is not None:
        return _not_by_speaker(task, verdict)
    if verdict.status == "asked_not_answered" and verdict.asked is not None:
        return _asked_not_answered(task, verdict, verdict.asked)
    ranked = task.ranked(task.retrieval.hits)
    nearest = refuse.nearest_lines(ranked, task.transcripts, task.question.language)
    return finish(task, refuse.not_discussed(task.question, nearest), ranked, verdict=verdict)


def _not_by_speaker(task: Task, verdict: Verdict) -> Answer:
    wanted = {(ref.transcript_id, ref.name) for ref in task.question.speakers}
    hits = verdict.wider.hits if verdict.wider is not None else ()
    others = [hit for hit in hits if (hit.transcript_id, hit.speaker.name) not in wanted]
    ranked = task.ranked(others)
    stated = [c for c in ranked if not is_question(c.text)]
    by_others = quote_groups(choose(stated, limit=2, max_turns=2), stated, task.transcripts, task.question.language)
    return finish(task, refuse.not_by_speaker(task.question, by_others), ranked, verdict=verdict)


def _asked_not_answered(task: Task, verdict: Verdict, asked: Asked) -> Answer:
    """The question that was asked, that nobody took it up, and how the talk went on."""
    thread, texts, language = asked.thread, task.transcripts, task.question.language
    span = Span(transcript_id=thread.transcript_id, turn=thread.asked, start=asked.start, end=asked.end)
    speaker = texts[span.transcript_id].turns[span.turn].speaker
    put = Candidate(span=span, speaker=speaker, text=quote_of(span, texts), order=0, score=1.0)
    (line,) = refuse.nearest_lines((put,), texts, language, n=1)
    went_on: tuple[Sentence, ...] = ()
    if thread.passed > thread.asked:
        found = reply_candidates(task.question, replace(thread, replies=(thread.passed,)), texts, task.embedder)
        went_on = refuse.nearest_lines(found, texts, language, n=1)
    sentences = refuse.asked_not_answered(line, language, went_on=went_on)
    return finish(task, sentences, (put,), verdict=verdict)


def _at_place(task: Task, verdict: Verdict, at_end: Sequence[Candidate]) -> Answer:
    sentences = compose(
        replace(task.question, kind="content"), at_end, task.transcripts, limit=task.settings.max_sentences
    )
    return finish(task, sentences, at_end, verdict=verdict)


def _answered(task: Task, verdict: Verdict, blocks: Blocks | None = None) -> Answer:
    if task.question.kind == "each":
        answer = _each(task, blocks or _blocks(task), verdict)
        if answer.status == "answered":
            return answer
    if verdict.asked is not None and task.question.kind == "content":
        return _replied(task, verdict, verdict.asked.thread)
    ranked = task.ranked(task.retrieval.hits)
    sentences = compose(task.question, ranked, task.transcripts, limit=task.settings.max_sentences)
    thread = _only_asked(task, sentences)
    if thread is not None and thread.replies:
        return _replied(task, replace(verdict, confidence="low"), thread)
    return _finish(task, sentences, ranked, verdict)


def _replied(task: Task, verdict: Verdict, thread: Thread) -> Answer:
    """The replies to a question of the talk that is the one asked."""
    found = reply_candidates(task.question, thread, task.transcripts, task.embedder)
    limit = task.settings.max_sentences
    sentences = compose_replies(thread, found, task.transcripts, task.question.language, limit=limit)
    return _finish(task, sentences, found, verdict)


def _finish(task: Task, sentences: Sequence[Sentence], pool: Sequence[Candidate], verdict: Verdict) -> Answer:
    """As `finish`; quotes that may not answer are said to."""
    if verdict.confidence == "low" and sentences:
        first, *rest = sentences
        closest, more = refuse.closest(task.question.language), _also_close(task, sentences)
        sentences, pool = (
            (closest, replace(first, paragraph=True), *rest, *more),
            (*pool, *task.ranked(task.retrieval.hits)),
        )
    return finish(task, sentences, pool, verdict=verdict)


def _also_close(task: Task, sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """What the best hits state that nothing is quoted of yet: nobody knows which of them answers."""
    there = {(span.transcript_id, span.turn) for sentence in sentences for span in sentence.spans}
    more = min(N_CLOSEST, task.settings.max_sentences) - len(there)
    left = [hit for hit in task.retrieval.hits[:N_CLOSEST] if (hit.transcript_id, hit.turn) not in there]
    ranked = [c for c in task.ranked(left) if not is_question(c.text)] if left and more > 0 else []
    return refuse.nearest_lines(ranked, task.transcripts, task.question.language, n=max(0, more))


def _only_asked(task: Task, sentences: Sequence[Sentence]) -> Thread | None:
    """The thread of the first of ``sentences`` where all of them ask: what follows it is nearer an answer."""
    spans = [span for sentence in sentences for span in sentence.spans]
    if not spans or not all(is_question(quote_of(span, task.transcripts)) for span in spans):
        return None
    named = {(ref.transcript_id, ref.name) for ref in task.question.speakers}
    transcript = task.transcripts[spans[0].transcript_id]
    if (transcript.id, transcript.turns[spans[0].turn].speaker) in named:
        return None
    return thread_of(transcript, spans[0].turn)


def _blocks(task: Task) -> Blocks:
    """What each speaker asked about said, from a search of their own where one can be made."""
    ranked = task.ranked(task.retrieval.hits)
    asked = asked_about(task.question.speakers, task.retrieval.hits, task.transcripts)
    return gather(asked, lambda ref: _block(task, ref, ranked))


def _block(task: Task, ref: SpeakerRef, ranked: Sequence[Candidate]) -> Block:
    if task.search is None:
        own = tuple(c for c in ranked if (c.span.transcript_id, c.speaker) == (ref.transcript_id, ref.name))
        theirs = [
            hit for hit in task.retrieval.hits if (hit.transcript_id, hit.speaker.name) == (ref.transcript_id, ref.name)
        ]
        return Block(speaker=ref, chance=1.0, hits=tuple(theirs), ranked=own)
    narrow = replace(task.question, speakers=(ref,), kind="content")
    found = task.search(narrow)
    own = candidates(narrow, found.hits[:3], task.transcripts, task.embedder)
    chance = task.decide(narrow, found).status == "answered"
    return Block(speaker=ref, chance=chance, hits=found.hits[:3], ranked=own)


def _each(task: Task, blocks: Blocks, verdict: Verdict, written: Sequence[Sentence] = ()) -> Answer:
    """One block for each speaker asked about, of what is ``written`` about them or of quotes."""
    language, limit = task.question.language, task.settings.max_sentences
    sentences = in_blocks(blocks, written, task.transcripts, language, limit=limit)
    if verdict.confidence == "low":
        sentences = (refuse.closest(language), *sentences)
    return replace(finish(task, sentences, blocks.pool, verdict=verdict), silent=blocks.silent)

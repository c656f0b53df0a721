"""From a question and the evidence on it to an Answer: compose, prove.

Knows the order of the steps; each step is a module of its own.
"""

from __future__ import annotations

import time
from collections.abc import Container, Generator, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from panelbot.answer import about, refuse
from panelbot.answer.context import Context, answer_of, finish, plain
from panelbot.answer.extractive import compose, quote_groups
from panelbot.answer.llm.answerability import second_opinion
from panelbot.answer.llm.client import ReplyError, left
from panelbot.answer.llm.generative import generate
from panelbot.answer.per_speaker import Blocks, blocks_of, in_blocks
from panelbot.answer.position import at_place
from panelbot.answer.replies import asked_questions, compose_questions, compose_replies, reply_candidates
from panelbot.answer.select import candidates, choose
from panelbot.answer.sentences import Candidate, Sentence, Span, cite, quote_of
from panelbot.answer.verify import prover
from panelbot.config import Settings
from panelbot.evidence import SURE, Evidence, Verdict
from panelbot.evidence.open_questions import OpenQuestion
from panelbot.evidence.thread import Thread, thread_of
from panelbot.match.matcher import Matcher
from panelbot.text.asking import is_question
from panelbot.types import Answer, Citation, Question, Speaker, Transcript

if TYPE_CHECKING:
    from panelbot.retrieve import Retrieval

N_CLOSEST = 3  # turns that are quoted where none of them may answer


def answer_question(
    question: Question,
    evidence: Evidence,
    transcripts: Mapping[str, Transcript],
    settings: Settings,
    matcher: Matcher,
) -> Answer:
    """The proved answer to ``question``.

    Args:
        question: as understood.
        evidence: what was found for it, gathered by `panelbot.evidence`.
        transcripts: the transcripts asked about, by id.
        settings: ``max_sentences`` and the ``llm_*`` settings are read.
        matcher: compares the question with texts.
    """
    *_, last = stream_answer(question, evidence, transcripts, settings, matcher)
    if not isinstance(last, Answer):
        raise TypeError("stream_answer ended without an Answer")
    return last


def stream_answer(
    question: Question,
    evidence: Evidence,
    transcripts: Mapping[str, Transcript],
    settings: Settings,
    matcher: Matcher,
) -> Iterator[str | Answer]:
    """As `answer_question`, yielding the whole text so far as it grows, and the Answer last."""
    context = Context(question=question, evidence=evidence, transcripts=transcripts, settings=settings, matcher=matcher)
    answer = _told(context)
    if answer is None:
        if at_end := at_place(evidence.own.hits, transcripts):
            answer = _at_place(context, replace(evidence.verdict, status="answered", confidence="high"), at_end)
        elif settings.llm_base_url:
            answer = yield from _with_model(context)
        else:
            answer = _without_model(context)
        answer = replace(answer, also=() if at_end else _also(context, answer))
    yield from _growing(answer.text)
    yield answer


def _without_model(context: Context) -> Answer:
    verdict = context.evidence.verdict
    return _answered(context, verdict) if verdict.status == "answered" else _refused(context, verdict)


def _with_model(context: Context) -> Generator[str, None, Answer]:
    """The answer where a language model is set: it is asked whether there is one, and then for it.

    Who said it is looked up; the model has said whether anybody did.
    """
    question, settings, language = context.question, context.settings, context.question.language
    until = time.monotonic() + settings.llm_timeout  # for all that the model is asked
    try:
        read = replace(context, evidence=second_opinion(question, context.evidence, context.transcripts, settings))
    except ReplyError as error:
        answer = _without_model(context)
        return replace(answer, note=error.note(language) if answer.status == "answered" else error.reason_in(language))
    answered = read.evidence.verdict.status == "answered"
    if answered and question.kind != "who_said":
        return (yield from _written(replace(read, settings=left(settings, until)), read.evidence.verdict))
    answer = _without_model(read)
    if context.evidence.verdict.status == "answered" and not answered:
        return replace(answer, note=ReplyError("no_answer").reason_in(language))
    return answer


def _written(context: Context, verdict: Verdict) -> Generator[str, None, Answer]:
    """The answer a language model writes; where it gives none, quotes and a note that says why.

    A model that reads the passages and finds no answer in them is believed, unless they hold one beyond doubt.
    """
    question, language, found = context.question, context.question.language, context.evidence.own.hits
    blocks = _blocks(context) if question.kind == "each" else None
    if blocks is not None and not blocks.spoke:
        return _answered(context, verdict, blocks)
    pool, hits = (blocks.pool, blocks.hits) if blocks else (context.ranked(found), found)
    made = prover(context.transcripts, pool, language, context.matcher.embedder)
    try:
        for piece in generate(question, hits, context.transcripts, context.settings, made):
            if isinstance(piece, str):
                yield piece
            elif blocks:
                # Proved once more in its new order: "he" may stand behind another speaker now.
                answer = _each(context, blocks, verdict, piece.sentences)
                return replace(
                    answer, repaired=answer.repaired + piece.repaired, dropped=answer.dropped + piece.dropped
                )
            else:
                return answer_of(context, piece, verdict=replace(verdict, confidence="high"))
    except ReplyError as error:
        if error.reason == "no_answer" and verdict.probability < SURE:
            denied = replace(context, evidence=context.evidence.denied)
            return replace(_refused(denied, denied.evidence.verdict), note=error.reason_in(language))
        return replace(_answered(context, verdict, blocks), note=error.note(language))
    raise TypeError("generate ended without a proof")


def _growing(text: str) -> Iterator[str]:
    """The text line by line, each time from its beginning; the whole comes with the Answer."""
    lines = text.split("\n")
    for n in range(1, len(lines)):
        yield "\n".join(lines[:n])


def _told(context: Context) -> Answer | None:
    """The answers that no hit is needed for: small talk, faults of the question, and what the register tells."""
    question, language, status = context.question, context.question.language, context.evidence.verdict.status
    if question.kind == "smalltalk":
        return plain(context, status, refuse.smalltalk(language))
    if status == "ambiguous_speaker":
        return plain(context, status, refuse.ambiguous_speaker(question))
    if status == "unknown_speaker":
        return plain(context, status, refuse.unknown_speaker(question, _everybody(context.transcripts)))
    if question.kind == "people":
        return plain(context, status, about.people(question, context.transcripts))
    if question.kind == "task":
        return plain(context, status, about.beyond(language))
    return _questions(context) if question.kind in ("asked", "overview") else None


def _questions(context: Context) -> Answer:
    """What was asked: those questions the question is about, or an overview of all."""
    question, verdict = context.question, context.evidence.verdict
    found = asked_questions(question, context.evidence.own.hits, context.transcripts, context.matcher)
    lines = compose_questions(found, context.transcripts, question.language)
    if question.kind == "overview":
        head = Sentence(text=about.overview(question.language, asked=bool(lines)), frame=True)
        return finish(context, (head, *lines), found, verdict=verdict) if lines else _beyond(context)
    if lines:
        return finish(context, lines, found, verdict=verdict)
    return _refused(context, replace(verdict, status="not_discussed", probability=0.0))


def _beyond(context: Context) -> Answer:
    return plain(context, "not_discussed", about.overview(context.question.language, asked=False))


def _everybody(transcripts: Mapping[str, Transcript]) -> list[Speaker]:
    found = {s.name: s for tid in sorted(transcripts) for s in transcripts[tid].speakers}
    return list(found.values())


def _refused(context: Context, verdict: Verdict) -> Answer:
    """One of the three answers that say no after searching."""
    if verdict.status == "not_by_speaker" and context.evidence.others is not None:
        return _not_by_speaker(context, verdict, context.evidence.others)
    if verdict.status == "asked_not_answered" and verdict.asked is not None:
        return _asked_not_answered(context, verdict, verdict.asked)
    ranked = context.ranked(context.evidence.own.hits)
    nearest = refuse.nearest_lines(ranked, context.transcripts, context.question.language)
    return finish(context, refuse.not_discussed(context.question, nearest), ranked, verdict=verdict)


def _not_by_speaker(context: Context, verdict: Verdict, others: Retrieval) -> Answer:
    ranked = context.ranked(others.hits)
    stated = [c for c in ranked if not is_question(c.text)]
    by_others = quote_groups(
        choose(stated, limit=2, max_turns=2), stated, context.transcripts, context.question.language
    )
    return finish(context, refuse.not_by_speaker(context.question, by_others), ranked, verdict=verdict)


def _asked_not_answered(context: Context, verdict: Verdict, asked: OpenQuestion) -> Answer:
    """The question that was asked, that nobody took it up, and how the talk went on."""
    thread, texts, language = asked.thread, context.transcripts, context.question.language
    span = Span(transcript_id=thread.transcript_id, turn=thread.asked, start=asked.start, end=asked.end)
    speaker = texts[span.transcript_id].turns[span.turn].speaker
    put = Candidate(span=span, speaker=speaker, text=quote_of(span, texts), order=0, score=1.0)
    (line,) = refuse.nearest_lines((put,), texts, language, n=1)
    went_on: tuple[Sentence, ...] = ()
    if thread.passed > thread.asked:
        found = reply_candidates(context.question, replace(thread, replies=(thread.passed,)), texts, context.matcher)
        went_on = refuse.nearest_lines(found, texts, language, n=1)
    sentences = refuse.asked_not_answered(line, language, went_on=went_on)
    return finish(context, sentences, (put,), verdict=verdict)


def _at_place(context: Context, verdict: Verdict, at_end: Sequence[Candidate]) -> Answer:
    sentences = compose(
        replace(context.question, kind="content"), at_end, context.transcripts, limit=context.settings.max_sentences
    )
    return finish(context, sentences, at_end, verdict=verdict)


def _answered(context: Context, verdict: Verdict, blocks: Blocks | None = None) -> Answer:
    if context.question.kind == "each":
        answer = _each(context, blocks or _blocks(context), verdict)
        if answer.status == "answered":
            return answer
    if verdict.asked is not None and context.question.kind == "content":
        return _replied(context, verdict, verdict.asked.thread)
    ranked = context.ranked(context.evidence.own.hits)
    sentences = compose(context.question, ranked, context.transcripts, limit=context.settings.max_sentences)
    thread = _only_asked(context, sentences)
    if thread is not None and thread.replies:
        return _replied(context, replace(verdict, confidence="low"), thread)
    return _finish(context, sentences, ranked, verdict)


def _replied(context: Context, verdict: Verdict, thread: Thread) -> Answer:
    """The replies to a question of the talk that is the one asked."""
    found = reply_candidates(context.question, thread, context.transcripts, context.matcher)
    limit = context.settings.max_sentences
    sentences = compose_replies(thread, found, context.transcripts, context.question.language, limit=limit)
    return _finish(context, sentences, found, verdict)


def _finish(context: Context, sentences: Sequence[Sentence], pool: Sequence[Candidate], verdict: Verdict) -> Answer:
    """As `finish`; quotes that may not answer are said to."""
    if verdict.confidence == "low" and sentences:
        first, *rest = sentences
        closest, more = refuse.closest(context.question.language), _also_close(context, sentences)
        sentences, pool = (
            (closest, replace(first, paragraph=True), *rest, *more),
            (*pool, *context.ranked(context.evidence.own.hits)),
        )
    return finish(context, sentences, pool, verdict=verdict)


def _also_close(context: Context, sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """What the best hits state that nothing is quoted of yet: nobody knows which of them answers."""
    there = {(span.transcript_id, span.turn) for sentence in sentences for span in sentence.spans}
    more = min(N_CLOSEST, context.settings.max_sentences) - len(there)
    stated = _stated(context, there) if more > 0 else []
    return refuse.nearest_lines(stated, context.transcripts, context.question.language, n=max(0, more))


def _also(context: Context, answer: Answer) -> tuple[Citation, ...]:
    """The best statement of each of the best hits that an answer does not quote: it may have chosen the wrong ones."""
    if answer.status != "answered":
        return ()
    there = {(citation.transcript_id, citation.turn) for citation in answer.citations}
    best = refuse.best_of_turns(_stated(context, there))
    first = len(answer.citations) + 1
    return tuple(cite(each.span, number, context.transcripts) for number, each in enumerate(best, first))


def _stated(context: Context, there: Container[tuple[str, int]]) -> list[Candidate]:
    """What those of the best hits state whose turns are not ``there``, the best first."""
    left = [hit for hit in context.evidence.own.hits[:N_CLOSEST] if (hit.transcript_id, hit.turn) not in there]
    return [each for each in context.ranked(left) if not is_question(each.text)] if left else []


def _only_asked(context: Context, sentences: Sequence[Sentence]) -> Thread | None:
    """The thread of the first of ``sentences`` where all of them ask: what follows it is nearer an answer."""
    spans = [span for sentence in sentences for span in sentence.spans]
    if not spans or not all(is_question(quote_of(span, context.transcripts)) for span in spans):
        return None
    named = {(ref.transcript_id, ref.name) for ref in context.question.speakers}
    transcript = context.transcripts[spans[0].transcript_id]
    if (transcript.id, transcript.turns[spans[0].turn].speaker) in named:
        return None
    return thread_of(transcript, spans[0].turn)


def _blocks(context: Context) -> Blocks:
    """What each speaker asked about said, with the sentences of their hits."""
    texts, matcher = context.transcripts, context.matcher
    return blocks_of([(e, candidates(e.narrowed, e.hits, texts, matcher)) for e in context.evidence.each])


def _each(context: Context, blocks: Blocks, verdict: Verdict, written: Sequence[Sentence] = ()) -> Answer:
    """One block for each speaker asked about, of what is ``written`` about them or of quotes."""
    language, limit = context.question.language, context.settings.max_sentences
    sentences = in_blocks(blocks, written, context.transcripts, language, limit=limit)
    if verdict.confidence == "low":
        sentences = (refuse.closest(language), *sentences)
    return replace(finish(context, sentences, blocks.pool, verdict=verdict), silent=blocks.silent)

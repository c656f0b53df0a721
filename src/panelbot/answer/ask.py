"""From a question and what was retrieved to an Answer: decide, compose, prove.

Knows the order of the steps; each step is a module of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from panelbot.answer import refuse
from panelbot.answer.client import ReplyError
from panelbot.answer.draft import Sentence, cite, quote_of, render
from panelbot.answer.each import Block, Blocks, asked_about, gather, in_blocks
from panelbot.answer.extractive import compose, quote_groups
from panelbot.answer.generative import generate
from panelbot.answer.position import at_place
from panelbot.answer.select import Candidate, candidates, choose
from panelbot.answer.units import is_question
from panelbot.answer.verify import Proved, prover
from panelbot.config import Settings
from panelbot.evidence import Verdict, about_asking, decide
from panelbot.types import Answer, Hit, Question, Speaker, SpeakerRef, Status, Transcript

if TYPE_CHECKING:
    from panelbot.embedding import Embedder
    from panelbot.retrieve import Retrieval

N_READ = 5  # hits whose sentences are weighed one by one
SURE = 0.6  # what holds an answer more probably than this is quoted even where a language model finds none in it

Search = Callable[[Question], "Retrieval"]
"""Retrieves again for a changed question: other speakers, everybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """Everything one answer is made from."""

    question: Question
    retrieval: Retrieval
    transcripts: Mapping[str, Transcript]
    settings: Settings
    embedder: Embedder | None
    search: Search | None

    def decide(self, question: Question, retrieval: Retrieval, *, search: Search | None = None) -> Verdict:
        return decide(question, retrieval, self.transcripts, embedder=self.embedder, search=search)

    def ranked(self, hits: Sequence[Hit]) -> tuple[Candidate, ...]:
        return candidates(self.question, hits[:N_READ], self.transcripts, self.embedder)


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
    task = _Task(
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
            answer = _at_place(task, replace(verdict, status="answered"), at_end)
        elif verdict.status != "answered":
            answer = _refused(task, verdict)
        elif settings.llm_base_url:
            answer = yield from _written(task, verdict)
        else:
            answer = _answered(task, verdict)
    yield from _growing(answer.text)
    yield answer


def _written(task: _Task, verdict: Verdict) -> Generator[str, None, Answer]:
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
            if task.question.kind == "who_said":  # names are looked up; the model says whether there are any
                if not isinstance(piece, str):
                    return _answered(task, verdict)
            elif isinstance(piece, str):
                yield piece
            elif blocks:
                # Proved once more in its new order: "he" may stand behind somebody else now.
                answer = _each(task, blocks, verdict, piece.sentences)
                return replace(
                    answer, repaired=answer.repaired + piece.repaired, dropped=answer.dropped + piece.dropped
                )
            else:
                return _answer(task, piece, verdict=verdict)
    except ReplyError as error:
        if error.reason == "no_answer" and verdict.probability < SURE:
            return replace(_refused(task, replace(verdict, status="not_discussed")), note=error.reason_in(language))
        return replace(_answered(task, verdict, blocks), note=error.note(language))
    raise TypeError("generate ended without a proof")


def _growing(text: str) -> Iterator[str]:
    """The text line by line, each time from its beginning; the whole comes with the Answer."""
    lines = text.split("\n")
    for n in range(1, len(lines)):
        yield "\n".join(lines[:n])


def _without_search(task: _Task) -> Answer | None:
    """The answers that need no evidence: small talk, nobody of that name, too many of them."""
    question = task.question
    if question.kind == "smalltalk":
        return _plain(task, "not_discussed", refuse.smalltalk(question.language), hits=())
    if question.fault == "unknown_speaker":
        speakers = _everybody(task.transcripts)
        return _plain(task, "unknown_speaker", refuse.unknown_speaker(question, speakers), hits=())
    if question.fault == "ambiguous_speaker":
        return _plain(task, "ambiguous_speaker", refuse.ambiguous_speaker(question), hits=())
    return None


def _everybody(transcripts: Mapping[str, Transcript]) -> list[Speaker]:
    found = {s.name: s for tid in sorted(transcripts) for s in transcripts[tid].speakers}
    return list(found.values())


def _plain(task: _Task, status: Status, text: str, *, hits: tuple[Hit, ...]) -> Answer:
    question = task.question
    return Answer(
        status=status,
        text=text,
        question=question.text,
        language=question.language,
        references=question.references,
        candidates=question.candidates,
        hits=hits,
    )


def _refused(task: _Task, verdict: Verdict) -> Answer:
    """One of the three answers that say no after searching."""
    if verdict.status == "not_by_speaker" and verdict.wider is not None:
        return _not_by_speaker(task, verdict)
    if verdict.status == "asked_not_answered" and verdict.asked is not None:
        return _asked_not_answered(task, verdict, verdict.asked)
    ranked = task.ranked(task.retrieval.hits)
    nearest = refuse.nearest_lines(ranked, task.transcripts, task.question.language)
    return _finish(task, refuse.not_discussed(task.question, nearest), ranked, verdict=verdict)


def _not_by_speaker(task: _Task, verdict: Verdict) -> Answer:
    wanted = {(ref.transcript_id, ref.name) for ref in task.question.speakers}
    hits = verdict.wider.hits if verdict.wider is not None else ()
    others = [hit for hit in hits if (hit.transcript_id, hit.speaker.name) not in wanted]
    ranked = task.ranked(others)
    by_others = quote_groups(choose(ranked, limit=2, max_turns=2), ranked, task.transcripts, task.question.language)
    return _finish(task, refuse.not_by_speaker(task.question, by_others), ranked, verdict=verdict)


def _asked_not_answered(task: _Task, verdict: Verdict, asked: Hit, *, sure: bool = True) -> Answer:
    ranked = task.ranked([replace(asked, rank=1)])
    questions = [c for c in ranked if is_question(c.text)] or list(ranked)
    lines = refuse.nearest_lines(questions, task.transcripts, task.question.language, n=1)
    if not lines:
        return _finish(task, refuse.not_discussed(task.question, ()), ranked, verdict=verdict)
    return _finish(
        task, refuse.asked_not_answered(lines[0], task.question.language, sure=sure), ranked, verdict=verdict
    )


def _at_place(task: _Task, verdict: Verdict, at_end: Sequence[Candidate]) -> Answer:
    sentences = compose(
        replace(task.question, kind="content"), at_end, task.transcripts, limit=task.settings.max_sentences
    )
    return _finish(task, sentences, at_end, verdict=verdict)


def _answered(task: _Task, verdict: Verdict, blocks: Blocks | None = None) -> Answer:
    if task.question.kind == "each":
        answer = _each(task, blocks or _blocks(task), verdict)
        if answer.status == "answered":
            return answer
    ranked = task.ranked(task.retrieval.hits)
    sentences = compose(task.question, ranked, task.transcripts, limit=task.settings.max_sentences)
    asked = _only_asked(task, sentences)
    if asked is not None:
        return _asked_not_answered(task, replace(verdict, status="asked_not_answered"), asked, sure=False)
    return _finish(task, sentences, ranked, verdict=verdict)


def _only_asked(task: _Task, sentences: Sequence[Sentence]) -> Hit | None:
    """The hit with the first of ``sentences`` where all of them ask: no answer, unless it was asked who asked."""
    spans = [span for sentence in sentences for span in sentence.spans]
    if not spans or not all(is_question(quote_of(span, task.transcripts)) for span in spans):
        return None
    hits = {(hit.transcript_id, hit.turn): hit for hit in task.retrieval.hits}
    asked = hits.get((spans[0].transcript_id, spans[0].turn))
    named = {(ref.transcript_id, ref.name) for ref in task.question.speakers}
    if asked is None or (asked.transcript_id, asked.speaker.name) in named or about_asking(task.question):
        return None
    return asked


def _blocks(task: _Task) -> Blocks:
    """What each speaker asked about said, from a search of their own where one can be made."""
    ranked = task.ranked(task.retrieval.hits)
    asked = asked_about(task.question.speakers, task.retrieval.hits, task.transcripts)
    return gather(asked, lambda ref: _block(task, ref, ranked))


def _block(task: _Task, ref: SpeakerRef, ranked: Sequence[Candidate]) -> Block:
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


def _each(task: _Task, blocks: Blocks, verdict: Verdict, written: Sequence[Sentence] = ()) -> Answer:
    """One block for each speaker asked about, of what is ``written`` about them or of quotes."""
    language, limit = task.question.language, task.settings.max_sentences
    sentences = in_blocks(blocks, written, task.transcripts, language, limit=limit)
    return replace(_finish(task, sentences, blocks.pool, verdict=verdict), silent=blocks.silent)


def _finish(task: _Task, sentences: Sequence[Sentence], pool: Sequence[Candidate], *, verdict: Verdict) -> Answer:
    """Prove the sentences and make the Answer; where nothing stands the answer is a plain no."""
    proved = prover(task.transcripts, pool, task.question.language, task.embedder).prove(sentences)
    if verdict.status == "answered" and not any(s.spans for s in proved.sentences):
        verdict = replace(verdict, status="not_discussed")
        proved = Proved(sentences=refuse.not_discussed(task.question, ()), dropped=proved.dropped)
    return _answer(task, proved, verdict=verdict)


def _answer(task: _Task, proved: Proved, *, verdict: Verdict) -> Answer:
    question = task.question
    text, citations = render(proved.sentences, task.transcripts, question.language)
    answer = Answer(
        status=verdict.status,
        text=text,
        question=question.text,
        language=question.language,
        citations=citations,
        hits=task.retrieval.hits,
        references=question.references,
        evidence=verdict.probability,
        repaired=proved.repaired,
        dropped=proved.dropped,
    )
    return _pointing(answer, proved, task.transcripts)


def _pointing(answer: Answer, proved: Proved, transcripts: Mapping[str, Transcript]) -> Answer:
    """The answer with the fields of its status: who discussed it, or what came nearest."""
    if answer.status == "not_by_speaker":
        people = {(c.transcript_id, c.speaker): None for c in answer.citations}
        refs = tuple(refuse.reference_of(tid, transcripts[tid].speaker(name)) for tid, name in people)
        return replace(answer, discussed_by=refs)
    if answer.status == "not_discussed":
        spans = [span for sentence in proved.sentences for span in sentence.spans]
        bare = [replace(sentence, spans=()) for sentence in proved.sentences]
        text, _ = render(bare, transcripts, answer.language)
        nearest = tuple(cite(span, number, transcripts) for number, span in enumerate(spans, 1))
        return replace(answer, text=text, citations=(), nearest=nearest)
    return answer

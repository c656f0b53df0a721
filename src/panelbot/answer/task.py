"""What one answer is made from, and how proved sentences become an Answer.

Does not know which sentences answer, nor who writes them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from panelbot.answer import refuse
from panelbot.answer.draft import Sentence, cite, render
from panelbot.answer.select import Candidate, candidates
from panelbot.answer.verify import Proved, prover
from panelbot.config import Settings
from panelbot.evidence import Verdict, decide
from panelbot.types import Answer, Hit, Question, Status, Transcript

if TYPE_CHECKING:
    from panelbot.embedding import Embedder
    from panelbot.retrieve import Retrieval

N_READ = 5  # hits whose sentences are weighed one by one

Search = Callable[[Question], "Retrieval"]
"""Retrieves again for a changed question: other speakers, everybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Everything one answer is made from."""

    question: Question
    retrieval: Retrieval
    transcripts: Mapping[str, Transcript]
    settings: Settings
    embedder: Embedder | None
    search: Search | None

    def decide(self, question: Question, retrieval: Retrieval, *, search: Search | None = None) -> Verdict:
        """The verdict by the evidence alone on ``question`` and what was found for it."""
        return decide(question, retrieval, self.transcripts, embedder=self.embedder, search=search)

    def ranked(self, hits: Sequence[Hit]) -> tuple[Candidate, ...]:
        """The sentences of the best of ``hits``, the best first."""
        return candidates(self.question, hits[:N_READ], self.transcripts, self.embedder)


def plain(task: Task, status: Status, text: str, *, hits: tuple[Hit, ...]) -> Answer:
    """An answer that proves nothing: its text is panelbot's own."""
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


def finish(task: Task, sentences: Sequence[Sentence], pool: Sequence[Candidate], *, verdict: Verdict) -> Answer:
    """Prove the sentences and make the Answer; where nothing stands the answer is a plain no."""
    proved = prover(task.transcripts, pool, task.question.language, task.embedder).prove(sentences)
    if verdict.status == "answered" and not any(s.spans for s in proved.sentences):
        verdict = replace(verdict, status="not_discussed", confidence="high")
        proved = Proved(sentences=refuse.not_discussed(task.question, ()), dropped=proved.dropped)
    return answer_of(task, proved, verdict=verdict)


def answer_of(task: Task, proved: Proved, *, verdict: Verdict) -> Answer:
    """The Answer of proved sentences."""
    question = task.question
    text, citations = render(proved.sentences, task.transcripts, question.language)
    answer = Answer(
        status=verdict.status,
        text=text,
        question=question.text,
        language=question.language,
        confidence=verdict.confidence,
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

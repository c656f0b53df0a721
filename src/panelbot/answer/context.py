"""What one answer is made from, and how proved sentences become an Answer.

Does not know which sentences answer, nor who writes them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from panelbot.answer import refuse
from panelbot.answer.select import candidates
from panelbot.answer.sentences import Candidate, Sentence, cite, render
from panelbot.answer.verify import Proved, prover
from panelbot.config import Settings
from panelbot.evidence import Evidence, Verdict
from panelbot.match.matcher import Matcher
from panelbot.types import Answer, Hit, Question, SpeakerRef, Status, Transcript

N_READ = 5  # hits whose sentences are weighed one by one


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Everything one answer is made from."""

    question: Question
    evidence: Evidence
    transcripts: Mapping[str, Transcript]
    settings: Settings
    matcher: Matcher

    def ranked(self, hits: Sequence[Hit]) -> tuple[Candidate, ...]:
        """The sentences of the best of ``hits``, the best first."""
        return candidates(self.question, hits[:N_READ], self.transcripts, self.matcher, read=self.evidence.own.read)


def plain(context: Context, status: Status, text: str) -> Answer:
    """An answer that proves nothing: its text is panelbot's own."""
    question = context.question
    return Answer(
        status=status,
        text=text,
        question=question.text,
        language=question.language,
        references=question.references,
        candidates=question.candidates,
    )


def finish(context: Context, sentences: Sequence[Sentence], pool: Sequence[Candidate], *, verdict: Verdict) -> Answer:
    """Prove the sentences and make the Answer; where nothing stands the answer is a plain no."""
    proved = prover(context.transcripts, pool, context.question.language, context.matcher.embedder).prove(sentences)
    if verdict.status == "answered" and not any(s.spans for s in proved.sentences):
        verdict = replace(verdict, status="not_discussed", confidence="high")
        proved = Proved(sentences=refuse.not_discussed(context.question, ()), dropped=proved.dropped)
    return answer_of(context, proved, verdict=verdict)


def answer_of(context: Context, proved: Proved, *, verdict: Verdict) -> Answer:
    """The Answer of proved sentences."""
    question = context.question
    text, citations = render(proved.sentences, context.transcripts, question.language)
    answer = Answer(
        status=verdict.status,
        text=text,
        question=question.text,
        language=question.language,
        confidence=verdict.confidence,
        citations=citations,
        hits=context.evidence.own.hits,
        references=question.references,
        evidence=verdict.probability,
        repaired=proved.repaired,
        dropped=proved.dropped,
    )
    return _pointing(answer, proved, context.transcripts)


def _pointing(answer: Answer, proved: Proved, transcripts: Mapping[str, Transcript]) -> Answer:
    """The answer with the fields of its status: who discussed it, or what came nearest."""
    if answer.status == "not_by_speaker":
        people = {(c.transcript_id, c.speaker): None for c in answer.citations}
        refs = tuple(SpeakerRef.of(tid, transcripts[tid].speaker(name)) for tid, name in people)
        return replace(answer, discussed_by=refs)
    if answer.status == "not_discussed":
        spans = [span for sentence in proved.sentences for span in sentence.spans]
        bare = [replace(sentence, spans=()) for sentence in proved.sentences]
        text, _ = render(bare, transcripts, answer.language)
        nearest = tuple(cite(span, number, transcripts) for number, span in enumerate(spans, 1))
        return replace(answer, text=text, citations=(), nearest=nearest)
    return answer

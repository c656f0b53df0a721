"""The proof before an answer leaves: a sentence that passes the checks stands, another is repaired or dropped.

Knows what is put in a sentence's place; does not know which model, if any, wrote the sentences.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from panelbot.answer.phrasing import in_words_of, says
from panelbot.answer.sentences import Candidate, Sentence, Span, quote_of
from panelbot.answer.verify.checks import TURNED_ROUND, fault_of
from panelbot.answer.verify.claim import Claim, Sources
from panelbot.answer.verify.mentions import Person, directory, starts_with_pronoun
from panelbot.answer.verify.support import supports
from panelbot.text.asking import is_question
from panelbot.types import Language, Transcript

if TYPE_CHECKING:
    from panelbot.embedding import Embedder

N_RECITED = 3  # passages that a sentence under a wrong number, or under none, is tried with
_FIRST_PERSON = re.compile(r"\b(?:I|my|me|we|our|us)\b|我|咱")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proved:
    """The sentences that stand, and how many were replaced by a quote or left out."""

    sentences: tuple[Sentence, ...]
    repaired: int = 0
    dropped: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Prover(Sources):
    """A prover of sentences in ``language``."""

    language: Language

    def prove(self, sentences: Sequence[Sentence]) -> Proved:
        """Keep what is proved, replace what is not by its best quote, drop the rest."""
        proof = Proof(self)
        for sentence in sentences:
            proof.add(sentence)
        return proof.proved

    def one(self, sentence: Sentence, subject: frozenset[Person] = frozenset()) -> Proved:
        """The proof of one sentence; ``subject`` is whom the sentence before spoke of."""
        fault = self.fault(sentence, subject)
        if not fault:
            return Proved(sentences=(sentence,))
        if sentence.speaker:  # framed by us around a quote: there is nothing better to put in its place
            return Proved(sentences=(), dropped=1)
        repair = self._repair(sentence, subject, turned=fault == TURNED_ROUND)
        return Proved(sentences=(repair,), repaired=1) if repair else Proved(sentences=(), dropped=1)

    def fault(self, sentence: Sentence, subject: frozenset[Person] = frozenset()) -> str:
        """What is wrong with ``sentence``, in a word or two; empty where it is proved."""
        return fault_of(Claim(sentence, self, subject))

    def subject(self, sentence: Sentence, before: frozenset[Person]) -> frozenset[Person]:
        """Whom "he" after ``sentence`` means: whom it names, else whom it cites."""
        if sentence.speaker:
            return frozenset({(sentence.spans[0].transcript_id, sentence.speaker)})
        mentions = self.people.mentions(sentence.text)
        if mentions or starts_with_pronoun(sentence.text) or not sentence.spans:
            return mentions[0].people if mentions else before
        return self.cited_people(sentence)

    def carried(self, text: str, spans: Sequence[Span]) -> dict[Span, float]:
        """How well each span carries ``text``, names of people apart; 1 or more is enough."""
        quotes = [quote_of(span, self.transcripts) for span in spans]
        scores = supports(self.without_people(text), quotes, self.embedder)
        return {span: float(score) for span, score in zip(spans, scores, strict=True)}

    def _repair(self, sentence: Sentence, subject: frozenset[Person], *, turned: bool) -> Sentence | None:
        """What takes the sentence's place: itself under the passage it rests on, else the best quote for its claim.

        Both by the person it names; None where nothing carries it. A model that writes the wrong number, or none, may
        have written the truth; what names nobody either, or turns its passage round, is replaced by the quote.
        """
        mentions = self.people.mentions(sentence.text)
        meant = subject if starts_with_pronoun(sentence.text) else frozenset[Person]()
        named = mentions[0].people if mentions else meant
        pool = [c for c in self.pool if not named or (c.span.transcript_id, c.speaker) in named]
        claim = self.without_people(sentence.text)
        carried = supports(claim, [c.text for c in pool], self.embedder)
        order: list[int] = (-carried).argsort(kind="stable").tolist()
        best = [pool[i] for i in order if carried[i] >= 1]
        recited = self._recited(sentence, best, subject) if named and not turned else None
        return recited or (self.quote(best[0], subject, paragraph=sentence.paragraph) if best else None)

    def _recited(self, sentence: Sentence, best: Sequence[Candidate], subject: frozenset[Person]) -> Sentence | None:
        """The sentence under the first of ``best`` that proves it; not behind one that says the opposite."""
        for candidate in best[:N_RECITED]:
            recited = replace(sentence, spans=(candidate.span,))
            fault = self.fault(recited, subject)
            if not fault:
                return recited
            if fault == TURNED_ROUND:
                return None
        return None

    def attributed(self, sentence: Sentence, subject: frozenset[Person]) -> Sentence:
        """The sentence with its speaker named in front, where nothing in it or before it says whose words these are.

        One that speaks for itself ("I hope") is named even where the sentence before was of the same person.
        """
        if sentence.speaker or sentence.frame or not sentence.spans:
            return sentence
        cited = self.cited_people(sentence)
        if self.people.mentions(sentence.text) or self.implied(sentence.text):
            return sentence
        if cited == subject and (starts_with_pronoun(sentence.text) or not _FIRST_PERSON.search(sentence.text)):
            return sentence
        speakers = [self.transcripts[tid].speaker(name) for tid, name in sorted(cited)]
        return replace(sentence, text=in_words_of(speakers, sentence.text, self.language))

    def quote(
        self, candidate: Candidate, before: frozenset[Person] = frozenset(), *, paragraph: bool = True
    ) -> Sentence:
        """A pool sentence, framed as its speaker's words; ``before`` is whom the sentence before spoke of."""
        speaker = self.transcripts[candidate.span.transcript_id].speaker(candidate.speaker)
        again = before == frozenset({(candidate.span.transcript_id, candidate.speaker)}) and not paragraph
        text = says(speaker, candidate.text, self.language, again=again, asks=is_question(candidate.text))
        return Sentence(text=text, spans=(candidate.span,), speaker=speaker.name, paragraph=paragraph)


class Proof:
    """A proof that grows sentence by sentence, as an answer is written."""

    def __init__(self, prover: Prover) -> None:
        self._prover = prover
        self._subject: frozenset[Person] = frozenset()
        self.sentences: list[Sentence] = []
        self.repaired = 0
        self.dropped = 0

    @property
    def proved(self) -> Proved:
        """What stands so far."""
        return Proved(sentences=tuple(self.sentences), repaired=self.repaired, dropped=self.dropped)

    def add(self, sentence: Sentence) -> None:
        """Prove one more sentence. A repair that only repeats a quote already there is no repair."""
        proved = self._prover.one(sentence, self._subject)
        if not proved.sentences or self._is_there(proved.sentences[0], repaired=bool(proved.repaired)):
            self.dropped += 1
            return
        kept = self._prover.attributed(proved.sentences[0], self._subject)
        self.repaired += proved.repaired
        self.sentences.append(kept)
        self._subject = self._prover.subject(kept, self._subject)

    def _is_there(self, sentence: Sentence, *, repaired: bool) -> bool:
        """Whether the sentence repeats one that stands, or is a repair that only repeats its quote."""
        used = {span for other in self.sentences for span in other.spans}
        again = any(other.text.endswith(sentence.text) and not other.frame for other in self.sentences)
        return again or (repaired and set(sentence.spans) <= used)


def prover(
    transcripts: Mapping[str, Transcript],
    pool: Sequence[Candidate],
    language: Language,
    embedder: Embedder | None = None,
) -> Prover:
    """A prover over the transcripts that ``pool`` is from."""
    ids = sorted({c.span.transcript_id for c in pool})
    people = directory(transcripts[tid] for tid in ids)
    return Prover(transcripts=transcripts, people=people, pool=tuple(pool), language=language, embedder=embedder)

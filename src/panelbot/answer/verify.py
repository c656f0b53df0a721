"""The proof before an answer leaves: exact quotes, the right person, the right facts, and support.

Knows sentences, spans and the register; does not know which model, if any, wrote the sentences.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from panelbot.answer.attribution import is_everybody, is_stranger, said_words, several, speaker_words
from panelbot.answer.draft import Sentence, Span, quote_of
from panelbot.answer.facts import names_hold, numbers_hold
from panelbot.answer.mentions import Directory, Person, directory, people_of, starts_with_pronoun
from panelbot.answer.polarity import denies, turns_round
from panelbot.answer.quotation import mask
from panelbot.answer.select import Candidate
from panelbot.answer.support import ALL_WORDS, COPIED, N_COPIED, carries, overlap, supports
from panelbot.answer.units import is_question, units
from panelbot.answer.voice import in_words_of, says
from panelbot.text import content_words
from panelbot.types import Language, Transcript
from panelbot.understand import understand

if TYPE_CHECKING:
    from panelbot.embedding import Embedder

_IMPLIES = frozenset({"organization", "organization_kind", "job", "role"})
TURNED_ROUND = "turned round"
N_RECITED = 3  # passages that a sentence under a wrong number, or under none, is tried with
_SUBJECT_WITHIN = 8  # characters from the start of a sentence

_FIRST_PERSON = re.compile(r"\b(?:I|my|me|we|our|us)\b|我|咱")

# Verbs of asking: 问题 is a problem, "the question of cost" a matter, and Askew a name.
_ASKS = re.compile(
    r"\b(?:ask(?:s|ed|ing)?|[ie]nquir(?:es|ed|ing)|question(?:ed|ing)|wonder(?:s|ed|ing)?|want(?:s|ed) to know)\b"
    r"|问(?!题)|请教|想知道|好奇|[?？]",
    re.IGNORECASE,
)

# Addresses, tags and links: speech has none, and what a reader's browser may follow is nobody's words.
_MARKUP = re.compile(r"<\s*(?:/\s*)?[A-Za-z!]|\b(?:https?|ftp|javascript|data):|\bwww\.|\]\(", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proved:
    """The sentences that stand, and how many were replaced by a quote or left out."""

    sentences: tuple[Sentence, ...]
    repaired: int = 0
    dropped: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Prover:
    """What proofs are made from: the turns, their people, and the sentences a repair may quote."""

    transcripts: Mapping[str, Transcript]
    people: Directory
    pool: tuple[Candidate, ...]
    language: Language
    embedder: Embedder | None = None

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
        quotes = [quote_of(span, self.transcripts) for span in sentence.spans]
        if not quotes or not all(quotes):
            return "" if sentence.frame and not sentence.spans else "no such passage"
        plain, invented = mask(sentence.text, quotes)
        if invented:
            return "invented quote"
        if self._wrong_person(sentence, plain, subject):
            return "wrong speaker"
        if sentence.speaker:
            return "" if all(quote in sentence.text for quote in quotes) else "quote missing"
        return "markup" if _MARKUP.search(plain) else self._wrong_matter(sentence, plain, quotes)

    def _wrong_matter(self, sentence: Sentence, plain: str, quotes: Sequence[str]) -> str:
        """What is wrong with what a sentence says, people and quotations apart."""
        cited, known = "\n".join(quotes), self._known(sentence)
        claim = self._without_people(plain)
        who = speaker_words(plain)
        if who and self._is_nobody(who, plain, f"{cited} {known}", quotes):
            return "wrong speaker"
        if not numbers_hold(claim, cited):
            return "wrong number"
        if not names_hold(claim, cited, known):
            return "wrong name"
        said = said_words(claim)
        if plain != sentence.text and len(said.strip(" ,.，。:：")) < 12:
            return TURNED_ROUND if denies(claim) else ""  # nothing but a frame around an exact quote
        if turns_round(said_words(sentence.text), cited) or (denies(who) and not denies(cited)):
            return TURNED_ROUND
        if _only_asked(quotes) and not _ASKS.search(plain):
            return "only asked"
        if not carries(said, cited, self.embedder):
            return "no support"
        return "another passage" if self._copies_another(said, cited) else ""

    def _copies_another(self, said: str, cited: str) -> bool:
        """Whether ``said`` is word for word what stands elsewhere, and not in what is cited."""
        if len(content_words(said)) <= N_COPIED or overlap(said, cited) >= ALL_WORDS:
            return False
        return any(overlap(said, c.text) >= COPIED for c in self.pool)

    def _is_nobody(self, who: str, plain: str, known: str, quotes: Sequence[str]) -> bool:
        """Whether the words are given to a stranger, to nobody in particular, or to everybody where one says them."""
        if is_everybody(who, known):
            return not (len(quotes) > 1 and all(carries(self._without_people(plain), q, self.embedder) for q in quotes))
        if starts_with_pronoun(who) or self._implied(who):
            return False
        return any(self._is_no_one(part, plain, known) for part in several(who))

    def _is_no_one(self, part: str, plain: str, known: str) -> bool:
        """Whether a subject is a stranger, or a name that two on the panel bear."""
        mentions = [m for m in self.people.mentions(plain) if plain[m.start : m.end] in part]
        return all(m.ambiguous for m in mentions) if mentions else is_stranger(part, known)

    def _wrong_person(self, sentence: Sentence, plain: str, subject: frozenset[Person]) -> bool:
        cited = self._cited(sentence)
        if sentence.speaker:  # framed from the register: its label may hold words that are others' names too
            return cited != {(sentence.spans[0].transcript_id, sentence.speaker)}
        found = self.people.mentions(plain)
        mentions = [m.people for m in found]
        if refers := bool(subject) and starts_with_pronoun(plain):
            mentions.insert(0, subject)
        mentions = mentions or self._implied(plain)
        if not mentions:
            return False
        if not mentions[0] & cited or not cited <= frozenset().union(*mentions):
            return True
        heard = "\n".join(quote_of(span, self.transcripts) for span in sentence.spans)
        others = found if refers else found[1:]
        if any(m.ambiguous and not self.people.heard(m.people, heard) for m in others):
            return True
        return any(not people & cited and not self.people.heard(people, heard) for people in mentions[1:])

    def _cited(self, sentence: Sentence) -> frozenset[Person]:
        """Whose turns the sentence cites."""
        return people_of(((s.transcript_id, s.turn) for s in sentence.spans), self.transcripts)

    def _known(self, sentence: Sentence) -> str:
        """What the register says of the people cited: a sentence may call the CTO the CTO."""
        people = self._cited(sentence)
        speakers = [self.transcripts[tid].speaker(name) for tid, name in sorted(people)]
        return " ".join(f"{s.name} {s.organization} {s.title} {' '.join(s.aliases)}" for s in speakers)

    def _implied(self, plain: str) -> list[frozenset[Person]]:
        """Whom a sentence without names begins with: "the bank", 律师, "the CTO"; at most one set of people."""
        registers = {tid: self.transcripts[tid].speakers for tid in sorted({c.span.transcript_id for c in self.pool})}
        found = understand(plain, (), registers).references
        subjects = [ref for ref in found if ref.kind in _IMPLIES and ref.start <= _SUBJECT_WITHIN and ref.speakers]
        return [frozenset((who.transcript_id, who.name) for who in subjects[0].speakers)] if subjects else []

    def _without_people(self, text: str) -> str:
        for mention in reversed(self.people.mentions(text)):
            text = text[: mention.start] + " " + text[mention.end :]
        return text

    def subject(self, sentence: Sentence, before: frozenset[Person]) -> frozenset[Person]:
        """Whom "he" after ``sentence`` means: whom it names, else whom it cites."""
        if sentence.speaker:
            return frozenset({(sentence.spans[0].transcript_id, sentence.speaker)})
        mentions = self.people.mentions(sentence.text)
        if mentions or starts_with_pronoun(sentence.text) or not sentence.spans:
            return mentions[0].people if mentions else before
        return self._cited(sentence)

    def carried(self, text: str, spans: Sequence[Span]) -> dict[Span, float]:
        """How well each span carries ``text``, names of people apart; 1 or more is enough."""
        quotes = [quote_of(span, self.transcripts) for span in spans]
        scores = supports(self._without_people(text), quotes, self.embedder)
        return {span: float(score) for span, score in zip(spans, scores, strict=True)}

    def _repair(self, sentence: Sentence, subject: frozenset[Person], *, turned: bool) -> Sentence | None:
        """What takes the sentence's place: itself under the passage it rests on, else the best quote for its claim.

        Both by the person it names; None where nothing carries it. A model that writes the wrong number, or none, may
        have written the truth; what names nobody either, or turns its passage round, is replaced by the quote.
        """
        mentions = self.people.mentions(sentence.text)
        named = mentions[0].people if mentions else subject if starts_with_pronoun(sentence.text) else frozenset()
        pool = [c for c in self.pool if not named or (c.span.transcript_id, c.speaker) in named]
        claim = self._without_people(sentence.text)
        carried = supports(claim, [c.text for c in pool], self.embedder)
        best = [pool[i] for i in (-carried).argsort(kind="stable") if carried[i] >= 1]
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
        cited = self._cited(sentence)
        if self.people.mentions(sentence.text) or self._implied(sentence.text):
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
        again = before == {(candidate.span.transcript_id, candidate.speaker)} and not paragraph
        text = says(speaker, candidate.text, self.language, again=again, asks=is_question(candidate.text))
        return Sentence(text=text, spans=(candidate.span,), speaker=speaker.name, paragraph=paragraph)


def _only_asked(quotes: Sequence[str]) -> bool:
    """Whether everything in ``quotes`` asks: who asks whether it will rain has not said that it will."""
    return all(is_question(quote[a:b]) for quote in quotes for a, b in units(quote, 0, len(quote)))


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

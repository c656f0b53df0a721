"""A sentence of an answer taken apart for the checks: its plain words, what it cites, whom it names.

Knows sentences, spans and the register; does not judge.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from panelbot.answer.sentences import Candidate, Sentence, quote_of
from panelbot.answer.verify.attribution import said_words, speaker_words
from panelbot.answer.verify.mentions import Directory, Mention, Person, people_of
from panelbot.answer.verify.quotation import mask
from panelbot.types import Transcript
from panelbot.understand import understand

if TYPE_CHECKING:
    from panelbot.embedding import Embedder

_IMPLIES = frozenset({"organization", "organization_kind", "job", "role"})
_SUBJECT_WITHIN = 8  # characters from the start of a sentence
_FRAME_CHARS = 12  # around a quotation: fewer than that say nothing of their own

Sort = Literal["quote", "framed", "own words"]
"""A quote that panelbot frames; a quote that a model frames; words of a model's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What proofs are made from: the turns, their people, and the sentences a repair may quote."""

    transcripts: Mapping[str, Transcript]
    people: Directory
    pool: tuple[Candidate, ...]
    embedder: Embedder | None = None

    def cited_people(self, sentence: Sentence) -> frozenset[Person]:
        """Whose turns the sentence cites."""
        return people_of(((s.transcript_id, s.turn) for s in sentence.spans), self.transcripts)

    def without_people(self, text: str) -> str:
        """``text`` without the names of people."""
        for mention in reversed(self.people.mentions(text)):
            text = text[: mention.start] + " " + text[mention.end :]
        return text

    def implied(self, text: str) -> list[frozenset[Person]]:
        """Whom a sentence without names begins with: "the bank", 律师, "the CTO"; at most one set of people."""
        registers = {tid: self.transcripts[tid].speakers for tid in sorted({c.span.transcript_id for c in self.pool})}
        found = understand(text, (), registers).references
        subjects = [ref for ref in found if ref.kind in _IMPLIES and ref.start <= _SUBJECT_WITHIN and ref.speakers]
        return [frozenset((who.transcript_id, who.name) for who in subjects[0].speakers)] if subjects else []


class Claim:
    """One sentence with what it cites; ``subject`` is whom the sentence before spoke of."""

    def __init__(self, sentence: Sentence, sources: Sources, subject: frozenset[Person] = frozenset()) -> None:
        self.sentence = sentence
        self.sources = sources
        self.subject = subject
        self.quotes = [quote_of(span, sources.transcripts) for span in sentence.spans]
        self.cited = "\n".join(self.quotes)
        self.plain, self.invents = mask(sentence.text, self.quotes)
        """Its text without its quotations, and whether one of them is in none of the quotes."""

    @cached_property
    def sort(self) -> Sort:
        """What kind of sentence it is."""
        if self.sentence.speaker:
            return "quote"
        quotes = self.plain != self.sentence.text
        return "framed" if quotes and len(self.said.strip(" ,.，。:：")) < _FRAME_CHARS else "own words"

    @cached_property
    def people(self) -> frozenset[Person]:
        """Whose turns it cites."""
        return self.sources.cited_people(self.sentence)

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """Whom its plain words name."""
        return self.sources.people.mentions(self.plain)

    @cached_property
    def impersonal(self) -> str:
        """Its plain words without the names of people."""
        return self.sources.without_people(self.plain)

    @cached_property
    def said(self) -> str:
        """What it says was said."""
        return said_words(self.impersonal)

    @cached_property
    def who(self) -> str:
        """Who it says said so, in its words; empty where it begins with no verb of saying."""
        return speaker_words(self.plain)

    @cached_property
    def known(self) -> str:
        """What the register says of the people cited: a sentence may call the CTO the CTO."""
        speakers = [self.sources.transcripts[tid].speaker(name) for tid, name in sorted(self.people)]
        return " ".join(f"{s.name} {s.organization} {s.title} {' '.join(s.aliases)}" for s in speakers)

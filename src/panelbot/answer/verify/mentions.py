"""Who a sentence names: register names, aliases, forms of address, romanised names, organizations, roles.

Knows spellings; does not know whether what is said of a person is true.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from panelbot.people.said import name_patterns, shared_patterns
from panelbot.types import Transcript

Person = tuple[str, str]
"""A speaker of a transcript: ``(transcript_id, name)``."""

_PRONOUN = re.compile(  # He and She in front of a given name are surnames: 何建国, 佘诗曼
    r"^\W*(?:(?:然后|同时|此外|另外|而且|并且)[，,]?)?(?:(?:据|在|照|如)?[他她]|其(?![中实他它次余间])|这位|对方)"
    r"|^\W*(?:(?:also|then|later|and|but|moreover|in addition|furthermore)[,\s]+)?"
    r"(?:(?:he|she)(?!\s+(?-i:[A-Z]))|they|his|her|their|the (?:former|latter|(?:same )?(?:speaker|panelist)))\b"
    r"|^\W*(?:as (?:he|she) |according to (?:him|her)\b|in (?:his|her) (?:view|opinion))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Words of a sentence that point at one of ``people``.

    ``ambiguous`` where they are a person's name that several people bear: an organization may speak through any of its
    people, "Li" may not.
    """

    start: int
    end: int
    people: frozenset[Person]
    ambiguous: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """The ways in which the people of some transcripts are named, each as a pattern and whom it means."""

    patterns: tuple[tuple[re.Pattern[str], frozenset[Person]], ...]
    personal: frozenset[str] = frozenset()  # patterns that are names of persons

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """The people ``text`` names, in order; of overlapping readings the longest."""
        found = [
            Mention(start=m.start(), end=m.end(), people=people, ambiguous=self._is_shared(pattern.pattern, people))
            for pattern, people in self.patterns
            for m in pattern.finditer(text)
            if m.end() > m.start()
        ]
        kept: list[Mention] = []
        for mention in sorted(found, key=lambda m: (m.start - m.end, m.start)):
            if all(mention.end <= other.start or mention.start >= other.end for other in kept):
                kept.append(mention)
        return tuple(sorted(kept, key=lambda m: m.start))

    def _is_shared(self, pattern: str, people: frozenset[Person]) -> bool:
        return pattern in self.personal and len({name for _, name in people}) > 1

    def heard(self, people: frozenset[Person], text: str) -> bool:
        """Whether ``text`` names one of ``people`` under any of their names; "the user interface" is nobody."""
        return any(
            not (pattern.pattern in self.personal and match.group()[:1].islower())
            for pattern, owners in self.patterns
            if people & owners
            for match in pattern.finditer(text)
        )


def starts_with_pronoun(text: str) -> bool:
    """Whether the sentence's subject is the person the one before spoke of."""
    return _PRONOUN.match(text) is not None


def directory(transcripts: Iterable[Transcript]) -> Directory:
    """The directory of everybody in ``transcripts``."""
    owners: dict[str, set[Person]] = {}
    personal: set[str] = set()
    shared: set[str] = set()
    for transcript in transcripts:
        for speaker in transcript.speakers:
            own, common = name_patterns(speaker), shared_patterns(speaker)
            personal |= own
            shared |= common
            for pattern in own | common:
                owners.setdefault(pattern, set()).add((transcript.id, speaker.name))
    return Directory(
        patterns=tuple((re.compile(pattern), frozenset(people)) for pattern, people in sorted(owners.items())),
        personal=frozenset(personal - shared),
    )


def people_of(spans: Iterable[tuple[str, int]], transcripts: Mapping[str, Transcript]) -> frozenset[Person]:
    """The people whose turns ``(transcript_id, turn)`` are."""
    return frozenset((tid, transcripts[tid].turns[turn].speaker) for tid, turn in spans)

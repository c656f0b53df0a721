"""Who a sentence names: register names, aliases, forms of address, romanised names, organizations, roles.

Knows spellings; does not know whether what is said of a person is true.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from panelbot.answer.voice import short_name
from panelbot.text import has_han
from panelbot.text.fold import traditional
from panelbot.types import Speaker, Transcript

Person = tuple[str, str]
"""A speaker of a transcript: ``(transcript_id, name)``."""

_ADDRESS = "总|先生|女士|小姐|老师|博士|教授|律师|行长|主任|院长|校长|董事长|经理|主席|秘书长|会长|所长|处长|局长"
# Where a Latin name begins and ends. Chinese is written on to it without a space: "Tom Varga说".
_BEFORE, _AFTER = r"(?<![^\W\u3400-\u9fff])", r"(?![^\W\u3400-\u9fff])"
_HONORIFIC = r"(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|President|Director|Chairman|Lawyer|Attorney)\.?\s+"
_ROLES = {
    "moderator": r"主持人|\b(?:the\s+)?(?:moderator|host|chair(?:man|woman|person)?)\b",
    "audience": r"观众|听众|\b(?:the\s+)?audience\b",
}
_PRONOUN = re.compile(
    r"^\W*(?:(?:然后|同时|此外|另外|而且|并且)[，,]?)?(?:(?:据|在|照|如)?[他她]|其(?![中实他它次余间])|这位|对方)"
    r"|^\W*(?:(?:also|then|later|and|but|moreover|in addition|furthermore)[,\s]+)?"
    r"(?:he|she|they|his|her|their|the (?:former|latter|(?:same )?(?:speaker|panelist)))\b"
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
        """True where ``text`` names one of ``people`` under any of their names; "the user interface" is nobody."""
        return any(
            not (pattern.pattern in self.personal and match.group()[:1].islower())
            for pattern, owners in self.patterns
            if people & owners
            for match in pattern.finditer(text)
        )


def starts_with_pronoun(text: str) -> bool:
    """True where the sentence's subject is whoever the one before spoke of."""
    return _PRONOUN.match(text) is not None


def directory(transcripts: Iterable[Transcript]) -> Directory:
    """The directory of everybody in ``transcripts``."""
    owners: dict[str, set[Person]] = {}
    personal: set[str] = set()
    shared: set[str] = set()
    for transcript in transcripts:
        for speaker in transcript.speakers:
            own, common = _personal(speaker), _common(speaker)
            personal |= own
            shared |= common
            for pattern in own | common:
                owners.setdefault(pattern, set()).add((transcript.id, speaker.name))
    return Directory(
        patterns=tuple((re.compile(pattern), frozenset(people)) for pattern, people in sorted(owners.items())),
        personal=frozenset(personal - shared),
    )


def _personal(speaker: Speaker) -> set[str]:
    """What one person is called."""
    forms = (speaker.name, *speaker.aliases)
    found = {_literal(form) for form in (*forms, *map(traditional, forms)) if len(form) > 1}
    if has_han(speaker.name):
        found |= _chinese_forms(speaker.name)
    elif " " in speaker.name:
        found |= _latin_forms(speaker.name)
    return found


def _common(speaker: Speaker) -> set[str]:
    """What several people may be called: the organization, a role."""
    found = {_literal(speaker.organization)} if len(speaker.organization) > 1 else set[str]()
    return found | ({f"(?i:{_ROLES[speaker.role]})"} if speaker.role in _ROLES else set())


def _chinese_forms(name: str) -> set[str]:
    forms = {re.escape(name[0]) + f"(?:{_ADDRESS})"} if 2 <= len(name) <= 4 else set()
    latin = short_name(name, "en")
    if latin == name or not re.fullmatch("[A-Za-z]+ [A-Za-z]+", latin):
        return forms | ({_literal(latin)} if latin != name else set())
    family, given = latin.split(" ", 1)
    loose = r"[\s'-]?".join(re.escape(part) for part in re.findall(r"[A-Za-z][a-z]*", given))
    forms |= {
        rf"{_BEFORE}{pattern}{_AFTER}"
        for pattern in (rf"{family}\s+(?i:{loose})", rf"(?i:{loose})\s+{family}", rf"{_HONORIFIC}{family}")
    }
    return forms | {rf"\b{family}\b(?=\s+(?:said|says|noted|also|asked|explained|thinks|argued|added|believes))"}


def _latin_forms(name: str) -> set[str]:
    """The first and last words of a name, where they are long enough for a person's, and the name turned round."""
    words = name.split()
    found = {rf"(?i:{_BEFORE}{re.escape(words[-1])},\s+{re.escape(words[0])}{_AFTER})"}
    parts = [part for part in re.findall(r"[^\W\d_][\w'’-]*", name) if len(part) > 2 and part[0].isupper()]
    return found | {rf"{_BEFORE}{re.escape(part)}{_AFTER}" for part in (*parts[:1], *parts[-1:])}


def _literal(form: str) -> str:
    if form[0].isascii() and form[-1].isascii():
        return rf"(?i:{_BEFORE}{re.escape(form)}{_AFTER})" if form[0].isalnum() else re.escape(form)
    return re.escape(form) + ("(?![A-Za-z0-9])" if form[-1].isascii() and form[-1].isalnum() else "")


def people_of(spans: Iterable[tuple[str, int]], transcripts: Mapping[str, Transcript]) -> frozenset[Person]:
    """The people whose turns ``(transcript_id, turn)`` are."""
    return frozenset((tid, transcripts[tid].turns[turn].speaker) for tid, turn in spans)

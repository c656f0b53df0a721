"""Which labels of a file are one person: full name and initials, a surname after it, ``Name, Org`` and ``Name``.

A join needs the one person that it can mean; what is only likely (``Drik`` beside ``Dirk``) is offered, not made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import DamerauLevenshtein

from panelbot.people import Label, is_person_name, of_several, parse_label, split_name, strip_honorific
from panelbot.people.attendance import Listed
from panelbot.people.lexicon import word_list
from panelbot.register.claims import Claim, claim_facts
from panelbot.text import fold, has_han
from panelbot.types import Transcript

_PARTICLES = frozenset(word_list("particles"))
_SHORTEST_SLIP = 4  # letters of a name in which one may be a slip


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """The labels of a file with the name of the person each stands for, and what else was learnt on the way."""

    labels: Mapping[str, Label]
    claims: tuple[Claim, ...] = ()


def join_labels(written: Mapping[str, Label], listed: Sequence[Listed] = ()) -> Joined:
    """One person for each group of labels that can only mean one, under the fullest name of the group.

    Args:
        written: the labels by their text, in the order they come; a surname is the person named in full before.
        listed: the people of an attendance list, who count as named before the first label.
    """
    labels = _namesakes_apart(written)
    known: dict[str, Label] = {}  # full names so far, by key
    names: dict[str, str] = {}  # label → name
    claims: list[Claim] = []
    present = {_key(person.label.name): person for person in listed}
    short = _owners((person.short, person.label.name) for person in listed if person.short)
    short |= {initials: name for initials, name in _initials(listed).items() if initials not in short}
    short |= {alias: name for alias, name in _owners(_own_aliases(labels)).items() if alias not in short}
    prefixes = _owners((_key(label.prefix), label.name) for label in labels.values() if label.prefix)
    for text, label in labels.items():
        key = _key(label.name)
        if text in short and key not in known:
            names[text] = short[text]
            claims += _told_by_list(text, short[text], listed)
        elif key in known:
            names[text] = known[key].name
        elif (label.placeholder or not is_person_name(label.name)) and key in prefixes:
            names[text] = prefixes[key]
        elif not label.placeholder and (one := _meant(label, (*known.values(), *(p.label for p in present.values())))):
            names[text] = one.name
            claims += _told_by_list("", one.name, [present[_key(one.name)]] if _key(one.name) in present else ())
        else:
            names[text] = label.name
        if not label.placeholder:
            known.setdefault(_key(names[text]), replace(label, name=names[text]))
    named = {_key(name) for text, name in names.items() if not labels[text].placeholder}
    joined = {
        text: replace(label, name=names[text], placeholder=label.placeholder and _key(names[text]) not in named)
        for text, label in labels.items()
    }
    return Joined(labels=joined, claims=tuple(claims))


def _namesakes_apart(labels: Mapping[str, Label]) -> dict[str, Label]:
    """Labels of one name at organisations that have nothing in common, and those of two, are names as they stand."""
    organizations: dict[str, list[str]] = {}
    for label in labels.values():
        if label.organization:
            organizations.setdefault(_key(label.name), []).append(label.organization)
    apart = {key for key, found in organizations.items() if any(not _agree(found[0], other) for other in found[1:])}
    several = of_several(labels.values())
    return {
        text: replace(label, name=text, organization="")
        if label.text in several
        else replace(label, name=text)
        if _key(label.name) in apart and label.organization
        else label
        for text, label in labels.items()
    }


def _agree(one: str, other: str) -> bool:
    a, b = fold(one), fold(other)
    return not a or not b or a in b or b in a or bool(set(re.findall(r"\w{4,}", a)) & set(re.findall(r"\w{4,}", b)))


def _key(name: str) -> str:
    """What two spellings of one name have in common: no case, width, script, courtesy, stops and blanks."""
    return re.sub(r"[\s.,_-]+", " " if not has_han(name) else "", fold(strip_honorific(name))).strip()


def _owners(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """What is called so, where only one person is."""
    owners: dict[str, dict[str, str]] = {}
    for called, name in pairs:
        owners.setdefault(called, {}).setdefault(_key(name), name)
    return {called: next(iter(found.values())) for called, found in owners.items() if len(found) == 1}


def _initials(listed: Sequence[Listed]) -> dict[str, str]:
    """The initials of the listed people, where only one has them and the list itself gives nobody any."""
    people = [] if any(person.short for person in listed) else [person.label.name for person in listed]
    words = {name: re.findall(r"[^\W\d_][^\s-]*", name) for name in people if not has_han(name)}
    first = {name: "".join(word[0] for word in own) for name, own in words.items() if 2 <= len(own) <= 3}
    # Rita de Poll is RdP or RDP
    return _owners((short, name) for name, own in first.items() for short in {own, own.upper()})


def _own_aliases(labels: Mapping[str, Label]) -> Iterable[tuple[str, str]]:
    return ((alias, label.name) for label in labels.values() for alias in label.aliases)


def _meant(label: Label, people: Iterable[Label]) -> Label | None:
    """The one of ``people`` whom a label that is only part of a name can mean."""
    found = {_key(person.name): person for person in people if _is_part(label.name, person)}
    if len(found) != 1:
        return None
    one = next(iter(found.values()))
    return one if _agree(label.organization, one.organization) else None


def _is_part(part: str, person: Label) -> bool:
    """Whether ``part`` is the person's surname, or that with their title: BASH, Ms Pell, 孟处长; or a handle."""
    name = person.name
    if has_han(part) != has_han(name):
        return False
    if has_han(part):
        surname, given = split_name(name)
        rest = part.removeprefix(surname)
        fits = rest in word_list("courtesies") or not person.title or person.title.endswith(rest)
        return bool(given) and rest != part and rest in word_list("honorifics") and fits
    words, own = _key(part).split(), _key(name).split()
    if len(own) < 2 or words == own:
        return False
    if len(words) == 1 and words[0] in ("".join(own), "".join(reversed(own))):
        return True
    at = len(own) - 1
    while at > 1 and own[at - 1] in _PARTICLES:
        at -= 1
    return words == own[at:] or words == own[-1:] or sorted(words) == sorted(own)


def _told_by_list(short: str, name: str, listed: Sequence[Listed]) -> list[Claim]:
    """What the attendance list says of whom it names, with its line as the evidence."""
    for person in listed:
        if _key(person.label.name) == _key(name) and (not short or person.short in ("", short)):
            return claim_facts(
                name,
                source="introduction",
                text=person.line,
                name=name,
                organization=person.label.organization,
                title=person.label.title,
                aliases=(short,) if short else (),
            )
    return []


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Two speakers who may be one, and why: for a person to decide. ``into`` speaks more."""

    speaker: str
    into: str
    reason: str

    def __str__(self) -> str:
        return f"{self.speaker} may be {self.into} ({self.reason}); if so, merge:{self.speaker}={self.into}"


def offered_merges(transcript: Transcript) -> tuple[Offer, ...]:
    """The speakers who may be one person: a slip of one letter, a given name or initials that fit one full name."""
    turns: dict[str, int] = {speaker.name: 0 for speaker in transcript.speakers}
    for turn in transcript.turns:
        turns[turn.speaker] = turns.get(turn.speaker, 0) + 1
    named = [name for name in turns if name.strip() and not parse_label(name).placeholder]
    offers: list[Offer] = []
    for name in sorted(named, key=lambda name: (turns[name], name)):
        fitting = [(other, why) for other in named if other != name and (why := _may_be(name, other))]
        if len(fitting) == 1 and not any(offer.speaker == fitting[0][0] for offer in offers):
            offers.append(Offer(speaker=name, into=fitting[0][0], reason=fitting[0][1]))
    return tuple(offers)


def _may_be(name: str, other: str) -> str:
    a, b = _key(name), _key(other)
    if has_han(name) != has_han(other):
        return ""
    if not has_han(name) and len(a.split()) == 1 < len(b.split()):
        if a == b.split()[0]:
            return "the same given name"
        if name.isupper() and a == "".join(word[0] for word in b.split()):
            return "the initials"
    slip = min(len(a), len(b)) >= (3 if has_han(name) else _SHORTEST_SLIP) and not re.search(r"\d", a + b)
    same = a[:1] == b[:1]
    return "one letter differs" if slip and same and DamerauLevenshtein.distance(a, b) == 1 else ""

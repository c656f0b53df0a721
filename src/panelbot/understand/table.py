"""The registers in scope as one table: who there is, and under which keys a question may find them.

Knows speakers and the forms of their names, organisations and titles. Does not know any question.
"""

from __future__ import annotations

import re
import threading
from collections import OrderedDict, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from panelbot.people import is_label, is_numbered_label, numbered_parts, split_name
from panelbot.people.forms import NameForm, name_forms, personal_tokens, split_bracket
from panelbot.register.kinds import job_kinds, job_lexicon, organization_kinds
from panelbot.text.fold import fold
from panelbot.text.folded import latin_tokens
from panelbot.text.language import has_han
from panelbot.types import Speaker, SpeakerRef
from panelbot.understand.lexicon import chinese, chinese_titles
from panelbot.understand.organizations import OrganizationName, organization_names

KeyKind = Literal["name", "organization", "job"]
Registers = Mapping[str, tuple[Speaker, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A speaker of one transcript, with what kind of person the register makes them.

    ``identity`` is equal for two labels of one person ("Hon. Bill Blair" and "Hon. Bill Blair (Minister …)").
    """

    ref: SpeakerRef
    speaker: Speaker
    identity: tuple[str, str]
    organization_kinds: frozenset[str]
    jobs: Mapping[str, float]

    @property
    def on_panel(self) -> bool:
        """Whether it is everybody but the moderator and the audience."""
        return self.speaker.role not in ("moderator", "audience")

    @property
    def described(self) -> bool:
        """Whether an organisation, a title or a label such as "Project Manager" says what the person is."""
        said = bool(self.speaker.organization or self.speaker.title or split_bracket(self.ref.name)[1])
        return said or (is_label(self.ref.name) and not is_numbered_label(self.ref.name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A key's meaning: the person at ``people[person]``, by this kind of form."""

    person: int
    kind: KeyKind
    form: NameForm


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RegisterTable:
    """Everybody in scope, and the keys that find them; equal only to itself, so that readings can be kept by it."""

    people: tuple[Person, ...]
    latin: Mapping[str, tuple[Entry, ...]]  # words joined by a space
    latin_longest: int  # words in the longest key
    han: Mapping[str, tuple[Entry, ...]]
    han_keys: Mapping[str, tuple[str, ...]]  # first character → keys, longest first
    organization_words: Mapping[str, tuple[tuple[int, OrganizationName], ...]]
    surnames: Mapping[str, tuple[int, ...]]
    latin_keys: Mapping[str, tuple[str, ...]]  # first letter → keys
    labels: Mapping[tuple[str, str], tuple[Person, ...]]  # by identity
    initials: Mapping[str, tuple[Person, ...]]  # who goes by several capitals alone, by these
    informative: bool  # the registers say what most people are: else "the bank" may be one they do not describe
    anonymous: bool  # nobody has more than a number: a person asked for may be any of them


_newest: list[tuple[Registers, RegisterTable]] = []  # by the very mapping: a whole library's is the same each time
_kept: OrderedDict[tuple[tuple[str, int], ...], tuple[object, RegisterTable]] = OrderedDict()
_N_KEPT = 64
_N_NEWEST = 4
_lock = threading.Lock()


def register_table(registers: Registers) -> RegisterTable:
    """The table of these registers; the last few are kept, found by the very tuples they were made from.

    By identity, not by value: hashing the speakers of a thousand transcripts would take longer than any question. The
    tuples are kept with their table, so that their identity is not given to others.
    """
    for known, table in tuple(_newest):
        if known is registers:
            return table
    table = _table_of(registers)
    _newest[:] = [(registers, table), *_newest[: _N_NEWEST - 1]]
    return table


def _table_of(registers: Registers) -> RegisterTable:
    items = sorted(registers.items())
    key = tuple((transcript_id, id(speakers)) for transcript_id, speakers in items)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key][1]
    table = _build(items)
    with _lock:
        _kept[key] = (items, table)
        if len(_kept) > _N_KEPT:
            _kept.popitem(last=False)
    return table


def _build(registers: Sequence[tuple[str, tuple[Speaker, ...]]]) -> RegisterTable:
    people = tuple(_person(tid, speaker) for tid, speakers in registers for speaker in speakers if speaker.name.strip())
    latin: dict[str, dict[tuple[int, KeyKind], Entry]] = defaultdict(dict)
    han: dict[str, dict[tuple[int, KeyKind], Entry]] = defaultdict(dict)
    organization_words: dict[str, list[tuple[int, OrganizationName]]] = defaultdict(list)
    surnames: dict[str, list[int]] = defaultdict(list)
    labels: dict[tuple[str, str], list[Person]] = defaultdict(list)
    initials: dict[str, list[Person]] = defaultdict(list)
    for at, person in enumerate(people):
        labels[person.identity].append(person)
        if len(person.ref.name) > 1 and person.ref.name.isupper():
            initials[person.ref.name].append(person)
        for kind, form in _forms(person.speaker):
            keys = latin if form.key.isascii() else han
            known = keys[form.key].get((at, kind))
            if known is None or known.form.confidence < form.confidence:
                keys[form.key][at, kind] = Entry(person=at, kind=kind, form=form)
        for name in _organization_names(person.speaker):
            for word in _telling_words(name):
                organization_words[word].append((at, name))
        for surname in {split_name(fold(n))[0] for n in _own_names(person.speaker) if _is_chinese_name(n)}:
            surnames[surname].append(at)
    return RegisterTable(
        people=people,
        latin={key: tuple(entries.values()) for key, entries in latin.items()},
        latin_longest=max((key.count(" ") + 1 for key in latin), default=0),
        han={key: tuple(entries.values()) for key, entries in han.items()},
        han_keys=_by_first(han),
        organization_words={word: tuple(found) for word, found in organization_words.items()},
        surnames={surname: tuple(found) for surname, found in surnames.items()},
        latin_keys=_by_first(latin),
        labels={identity: tuple(found) for identity, found in labels.items()},
        initials={name: tuple(found) for name, found in initials.items()},
        informative=2 * sum(person.described for person in people) >= len(people) > 0,
        anonymous=all(is_numbered_label(person.ref.name) for person in people),
    )


def _by_first(keys: Mapping[str, object]) -> dict[str, tuple[str, ...]]:
    grouped: dict[str, list[str]] = defaultdict(list)
    for key in sorted(keys, key=lambda k: (-len(k), k)):
        grouped[key[0]].append(key)
    return {first: tuple(found) for first, found in grouped.items()}


@lru_cache(maxsize=4096)
def _person(transcript_id: str, speaker: Speaker) -> Person:
    core, bracket = split_bracket(speaker.name)
    organization = _organization(speaker)
    honoured = "professor" if latin_tokens(core)[:1] in (("professor",), ("prof",)) else ""
    held = speaker.organization if not organization else ""  # a title in the place of an organisation
    title = ", ".join(dict.fromkeys(part for part in (speaker.title, held, bracket, honoured) if part))
    identity = " ".join(personal_tokens(core)) if not has_han(core) else fold(core)
    return Person(
        ref=SpeakerRef.of(transcript_id, speaker),
        speaker=speaker,
        identity=(transcript_id, identity),
        organization_kinds=organization_kinds(organization) if organization else frozenset(),
        jobs={**_address_jobs(speaker), **job_kinds(title, organization)},
    )


def _address_jobs(speaker: Speaker) -> dict[str, float]:
    """卢律师 among the aliases says she is a lawyer, by whatever title."""
    surname = split_name(fold(speaker.name))[0]
    titles = (fold(alias).removeprefix(surname) for alias in speaker.aliases if has_han(alias))
    return {job: 0.9 for title in titles if title not in ("老师", "总") for job in job_kinds(title)}


def _own_names(speaker: Speaker) -> tuple[str, ...]:
    return (speaker.name, *speaker.aliases)


def _is_chinese_name(name: str) -> bool:
    return re.fullmatch(r"[\u3400-\u9fff]{2,4}", name) is not None and not is_label(name)


@lru_cache(maxsize=4096)
def _forms(speaker: Speaker) -> tuple[tuple[KeyKind, NameForm], ...]:
    return tuple(_iterate_forms(speaker))


def _iterate_forms(speaker: Speaker) -> Iterator[tuple[KeyKind, NameForm]]:
    for form in name_forms(speaker.name):
        yield "name", form
    for alias in speaker.aliases:
        for form in name_forms(alias)[: 1 if _is_address(alias) else None]:
            yield (
                "name",
                NameForm(
                    key=form.key,
                    confidence=min(form.confidence, 0.93),
                    reason=f"alias {alias}",
                    bare=form.bare,
                ),
            )
    for name in _organization_names(speaker):
        for form in name.forms:
            yield "organization", form
    for key in _title_keys(speaker):
        yield "job", NameForm(key=key, confidence=0.93, reason="title in the register")
    prefix = numbered_parts(speaker.name)[0]
    if prefix and not is_numbered_label(speaker.name):
        for key in (
            (prefix, f"{prefix} student", "graduate student")[: 3 if prefix == "grad" else 2]
            if prefix in ("grad", "phd")
            else (prefix,)
        ):
            yield "job", NameForm(key=key, confidence=0.9, reason="label")


def _is_address(alias: str) -> bool:
    """Whether it is 卢律师 and 仇科长: only as a whole are they anybody's name."""
    title = split_name(fold(alias))[1] if has_han(alias) else ""
    return bool(title) and (title in chinese("courtesies") or title in chinese_titles() or bool(job_kinds(title)))


def _organization_names(speaker: Speaker) -> tuple[OrganizationName, ...]:
    organization = _organization(speaker)
    return organization_names(organization) if organization else ()


def _organization(speaker: Speaker) -> str:
    """The speaker's organisation, "" where the field only repeats or holds a title ("Minister of Finance")."""
    organization = speaker.organization
    titled = not has_han(organization) and job_kinds(organization.split(" of ")[0])
    return "" if organization == speaker.title or titled else organization


def _telling_words(name: OrganizationName) -> frozenset[str]:
    """The first words of what tells an organisation apart; of all its words where nothing does."""
    own = [segment for segment in name.segments if segment.kind == "own"] or list(name.segments)
    places = [segment for segment in name.segments if segment.kind == "place"]
    return frozenset(
        alternative[0] for segment in (*own, *places) for alternative in segment.alternatives if alternative
    )


@lru_cache(maxsize=1)
def _job_words() -> frozenset[str]:
    return frozenset(word for kind in job_lexicon().values() for word in kind.words)


def _title_keys(speaker: Speaker) -> Iterator[str]:
    """Each title as the register has it, whole and in parts; a general job word is found as a kind of job instead."""
    bracket = split_bracket(speaker.name)[1]
    held = speaker.organization if not _organization(speaker) and speaker.organization != speaker.title else ""
    held_in_bracket = bracket if " of " in bracket or job_kinds(bracket) else ""
    titled = ", ".join(title for title in (speaker.title, held, held_in_bracket) if title)
    parts = (*re.split(r"[、，,;；/&]|\s+and\s+", titled), *re.split(r"[;；]", titled))
    keys = (key for part in parts for key in (_chinese_titles(part) if has_han(part) else _english_titles(part)))
    yield from (key for key in keys if key not in _job_words())


def _chinese_titles(part: str) -> Iterator[str]:
    key = re.sub(r"\s+", "", fold(part))
    lesser = re.sub(r"^(?:首席|高级|资深)", "", key)
    yield from (title for title in dict.fromkeys((key, lesser)) if len(title) >= (2 if title == key else 3))


def _english_titles(part: str) -> Iterator[str]:
    key = " ".join(latin_tokens(part)).removeprefix("the ")
    head = key.split(" of ")[0]
    if key:
        yield key
    if head != key and " " in head:
        yield head

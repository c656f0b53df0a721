"""Who a file lists before its turns: ``Attendees: Dana Eriks (DE), Kit Graham (KG)``, tables of names and initials.

Knows how people are listed; which of them speak, and under which label, is not its business.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from panelbot.people.facts import Label
from panelbot.people.label_words import is_initials_of
from panelbot.people.labels import parse_label
from panelbot.people.names import is_person_name, strip_honorific

_WHO = (
    r"(?:(?:remote |in-person |other |also )*(?:attendees|attendance|present|participants|in attendance"
    r"|members(?: present)?|roll call|panell?ists?|speakers|guests|delegates|on the call|people)"
    r"|(?:出席|与会|参会|参加|列席|到会|应到|实到)?"
    r"(?:人员|嘉宾|代表|委员|名单|人|者)|出席|列席)(?:\s*[（(][^）)]*[）)])?"
)
_HEAD = re.compile(rf"\W*{_WHO}\W*[:：]\W*(?P<listed>.*)", re.I)
_HEADING = re.compile(rf"(?:#{{1,6}}\s|\*\*|__)\W*{_WHO}\W*", re.I)
_ABSENT = re.compile(r"\W*(?:(?:regrets|apologies|absent(?:ees)?)\b|缺席|请假)", re.I)
_LINK = re.compile(r"\[([^\[\]]{1,80})\]\([^()\s]{0,500}\)|</?[A-Za-z][^<>]{0,300}>")
_BETWEEN = re.compile(r"(?:(?<!\s)\s+)?(?:[、;；\n]|[,，](?![^()（）]{0,200}[)）])|\band\b)\s*")
_INITIALS = r"[A-Z][A-Za-z]{0,3}"
_NAME = r"[^\W\d_][^\n()（）,，;；|、:：]{1,40}?"
_SHORT = re.compile(r"[(（\[]\s*+(?:以下简称)?[\"“「]?(?P<short>[^()（）\[\]\"”」\s]{1,4})[\"”」]?\s*+[)）\]]")
_AHEAD = re.compile(rf"(?:(?P<before>{_NAME})\s*[,，]\s*)?(?P<name>{_NAME})\s*\Z")
_REACH = 120  # characters before a bracket in which the names that it shortens stand
_ROW = re.compile(r"\|?([^|\n]+)\|([^|\n]+)(?:\|.*)?")
_SHORT_FIRST = re.compile(rf"\W*(?P<short>{_INITIALS})\s*(?:[:：=–—-]|\.\.\.)\s*(?P<name>[^\W\d_].{{2,60}})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A person of the list: the label it is written as, what else it says they are called, and the line."""

    label: Label
    short: str = ""
    line: str


def listed_people(text: str) -> tuple[Listed, ...]:
    """Everybody ``text`` lists as present, in order; prose lists nobody."""
    found: dict[tuple[str, str], Listed] = {}
    for person in _read(text.splitlines()):
        found.setdefault((person.label.name, person.short), person)
    return tuple(found.values())


def attendance_lines(lines: Iterable[str]) -> frozenset[str]:
    """Those of ``lines`` that list people, stripped."""
    return frozenset(person.line for person in _read(lines))


def is_attendance_heading(line: str) -> bool:
    """Whether ``line`` heads a list of those who are there, and is no more: ``## Present``, ``Present:``."""
    head = _HEAD.fullmatch(line.strip())
    return not head["listed"] if head else _HEADING.fullmatch(line.strip()) is not None


def _read(lines: Iterable[str]) -> Iterator[Listed]:
    listing = False
    for line in filter(str.strip, lines):
        head = _HEAD.fullmatch(line.strip())
        plain = _LINK.sub(r"\1", line)
        heading = is_attendance_heading(line)
        goes_on = listing and not line.startswith("#") and _is_entry(plain) and not _ABSENT.match(plain)
        listing = heading or head is not None or goes_on
        yield from _shortened(line)
        if listing and not heading:
            yield from _entries(head["listed"] if head else plain, line)


def _shortened(line: str) -> Iterator[Listed]:
    """Names with their short forms, which are believed wherever they stand: the labels decide whether they are used."""
    end = 0
    for bracket in _SHORT.finditer(line):
        at = bracket.start()
        match = _AHEAD.search(line, max(end, at - _REACH), at)
        if match is None:
            continue
        end = bracket.end()
        yield from _listed(_bearer(bracket["short"], match["before"] or "", match["name"]), bracket["short"], line)
    if "|" in line and (row := _ROW.fullmatch(line.strip())):
        first, second = row[1].strip(), row[2].strip()
        for name, short in ((first, second), (second, first)):
            if re.fullmatch(_INITIALS, short):
                yield from _listed(name, short, line)
    if match := _SHORT_FIRST.fullmatch(line.strip()):
        yield from _listed(match["name"], match["short"], line)


def _bearer(short: str, before: str, behind: str) -> str:
    """Whose initials ``short`` are: before the comma or behind it: Rita Poll, Harbour Trust (RPL)."""
    if is_initials_of(short, before) or is_initials_of(short, behind):
        return before if is_initials_of(short, before) else behind
    begins = before.lstrip(" *-•")[:1] == short[0] != behind[0]  # David Feld, Tide Works (DAF)
    return before if begins else behind


def _listed(name: str, short: str, line: str) -> Iterator[Listed]:
    label = parse_label(re.sub(r"^.*[:：]\s*|^(?:and|和|与)\s+", "", name).strip(" *-•"))
    if is_person_name(strip_honorific(label.name), sure=True):
        yield Listed(label=label, short=short, line=line.strip())


def _is_entry(line: str) -> bool:
    return len(line) < 120 and not re.search(r"[。！？!?]|[a-z]\.\s|[:：]\W*$", line)


def _entries(listed: str, line: str) -> Iterator[Listed]:
    for entry in _BETWEEN.split(listed):
        yield from _listed(entry, "", line) if entry.strip() else ()

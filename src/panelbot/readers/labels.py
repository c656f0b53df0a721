"""Speaker labels as a line writes them: ``姓名：``, ``**Name:**``, ``[00:12] Name:``, ``【姓名】``, ``Name 00:12``.

Finds what has the form of a label; whether it is one is for :mod:`panelbot.readers.attribution` to say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from panelbot.readers.times import TIME, parse_time

Style = Literal["timed", "bold", "bracket", "colon", "heading", "alone"]
STYLES: tuple[Style, ...] = ("timed", "bold", "bracket", "colon", "heading", "alone")
"""Strongest evidence first: few lines look like ``Name 00:12:31`` by chance, many look like ``Name:``."""

_RANGE = rf"({TIME})(?:\s*(?:-->|->|[-–—~至到])\s*({TIME}))?"
_LEADING_TIME = re.compile(rf"[\[(（【]?\s*{_RANGE}\s*[\])）】]?(?:\s*[-–—|:：]\s+|\s*)")
_TRAILING_TIME = re.compile(rf"(.{{1,60}}?)(?:\s*[\[(（|【]\s*|\s+|(?<=[^\d\s])(?=\d)){_RANGE}\s*[\])）】]?\s*[:：]?")
_TIME_INSIDE = re.compile(rf"([^:：\[(（]{{1,60}}?)\s*[\[(（]\s*{_RANGE}\s*[\])）]\s*[:：\-–]?\s*(.+)")
_BOLD = re.compile(r"(\*\*|__)(.{1,80}?)\1\s*(.*)")
_BRACKET = re.compile(
    r"(?:【([^【】]{1,40})】|〔([^〔〕]{1,40})〕|\[([^\[\]]{1,40})\]|<([^<>/]{1,40})>)\s*[:：]?\s*(.*)"
)
_COLON = re.compile(r"([^:：]{1,80}?)\s*(?:：|:(?!//|\d\d\b))\s*(.*)")
_HEADING = re.compile(r"#{1,6}\s+(.*)")
_BULLET = re.compile(r"(?:[-•·●▪◆■–—]|\*(?!\*)|>+)\s*")
_MAX_ALONE = 48


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A line that may open a turn: its label as written, and the speech that follows on the line."""

    line: int
    label: str
    rest: str
    style: Style
    start: float | None = None
    end: float | None = None


def find_mark(line: str, number: int) -> Mark | None:
    """The label that ``line`` starts with, by its form alone; None where there is none."""
    text = line.strip()
    if not text:
        return None
    if heading := _HEADING.fullmatch(text):
        inner = find_mark(heading.group(1), number)
        if inner is None or inner.style != "alone":
            return inner
        return Mark(line=number, label=inner.label, rest="", style="heading")
    text = _BULLET.sub("", text, count=1) if _BULLET.match(text) else text
    start = end = None
    if text[:1].isdigit() or text[:1] in "[(（【":
        lead = _LEADING_TIME.match(text)
        if lead and lead.end() < len(text):
            start, end = _seconds(lead.group(1)), _seconds(lead.group(2))
            text = text[lead.end() :]
    return _find_label(text, number, start, end)


def strip_time(line: str) -> tuple[str, float | None, float | None]:
    """``line`` without the time it starts with, and that time's start and end."""
    text = line.strip()
    match = _LEADING_TIME.match(text) if text[:1].isdigit() or text[:1] in "[(（【" else None
    if match is None or (match.end() < len(text) and text[0].isdigit() and match.group(2) is None):
        return line, None, None  # "12:30 is late" is speech; "[12:30] we begin" is a time and speech
    return text[match.end() :], _seconds(match.group(1)), _seconds(match.group(2))


def _find_label(text: str, number: int, start: float | None, end: float | None) -> Mark | None:
    if start is None and (trailing := _TRAILING_TIME.fullmatch(text[:120]) if len(text) < 120 else None):
        start, end = _seconds(trailing.group(2)), _seconds(trailing.group(3))
        return _mark(number, trailing.group(1), "", "timed", start, end)
    if bold := _BOLD.match(text):
        label, rest = bold.group(2), bold.group(3)
        closed = label.rstrip().endswith((":", "："))
        if closed or rest.startswith((":", "：")):
            return _mark(number, label, rest.lstrip(":： "), "timed" if start is not None else "bold", start, end)
        if not rest:
            return _mark(number, label, "", "timed" if start is not None else "heading", start, end)
        if time := _LEADING_TIME.fullmatch(rest.rstrip(":： ")):
            return _mark(number, label, "", "timed", _seconds(time.group(1)), _seconds(time.group(2)))
        if time := _LEADING_TIME.match(rest):
            return _mark(number, label, rest[time.end() :], "timed", _seconds(time.group(1)), _seconds(time.group(2)))
    if inside := _TIME_INSIDE.match(text) if start is None else None:
        return _mark(
            number, inside.group(1), inside.group(4), "timed", _seconds(inside.group(2)), _seconds(inside.group(3))
        )
    if bracket := _BRACKET.match(text):
        label = next(group for group in bracket.groups()[:4] if group is not None)
        return _mark(number, label, bracket.group(5), "timed" if start is not None else "bracket", start, end)
    if colon := _COLON.match(text):
        return _mark(number, colon.group(1), colon.group(2), "timed" if start is not None else "colon", start, end)
    if len(text) <= _MAX_ALONE:
        return _mark(number, text, "", "timed" if start is not None else "alone", start, end)
    return None


def _mark(number: int, label: str, rest: str, style: Style, start: float | None, end: float | None) -> Mark | None:
    label = label.strip(" \t\u3000*_:：|-–—,，")
    return Mark(line=number, label=label, rest=rest.strip(), style=style, start=start, end=end) if label else None


def _seconds(text: str | None) -> float | None:
    return None if text is None else parse_time(text)

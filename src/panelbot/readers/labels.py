"""Speaker labels as a line writes them: ``姓名：``, ``**Name:**``, ``[00:12] Name:``, ``【姓名】``, ``Name 00:12``.

Finds what has the form of a label; whether it is one is for :mod:`panelbot.readers.attribution` to say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from panelbot.readers.times import TIME, parse_time

Style = Literal["name_time", "time_name", "time_alone", "time_inside", "bold", "bracket", "colon", "heading", "alone"]
STYLES: tuple[Style, ...] = (
    "name_time",
    "time_name",
    "time_alone",
    "time_inside",
    "bold",
    "bracket",
    "colon",
    "heading",
    "alone",
)
"""Strongest evidence first: few lines look like ``Name 00:12:31`` by chance, many look like ``Name:``."""

_DATE = r"(?:(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?[ T]+)"
_RANGE = rf"({_DATE}?{TIME})(?:\s*(?:-->|->|[-–—~至到])\s*({TIME}))?"
_LEADING_TIME = re.compile(rf"[\[(（【<]?\s*{_RANGE}\s*[\])）】>]?(?:\s*[-–—|]\s+|[:：]\s+|\s*)")
_TRAILING_TIME = re.compile(
    rf"(.{{1,140}}?)(?:\s*[\[(（|【,，]\s*|\s+|(?<=[^\d\s:.])(?=\d)){_RANGE}\s*[\])）】]?\s*[:：]?"
)
_TIME_INSIDE = re.compile(rf"([^:：\[(（]{{1,60}}?)\s*[\[(（]\s*{_RANGE}\s*[\])）]\s*[:：\-–]?\s*(.+)")
_TIME_BETWEEN = re.compile(rf"([^:：【】〔〕\[\]<>*]{{1,40}}?)\s+({TIME})\s+(\S.*)")
_TIME_AFTER_COLON = re.compile(rf"[\[(（【]\s*{_RANGE}\s*[\])）】]")
_ANY_TIME = re.compile(r"\d:\d\d")
_BOLD = re.compile(r"(\*\*\*?|__)(.{1,140}?)\1\s*(.*)")
_BRACKET = re.compile(
    r"(?:【([^【】]{1,120})】|〔([^〔〕]{1,60})〕|［([^［］]{1,60})］|\[([^\[\]]{1,120})\](?!\()|<([^<>/]{1,60})>)\s*[:：]?\s*(.*)"
)
_COLON = re.compile(r"([^:：﹕︰∶]{1,140}?)\s*(?:[：﹕︰∶]|:(?!//|\d\d\b))\s*(.*)")
_HEADING = re.compile(r"#{1,6}\s+")
_BULLET = re.compile(r"(?:[-•·●▪◆■–—☆★○◎]|\*(?!\*)|>+|[\U0001f300-\U0001faff\u2600-\u27bf]\ufe0f?)\s*")
_MAX_ALONE = 100
_MAX_HEADER = 180


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A line that may open a turn: its label as written, and the speech that follows on the line.

    A timed style without ``start`` has a day before its time, as a chat log does: no place in a recording.
    ``weighs`` is False where the lines around it say little for a speaker: it proves none, but may be a known one.
    """

    line: int
    label: str
    rest: str
    style: Style
    start: float | None = None
    end: float | None = None
    weighs: bool = True


def find_mark(line: str, number: int) -> Mark | None:
    """The label that ``line`` starts with, by its form alone; None where there is none."""
    text = line.strip()
    if not text:
        return None
    if heading := _HEADING.match(text):
        inner = _find_mark(text[heading.end() :], number)
        if inner is None or inner.rest:  # "# Tides: a panel" is a title
            return None
        return _mark(number, inner.label, "", "heading") if inner.style == "alone" else inner
    return _find_mark(text, number)


def _find_mark(text: str, number: int) -> Mark | None:
    if bullet := _BULLET.match(text):
        text = text[bullet.end() :]
    if text[:1].isdigit() or text[:1] in "[(（【<":
        lead = _LEADING_TIME.match(text)
        if lead and lead.end() < len(text):
            return _after_time(text[lead.end() :], number, _seconds(lead.group(1)), _seconds(lead.group(2)))
    found = _header(text, number) or _inline(text, number)
    if found and found.style == "colon" and bullet and bullet.group().startswith(">>"):
        return replace(found, style="bold")  # captions mark a new speaker so: >> MARY:
    return found


def strip_time(line: str, *, bare: bool = False) -> str:
    """``line`` without the time it starts with; a time without brackets only where ``bare`` allows it."""
    text = line.strip()
    match = _LEADING_TIME.match(text) if text[:1].isdigit() or text[:1] in "[(（【<" else None
    if match is None or (text[0].isdigit() and not bare and match.group(2) is None):
        return line  # "12:30 is late" is speech; "[12:30] we begin" is a time and speech
    return text[match.end() :]


def _after_time(text: str, number: int, start: float | None, end: float | None) -> Mark | None:
    """``[00:12:31] Name: speech`` and ``00:12:31 Name``."""
    found = _inline(text, number)
    if found is None:
        return None
    style: Style = "time_alone" if found.style in ("alone", "heading") else "time_name"
    return Mark(line=number, label=found.label, rest=found.rest, style=style, start=start, end=end)


def _header(text: str, number: int) -> Mark | None:
    """``Name  00:12:31`` on a line of its own, ``**Name** 00:12``, ``Name(00:00:05): speech``."""
    if not _ANY_TIME.search(text, 0, 2 * _MAX_HEADER):
        return None
    if bold := _BOLD.match(text):
        label, rest = bold.group(2), bold.group(3).strip("*_")
        if (time := _LEADING_TIME.match(rest)) and not label.rstrip().endswith((":", "：")):
            start, end = _seconds(time.group(1)), _seconds(time.group(2))
            return _mark(number, label, rest[time.end() :].lstrip(":： "), "name_time", start, end)
    if len(text) < _MAX_HEADER and (time := _TRAILING_TIME.fullmatch(text)):
        return _mark(number, time.group(1), "", "name_time", _seconds(time.group(2)), _seconds(time.group(3)))
    if time := _TIME_INSIDE.match(text):
        return _mark(
            number, time.group(1), time.group(4), "name_time", _seconds(time.group(2)), _seconds(time.group(3))
        )
    if time := _TIME_BETWEEN.match(text):  # 发言人1 00:12 大家好
        return _mark(number, time.group(1), time.group(3), "time_inside", _seconds(time.group(2)))
    return None


def _inline(text: str, number: int) -> Mark | None:
    """``**Name:** speech``, ``【姓名】speech``, ``Name: speech``, or a short line that may be a name."""
    if bold := _BOLD.match(text):
        label, rest = bold.group(2), bold.group(3)
        if label.rstrip().endswith((":", "：")) or rest.startswith((":", "：")):
            return _mark(number, label, rest.lstrip(":： "), "bold")
        if not rest:
            return _mark(number, label, "", "heading")
    if bracket := _BRACKET.match(text):
        label = next(group for group in bracket.groups()[:5] if group is not None)
        return _mark(number, label, bracket.group(6), "bracket")
    if colon := _COLON.match(text):
        if time := _TIME_AFTER_COLON.match(colon.group(2)):  # Name: [00:12] speech
            speech = colon.group(2)[time.end() :]
            return _mark(number, colon.group(1), speech, "name_time", _seconds(time.group(1)), _seconds(time.group(2)))
        return _mark(number, colon.group(1), colon.group(2), "colon")
    if len(text) > _MAX_ALONE or text.endswith((",", "，", "、", ";", "；", "-", "—")):
        return None
    return _mark(number, text, "", "alone")


def _mark(
    number: int, label: str, rest: str, style: Style, start: float | None = None, end: float | None = None
) -> Mark | None:
    label = label.strip(" \t\u3000\xa0*_:：|-–—,，")
    return Mark(line=number, label=label, rest=rest.strip(), style=style, start=start, end=end) if label else None


def _seconds(text: str | None) -> float | None:
    return None if text is None else parse_time(text)

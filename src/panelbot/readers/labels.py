"""The label a line may begin with, by its form alone: what encloses it, what follows it, where the time stands.

Believes nothing: whether a form marks speakers in a file is for :mod:`panelbot.readers.forms` to say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, NamedTuple

from panelbot.readers.times import STAMP, parse_time

Family = Literal["column", "stamped", "marked", "enclosed", "colon", "tab", "dash", "stop", "line"]
"""What marks the label. ``column``: a table's; ``stamped``: a time beside it; ``marked``: bold, slanted or ``>>``;
``enclosed``: brackets; ``colon``, ``tab``, ``dash``, ``stop``: what follows it; ``line``: it has a line of its own."""
FAMILIES: tuple[Family, ...] = ("column", "stamped", "marked", "enclosed", "colon", "tab", "dash", "stop", "line")

COLUMN = "\x1f"
"""Stands before the time, the label and the speech of a table's row: a form nobody types."""

_RANGE = rf"({STAMP})(?:\s*(?:-+>|[-–—~至到])\s*({STAMP}))?"
_OPEN, _CLOSE = r"[\[(（【<|/]", r"[\])）】>|]"
_ESCAPED = re.compile(r"\\([\[\]()*_#.\-])")
_LEAD_STAMP = re.compile(
    rf"{_OPEN}?\s*{_RANGE}(?![\d:]|[ \xa0]?[-–—][ \xa0]?\d)\s*{_CLOSE}?(?:\s*[-–—|]\s+|[:：]\s+|\s*)"
)
_TRAIL_STAMP = re.compile(
    rf"(?P<label>.{{1,140}}?)(?P<colon>\s*[:：])?(?:\s*[-–—,，·•|@]\s*|\s*{_OPEN}\s*|\s+|(?<=[^\d\s:.])(?=\d)){_RANGE}\s*{_CLOSE}?\s*[:：]?"
)
_STAMP_INSIDE = re.compile(rf"([^:：\[(（]{{1,80}}?)\s*[\[(（]\s*{_RANGE}\s*[\])）]\s*(?:[:：\-–]\s*)?(\S.*)")
_STAMP_BETWEEN = re.compile(rf"([^:：【】〔〕\[\]<>*]{{1,60}}?)(?<!\s)\s+({STAMP})\s+(\S.*)")
_NO_LABEL = re.compile(r"(?<!\d)(?:19|20)\d{2}(?:[-/.年,]|$)|\d:\d\d|://")
_ANY_TIME = re.compile(r"\d:\d\d")
_PREFIX = re.compile(r"(?:>(?!>)\s*)*(?:(?:[-•·●▪◆■☆★○◎]|\.(?=\s)|\*(?!\*)(?=\s))\s*)?")
_CHEVRONS = re.compile(r">{2,3}\s*")
_NUMBER = re.compile(r"(?:\(?\d{1,3}[、.)）]|[（(][一二三四五六七八九十]{1,3}[)）])\s*(?=[问答問QAqa]\s*[:：.、])")
_EMPHASIS = re.compile(r"(\*{1,3}|_{1,3})(?=\S)(.{1,160}?)(?<=\S)\1(?![\w*])\s*(.*)", re.DOTALL)
_BOLD_AGAIN = re.compile(r"(?<=\w)([:：])\*{4}(?=[^\s*])")  # **Name：****speech**
_BOLD_COLON = re.compile(r"(\*{1,3}|_{2,3})(?=[^\s*_])([^*_:：]{1,80}[:：])\1(?=\w)(.*)", re.DOTALL)  # **Name：**speech
_EMPHASISED = re.compile(
    r"(\*{1,3}|_{2,3})(?=[^\s*_])([^*_:：]{1,80}[:：][^*]*[^*\s:：])\1(?!\w)(.*)"
)  # **Name: speech** more
_ENCLOSED = re.compile(
    r"(?:【([^【】]{1,140})】|〔([^〔〕]{1,80})〕|［([^［］]{1,80})］|\[([^\[\]]{1,140})\](?!\()|<([^<>/]{1,80})>"
    r"|(\([^():：]{1,60}\)|（[^（）:：]{1,60}）))\s*[:：]?\s*(.*)"
)
_WHOLE = re.compile(r"【([^【】]+)】")  # 【Name：speech】
_COLON = re.compile(r"([^:：﹕︰∶]{1,160}?)\s*(?:[：﹕︰∶]|:(?!//|\d\d\b|(?<=\d:)\d\d))\s*(.*)")
_AFTER_COLON = re.compile(rf"[\[(（【]?\s*{_RANGE}\s*[\])）】]?(?=\s|$)")
_TAB = re.compile(r"([^\t]{1,80})\t+\s*(\S.*)")
_DASH = re.compile(r"(.{1,80}?)(?:(?<!\s)\s+(?:[—–-]|--)\s+|\.?—|：?——)(\S.*)")
_ANY_DASH = re.compile(r"[—–-]")
_TITLE = r"(?:The|THE|Mr|MR|Mrs|MRS|Ms|MS|Miss|Dr|DR|Prof|PROF|Sen|Rep|Hon|HON|Gen|St|ST)"
_STOP = re.compile(  # a title's own stop ends no label
    rf"((?:{_TITLE}\b\.?\s+)?(?!{_TITLE}\.)[A-ZÀ-Þ][^\s.:]*"
    r"(?:\s+(?:(?:of|from|de|von|van|der|la)\s+)*['’-]?[A-ZÀ-Þ][^\s.:]*){0,4}|[QA])\.(?:\s*[—–-])?\s+(\S.*)"
)
_HEADING = re.compile(r"#{1,6}\s+")
_SENTENCE = re.compile(r".*(?:[。！？!?…]|\S+\s+\S+\s+\S+\.)[\"'”’)）」』]*")
_OPEN_END = (",", "，", "、", ";", "；", "-", "—", "…", "|")
_MAX_LINE = 120
_NOWHERE = -1
_CLOSING = {"(": ")", "[": "]", "（": "）", "［": "］", "【": "】"}
INSERTED = "(…)"
"""Among the signs of a label: it and its speech stand in brackets, between parts of another's turn."""


class Form(NamedTuple):
    """The build of a label: its family, and the signs about it as the file writes them."""

    family: Family
    signs: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A line that may open a turn: its label as written, and the speech that follows on the line.

    Times are seconds; a stamp with a day or a time of day has none, as it is no place in a recording.
    """

    line: int
    label: str
    rest: str
    form: Form
    start: float | None = None
    end: float | None = None


def find_marks(line: str, number: int) -> tuple[Mark, ...]:
    """The labels that ``line`` may start with, one a family, the plainest form first; empty where there is none."""
    if is_column(line):
        return _column(line, number)
    text = line.strip()
    if not text or text == "---":
        return ()
    if heading := _HEADING.match(text):
        found = _found(text[heading.end() :])
        # "# Tides: a panel" is a title
        return tuple(
            replace(mark, line=number, form=Form(mark.form.family, "#" + mark.form.signs))
            for mark in found
            if not mark.rest
        )
    return tuple(
        Mark(line=number, label=mark.label, rest=mark.rest, form=mark.form, start=mark.start, end=mark.end)
        for mark in _found(text)
    )


def _found(text: str) -> tuple[Mark, ...]:
    """The marks of a line, wherever it is; short lines come again: labels alone, one word."""
    return _remembered(text) if len(text) <= _MAX_LINE else _marks(text)


def is_column(line: str) -> bool:
    """Whether it is a row of a table: time, label and speech."""
    return line.startswith(COLUMN) and line.count(COLUMN) >= 3


def lead_stamp(line: str) -> tuple[float | None, str] | None:
    """The time a line begins with and what follows it; None where it begins with none."""
    text = line.strip()
    match = _LEAD_STAMP.match(text) if text[:1].isdigit() or text[:1] in "[(（【<" else None
    return None if match is None else (_seconds(match.group(1)), text[match.end() :])


def is_bare_stamp(line: str) -> bool:
    """Whether ``line`` begins with a time that no bracket or arrow marks: "12:30 is late" may be speech."""
    text = line.strip()
    match = _LEAD_STAMP.match(text)
    return match is not None and text[:1].isdigit() and match.group(2) is None


def _column(line: str, number: int) -> tuple[Mark, ...]:
    time, label, rest = line[1:].split(COLUMN, 2)
    start, _, end = time.partition(" --> ")
    form = Form("column")
    label = " ".join(label.split())
    return (Mark(line=number, label=label, rest=rest, form=form, start=_seconds(start), end=_seconds(end)),)


def _marks(text: str) -> tuple[Mark, ...]:
    text = _ESCAPED.sub(r"\1", text) if "\\" in text else text
    text = _BOLD_AGAIN.sub(r"\1", text) if "****" in text else text
    prefix = _PREFIX.match(text)
    signs = "".join(prefix.group().split()) if prefix else ""
    text = text[prefix.end() :] if prefix else text
    if text[:1].isdigit() or text[:1] in "[(（【<|":
        lead = _LEAD_STAMP.match(text)
        if lead and lead.end() < len(text):
            return _after_stamp(text[lead.end() :], _seconds(lead.group(1)), _seconds(lead.group(2)))
    if chevrons := _CHEVRONS.match(text):
        signs, text = ">>", text[chevrons.end() :]
    if numbering := _NUMBER.match(text):
        text = text[numbering.end() :]
    if text[:1] in "*_" and (whole := _EMPHASISED.fullmatch(text)):
        signs, text = signs + whole.group(1), whole.group(2) + whole.group(3)  # as an interview's questions are
    best = _emphasised(text) or _header(text) or _inline(text)
    found = [] if best is None else [best]
    if best is None or best.form.family in ("colon", "line"):
        # what an expression needs is looked for first: most lines have none of it
        split = [_split(text, _STOP, "stop") if "." in text and text[:1].isupper() else None]
        split.append(_split(text, _TAB, "tab") if "\t" in text else None)
        split.append(_split(text, _DASH, "dash") if _ANY_DASH.search(text) else None)
        found += [mark for mark in split if mark]
    if signs == ">>":
        found = [replace(mark, form=Form("marked", ">>")) if mark.form.family == "colon" else mark for mark in found]
    return tuple(
        replace(mark, form=Form(mark.form.family, signs + mark.form.signs)) if signs else mark for mark in found
    )


@lru_cache(maxsize=8192)
def _remembered(text: str) -> tuple[Mark, ...]:
    return _marks(text)


def _split(text: str, pattern: re.Pattern[str], family: Family) -> Mark | None:
    match = pattern.fullmatch(text)
    return _mark(match.group(1), match.group(2), Form(family)) if match else None


def _after_stamp(text: str, start: float | None, end: float | None) -> tuple[Mark, ...]:
    """``[00:12:31] Name: speech`` and ``00:12:31 Name``."""
    found = _emphasised(text) or _inline(text)
    if found is None:
        return ()
    signs = "@" + found.form.family
    return (replace(found, form=Form("stamped", signs), start=start, end=end if found.end is None else found.end),)


def _emphasised(text: str) -> Mark | None:
    """``**Name:** speech``, ``**Name** 00:12``, ``**[00:12] Name:** speech``, ``*Name:*``, ``**Name**``."""
    bold = _BOLD_COLON.fullmatch(text) or _EMPHASIS.fullmatch(text) if text[:1] in "*_" else None
    if bold is None:
        return None
    sign, inner, rest = bold.groups()
    start = end = None
    if (lead := _LEAD_STAMP.match(inner)) and lead.end() < len(inner):
        start, end, inner = _seconds(lead.group(1)), _seconds(lead.group(2)), inner[lead.end() :]
    elif time := _TRAIL_STAMP.fullmatch(inner.rstrip(":： ")):
        start, end, inner = _seconds(time.group(3)), _seconds(time.group(4)), time["label"] + ":"
    colon = inner.rstrip().endswith((":", "：")) or rest.startswith((":", "："))
    after = rest.lstrip(":： \t") if colon else rest
    stamp = _LEAD_STAMP.match(after.lstrip("*_(（[ "))
    if start is None and stamp and (colon or after[:1] in "[(（*_0123456789"):
        start, end = _seconds(stamp.group(1)), _seconds(stamp.group(2))
        after = after.lstrip("*_(（[ ")[stamp.end() :].lstrip("*_:： ")
        return _mark(inner, after, Form("stamped", sign), start, end)
    if start is not None or lead:
        return _mark(inner, after, Form("stamped", sign + "@"), start, end)
    if colon or not rest:
        return _mark(inner, after, Form("marked" if colon else "line", sign))
    return _mark(inner, after, Form("enclosed", sign))  # **name** speech, as chat logs are pasted


def _header(text: str) -> Mark | None:
    """``Name  00:12:31`` on a line of its own, ``Name(00:00:05): speech``, ``发言人1 00:12 大家好``."""
    if not _ANY_TIME.search(text, 0, 3 * _MAX_LINE):
        return None
    if len(text) < 2 * _MAX_LINE and (time := _TRAIL_STAMP.fullmatch(text)):
        signs = "label:time" if time["colon"] else "label time"
        return _mark(time["label"], "", Form("stamped", signs), _seconds(time.group(3)), _seconds(time.group(4)))
    if time := _STAMP_INSIDE.fullmatch(text):
        form = Form("stamped", "label (time)")
        return _mark(time.group(1), time.group(4), form, _seconds(time.group(2)), _seconds(time.group(3)))
    if time := _STAMP_BETWEEN.fullmatch(text):
        return _mark(time.group(1), time.group(3), Form("stamped", "between"), _seconds(time.group(2)))
    return None


def _inline(text: str) -> Mark | None:
    """``【姓名】speech``, ``Name: speech``, or a short line that may be a name."""
    if (whole := _WHOLE.fullmatch(text)) and (colon := _COLON.fullmatch(whole.group(1))):
        return _mark(colon.group(1), colon.group(2), Form("colon", "【"))
    if enclosed := _ENCLOSED.fullmatch(text):
        label = next(group for group in enclosed.groups()[:6] if group is not None)
        label = label[1:-1] if enclosed.group(6) else label
        return _mark(label, enclosed.group(7), Form("enclosed", text[0]))
    if colon := _COLON.fullmatch(text):
        time = _AFTER_COLON.match(colon.group(2))
        if time and (colon.group(2)[0] in "[(（【" or time.end() == len(colon.group(2))):  # Name: [00:12] speech
            speech, form = colon.group(2)[time.end() :], Form("stamped", "label:time")
            return _mark(colon.group(1), speech, form, _seconds(time.group(1)), _seconds(time.group(2)))
        return _mark(colon.group(1), colon.group(2), Form("colon"))
    if len(text) > _MAX_LINE or text.endswith(_OPEN_END) or _SENTENCE.fullmatch(text):
        return None
    return _mark(text, "", Form("line"))


def _mark(label: str, rest: str, form: Form, start: float | None = None, end: float | None = None) -> Mark | None:
    label = label.strip(" \t\u3000\xa0*:：|-–—,，").strip("_" if label.startswith("__") else " ")
    if (closing := _CLOSING.get(label[:1])) and not any(sign in label for sign in _CLOSING.values()):
        if rest.rstrip().endswith(closing) and rest.count(closing) > rest.count(label[0]):  # (Name: said in passing)
            form = form._replace(signs=INSERTED + form.signs)
        label = label[1:].lstrip("*_ ").rstrip("*_ ")
    if _NO_LABEL.search(label) or label.rfind("[") > label.rfind("]"):  # Thu, Nov 3, 2022 2:00PM; [see: …](…)
        return None
    return Mark(line=_NOWHERE, label=label, rest=rest.strip(), form=form, start=start, end=end) if label else None


def _seconds(text: str | None) -> float | None:
    return None if not text else parse_time(text)

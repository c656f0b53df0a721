"""Times of a recording as transcripts write them, and days as pages write them. Knows no time zones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

TIME = r"(?:\d{1,3}:)?\d{1,3}:\d{2}(?:[.,]\d{1,3})?"
"""``h:mm:ss``, ``mm:ss``, with an optional fraction: a regular expression without groups."""

_DAY = r"(?:(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{1,2}/\d{1,2}/(?:(?:19|20)\d{2}|\d{2}))"
STAMP = rf"(?:{_DAY}[ T,]+)?{TIME}(?:[ ]?[AaPp]\.?[Mm]\b\.?)?"
"""A time, with its day or as a time of day ("10:05 AM"): a regular expression without groups."""

_TIME = re.compile(TIME)
_FOUR = re.compile(r"(?<![\d:;])(\d{1,3}):(\d{2}):(\d{2})[:;](\d{2})(?![\d:;])")
_MIN_FOUR = 3  # lines
_FRAMES = 30  # a second of film or video has no more, but for slow motion
_AROUND = r"[\s\[\](){}（）【】<>*_|,.\\:：~–—-]*"
_ONLY_STAMP = re.compile(
    rf"{_AROUND}(?:{_DAY}{_AROUND})?{STAMP}(?:\s*(?:-+>|[-–—~至到])\s*{STAMP})?{_AROUND}|{_AROUND}{_DAY}{_AROUND}"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAYS = (
    (re.compile(r"(?<!\d)((?:19|20)\d{2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)"), (1, 2, 3)),
    (re.compile(rf"\b{_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+((?:19|20)\d{{2}})\b", re.IGNORECASE), (3, 1, 2)),
    (
        re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH},?\s+((?:19|20)\d{{2}})\b", re.IGNORECASE),
        (3, 2, 1),
    ),
)


def parse_time(text: str) -> float | None:
    """Seconds of ``01:02:03.5``, ``02:03`` or ``1:02:03,500``; None where ``text`` is no time."""
    if not _TIME.fullmatch(text):
        return None
    seconds = 0.0
    for part in text.replace(",", ".").split(":"):
        seconds = seconds * 60 + float(part)
    return round(seconds, 3)


def with_seconds(texts: Sequence[str]) -> Sequence[str]:
    """``texts`` with times of four parts as ``h:mm:ss``: those of editing programs, or days in front of the hours.

    The last part counts frames unless one is more than a second has of them.
    """
    if sum(_FOUR.search(text) is not None for text in texts) < _MIN_FOUR:
        return texts
    found = [tuple(map(int, match.groups())) for text in texts for match in _FOUR.finditer(text)]
    days = any(last >= _FRAMES for *_, last in found) and all(second < 24 for _, second, *_ in found)

    def told(match: re.Match[str]) -> str:
        first, second, third, last = match.groups()
        return f"{int(first) * 24 + int(second)}:{third}:{last}" if days else f"{first}:{second}:{third}"

    return [_FOUR.sub(told, text) for text in texts]


def is_stamp(line: str) -> bool:
    """Whether it is a line that is nothing but a time, a range of times, or a day."""
    return len(line) < 80 and _ONLY_STAMP.fullmatch(line.strip()) is not None


def find_date(text: str) -> str:
    """The first whole date in ``text`` as ``YYYY-MM-DD``, or an empty string."""
    found: list[tuple[int, str]] = []
    for pattern, (year, month, day) in _DAYS:
        for match in pattern.finditer(text):
            written = match.group(month)
            number = int(written) if written.isdigit() else _MONTHS.index(written[:3].lower()) + 1
            try:
                found.append((match.start(), date(int(match.group(year)), number, int(match.group(day))).isoformat()))
            except ValueError:  # the 31st of February
                continue
            break
    return min(found)[1] if found else ""


def without_date(text: str) -> str:
    """``text`` without the whole dates in it, the times after them and the punctuation left at its ends."""
    for pattern, _ in _DAYS:
        text = re.sub(rf"(?:{pattern.pattern})日?(?:[ T]*{TIME})?", "", text, flags=pattern.flags)
    return text.strip(" \t\u3000日,，.|-–—_()（）[]")

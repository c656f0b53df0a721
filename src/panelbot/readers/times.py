"""Times of a recording as transcripts write them, and days as pages write them. Knows no time zones."""

from __future__ import annotations

import re
from datetime import date

TIME = r"(?:\d{1,3}:)?\d{1,3}:\d{2}(?:[.,]\d{1,3})?"
"""``h:mm:ss``, ``mm:ss``, with an optional fraction: a regular expression without groups."""

_DAY = r"(?:(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{1,2}/\d{1,2}/(?:(?:19|20)\d{2}|\d{2}))"
STAMP = rf"(?:{_DAY}[ T,]+)?{TIME}(?:[ ]?[AaPp]\.?[Mm]\b\.?)?"
"""A time, with its day or as a time of day ("10:05 AM"): a regular expression without groups."""

_TIME = re.compile(TIME)
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

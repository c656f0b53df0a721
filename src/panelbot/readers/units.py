"""Times as transcribers write them, in seconds: what a number counts is told by how fast people speak."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from panelbot.readers.times import find_date, parse_time

_LONGEST = 1e9  # seconds; larger, infinite, negative and "not a number" is no time
_CLOCK = 1e8  # seconds; a later start is a time of day, counted from the first one
_SPEED = 8.0  # characters a second, between Chinese (5) and English (15)
_UNITS = (1.0, 1e-3, 1e-7, 1e-9)  # with the ticks of 100 nanoseconds
_ISO_DURATION = re.compile(r"PT(?:(\d{1,4})H)?(?:(\d{1,6})M)?(?:(\d{1,9}(?:\.\d{1,9})?)S)?", re.IGNORECASE)
_SECONDS = re.compile(r"(\d{1,12}(?:\.\d{1,12})?)\s?s(?:ec(?:onds)?)?", re.IGNORECASE)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d")

Time = tuple[float, bool]
"""A number and whether it is in seconds for certain."""


def raw_time(value: Any) -> Time | None:
    """The number in ``value``: a number, a numeral, ``1.2s``, ``PT1.2S``, ``hh:mm:ss``, an ISO moment, or parts."""
    if isinstance(value, Mapping):
        return _from_parts(value)
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    if not isinstance(value, str):
        return (float(value), False) if abs(value) < 1e300 else None
    text = value.strip()
    if (match := _SECONDS.fullmatch(text)) is not None:
        return float(match.group(1)), True
    if text and (match := _ISO_DURATION.fullmatch(text)) is not None:
        hours, minutes, seconds = (float(part or 0) for part in match.groups())
        return hours * 3600 + minutes * 60 + seconds, True
    if (clock := parse_time(text)) is not None:
        return clock, True
    try:
        if _MOMENT.match(text):
            return datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp(), True
        number = float(text) if len(text) < 40 else math.nan
    except (ValueError, OverflowError):
        return None
    return (number, False) if math.isfinite(number) else None


def _from_parts(value: Mapping[str, Any]) -> Time | None:
    if "relative" in value:
        return raw_time(value["relative"])
    whole, nanos = raw_time(value.get("seconds", 0)), raw_time(value.get("nanos", 0))
    if whole is None or nanos is None or not value.keys() & {"seconds", "nanos"}:
        return None
    return whole[0] + nanos[0] * 1e-9, True


def unit_of(lengths: Sequence[int], starts: Sequence[Time | None], ends: Sequence[Time | None], key: str = "") -> float:
    """The seconds in one unit of the times: the unit that makes the speech nearest to how fast people speak.

    ``lengths`` are characters said from each start to its end; ``key`` is what the file calls the time, which decides
    where the times do not.
    """
    known = [time for time in (*starts, *ends) if time is not None]
    if not known or sum(exact for _, exact in known) > len(known) / 2:
        return 1.0
    n_characters, duration = _amount(lengths, starts, ends)
    named = _named_unit(key)
    if n_characters == 0 or not 0 < duration < math.inf:
        return named or 1.0
    fractions = sum(not number.is_integer() for number, _ in known) > len(known) / 4
    units = [*_UNITS, named] if named else _UNITS
    log_speed = math.log10(n_characters / duration / _SPEED)
    distance = {
        unit: abs(log_speed - math.log10(unit)) - (unit == named) - (0.5 * fractions * (unit == 1.0)) for unit in units
    }
    return min(sorted(distance, reverse=True), key=distance.__getitem__)


def _amount(lengths: Sequence[int], starts: Sequence[Time | None], ends: Sequence[Time | None]) -> tuple[int, float]:
    """The characters said, and in how many units of time."""
    spans = [
        (length, end[0] - start[0])
        for length, start, end in zip(lengths, starts, ends, strict=True)
        if start and end and end[0] > start[0]
    ]
    if spans:
        return sum(length for length, _ in spans), sum(span for _, span in spans)
    begun = [(length, start[0]) for length, start in zip(lengths, starts, strict=True) if start]
    if len(begun) < 2:
        return 0, 0.0
    return sum(length for length, _ in begun[:-1]), max(t for _, t in begun) - min(t for _, t in begun)


def _named_unit(key: str) -> float:
    if re.search(r"tick", key, re.IGNORECASE):
        return 1e-7
    if re.search(r"(?:_ms|Ms|MS|[Mm]illi\w{0,12})$|^(?:bg|ed)$", key):
        return 1e-3
    if re.search(r"nano|_ns$", key, re.IGNORECASE):
        return 1e-9
    return 1 / 16_000 if re.search(r"offset$", key, re.IGNORECASE) else 0.0  # samples of the sound


def in_seconds(times: Sequence[Time | None], unit: float, first: float = 0.0) -> list[float | None]:
    """``times`` in seconds after ``first``; None where one is missing or out of any range."""
    return [_second(time, unit, first) for time in times]


def _second(time: Time | None, unit: float, first: float) -> float | None:
    if time is None:
        return None
    value = time[0] * (1.0 if time[1] else unit) - first
    return round(value, 3) if 0 <= value < _LONGEST else None


def first_moment(starts: Sequence[Time | None], unit: float) -> float:
    """What to count from: 0, or the first start where the times are times of day."""
    known = [time[0] * (1.0 if time[1] else unit) for time in starts if time]
    return min(known) if known and min(known) >= _CLOCK else 0.0


def stated_date(value: object) -> str:
    """``YYYY-MM-DD`` of an ISO date, a written one or a Unix time in seconds or milliseconds."""
    if isinstance(value, str):
        return find_date(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 10**8 < value < 10**14:
        return ""
    return datetime.fromtimestamp(value / 1000 if value > 10**11 else value, tz=UTC).date().isoformat()

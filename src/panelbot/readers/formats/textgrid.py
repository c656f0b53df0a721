"""Praat's TextGrid, long and short: its interval tiers are speakers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from panelbot.errors import ReadError
from panelbot.readers.document import Document
from panelbot.readers.registry import Format
from panelbot.readers.tiers import Interval, Tier, read_tiers
from panelbot.types import Reading

# The long form adds keys to the values of the short one: values are strings, numbers and flags, but no [indexes].
_VALUE = re.compile(r'"((?:[^"]|"")*)"|\[\d*\]|(?<![\w.])([-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)(?![\w.])')
_HEAD = re.compile(r'(?:File type\s*=\s*)?"ooTextFile(?: short)?"\s+(?:Object class\s*=\s*)?"TextGrid"')


def _sniff(document: Document) -> float:
    return 1.0 if _HEAD.match(document.text.lstrip()) else 0.0


def _read(document: Document) -> tuple[Reading, ...]:
    try:
        tiers = list(_tiers(_values(document.text)))
    except (StopIteration, RuntimeError, ValueError, TypeError) as error:
        raise ReadError(f"{document.name} is a TextGrid that stops short or is damaged; save it again") from error
    points = [tier.name for tier, kind in tiers if kind != "IntervalTier"]
    return read_tiers(
        document, [tier for tier, kind in tiers if kind == "IntervalTier"], form=FORMAT.name, others=points
    )


def _values(text: str) -> Iterator[str]:
    for match in _VALUE.finditer(text):
        string, number = match.groups()
        if string is not None:
            yield string.replace('""', '"')
        elif number is not None:
            yield number


def _tiers(values: Iterator[str]) -> Iterator[tuple[Tier, str]]:
    _, _, _, _, n_tiers = (next(values) for _ in range(5))  # file type, object class, start, end, size
    for _ in range(int(n_tiers)):
        kind, name, _, _, n_entries = (next(values) for _ in range(5))
        intervals = []
        for _ in range(int(n_entries)):
            start = float(next(values))
            end = float(next(values)) if kind == "IntervalTier" else start
            intervals.append(Interval(start=round(start, 3), end=round(end, 3), text=" ".join(next(values).split())))
        yield Tier(name=name, intervals=tuple(intervals)), kind


FORMAT = Format(name="textgrid", looks_for="a Praat TextGrid", suffixes=(".textgrid",), sniff=_sniff, read=_read)

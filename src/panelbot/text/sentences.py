"""Sentences as spans of a text, Chinese and English. Knows punctuation, not meaning."""

from __future__ import annotations

import re

_CLOSERS = "\"'”’」』）)】]》"
# An end is 。！？… or a newline anywhere; an ASCII .!? only before white space or the text's end,
# so that "3.5", "U.S.-based" and "example.com" stay whole.
_END = re.compile(rf"(?:[。！？!?…]+|(?<!\.)\.+(?=[{re.escape(_CLOSERS)}]*(?:\s|$))|\n+)[{re.escape(_CLOSERS)}]*")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"“])(?:Mr|Mrs|Ms|Dr|Prof|Sr|Jr|St|vs|etc|e\.g|i\.e|No|Inc|Ltd|Co|U\.S|U\.K|[A-Z])\.$"
)


def sentence_spans(text: str) -> tuple[tuple[int, int], ...]:
    """``(start, end)`` of each sentence of ``text``, in order, white space trimmed, none empty."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        end = match.end()
        if match.group().startswith(".") and _ABBREVIATION.search(text[start : match.start() + 1]):
            continue
        _append_trimmed(spans, text, start, end)
        start = end
    _append_trimmed(spans, text, start, len(text))
    return tuple(spans)


def _append_trimmed(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))

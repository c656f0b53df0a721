"""Quotation marks in a sentence: what stands between them is in what is cited, word for word.

Knows marks and word boundaries; does not know who is quoted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_PAIRS = ("「」", "『』", "“”", "„“", "«»", "‹›", "〝〞", "＂＂")
_WITHIN = [f"{a}([^{a}{b}]+){b}" for a, b in _PAIRS]
# A straight mark or a single one may be an apostrophe: those stand at the edges of words.
_QUOTED = re.compile("|".join([*_WITHIN, '(?<![\\w])"([^"]+)"(?!\\w)', "‘([^’]{4,})’", "(?<!\\w)'([^']{4,})'(?!\\w)"]))
_MARK = re.compile('[「」『』“”„«»‹›〝〞＂"]')
_DENIED = re.compile(r"(?:\b(?:not|never|no|without|cannot)|n['’]t)\s+$|[不没未非无别勿]$", re.IGNORECASE)


def mask(text: str, quotes: Sequence[str]) -> tuple[str, bool]:
    """``text`` without its quotations, and whether one of them is in none of ``quotes`` or does not end."""
    for quote in sorted(quotes, key=len, reverse=True):
        text = text.replace(quote, "")
    quoted: list[tuple[str, ...]] = _QUOTED.findall(text)
    said = [next(filter(None, groups)) for groups in quoted]
    plain = _QUOTED.sub(" ", text)
    open_ended = _MARK.search(re.sub("|".join([*_PAIRS, '""']), "", plain)) is not None
    return plain, open_ended or not all(any(_is_said(part, quote) for quote in quotes) for part in said)


def _is_said(part: str, quote: str) -> bool:
    """Whether ``quote`` holds ``part``, cut neither inside a word nor from the "not" before it."""
    first, last = ("(?<!\\w)" if part[0].isascii() else "", "(?!\\w)" if part[-1].isascii() else "")
    edged = f"{first if part[0].isalnum() else ''}{re.escape(part)}{last if part[-1].isalnum() else ''}"
    return any(not _DENIED.search(quote, 0, match.start()) for match in re.finditer(edged, quote))


def is_open(text: str) -> bool:
    """Whether a quotation has begun in ``text`` and has not ended."""
    plain = _QUOTED.sub("", text)
    return plain.count('"') % 2 == 1 or any(plain.count(a) > plain.count(b) for a, b in _PAIRS if a != b)

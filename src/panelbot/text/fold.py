"""Folding: the form in which two spellings of the same text are equal.

Only for comparing and indexing; what is shown and cited is never folded.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Zero-width and bidirectional controls, the soft hyphen and the byte-order mark: invisible, and in nobody's speech.
_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")


def strip_invisible(text: str) -> str:
    """``text`` without zero-width and direction-control characters."""
    return _INVISIBLE.sub("", text)


def fold(text: str) -> str:
    """Width, case and script folded: NFKC, casefold, traditional Chinese to simplified.

    The length may change; offsets into the result are not offsets into ``text``.
    """
    folded = unicodedata.normalize("NFKC", strip_invisible(text)).casefold()
    return folded if folded.isascii() else _converter().convert(folded)


def simplify(text: str) -> str:
    """``text`` in simplified Chinese characters, character by character: of the same length."""
    return text if text.isascii() else "".join(map(_simple, text))


@lru_cache(maxsize=8192)
def _simple(character: str) -> str:
    folded = _converter().convert(character) if character >= "\u3400" else character
    return folded if len(folded) == 1 else character


def traditional(text: str) -> str:
    """``text`` in traditional Chinese characters, for finding names as a model may write them."""
    return text if text.isascii() else _to_traditional().convert(text)


@lru_cache(maxsize=1)
def _to_traditional():  # type: ignore[no-untyped-def]
    from opencc import OpenCC

    return OpenCC("s2t")


@lru_cache(maxsize=1)
def _converter():  # type: ignore[no-untyped-def]
    from opencc import OpenCC  # 50 ms and a native library: loaded with the first Chinese text

    return OpenCC("t2s")

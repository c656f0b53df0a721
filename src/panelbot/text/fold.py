"""Folding: the form in which two spellings of the same text are equal.

Only for comparing and indexing; what is shown and cited is never folded.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from typing import Any

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
    return folded if folded.isascii() else _converter()(folded)


def simplify(text: str) -> str:
    """``text`` in simplified Chinese characters, character by character: of the same length."""
    return text if text.isascii() else "".join(map(_simple, text))


@lru_cache(maxsize=8192)
def _simple(character: str) -> str:
    folded = _converter()(character) if character >= "\u3400" else character
    return folded if len(folded) == 1 else character


def traditional(text: str) -> str:
    """``text`` in traditional Chinese characters, for finding names as a model may write them."""
    return text if text.isascii() else _to_traditional()(text)


@lru_cache(maxsize=1)
def _to_traditional() -> Callable[[str], str]:
    return _conversion("s2t")


@lru_cache(maxsize=1)
def _converter() -> Callable[[str], str]:
    return _conversion("t2s")


def _conversion(name: str) -> Callable[[str], str]:
    opencc: Any = import_module("opencc")  # 50 ms and a native library: loaded with the first Chinese text
    return opencc.OpenCC(name).convert

"""Whether a quote carries a sentence: shared words in one language, closeness of meaning across two.

Knows words and vectors; does not know who speaks.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from panelbot.text import content_words, detect_language

if TYPE_CHECKING:
    from panelbot.embedding import Embedder

# Operating points; see docs/answers.md for the data they were chosen on and what they let through.
MIN_OVERLAP = 0.5
MIN_OVERLAP_CLOSE = 0.25  # with a cosine of MIN_COSINE
MIN_COSINE = 0.86
MIN_COSINE_ACROSS = 0.80
MIN_LEAD_ACROSS = 0.0


def overlap(sentence: str, quote: str) -> float:
    """Share of the content words of ``sentence`` that ``quote`` holds, in 0..1; English words by their stems."""
    wanted = {_stem(word) for word in content_words(sentence)}
    held = {_stem(word) for word in content_words(quote)}
    return len(wanted & held) / len(wanted) if wanted else 0.0


def _stem(word: str) -> str:
    """A crude stem: enough for "recovering" to meet "recovered"."""
    if not word.isascii() or len(word) < 5:
        return word
    for ending in ("ations", "ation", "ingly", "edly", "ings", "ing", "ies", "ied", "ers", "ed", "es", "er", "ly", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)].rstrip("ei")
    return word.rstrip("e")


def supports(sentence: str, quotes: Sequence[str], embedder: Embedder | None) -> np.ndarray:
    """How well each of ``quotes`` carries ``sentence``, float (n,): 1 or more is enough, 0 is nothing."""
    if not quotes:
        return np.zeros(0)
    language = detect_language(sentence)
    same = np.array([detect_language(quote) == language for quote in quotes])
    shared = np.array([overlap(sentence, quote) for quote in quotes])
    cosine = _cosines(sentence, quotes, embedder)
    by_words = np.maximum(shared / MIN_OVERLAP, np.minimum(shared / MIN_OVERLAP_CLOSE, cosine / MIN_COSINE))
    by_meaning = cosine / MIN_COSINE_ACROSS
    return np.where(same, by_words, np.maximum(by_meaning, shared))


def _cosines(sentence: str, quotes: Sequence[str], embedder: Embedder | None) -> np.ndarray:
    if embedder is None:
        return np.zeros(len(quotes))
    return embedder.encode_passages(list(quotes)) @ embedder.encode_queries([sentence])[0]

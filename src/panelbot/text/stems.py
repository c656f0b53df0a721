"""Stems of English words, crude: enough for "recovering" to meet "recovered". Knows endings, no dictionary."""

from __future__ import annotations

_ENDINGS = (
    "ations", "ation", "ingly", "edly", "ings", "ing", "ies", "ied", "ers", "ed", "es", "er", "ly", "s",
)  # fmt: skip


def stem(word: str) -> str:
    """The folded ``word`` without a common ending; Chinese and short words are left as they are."""
    if not word.isascii() or len(word) < 4:
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)].rstrip("eiy")
    return word.rstrip("ey")

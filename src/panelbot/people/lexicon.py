"""The word lists of names and titles, kept in lexicon.toml. Knows words, not what they are used for."""

from __future__ import annotations

from functools import lru_cache

from panelbot.shipped import shipped_toml


@lru_cache(maxsize=64)
def word_list(key: str) -> tuple[str, ...]:
    """The words of list ``key``, longest first, so that an alternation of them prefers the longest."""
    return tuple(sorted(shipped_toml("people/lexicon.toml")[key].split(), key=lambda word: (-len(word), word)))

"""The word lists of names and titles, kept in lexicon.toml. Knows words, not what they are used for."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def _load() -> dict[str, tuple[str, ...]]:
    text = files("panelbot.people").joinpath("lexicon.toml").read_text(encoding="utf-8")
    return {key: tuple(words.split()) for key, words in tomllib.loads(text).items()}


@lru_cache(maxsize=64)
def word_list(key: str) -> tuple[str, ...]:
    """The words of list ``key``, longest first, so that an alternation of them prefers the longest."""
    return tuple(sorted(_load()[key], key=lambda word: (-len(word), word)))

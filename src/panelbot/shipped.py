"""The files that come with the package, read by their path in it: texts, word lists, TOML. Knows not what they hold.

A line that begins with ``#`` is a comment.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any


def shipped_text(path: str) -> str:
    """The text of ``path``, such as ``people/surnames.txt``."""
    return files("panelbot").joinpath(path).read_text(encoding="utf-8")


def shipped_lines(path: str) -> list[str]:
    """The lines of ``path`` without comments and blank ones."""
    return [line for line in shipped_text(path).splitlines() if line and not line.startswith("#")]


@lru_cache(maxsize=16)
def shipped_words(path: str) -> frozenset[str]:
    """The words of ``path``, parted by white space."""
    return frozenset(" ".join(shipped_lines(path)).split())


@lru_cache(maxsize=16)
def shipped_toml(path: str) -> dict[str, Any]:
    """The tables of ``path``; they are shared, so nobody changes them."""
    return tomllib.loads(shipped_text(path))

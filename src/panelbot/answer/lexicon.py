"""The word lists of lexicon.toml. Knows the file, not what the lists are for."""

from __future__ import annotations

import tomllib
from importlib.resources import files

_LISTS = tomllib.loads(files("panelbot.answer").joinpath("lexicon.toml").read_text(encoding="utf-8"))

FILLERS = frozenset(_LISTS["fillers"].split())
DENIALS = frozenset(_LISTS["denials"].split())
DENYING = tuple(_LISTS["denying"].split())
OPPOSITES = {
    language: tuple(tuple(pair.split("/")) for pair in _LISTS[f"opposites_{language}"].split())
    for language in ("zh", "en")
}

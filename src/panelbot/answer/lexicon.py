"""The word lists of lexicon.toml. Knows the file, not what the lists are for."""

from __future__ import annotations

from panelbot.shipped import shipped_toml

_LISTS = shipped_toml("answer/lexicon.toml")

FILLERS = frozenset(_LISTS["fillers"].split())
DENIALS = frozenset(_LISTS["denials"].split())
DENYING = tuple(_LISTS["denying"].split())
OPPOSITES = {
    language: tuple(tuple(pair.split("/")) for pair in _LISTS[f"opposites_{language}"].split())
    for language in ("zh", "en")
}

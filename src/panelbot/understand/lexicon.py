"""The word lists of questions, read once. Knows which words there are, not what a question does with them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from panelbot.people.lexicon import word_list
from panelbot.people.names import given_names
from panelbot.register.kinds import job_lexicon
from panelbot.shipped import shipped_toml

_OF_NAMES = {
    "honorifics": "honorifics_english",
    "postnominals": "postnominals",
    "everyday_names": "everyday_names",
    "label_words": "label_words",
}


def _data(name: str) -> Mapping[str, Any]:
    return shipped_toml(f"understand/data/{name}.toml")


@lru_cache(maxsize=64)
def english(name: str) -> frozenset[str]:
    """A list of English words (separated by spaces) or phrases (by semicolons)."""
    if name in _OF_NAMES:
        return frozenset(word_list(_OF_NAMES[name]))
    if name == "given_names":
        return frozenset(map(str.casefold, given_names()))
    text = " ".join(_data("english")[name].split())
    return frozenset(part.strip() for part in text.split(";")) if ";" in text else frozenset(text.split())


@lru_cache(maxsize=64)
def chinese(name: str) -> tuple[str, ...]:
    """A list of Chinese words, longest first so that the longest is found."""
    if name == "courtesies":
        return word_list(name)
    return tuple(sorted(_data("chinese")[name].split(), key=lambda word: (-len(word), word)))


@lru_cache(maxsize=1)
def chinese_titles() -> Mapping[str, frozenset[str]]:
    """Titles put behind a surname, with the kinds of job or organisation that bear them."""
    titles: dict[str, set[str]] = {}
    for kind in job_lexicon().values():
        for head in kind.heads:
            if not head.isascii() and 2 <= len(head) <= 3:
                titles.setdefault(head, set()).add(kind.id)
    for title, kinds in _data("chinese")["titles"].items():
        titles.setdefault(title, set()).update(kinds)
    return {title: frozenset(kinds) for title, kinds in titles.items() if title not in chinese("courtesies")}


@lru_cache(maxsize=64)
def alternatives(name: str, *path: str) -> str:
    """A list of regular expressions as one group of alternatives."""
    found: Any = _data(name)
    for key in path:
        found = found[key]
    return f"(?:{'|'.join(found)})"

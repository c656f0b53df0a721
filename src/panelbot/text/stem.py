"""A light English stemmer: one form for a word's plural, -ed and -ing. Leaves every other script as it is.

Lighter than Porter's (1980) on purpose: it never joins words of different meaning (universe, university).
"""

from __future__ import annotations

import re
from functools import lru_cache

_VOWEL = re.compile("[aeiouy]")
_MIN_LENGTH = 4
_ALONE = frozenset(
    {"news", "series", "species", "means", "across", "always", "perhaps", "during", "thing", "something"}
)


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The stem of a folded word: branches, branch; carried, carry; planning, plan; 网点 stays 网点."""
    if not word.isascii() or not word.isalpha() or len(word) < _MIN_LENGTH or word in _ALONE:
        return word
    return _without_final_e(_without_verb_ending(_without_plural(word)))


def _without_plural(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _without_verb_ending(word: str) -> str:
    if word.endswith("ied") and len(word) > 4:
        return word[:-3] + "y"
    for ending in ("ing", "ed"):
        root = word[: -len(ending)]
        if word.endswith(ending) and len(root) >= 3 and _VOWEL.search(root):
            # planned, planning: plan; but fall, miss and buzz keep both letters
            return root[:-1] if root[-1] == root[-2] and root[-1] not in "lsz" else root
    return word


def _without_final_e(word: str) -> str:
    return word[:-1] if word.endswith("e") and len(word) > _MIN_LENGTH else word

"""Whether a question asks what was said on a matter or for one fact: the two are searched and answered differently.

Knows the words of data/breadth.toml; does not know what follows from it.
"""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

from panelbot.types import Question

_LISTS = tomllib.loads(files("panelbot.understand").joinpath("data", "breadth.toml").read_text(encoding="utf-8"))
_BROAD = {language: tuple(words.split()) for language, words in _LISTS["broad"].items()}
_INTERROGATIVE = {language: tuple(words.split()) for language, words in _LISTS["interrogative"].items()}


def is_broad(question: Question) -> bool:
    """True for a question about what was said on a matter ("怎么看…"), and for a headline; false for one fact."""
    text = question.original.casefold()
    if question.language == "zh":
        return any(cue in text for cue in _BROAD["zh"]) or not any(cue in text for cue in _INTERROGATIVE["zh"])
    words = set(re.findall(r"[a-z]+", text))
    return bool(words.intersection(_BROAD["en"])) or not (words.intersection(_INTERROGATIVE["en"]) or "?" in text)

"""Whether a question about a speaker names no matter at all, so that whatever they said is an answer.

Knows words; does not know what was found.
"""

from __future__ import annotations

import tomllib
from importlib.resources import files

from panelbot.retrieve.closeness import asked_words
from panelbot.retrieve.terms import FRAMING
from panelbot.text import content_words
from panelbot.types import Question

_LISTS = tomllib.loads(files("panelbot.evidence").joinpath("anything.toml").read_text(encoding="utf-8"))
_ANYTHING = FRAMING.union(*(words.split() for words in _LISTS.values()))


def asks_for_anything(question: Question) -> bool:
    """True for "what did she say" and 她提了哪些意见."""
    named = not content_words(question.topic)  # nothing but people: their names are no matter
    return bool(question.speakers) and (named or _ANYTHING.issuperset(asked_words(question)))

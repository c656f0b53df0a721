"""Greetings, thanks and questions about the tool itself: nothing to search for."""

from __future__ import annotations

import re
from functools import lru_cache

from panelbot.text.fold import fold
from panelbot.understand.lexicon import alternatives

_PUNCTUATION = re.compile(r"[\s!！?？。.,，、~～…:：;；)(（）\"“”^_-]+")


def is_smalltalk(text: str) -> bool:
    """Whether ``text`` greets, thanks or asks what can be asked, and holds no question of its own."""
    plain = _PUNCTUATION.sub(" ", fold(text).replace("’", "'")).strip()
    return not plain or _small().fullmatch(plain) is not None


def without_greeting(text: str) -> str:
    """``text`` without a greeting or thanks in front of the question: "Hello, what did …"."""
    rest = _opening().sub("", text, count=1)
    return rest if rest.strip() else text


@lru_cache(maxsize=1)
def _small() -> re.Pattern[str]:
    kinds = "|".join(alternatives("smalltalk", kind) for kind in ("greeting", "thanks", "farewell", "about"))
    return re.compile(rf"(?:(?:{kinds})(?:\s*(?:{alternatives('smalltalk', 'address')}))*\s*)+")


@lru_cache(maxsize=1)
def _opening() -> re.Pattern[str]:
    words = f"{alternatives('smalltalk', 'greeting')}|谢谢|thanks|thank you|ok|okay|好的"
    return re.compile(
        rf"^(?:(?:{words})(?:\s*(?:{alternatives('smalltalk', 'address')}))?\s*[,，!！。.、~]\s*)+", re.IGNORECASE
    )

"""Which of the two languages a text is in. Knows scripts only, no dictionary."""

from __future__ import annotations

import re

from panelbot.types import Language

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]")
_LATIN_WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")


def has_han(text: str) -> bool:
    """Whether ``text`` holds a Chinese character."""
    return _HAN.search(text) is not None


def detect_language(text: str) -> Language:
    """``zh`` where Chinese characters outweigh Latin words (about 1.6 characters a word), else ``en``.

    A question such as "沈总怎么看 ABS" is Chinese; "what did 沈志峰 say about branch traffic" is English.
    """
    n_han = len(_HAN.findall(text))
    n_words = len(_LATIN_WORD.findall(text))
    return "zh" if n_han > 1.6 * n_words else "en"

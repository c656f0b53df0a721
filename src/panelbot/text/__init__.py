"""Characters, words, sentences and languages of Chinese and English text."""

from __future__ import annotations

from panelbot.text.fold import fold, strip_invisible
from panelbot.text.language import detect_language, has_han
from panelbot.text.sentences import sentence_spans
from panelbot.text.words import content_words, words

__all__ = ["content_words", "detect_language", "fold", "has_han", "sentence_spans", "strip_invisible", "words"]

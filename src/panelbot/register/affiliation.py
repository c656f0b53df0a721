"""Splits what is said of a person into organisation and title, in either language."""

from __future__ import annotations

from panelbot.register.affiliation_chinese import split_chinese
from panelbot.register.affiliation_english import split_english
from panelbot.register.claims import Affiliation
from panelbot.text import has_han


def split_affiliation(text: str) -> Affiliation:
    """Organisation and title of one person as told in ``text``, both empty where neither can be recognised."""
    return split_chinese(text) if has_han(text) else split_english(text)

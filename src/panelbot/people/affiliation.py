"""Splits what is said of a person into organisation and title, in either language. Knows no person."""

from __future__ import annotations

from panelbot.people.affiliation_chinese import split_chinese
from panelbot.people.affiliation_english import split_english, states_title
from panelbot.people.facts import Affiliation
from panelbot.text import has_han


def split_affiliation(text: str) -> Affiliation:
    """Organisation and title of one person as told in ``text``, both empty where neither can be recognised."""
    return split_chinese(text) if has_han(text) else split_english(text)


def states_position(text: str) -> bool:
    """Whether ``text`` names a position in an organization: 江苏银行行长, "Partner at Law LLP"."""
    return bool(split_chinese(text).title) if has_han(text) else states_title(text)

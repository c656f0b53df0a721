"""Sentences of the library as the page tells them: in the visitor's language, and without what only a command line has.

Knows the form of a sentence; what it says stands in `panelbot.app.plain_words`. What a visitor can neither cause nor
cure is told in the page's own words, and why it is so in the log.
"""

from __future__ import annotations

import logging
import re
from functools import cache

from panelbot.app.plain_words import SENTENCES
from panelbot.app.words import say
from panelbot.errors import ConfigError, EmbedderError, PanelbotError, StoreError
from panelbot.types import Language

log = logging.getLogger(__name__)

_CLAUSE = re.compile(r"[;；]\s*|,\s*(?:and\s+)?(?=[^,;]*(?:`|(?<!\w)--\w))|:\s*(?=panelbot )")
# `panelbot list`, --speaker-pattern, NAME.FIELD=VALUE, merge:A=B, panelbot add PATH
_COMMAND = re.compile(r"`[^`]*`|(?<!\w)--[a-z]|\bpanelbot [a-z]+\b|\bmerge:|\b[A-Z]{3,}\.[A-Za-z]+\b|\.\w+\+?=")
_FAULTS = {StoreError: "index_fault", EmbedderError: "model_fault", ConfigError: "failed"}  # of the server's operator
_MOST = 4  # sentences within sentences: a list of what was left out, each with its lines


def explain(error: PanelbotError, language: Language) -> str:
    """What a visitor is told of ``error``."""
    for kind, key in _FAULTS.items():
        if isinstance(error, kind):
            log.error("%s", error)
            return say(key, language)
    return plain(str(error), language)


def plain(sentence: str, language: Language) -> str:
    """``sentence`` for a visitor of the page; one that has no translation is told in English."""
    return (_in_chinese(sentence) if language == "zh" else "") or without_commands(sentence)


def without_commands(sentence: str) -> str:
    """``sentence`` without the clauses that say what to type; one that says nothing else stays as it is."""
    kept = [clause for clause in _CLAUSE.split(sentence) if clause and not _COMMAND.search(clause)]
    if not kept:
        return sentence
    told = "; ".join(clause.strip() for clause in kept)
    return told if told[-1] in ".。!！?？)" else f"{told}."


def _in_chinese(sentence: str, depth: int = 0) -> str:
    """The translation with the values of ``sentence``, which may be sentences too; empty where there is none."""
    if depth == _MOST:
        return ""
    for english in _longest_first():
        if (values := _values(english, sentence)) is not None:
            told = (_in_chinese(value, depth + 1) or _listed(value, depth + 1) for value in values)
            return SENTENCES[english].format(*told)
    name, colon, rest = sentence.partition(": ")  # the file a note is about
    told = _in_chinese(rest, depth + 1) if colon else ""
    return f"{name}：{told}" if told else ""


def _listed(value: str, depth: int) -> str:
    """A value; of several sentences each is told, and a quoted name gets the marks of Chinese."""
    parts = re.split(r", (?=\d+ [a-z])", value)
    if len(parts) > 1:
        return "、".join(_in_chinese(part, depth) or part for part in parts)
    return f"“{value[1:-1]}”" if len(value) > 2 and value[0] == value[-1] == "'" else value


def _values(english: str, sentence: str) -> list[str] | None:
    """What stands in the places of ``english``, each up to where the words behind it come first."""
    first, *between = english.split("{}")
    if not between:
        return [] if sentence == english else None
    if not sentence.startswith(first) or not sentence.endswith(between[-1]):
        return None
    rest = sentence[len(first) : len(sentence) - len(between[-1])]
    values: list[str] = []
    for words in between[:-1]:
        value, found, rest = rest.partition(words)
        if not found:
            return None
        values.append(value)
    return [*values, rest] if rest and all(values) else None


@cache
def _longest_first() -> tuple[str, ...]:
    """The sentences in an order in which none is taken for a part of itself."""
    return tuple(sorted(SENTENCES, key=lambda english: (-len(english), english)))

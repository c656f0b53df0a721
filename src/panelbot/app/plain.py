"""Sentences of the library as the page tells them: without what is only of use at a command line. Knows its form."""

from __future__ import annotations

import re

_CLAUSE = re.compile(r"[;；]\s*|,\s*(?:and\s+)?(?=[^,;]*(?:`|(?<!\w)--\w))|:\s*(?=panelbot )")
# `panelbot list`, --speaker-pattern, NAME.FIELD=VALUE, merge:A=B, panelbot add PATH
_COMMAND = re.compile(r"`[^`]*`|(?<!\w)--[a-z]|\bpanelbot [a-z]+\b|\bmerge:|\b[A-Z]{3,}\.[A-Za-z]+\b|\.\w+\+?=")


def without_commands(sentence: str) -> str:
    """``sentence`` without the clauses that say what to type; one that says nothing else stays as it is."""
    kept = [clause for clause in _CLAUSE.split(sentence) if clause and not _COMMAND.search(clause)]
    if not kept:
        return sentence
    told = "; ".join(clause.strip() for clause in kept)
    return told if told[-1] in ".。!！?？)" else f"{told}."

"""The values of a YAML file, or of the block of YAML that a Markdown page begins with."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Any

from panelbot.readers.document import Document

SUFFIXES = (".yaml", ".yml")
_FRONT = re.compile(r"---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_ALIAS = re.compile(r"[\s\[,:-][&*]\w+\s*$", re.MULTILINE)  # a few lines of them stand for billions of values
_MAX_DEPTH = 60  # the parser recurses


def yaml_source(document: Document) -> str:
    """The YAML in ``document``: all of a YAML file, or the block that a page begins with."""
    front = _FRONT.match(document.text.lstrip("\ufeff\n"))
    return front.group(1) if front else document.text if document.suffix in SUFFIXES else ""


@lru_cache(maxsize=1)  # asked for while the format is told and again while it is read
def yaml_value(document: Document) -> Any:
    """The value of the YAML in ``document``; None where there is none, or none that holds lists."""
    source = yaml_source(document)
    if "\n" not in source or not re.search(r"^\s*- ", source, re.MULTILINE) or _ALIAS.search(source):
        return None
    if max(len(line) - len(line.lstrip()) for line in source.split("\n")) > 2 * _MAX_DEPTH or _nested(source):
        return None
    import yaml

    try:
        return _plain(yaml.load(source, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
    except (yaml.YAMLError, ValueError, RecursionError):  # ValueError: the 31st of February
        return None


def _nested(source: str) -> bool:
    """Whether brackets are nested deeper than anything somebody writes."""
    depth = deepest = 0
    for mark in re.findall(r"[\[{\]}]", source):
        depth += 1 if mark in "[{" else -1
        deepest = max(deepest, depth)
    return deepest > _MAX_DEPTH


def _plain(value: Any) -> Any:
    """``value`` as JSON would have it: days as text, keys as text."""
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value

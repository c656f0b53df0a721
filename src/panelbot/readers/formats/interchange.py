"""The interchange JSON of DESIGN: one transcript, a list of them, or one a line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from panelbot.readers.document import Document
from panelbot.readers.interchange import from_interchange
from panelbot.readers.registry import Format
from panelbot.types import Reading


def _values(document: Document) -> list[Any]:
    value = document.json
    if isinstance(value, list):
        return value
    if value is not None:
        return [value]
    if not document.json_fault:
        return []
    try:  # one transcript a line
        return [json.loads(line) for line in document.raw_text.splitlines() if line.strip()]
    except (ValueError, RecursionError):
        return []


def _sniff(document: Document) -> float:
    values = _values(document)
    return 1.0 if values and all(isinstance(value, Mapping) and "turns" in value for value in values) else 0.0


def _read(document: Document) -> tuple[Reading, ...]:
    values = _values(document)
    if len(values) == 1:
        return (from_interchange(values[0], name=document.name),)
    numbered = (f"{document.id}-{number}" for number in range(1, len(values) + 1))
    return tuple(from_interchange(value, name=name) for name, value in zip(numbered, values, strict=True))


FORMAT = Format(name="interchange", looks_for='a JSON object with "turns"', sniff=_sniff, read=_read)

"""The interchange JSON of DESIGN: one transcript, a list of them, or one a line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from panelbot.readers.document import Document
from panelbot.readers.interchange import from_interchange
from panelbot.readers.listings import json_values
from panelbot.readers.registry import Format
from panelbot.types import Reading


def _values(document: Document) -> list[Any]:
    values = json_values(document)
    return values[0] if len(values) == 1 and isinstance(values[0], list) else values


def _sniff(document: Document) -> float:
    """Sure where the first turns have what a turn must have; else other JSON may have its own "turns"."""
    values = _values(document)
    if not values or not all(isinstance(value, Mapping) and "turns" in value for value in values):
        return 0.0
    first = [turns[0] for value in values if isinstance(turns := value["turns"], list) and turns]
    return (
        1.0
        if first and all(isinstance(turn, Mapping) and turn.keys() >= {"speaker", "text"} for turn in first)
        else 0.3
    )


def _read(document: Document) -> tuple[Reading, ...]:
    values = _values(document)
    if len(values) == 1:
        return (from_interchange(values[0], name=document.name),)
    numbered = (f"{document.id}-{number}" for number in range(1, len(values) + 1))
    return tuple(from_interchange(value, name=name) for name, value in zip(numbered, values, strict=True))


FORMAT = Format(
    name="interchange", looks_for='a JSON object with "turns"', suffixes=(".json", ".jsonl"), sniff=_sniff, read=_read
)

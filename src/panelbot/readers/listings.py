"""The lists of objects in a JSON document, by the path that leads to them.

Does not know what any key means.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from panelbot.readers.document import Document

Path = tuple[str, ...]
_MAX_DEPTH = 14
_MAX_LEAF_DEPTH = 3
MOST_KEYS = 100  # an object with more of them is a table, and no description of one thing
# Several hearings of the same words, best first: the first one counts.
_ALTERNATIVES = re.compile(r"alternatives?|n_?best|hypothes[ie]s|candidates", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One list of objects; ``parents`` are the objects around it, from the document's root inwards."""

    path: Path
    items: Sequence[Mapping[str, Any]]
    parents: tuple[Mapping[str, Any], ...] = ()
    position: int = 0  # of the nearest object around it that stands in a list


@lru_cache(maxsize=1)  # several formats ask for the values of one document
def json_values(document: Document) -> list[Any]:
    """The JSON of ``document``: one value, or one for each line; empty where it is none."""
    if document.json is not None:
        return [document.json]
    if not document.json_fault:
        return []
    try:
        return [json.loads(line) for line in document.raw_text.splitlines() if line.strip()]
    except (ValueError, RecursionError):
        return []


def find_listings(value: object) -> dict[Path, list[Listing]]:
    """Every list of objects in ``value``; lists of the same place in different objects are together."""
    found: dict[Path, list[Listing]] = {}
    for listing in _walk(value, (), (), 0):
        found.setdefault(listing.path, []).append(listing)
    return found


def _walk(value: object, path: Path, parents: tuple[Mapping[str, Any], ...], position: int) -> Iterator[Listing]:
    if len(path) > _MAX_DEPTH:
        return
    if isinstance(value, dict):
        if listed := _numbered(value):
            yield from _walk(listed, path, parents, position)
            return
        for key, inner in value.items():
            if isinstance(inner, dict | list):
                yield from _walk(inner, (*path, str(key)), (*parents, value), position)
        return
    items = _objects(value)
    if not items:
        return
    if path and _ALTERNATIVES.fullmatch(path[-1]):
        yield from _walk(items[0], path, parents, position)
        return
    yield Listing(path=path, items=items, parents=parents, position=position)
    for number, item in enumerate(items):
        for key, inner in item.items():
            if isinstance(inner, dict | list):
                yield from _walk(inner, (*path, str(key)), (*parents, item), number)


def _numbered(value: Mapping[str, Any]) -> list[Any]:
    """The entries of an object that is a list in disguise: ``{"0": {…}, "1": {…}}``."""
    if len(value) < 2 or not all(str(key).isdecimal() and isinstance(entry, dict) for key, entry in value.items()):
        return []
    return list(value.values())


def _objects(value: object) -> Sequence[Mapping[str, Any]]:
    if not isinstance(value, list) or not value:
        return ()
    if all(isinstance(item, dict) for item in value):
        return value
    # a word and its times, as some transcribers write them: ["word", 0.5, 0.9]
    if all(isinstance(item, list) and len(item) == 3 and isinstance(item[0], str) for item in value):
        return [dict(zip(("word", "start", "end"), item, strict=True)) for item in value]
    return ()


def leaves(item: Mapping[str, Any], path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """The plain values in ``item`` and in the objects in it, with their paths."""
    for key, value in item.items() if len(item) <= MOST_KEYS else ():
        inner = _inner(str(key), value)
        if isinstance(inner, dict):
            if len(path) < _MAX_LEAF_DEPTH:
                yield from leaves(inner, (*path, key))
        elif not isinstance(inner, list) and inner is not None and inner != "":
            yield (*path, key), inner


def leaf(item: Any, path: Path) -> Any:
    """The value at ``path`` in ``item``; None where there is none."""
    for key in path:
        if not isinstance(item, dict):
            return None
        item = item.get(key)
        if isinstance(item, list):
            item = _inner(key, item)
    return item


def first_of(item: Mapping[str, Any], paths: Sequence[Path]) -> Any:
    """The first value that ``item`` has at one of ``paths``; None where it has none."""
    for path in paths:
        value = leaf(item, path)
        if value is not None and value != "":
            return value
    return None


def _inner(key: str, value: Any) -> Any:
    first = isinstance(value, list) and value and _ALTERNATIVES.fullmatch(key)
    return value[0] if first else value

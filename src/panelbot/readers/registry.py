"""The formats, and the choice among them: the content decides, the suffix only helps.

Adding a format is adding one module to :mod:`panelbot.readers.formats`.
"""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module

from panelbot.errors import ReadError
from panelbot.readers.document import Document
from panelbot.readers.listings import json_values
from panelbot.types import Reading

_STRUCTURED = 0.5  # how sure a form is that is told by a file's structure and not by its lines
_COMMENTED = re.compile(r"\s*+(?://[^\n]*+\s++|/\*[^*]*+\*/\s*+){1,200}+[{\[]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """How one format is recognised and read.

    ``sniff`` gives 0 (not this) to 1 (surely this). ``read`` gives no Reading where the document holds no turns
    after all, and raises ReadError where it is this format but faulty. ``looks_for`` ends "looked for …".
    ``suffixes`` are those that its files have, lower case: by them a folder is searched.
    """

    name: str
    looks_for: str
    suffixes: tuple[str, ...]
    sniff: Callable[[Document], float]
    read: Callable[[Document], tuple[Reading, ...]]


@lru_cache(maxsize=1)
def formats() -> tuple[Format, ...]:
    """Every format, by name."""
    from panelbot.readers import formats as package

    modules = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
    return tuple(import_module(f"{package.__name__}.{name}").FORMAT for name in modules)


@lru_cache(maxsize=1)
def suffixes() -> frozenset[str]:
    """The suffixes of transcript files, with their dots."""
    return frozenset(suffix for form in formats() for suffix in form.suffixes)


def read_document(document: Document) -> tuple[Reading, ...]:
    """The transcripts in ``document``.

    Raises:
        ReadError: no format finds turns in it; one sentence that says what was looked for.
    """
    scored = [(form.sniff(document), form) for form in formats()]
    candidates = sorted((pair for pair in scored if pair[0] > 0), key=lambda pair: (-pair[0], pair[1].name))
    for score, form in candidates:
        if score < _STRUCTURED and _is_broken_json(document):  # its keys are no labels
            break
        if readings := form.read(document):
            return readings
    values = json_values(document)
    if not values and (_is_broken_json(document) or (document.json_fault and not document.suffix)):
        fault = document.json_fault or "it begins with a comment"
        raise ReadError(f"{document.name} is not valid JSON ({fault}); export it again or repair that line")
    if values:
        raise ReadError(
            f'{document.name} is JSON without a transcript in it: looked for "turns" with "speaker" and "text", '
            "for lists of objects with a text and a speaker or times, and for one long text"
        )
    looked_for = [form.looks_for for _, form in candidates] or sorted({form.looks_for for form in formats()})
    raise ReadError(f"no turns found in {document.name}: looked for {_listed(looked_for)}")


def _is_broken_json(document: Document) -> bool:
    """Whether a file that is called JSON begins like it, be it after comments, and is none."""
    if document.suffix not in (".json", ".jsonl") or json_values(document):
        return False
    return bool(document.json_fault) or _COMMENTED.match(document.text) is not None


def _listed(phrases: list[str]) -> str:
    unique = list(dict.fromkeys(phrases))
    return unique[0] if len(unique) == 1 else ", ".join(unique[:-1]) + " and " + unique[-1]

"""The formats, and the choice among them: the content decides, the suffix only helps.

Adding a format is adding one module to :mod:`panelbot.readers.formats`.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module

from panelbot.errors import ReadError
from panelbot.readers.document import Document
from panelbot.types import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """How one format is recognised and read.

    ``sniff`` gives 0 (not this) to 1 (surely this). ``read`` gives no Reading where the document holds no turns
    after all, and raises ReadError where it is this format but faulty. ``looks_for`` ends "looked for …".
    """

    name: str
    looks_for: str
    sniff: Callable[[Document], float]
    read: Callable[[Document], tuple[Reading, ...]]


@lru_cache(maxsize=1)
def formats() -> tuple[Format, ...]:
    """Every format, by name."""
    from panelbot.readers import formats as package

    modules = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
    return tuple(import_module(f"{package.__name__}.{name}").FORMAT for name in modules)


def read_document(document: Document) -> tuple[Reading, ...]:
    """The transcripts in ``document``.

    Raises:
        ReadError: no format finds turns in it; one sentence that says what was looked for.
    """
    scored = [(form.sniff(document), form) for form in formats()]
    candidates = sorted((pair for pair in scored if pair[0] > 0), key=lambda pair: (-pair[0], pair[1].name))
    for _, form in candidates:
        if readings := form.read(document):
            return readings
    if document.json_fault and document.suffix in (".json", ".jsonl", ""):
        raise ReadError(
            f"{document.name} is not valid JSON ({document.json_fault}); export it again or repair that line"
        )
    if document.json is not None:
        raise ReadError(
            f'{document.name} is JSON without a transcript in it: looked for "turns" with "speaker" and "text", '
            "for lists of objects with a text and a speaker or times, and for one long text"
        )
    looked_for = [form.looks_for for _, form in candidates] or sorted({form.looks_for for form in formats()})
    raise ReadError(f"no turns found in {document.name}: looked for {_listed(looked_for)}")


def _listed(phrases: list[str]) -> str:
    unique = list(dict.fromkeys(phrases))
    return unique[0] if len(unique) == 1 else ", ".join(unique[:-1]) + " and " + unique[-1]

"""A mention: a span of a question with the people it may mean, and how well each fits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from panelbot.types import Reference
from panelbot.understand.table import Person

MentionKind = Literal["name", "organization", "organization_kind", "job", "role", "everyone"]
# From this confidence on a reference narrows the search to its speakers; below that it is a hint. Confidences are an
# order with this one point in it; benchmarks/references.py counts on which side references fall (docs/references.md).
SCOPE_CONFIDENCE = 0.5


def narrowing(references: Iterable[Reference]) -> list[Reference]:
    """Those of ``references`` that narrow the search."""
    return [ref for ref in references if ref.confidence >= SCOPE_CONFIDENCE]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """A person a mention may mean, and how well."""

    person: Person
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A span of the folded question with a meaning. ``fits`` are the best ones only, empty where nobody fits.

    ``bare`` is part of a name that others share; ``plural`` asks for several ("the lawyers", 两位律师); ``external``
    marks kinds that are often spoken about without being there (the regulator).
    """

    start: int
    end: int
    kind: MentionKind
    fits: tuple[Fit, ...]
    bare: bool = False
    plural: bool = False
    external: bool = False
    each: bool = False
    person: bool = False  # said to be a person: "the bank's representative"
    exact: bool = False  # narrowed by two facts: "the CTO of Weizhong"
    word: str = ""


def best_fits(fits: Iterable[Fit]) -> tuple[Fit, ...]:
    """The fits that share the highest confidence of their transcript, one a person, the surest transcripts first."""
    by_person: dict[tuple[str, str], Fit] = {}
    for fit in fits:
        key = (fit.person.ref.transcript_id, fit.person.ref.name)
        if key not in by_person or by_person[key].confidence < fit.confidence:
            by_person[key] = fit
    top: dict[str, float] = {}
    for fit in by_person.values():
        transcript = fit.person.ref.transcript_id
        top[transcript] = max(top.get(transcript, 0.0), fit.confidence)
    best = [fit for fit in by_person.values() if fit.confidence >= top[fit.person.ref.transcript_id] - 0.02]
    return tuple(sorted(best, key=lambda fit: -fit.confidence))

"""The row: one question under one setting, what came back, and every measure of it; to JSON and back.

Rows are the product; every table, plot and test is made from them. Knows nothing about how a row came to be.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from panelbot.evaluation.questions import GoldQuestion
from panelbot.types import Citation, Exchange


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedTurn:
    """A turn at the place of its best hit (1-based); ``start``/``end`` are that hit's characters in the turn."""

    rank: int
    transcript_id: str
    turn: int
    speaker: str
    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenAnswer:
    """What ``ask`` gave: the answer without its hits."""

    status: str
    text: str
    question: str
    evidence: float
    citations: tuple[Citation, ...]
    repaired: int
    dropped: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One question's results.

    ``measures`` holds only what is defined for this question, so that the mean of a measure over the rows that have it
    is its value for the set. ``seconds`` is wall-clock time: of ``ask`` (or of ``search``, where no answer was asked
    for) as a whole, and of the stages inside.
    """

    setting: str
    question: GoldQuestion
    ranked: tuple[RankedTurn, ...]
    answer: GivenAnswer | None = None
    measures: Mapping[str, float] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)

    @property
    def query_id(self) -> str:
        """The question's id."""
        return self.question.query_id

    @property
    def cluster(self) -> str:
        """What the question's result depends on together with others: its transcript."""
        return self.question.transcript_id

    @property
    def source(self) -> str:
        """What the question is from: the source its line names, else its transcript."""
        return self.question.source or self.question.transcript_id


def row_to_json(row: Row) -> dict[str, Any]:
    """The row as plain values, ``query_id`` and ``transcript_id`` at the top."""
    return {"query_id": row.query_id, "transcript_id": row.question.transcript_id, **asdict(row)}


def row_from_json(value: Mapping[str, Any]) -> Row:
    """The row written by :func:`row_to_json`.

    Raises:
        KeyError, TypeError: the object is not such a row.
    """
    question = dict(value["question"])
    for key in ("gold_turns", "evidence_turns", "speakers", "quotes"):
        question[key] = tuple(question[key])
    question["history"] = tuple(Exchange(**item) for item in question["history"])
    answer = dict(value["answer"]) if value["answer"] is not None else None
    if answer is not None:
        answer["citations"] = tuple(Citation(**item) for item in answer["citations"])
    return Row(
        setting=value["setting"],
        question=GoldQuestion(**question),
        ranked=tuple(RankedTurn(**item) for item in value["ranked"]),
        answer=GivenAnswer(**answer) if answer is not None else None,
        measures=dict(value["measures"]),
        seconds=dict(value["seconds"]),
    )

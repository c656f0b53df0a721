"""The tables of reference and follow-up tests, and how a row is judged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from panelbot.types import Exchange, Question
from panelbot.understand import understand
from understand.registers import SCOPES

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceRow:
    scope: str
    question: str
    expected: str
    kind: str


def reference_rows(name: str) -> Iterator[ReferenceRow]:
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            cells = [*line.split("\t"), ""]
            yield ReferenceRow(scope=cells[0], question=cells[1], expected=cells[2], kind=cells[3])


def outcome(found: Question) -> str:
    """A question's result in the notation of the table."""
    if found.fault == "unknown_speaker":
        return "!" + ",".join(found.unknown)
    refs = found.candidates if found.fault else found.speakers
    names = ",".join(ref.name for ref in refs)
    return f"~{names}" if found.fault else names or "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """A row is given where something was resolved, wanted where something should be, right where both agree."""

    n_rows: int
    given: int
    wanted: int
    right: int
    wrong: tuple[str, ...]

    @property
    def precision(self) -> float:
        return self.right / self.given

    @property
    def recall(self) -> float:
        return self.right / self.wanted


def reference_scores(name: str) -> Scores:
    rows = list(reference_rows(name))
    outcomes = [understand(row.question, [], SCOPES[row.scope]) for row in rows]
    pairs = [(outcome(found), row.expected) for found, row in zip(outcomes, rows, strict=True)]
    return Scores(
        n_rows=len(rows),
        given=sum(got != "-" for got, _ in pairs),
        wanted=sum(expected != "-" for _, expected in pairs),
        right=sum(got != "-" and _set(got) == _set(expected) for got, expected in pairs),
        wrong=tuple(
            f"{row.scope}: {row.question}: expected {row.expected} {row.kind}, got {outcome(found)} ({found.kind})"
            for row, found in zip(rows, outcomes, strict=True)
            if not is_right(row, found)
        ),
    )


def is_right(row: ReferenceRow, found: Question) -> bool:
    return _set(outcome(found)) == _set(row.expected) and row.kind in ("", found.kind)


def _set(notation: str) -> tuple[str, frozenset[str]]:
    mark = notation[0] if notation[0] in "!~" else ""
    names = re.split(r",(?! Lib| Green)", notation.lstrip("!~"))
    return mark, frozenset(name.strip().casefold() for name in names)


@dataclass(frozen=True, slots=True, kw_only=True)
class DialogueRow:
    scope: str
    history: tuple[Exchange, ...]
    question: str
    speakers: str
    topic: tuple[str, ...]
    without: tuple[str, ...]


def dialogue_rows(name: str) -> Iterator[DialogueRow]:
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            cells = [*line.split("\t"), "", ""]
            turns = (turn.partition(" => ") for turn in cells[1].split(" || "))
            yield DialogueRow(
                scope=cells[0],
                history=tuple(Exchange(query=query, answer=answer) for query, _, answer in turns),
                question=cells[2],
                speakers=cells[3],
                topic=tuple(word for word in cells[4].split(";") if word),
                without=tuple(word for word in cells[5].split(";") if word),
            )


def dialogue_wrong(name: str) -> tuple[int, tuple[str, ...]]:
    """How many dialogues there are, and those understood wrongly, in words."""
    rows = list(dialogue_rows(name))
    wrong = []
    for row in rows:
        found = understand(row.question, row.history, SCOPES[row.scope])
        topic = found.topic.casefold()
        held = all(word.casefold() in topic for word in row.topic)
        dragged = any(word.casefold() in topic for word in row.without)
        if _set(outcome(found)) != _set(row.speakers) or not held or dragged:
            said = " | ".join(exchange.query for exchange in row.history)
            wrong.append(f"{row.scope}: {said} | {row.question}: got {outcome(found)}, {found.topic!r}, {found.text!r}")
    return len(rows), tuple(wrong)

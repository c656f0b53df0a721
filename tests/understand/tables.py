"""The tables of reference and follow-up tests, and how a row is judged."""

from __future__ import annotations

import json
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


def judge_reference(row: ReferenceRow) -> tuple[bool, str]:
    found = understand(row.question, [], SCOPES[row.scope])
    got = outcome(found)
    same = _set(got) == _set(row.expected) and (not row.kind or row.kind == found.kind)
    return same, f"{got} ({found.kind})"


def _set(notation: str) -> tuple[str, frozenset[str]]:
    mark = notation[0] if notation[0] in "!~" else ""
    return mark, frozenset(part.strip().casefold() for part in notation.lstrip("!~").split(","))


def reference_scores(name: str) -> tuple[int, int, int, int, list[str]]:
    """Rows, right rows, and of the scoped rows: given, wanted and rightly given are folded into precision and recall."""
    rows = list(reference_rows(name))
    wrong: list[str] = []
    given = wanted = right = 0
    for row in rows:
        same, got = judge_reference(row)
        if not same:
            wrong.append(f"{row.scope}\t{row.question}\texpected {row.expected} {row.kind}\tgot {got}")
        resolved, expected = got.split(" (")[0] != "-", row.expected != "-"
        given += resolved
        wanted += expected
        right += resolved and expected and _set(got.split(" (")[0]) == _set(row.expected)
    return len(rows), given, wanted, right, wrong


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
        if not line.strip():
            continue
        row = json.loads(line)
        turns = [Exchange(query=t, answer="") if isinstance(t, str) else Exchange(**t) for t in row["history"]]
        yield DialogueRow(
            scope=row["scope"],
            history=tuple(turns),
            question=row["question"],
            speakers=row["speakers"],
            topic=tuple(row["topic"]),
            without=tuple(row.get("without", ())),
        )


def judge_dialogue(row: DialogueRow) -> tuple[bool, str]:
    found = understand(row.question, row.history, SCOPES[row.scope])
    topic = found.topic.casefold()
    same = (
        _set(outcome(found)) == _set(row.speakers)
        and all(word.casefold() in topic for word in row.topic)
        and not any(word.casefold() in topic for word in row.without)
    )
    return same, f"{outcome(found)} | {found.topic} | {found.text}"

"""Expected numbers: a small file beside the questions that a later run must reach.

Knows rows and measures. A drop is what fails; a question that changed without one is told, not punished.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from panelbot.errors import InputError
from panelbot.evaluation.answers import LOWER_IS_BETTER
from panelbot.evaluation.rows import Row
from panelbot.evaluation.statistics import estimate
from panelbot.evaluation.summary import ALL_MEASURES

FORMAT = 1
TOLERANCE = 0.01
"""How far a mean may fall before it is a drop: rounding differs between processors and can tip one question."""

NO_TOLERANCE = ("quote_integrity", "attribution")
"""These are promises, not qualities: any loss is a drop."""

QUESTION_MEASURES = ("Success@1", "Success@5", "RR", "nDCG@10", "citation_recall", "quote_integrity", "attribution")


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """The outcome: ``drops`` are measures that fell, ``changed`` the questions that are not as expected."""

    drops: tuple[str, ...]
    changed: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """No measure fell."""
        return not self.drops


def describe_rows(rows: Sequence[Row]) -> dict[str, Any]:
    """The expected numbers these rows set."""
    means = {name: found.mean for name in ALL_MEASURES if (found := estimate(rows, name)) is not None}
    return {
        "format": FORMAT,
        "tolerance": TOLERANCE,
        "measures": {name: round(value, 6) for name, value in means.items()},
        "questions": {row.query_id: _describe_row(row) for row in rows},
    }


def _describe_row(row: Row) -> dict[str, Any]:
    values: dict[str, Any] = {"status": row.answer.status} if row.answer is not None else {}
    return values | {name: round(row.measures[name], 6) for name in QUESTION_MEASURES if name in row.measures}


def write_expected(file: Path, rows: Sequence[Row]) -> None:
    """Write the expected numbers, one question a line, so that a change reads well in a diff."""
    document = describe_rows(rows)
    questions = document.pop("questions")
    head = json.dumps(document, ensure_ascii=False, indent=1)[:-2]
    lines = [f"  {json.dumps(name, ensure_ascii=False)}: {json.dumps(value)}" for name, value in questions.items()]
    text = head + ',\n "questions": {\n' + ",\n".join(lines) + "\n }\n}\n"
    try:
        file.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputError(f"The expected numbers {file} cannot be written: {error.strerror}.") from None


def read_expected(file: Path) -> Mapping[str, Any]:
    """The expected numbers of a file.

    Raises:
        InputError: it cannot be read or is not such a file.
    """
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"The expected numbers {file} cannot be read: {error}.") from None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise InputError(f"{file} holds no expected numbers of format {FORMAT}; write it with --write-expected.")
    return document


def check_rows(rows: Sequence[Row], expected: Mapping[str, Any]) -> Check:
    """Compare rows with expected numbers: a measure more than the tolerance worse, or gone, is a drop."""
    now = describe_rows(rows)
    tolerance = float(expected.get("tolerance", TOLERANCE))
    drops = []
    for name, value in expected["measures"].items():
        reached = now["measures"].get(name)
        if reached is None:
            drops.append(f"{name}: expected {value:.4f}, not measured")
        elif _worse(reached, value, name) > (1e-9 if name in NO_TOLERANCE else tolerance):
            drops.append(f"{name}: expected {value:.4f}, got {reached:.4f}")
    changed = []
    queries = {row.query_id: row.question.query for row in rows}
    for name, values in expected["questions"].items():
        if name not in now["questions"]:
            drops.append(f"question {name} is missing")
            continue
        differences = _differences(values, now["questions"][name], tolerance)
        if differences:
            changed.append(f"{name} ({queries[name]}): {', '.join(differences)}")
    return Check(drops=tuple(drops), changed=tuple(changed))


def _worse(reached: float, expected: float, measure: str) -> float:
    """By how much ``reached`` is worse than ``expected``; below zero where it is better."""
    return reached - expected if measure in LOWER_IS_BETTER else expected - reached


def _differences(expected: Mapping[str, Any], got: Mapping[str, Any], tolerance: float) -> list[str]:
    differences = []
    for name in dict.fromkeys([*expected, *got]):
        before, after = expected.get(name), got.get(name)
        if isinstance(before, (int, float)) and isinstance(after, (int, float)):
            same = abs(before - after) <= tolerance
        else:
            same = before == after
        if not same:
            differences.append(f"{name} {_show(before)} → {_show(after)}")
    return differences


def _show(value: Any) -> str:
    return "none" if value is None else f"{value:g}" if isinstance(value, (int, float)) else str(value)

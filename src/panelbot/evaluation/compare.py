"""Two finished reports, question by question. Reads folders; asks no bot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from panelbot.errors import InputError
from panelbot.evaluation.folder import read_results
from panelbot.evaluation.rows import Row
from panelbot.evaluation.statistics import Comparison, compare
from panelbot.evaluation.summary import ALL_MEASURES

N_CHANGED = 20
_MUST_MATCH = (
    ("corpus_checksum", "The transcripts are not the same"),
    ("scope", "One searched the question's transcript, the other all"),
    ("depth", "The rankings are not equally deep"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One question's nDCG@10 in both reports."""

    query_id: str
    query: str
    before: float
    after: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Two reports compared over the questions they share; ``warnings`` say what else differs."""

    names: tuple[str, str]
    comparisons: tuple[Comparison, ...]
    changed: tuple[Change, ...]
    warnings: tuple[str, ...]


def compare_reports(first: str, second: str, *, seed: int = 0) -> Outcome:
    """Compare two report folders; ``DIR:NAME`` names one setting of a report that holds several.

    Raises:
        InputError: not a report, no such setting, or no question in common.
    """
    (run_a, rows_a, name_a), (run_b, rows_b, name_b) = _read(first), _read(second)
    by_id = {row.query_id: row for row in rows_b}
    shared = [row for row in rows_a if row.query_id in by_id and _same(row, by_id[row.query_id])]
    if not shared:
        raise InputError(f"{first} and {second} have no question in common; there is nothing to compare.")
    warnings = [f"{sentence}; the difference is not of the settings alone." for sentence in _mismatches(run_a, run_b)]
    if len(shared) < max(len(rows_a), len(rows_b)):
        warnings.append(f"Compared over the {len(shared)} questions both have ({len(rows_a)} and {len(rows_b)}).")
    comparisons = (compare(shared, rows_b, measure, seed=seed) for measure in ALL_MEASURES)
    return Outcome(
        names=(name_a, name_b) if name_a != name_b else (f"{name_a} (A)", f"{name_b} (B)"),
        comparisons=tuple(item for item in comparisons if item is not None),
        changed=_changes(shared, by_id),
        warnings=tuple(warnings),
    )


def _read(given: str) -> tuple[Mapping[str, Any], tuple[Row, ...], str]:
    folder, setting = Path(given), ""
    if not folder.is_dir() and ":" in given:
        path, setting = given.rsplit(":", 1)
        folder = Path(path)
    document, rows = read_results(folder)
    if setting and setting not in rows:
        raise InputError(f"The report in {folder} has no setting {setting!r}; it has: {'; '.join(rows)}.")
    if not setting and len(rows) > 1:
        raise InputError(f"The report in {folder} has several settings; name one as {folder}:NAME: {'; '.join(rows)}.")
    setting = setting or next(iter(rows))
    return document["run"], rows[setting], f"{folder.name}, {setting}"


def _same(first: Row, second: Row) -> bool:
    a, b = first.question, second.question
    return (a.transcript_id, a.query, a.gold_turns, a.evidence_turns) == (
        b.transcript_id,
        b.query,
        b.gold_turns,
        b.evidence_turns,
    )


def _mismatches(first: Mapping[str, Any], second: Mapping[str, Any]) -> list[str]:
    return [sentence for key, sentence in _MUST_MATCH if first.get(key) != second.get(key)]


def _changes(rows: Sequence[Row], others: Mapping[str, Row]) -> tuple[Change, ...]:
    changes = [
        Change(query_id=row.query_id, query=row.question.query, before=before, after=after)
        for row in rows
        if (before := row.measures.get("nDCG@10")) is not None
        and (after := others[row.query_id].measures.get("nDCG@10")) is not None
        and before != after
    ]
    return tuple(sorted(changes, key=lambda item: (-abs(item.after - item.before), item.query_id))[:N_CHANGED])

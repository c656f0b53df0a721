"""The report folder: rows while they come in, and everything written at the end; and reading it back.

    journal.jsonl    rows of a run that is not finished; what a resumed run takes up
    results.jsonl    one row per question and setting
    run.json         settings, versions, checksums, machine, times, and the summary
    *.run, *.qrels   TREC files: one run per setting, one qrels file per kind of gold
    index.html       the page

Knows file names and formats, not what the numbers mean.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from panelbot.errors import InputError
from panelbot.evaluation.measures import document_id, format_qrels, format_run, make_run, topic_id
from panelbot.evaluation.provenance import Provenance
from panelbot.evaluation.rows import Row, row_from_json, row_to_json
from panelbot.evaluation.statistics import Comparison
from panelbot.evaluation.summary import Summary
from panelbot.whole import write_whole

logger = logging.getLogger(__name__)
FORMAT = 1
JOURNAL, RESULTS, RUN, PAGE = "journal.jsonl", "results.jsonl", "run.json", "index.html"


class Journal:
    """Rows on disk as soon as they exist.

    A row is taken up again only where its key, all that its result depends on besides the question, and the question
    are the same.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / JOURNAL
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(f"The report folder {folder} cannot be made: {error.strerror}.") from None
        self._rows = _read_journal(self._file)

    def rows(self, key: str) -> dict[str, Row]:
        """The rows kept under ``key``, by query id."""
        return {row.query_id: row for kept, row in self._rows if kept == key}

    def append(self, key: str, row: Row) -> None:
        """Write one row through to the file."""
        with self._file.open("a", encoding="utf-8") as file:
            file.write(_journal_line(key, row))

    def remove(self) -> None:
        """The run is finished: nothing is left to resume."""
        self._file.unlink(missing_ok=True)


def _read_journal(file: Path) -> list[tuple[str, Row]]:
    rows: list[tuple[str, Row]] = []
    if not file.is_file():
        return rows
    for line in file.read_text(encoding="utf-8", errors="replace").split("\n"):
        try:
            entry = json.loads(line) if line else None
            if entry:
                rows.append((entry["key"], row_from_json(entry["row"])))
        except (ValueError, KeyError, TypeError):  # the line the interruption cut short
            logger.info("A line of %s is incomplete; its question is asked again.", file)
    # An interrupted line must not swallow the next one.
    if rows or file.stat().st_size:
        _write(file, "".join(_journal_line(key, row) for key, row in rows))
    return rows


def _journal_line(key: str, row: Row) -> str:
    return json.dumps({"key": key, "row": row_to_json(row)}, ensure_ascii=False) + "\n"


def to_document(
    provenance: Provenance, summaries: Sequence[Summary], comparisons: Mapping[str, Sequence[Comparison]]
) -> dict[str, Any]:
    """All but the rows, as plain values: ``run.json``, and the head of ``--json``."""
    return {
        "format": FORMAT,
        "run": asdict(provenance),
        "summary": [asdict(summary) for summary in summaries],
        "comparisons": {name: [asdict(item) for item in items] for name, items in comparisons.items()},
    }


def write_results(folder: Path, document: Mapping[str, Any], rows: Mapping[str, Sequence[Row]], page: str) -> None:
    """Write every file of the report; ``rows`` by setting."""
    lines = [json.dumps(row_to_json(row), ensure_ascii=False) + "\n" for group in rows.values() for row in group]
    _write(folder / RESULTS, "".join(lines))
    _write(folder / RUN, json.dumps(document, ensure_ascii=False, indent=1) + "\n")
    _write(folder / PAGE, page)
    write_trec_files(folder, rows)


def write_trec_files(folder: Path, rows: Mapping[str, Sequence[Row]]) -> None:
    """One run file per setting; qrels of the gold and of the evidence turns, where there are any."""
    for setting, group in rows.items():
        run = {
            topic_id(row.query_id): make_run([document_id(t.transcript_id, t.turn) for t in row.ranked])
            for row in group
        }
        tag = file_name(setting)
        _write(folder / f"{tag}.run", format_run(run, tag))
    first = next(iter(rows.values()), ())
    for target in ("gold_turns", "evidence_turns"):
        qrels = {
            topic_id(row.query_id): {
                document_id(row.question.transcript_id, turn): 1 for turn in getattr(row.question, target)
            }
            for row in first
            if getattr(row.question, target)
        }
        if qrels:
            _write(folder / f"{target}.qrels", format_qrels(qrels))


def file_name(setting: str) -> str:
    """A setting's name as a file name and run tag: letters, digits, ``.``, ``=``, ``-`` and ``_``."""
    return re.sub(r"[^\w.=-]+", "_", setting, flags=re.ASCII).strip("_") or "default"


def read_results(folder: Path) -> tuple[dict[str, Any], dict[str, tuple[Row, ...]]]:
    """The document and the rows by setting of a report folder.

    Raises:
        InputError: it is not a finished report.
    """
    try:
        document = json.loads((folder / RUN).read_text(encoding="utf-8"))
        lines = (folder / RESULTS).read_text(encoding="utf-8").split("\n")
        rows = [row_from_json(json.loads(line)) for line in lines if line]
        settings = list(document["run"]["settings"])
    except FileNotFoundError as error:
        remedy = "a folder written by: panelbot evaluate … --report DIR"
        raise InputError(f"{folder} is not a finished report ({error.filename} is missing); name {remedy}.") from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"The report in {folder} cannot be read ({error}); run the evaluation again.") from None
    return document, {name: tuple(row for row in rows if row.setting == name) for name in settings}


def _write(file: Path, text: str) -> None:
    try:
        write_whole(file, text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise InputError(f"The report file {file} cannot be written: {error.strerror}.") from None

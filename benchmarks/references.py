"""How well questions are understood: ``references.py [--qmsum FOLDER]``.

Prints, for each table under tests/understand/data, rows, precision and recall (references) or the share understood
(follow-ups), the rows that are wrong, and the time a question takes with twenty transcripts in scope. With ``--qmsum``
also every development question that names a speaker, with what it resolves to, for checking by hand.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from statistics import median, quantiles

TESTS = Path(__file__).resolve().parent.parent / "tests"
sys.path.insert(0, str(TESTS))

from panelbot.readers import read_file  # noqa: E402
from panelbot.register import build_register  # noqa: E402
from panelbot.understand import understand  # noqa: E402
from understand.registers import SCOPES  # noqa: E402
from understand.tables import dialogue_rows, dialogue_wrong, reference_rows, reference_scores  # noqa: E402

STAGES = ("", "-blind", "-second", "-third", "-fourth", "-negative", "-held-out")


def print_tables() -> None:
    """Scores of every table, and its wrong rows."""
    print("table\trows\tright\tprecision\trecall")
    for stage in STAGES:
        scores = reference_scores(f"references{stage}.tsv")
        right = scores.n_rows - len(scores.wrong)
        print(f"references{stage}\t{scores.n_rows}\t{right}\t{scores.precision:.3f}\t{scores.recall:.3f}")
        print(*(f"    {row}" for row in scores.wrong), sep="\n", end="\n" if scores.wrong else "")
    for stage in STAGES:
        if stage != "-negative":
            n_rows, wrong = dialogue_wrong(f"dialogues{stage}.tsv")
            print(f"dialogues{stage}\t{n_rows}\t{n_rows - len(wrong)}\t{1 - len(wrong) / n_rows:.3f}")
            print(*(f"    {row}" for row in wrong), sep="\n", end="\n" if wrong else "")


def print_speed() -> None:
    """Milliseconds a question, and a question with history, with twenty transcripts in scope."""
    panels = [speakers for scope in SCOPES.values() for speakers in scope.values() if len(speakers) > 3]
    registers = {f"t{at}": panels[at % len(panels)] for at in range(20)}
    asked = [(row.question, ()) for row in reference_rows("references.tsv")]
    followed = [(row.question, row.history) for row in dialogue_rows("dialogues.tsv")]
    for name, questions in (("questions", asked), ("follow-ups", followed)):
        for question, history in questions:  # once to load dictionaries
            understand(question, history, registers)
        times = []
        for question, history in questions:
            start = time.perf_counter()
            understand(f"{question} ", history, registers)  # the space: not the reading that was kept
            times.append(1000 * (time.perf_counter() - start))
        print(f"{name}: p50 {median(times):.2f} ms, p95 {quantiles(times, n=20)[-1]:.2f} ms")


def print_qmsum(folder: Path) -> None:
    """Every development question that names a speaker, and whom it was taken to name."""
    registers = {}
    for line in (folder / "queries-dev.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        transcript = row["transcript_id"]
        if transcript not in registers:
            (reading,) = read_file(folder / "transcripts" / f"{transcript}.json")
            registers[transcript] = build_register(reading).speakers
        found = understand(row["query"], (), {transcript: registers[transcript]})
        named = [ref for ref in found.references if ref.kind not in ("everyone", "organization_kind")]
        if row["mentioned_speakers"] or named or found.fault:
            names = ", ".join(ref.name for ref in found.speakers)
            print(transcript, row["query"], names or found.fault or "-", sep="\t")


def main() -> None:
    """Print everything asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--qmsum", type=Path, help="folder with queries-dev.jsonl and transcripts/")
    folder = parser.parse_args().qmsum
    print_tables()
    print_speed()
    if folder is not None:
        print_qmsum(folder)


if __name__ == "__main__":
    main()

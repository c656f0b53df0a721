"""How well questions are understood: ``references.py [--docs PAGE] [--qmsum FOLDER]``.

Prints, for each table under tests/understand/data, rows, precision and recall (references) or the share understood
(follow-ups), the rows that are wrong, and the time a question takes with twenty transcripts in scope. ``--docs`` writes
the two tables into PAGE, between the marks that name them. With ``--qmsum`` also every development question that names
a speaker, with what it resolves to, for checking by hand.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
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
# What cannot be measured again: rows right, and precision and recall, when a table was run for the first time.
FIRST_RUN = {
    "-blind": ("49", ".88 .78"),
    "-second": ("47", "1.00 .93"),
    "-third": ("34", ".93 .86"),
    "-fourth": ("39", ".91 .94"),
    "-negative": ("111", ".86 .86"),
    "-held-out": ("41", "1.00 .97"),
}
FIRST_DIALOGUES = {"": 77, "-blind": 29, "-second": 28, "-third": 14, "-fourth": 20, "-held-out": 21}


def reference_table() -> list[str]:
    """Scores of every table of references; prints the rows that are wrong."""
    lines = [
        "| table | rows | right at first run | precision, recall at first run | right now | precision, recall now |"
    ]
    lines.append("|---|---|---|---|---|---|")
    for stage in STAGES:
        scores = reference_scores(f"references{stage}.tsv")
        first = FIRST_RUN.get(stage, ("written with the rules", ""))
        now = f"{scores.n_rows - len(scores.wrong)} | {scores.precision:.3f} {scores.recall:.3f}"
        lines.append(f"| references{stage} | {scores.n_rows} | {first[0]} | {first[1]} | {now} |")
        print(*(f"    {row}" for row in scores.wrong), sep="\n", end="\n" if scores.wrong else "")
    return lines


def dialogue_table() -> list[str]:
    """The share of every table of dialogues that is understood; prints the rows that are not."""
    lines = ["| dialogues | rows | understood at first run | now |", "|---|---|---|---|"]
    for stage, first in FIRST_DIALOGUES.items():
        n_rows, wrong = dialogue_wrong(f"dialogues{stage}.tsv")
        lines.append(f"| dialogues{stage} | {n_rows} | {first} | {n_rows - len(wrong)} |")
        print(*(f"    {row}" for row in wrong), sep="\n", end="\n" if wrong else "")
    return lines


def write_table(page: Path, name: str, lines: Sequence[str]) -> None:
    """Put ``lines`` in the place of what stands between the marks of table ``name`` in ``page``."""
    page.write_text(with_table(page.read_text(encoding="utf-8"), name, lines), encoding="utf-8")


def with_table(text: str, name: str, lines: Sequence[str]) -> str:
    """The ``text`` of a page with ``lines`` between the marks of table ``name``.

    Raises:
        ValueError: it has no such marks.
    """
    begin, end = f"<!-- table {name} -->\n", f"<!-- end {name} -->"
    before, begun, rest = text.partition(begin)
    _, ended, after = rest.partition(end)
    if not begun or not ended:
        raise ValueError(f"there is no table {name!r}")
    return "\n".join([f"{before}{begin}{lines[0]}", *lines[1:], f"{end}{after}"])


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
    parser.add_argument("--docs", type=Path, help="page whose tables are written anew")
    args = parser.parse_args()
    folder = args.qmsum
    for name, lines in (("references", reference_table()), ("dialogues", dialogue_table())):
        print(*lines, sep="\n")
        if args.docs:
            write_table(args.docs, name, lines)
    print_speed()
    if folder is not None:
        print_qmsum(folder)


if __name__ == "__main__":
    main()

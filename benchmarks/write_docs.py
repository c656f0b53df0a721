"""Write the numbers of README and docs that can be measured in seconds, each in its place; say which were out of date.

    python benchmarks/write_docs.py           # writes them
    python benchmarks/write_docs.py --check   # writes nothing; exits 1 where a page says something else

The pages have marks around what is written: ``<!-- table NAME -->`` to ``<!-- end NAME -->``. The sample panels'
measures are those of ``corpus/expected.json``, which `make evaluate` holds panelbot to; the sample answers are asked
for anew, with the built-in model. What takes hours or other people's data is written by the commands its page names.
"""

from __future__ import annotations

import difflib
import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stdout
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import Any

import print_answers
import references

from panelbot.bot import PanelBot
from panelbot.config import Settings
from panelbot.evaluation.tables import LABELS

MOST_TOLD = 40  # lines of a difference
ROOT = Path(__file__).resolve().parent.parent
EXPECTED: dict[str, Any] = json.loads((ROOT / "corpus/expected.json").read_text(encoding="utf-8"))
QUESTIONS: list[dict[str, Any]] = [
    json.loads(line) for line in (ROOT / "corpus/questions.jsonl").read_text(encoding="utf-8").splitlines()
]
_SEARCH = ("Success@1", "Success@3", "Success@5", "Success@10", "R@10", "nDCG@10", "RR", "AP")


def search_table() -> list[str]:
    """The measures of the search on the sample panels."""
    values = " | ".join(f"{EXPECTED['measures'][name]:.3f}" for name in _SEARCH)
    return [f"| {' | '.join(_SEARCH)} |", "|---" * len(_SEARCH) + "|", f"| {values} |"]


def answer_table() -> list[str]:
    """The measures of the answers on the sample panels."""
    rows = [f"| {title} | {EXPECTED['measures'][name]:.3f} |" for name, title in LABELS.items()]
    return ["| measure | |", "|---|---|", *rows]


def status_table() -> list[str]:
    """The statuses given, by those expected."""
    given = Counter((row["status"], EXPECTED["questions"][row["query_id"]]["status"]) for row in QUESTIONS)
    statuses = sorted({status for pair in given for status in pair})
    rows = [f"| {wanted} | {' | '.join(str(given[wanted, s] or '·') for s in statuses)} |" for wanted in statuses]
    return [f"| expected ↓ given → | {' | '.join(statuses)} |", "|---" * (len(statuses) + 1) + "|", *rows]


def headline_table() -> list[str]:
    """README's numbers: the sample panels', and those that the pages behind the links have."""
    n_quoting = sum("quote_integrity" in measured for measured in EXPECTED["questions"].values())
    exact = all(EXPECTED["measures"][name] == 1 for name in ("quote_integrity", "attribution"))
    found = [
        EXPECTED["measures"]["Success@5"],
        *(_of_page("evaluation", row) for row in ("VCSum dev", "XQuAD-R en→zh")),
    ]
    at_first, wrong_at_first, right, wrong = _reading()
    link = "([docs/evaluation.md](docs/evaluation.md))"
    return [
        "| | |",
        "|---|---|",
        f"| words under the right speaker, in repositories when they were new | {at_first}, {wrong_at_first} under "
        f"another's; in those still not looked at, {right} and {wrong} ([docs/reading.md](docs/reading.md)) |",
        "| a right turn among the first five, sample panels · VCSum · XQuAD-R, English over Chinese | "
        f"{' · '.join(map(_short, found))} {link} |",
        "| quotes that differ from their turn, or stand under another person's name | "
        f"{'none' if exact else 'some'} of {n_quoting} answers {link} |",
        "| questions answered in the right way or refused with the right “no”, sample panels | "
        f"{_short(EXPECTED['measures']['status'])} of {len(QUESTIONS)} {link} |",
    ]


def _short(share: float) -> str:
    """``share``, below 1, with two digits."""
    return f"{share + 1e-9:.2f}".lstrip("0")  # 0.875 as one rounds it by hand


def _of_page(page: str, row: str) -> float:
    """Success@5 by gold turns in the row of a page's table of searches."""
    text = (ROOT / "docs" / f"{page}.md").read_text(encoding="utf-8")
    found = re.search(rf"^\| {re.escape(row)} \| gold turns \| \d+ \|[^|]*\| ([\d.]+)", text, re.MULTILINE)
    if found is None:
        raise ValueError(f"docs/{page}.md has no row {row!r}")
    return float(found.group(1))


def _reading() -> tuple[str, str, str, str]:
    """Words under the right speaker, and under another's: at first sight of all, then where held out until now."""
    held_out = (ROOT / "docs" / "reading.md").read_text(encoding="utf-8").partition("## Held out\n")[2]
    first = re.search(r"looked at them yet,\s+([\d.]+) were right\s+and ([\d.]+) another's", held_out)
    found = re.search(r"^\| mean \|[^*]*\*\*([\d.]+)\*\* \| \*\*([\d.]+)\*\*", held_out, re.MULTILINE)
    if found is None or first is None:
        raise ValueError("docs/reading.md has no mean of the repositories held out")
    return f"{float(first[1]):.1f}%", f"{float(first[2]):.1f}%", f"{float(found[1]):.1f}%", f"{float(found[2]):.1f}%"


def sample_answers() -> list[str]:
    """The first question of each kind, expected status and language to the sample panels, with its answer."""
    chosen = {(row["kind"], row["status"], row["query_language"]): row for row in reversed(QUESTIONS)}
    rows = sorted(chosen.values(), key=lambda row: (row["transcript_id"], row["query_id"]))
    with tempfile.TemporaryDirectory() as folder:
        bot = PanelBot.open(folder, settings=Settings())
        bot.add([ROOT / "corpus"])
        return "".join(print_answers.pages(bot, rows)).strip("\n").split("\n")


def _quietly(table: Callable[[], list[str]]) -> Callable[[], list[str]]:
    def made() -> list[str]:
        with redirect_stdout(StringIO()):
            return table()

    return made


TABLES: dict[tuple[str, str], Callable[[], Sequence[str]]] = {
    ("README.md", "headlines"): headline_table,
    ("docs/evaluation.md", "sample search"): search_table,
    ("docs/evaluation.md", "sample answers"): answer_table,
    ("docs/evaluation.md", "sample statuses"): status_table,
    ("docs/references.md", "references"): _quietly(references.reference_table),
    ("docs/references.md", "dialogues"): _quietly(references.dialogue_table),
}
ASKED: dict[tuple[str, str], Callable[[], Sequence[str]]] = {("docs/sample-answers.md", "answers"): sample_answers}


def out_of_date(tables: dict[tuple[str, str], Callable[[], Sequence[str]]], *, write: bool) -> Iterator[str]:
    """The places whose page says something else than is measured, and what; with ``write`` they are written anew."""
    for (name, table), measured in tables.items():
        page = ROOT / name
        before = page.read_text(encoding="utf-8")
        after = references.with_table(before, table, measured())
        if after != before:
            told = difflib.unified_diff(before.split("\n"), after.split("\n"), "written", "measured", lineterm="", n=0)
            yield "\n".join([f"{name}: {table}", *islice(told, MOST_TOLD)])
            if write:
                page.write_text(after, encoding="utf-8")


if __name__ == "__main__":
    check = "--check" in sys.argv[1:]
    found = list(out_of_date(TABLES | ASKED, write=not check))
    print(*found, sep="\n")
    sys.exit(int(check and bool(found)))

"""Choose from which log-odds of a language model's yes there is an answer, where the evidence leaves it in doubt.

    python training/train_answerability.py ask INDEX QUESTIONS.jsonl URL ROWS.jsonl [--model NAME] [--n N]
    python training/train_answerability.py choose ROWS.jsonl…
    python training/train_answerability.py told ROWS.jsonl…

`ask` sends what `answer.llm.answerability` sends for each question whose evidence leaves doubt, and keeps the log-odds,
the evidence and the verdict by evidence alone. Questions whose row is in the file are not asked again; ``--n`` takes so
many of each status and pair of languages. `choose` prints, by language of the question, the area of answerable against
near and, for each share of answerable ones refused, the point and what is refused of the others, by folds: the point
for each transcript is chosen on the others. `told` prints what is refused at the point that ships.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from train_refusals import read

from panelbot.answer import pipeline as answering
from panelbot.answer.llm.answerability import POINT, yes_odds
from panelbot.answer.llm.client import ReplyError
from panelbot.bot import PanelBot
from panelbot.config import load_settings
from panelbot.evidence import Evidence

SHARES = (0.05, 0.1, 0.15, 0.2)  # of the answerable ones
PATIENCE = 600.0  # seconds; a model on two cores is slow
Row = dict[str, Any]


def ask(given: argparse.Namespace) -> None:
    """Ask and keep the rows."""
    settings = load_settings(overrides={"llm_base_url": given.url, "llm_model": given.model, "llm_timeout": PATIENCE})
    bot = PanelBot.open(given.index, settings=settings)
    languages = {t.id: t.language for t in bot.transcripts()}
    found: list[Row] = []

    def opinion(question: Any, evidence: Evidence, transcripts: Any, settings: Any) -> Evidence:
        verdict = evidence.verdict
        row = {"evidence": verdict.probability, "verdict": verdict.status, "doubtful": verdict.doubtful, "odds": None}
        if verdict.doubtful:
            row["odds"] = yes_odds(question, evidence.own.hits, transcripts, settings)
        found.append(row)
        raise ReplyError("timeout")  # the answer is not wanted

    answering.second_opinion = opinion
    kept = {row["query_id"] for row in read([given.rows])} if given.rows.exists() else set()
    for line in _some(read([given.questions]), languages, given.n):
        if line["query_id"] in kept:
            continue
        found.clear()
        bot.ask(line["query"], history=line.get("history") or (), transcripts=[line["transcript_id"]])
        names = {"query_id": line["query_id"], "transcript_id": line["transcript_id"], "status": expected(line)}
        for row in found[:1]:
            with given.rows.open("a", encoding="utf-8") as out:
                out.write(json.dumps({**names, "language": line["query_language"], **row}) + "\n")


def _some(lines: list[Row], languages: dict[str, str], n: int | None) -> Iterator[Row]:
    """The lines whose transcript is indexed, ``n`` of each status and pair of languages, in turn."""
    groups: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for line in lines:
        if line["transcript_id"] in languages:
            groups[expected(line), line["query_language"], languages[line["transcript_id"]]].append(line)
    for rows in groups.values():
        random.Random(1).shuffle(rows)
    most = max(map(len, groups.values()), default=0)
    for i in range(most if n is None else min(n, most)):
        yield from (rows[i] for _, rows in sorted(groups.items()) if i < len(rows))


def expected(line: Row) -> str:
    """The status marked, or whether there is an answer."""
    return line.get("status") or ("answered" if line.get("answerable", True) else "not_discussed")


def choose(rows: list[Row]) -> None:
    """Print areas, points and what they tell, by folds over transcripts."""
    from sklearn.metrics import roc_auc_score

    for language in ("zh", "en"):
        here = [row for row in rows if row["language"] == language and row["odds"] is not None]
        told_apart = [row for row in here if row["status"] in ("answered", "not_discussed")]
        answerable = [row["status"] == "answered" for row in told_apart]
        areas = [roc_auc_score(answerable, [row[name] for row in told_apart]) for name in ("odds", "evidence")]
        print(f"{language}: {sum(answerable)} answerable of {len(answerable)}, "
              f"area {areas[0]:.2f}; by evidence {areas[1]:.2f}")  # fmt: skip
        own = [row["odds"] for row in here if row["status"] == "answered"]
        for share in SHARES:
            refused: dict[str, list[bool]] = defaultdict(list)
            for fold in sorted({row["transcript_id"] for row in here}):
                others = [r["odds"] for r in here if r["transcript_id"] != fold and r["status"] == "answered"]
                point = float(np.quantile(others, share))
                for row in here:
                    if row["transcript_id"] == fold:
                        refused[row["status"]].append(row["odds"] < point)
            shares = ", ".join(f"{status} {np.mean(no):.2f}" for status, no in sorted(refused.items()))
            print(f"  {share:.2f}: point {np.quantile(own, share):.2f}; refused by folds: {shares}")


def told(rows: list[Row]) -> None:
    """Print what is refused at the point that ships, and what the evidence alone refused."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row in rows:
        asked = row["doubtful"] and row["odds"] is not None
        no = row["odds"] < POINT if asked else row["verdict"] != "answered"
        counts[row["status"], row["language"]].update(
            {"questions": 1, "asked": int(asked), "refused by evidence": int(row["verdict"] != "answered"),
             "refused": int(no)}
        )  # fmt: skip
    for (status, language), count in sorted(counts.items()):
        print(status, language, dict(count))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True, dest="command")
    asking = commands.add_parser("ask")
    asking.add_argument("index", type=Path)
    asking.add_argument("questions", type=Path)
    asking.add_argument("url")
    asking.add_argument("rows", type=Path)
    asking.add_argument("--model", default="")
    asking.add_argument("--n", type=int)
    for name in ("choose", "told"):
        commands.add_parser(name).add_argument("rows", type=Path, nargs="+")
    arguments = parser.parse_args()
    if arguments.command == "ask":
        ask(arguments)
    else:
        {"choose": choose, "told": told}[arguments.command](read(arguments.rows))

"""Train what the order of hits in another language than the question's goes by (`panelbot.retrieve.crosslingual`).

    python training/train_crosslingual.py measure INDEX QUESTIONS.jsonl ROWS.jsonl [N]
    python training/train_crosslingual.py fit ROWS.jsonl…

`measure` asks N questions (all by default) and writes, for each hit that is read, what the ranker scored it, how much
of the question a sentence of it states, how close one comes in meaning, and whether it is gold. A question is asked of
its own transcript; of the whole index where its transcript is one of sentences (``en-…``, ``zh-…``).
`fit` prints the weights of a conditional logit (McFadden, 1974) over the hits of each question, beside a ranker's score
of 1, and for each file success@1 and nDCG of the hits as they were ranked, with the weights that ship, and in six folds
by document with weights that were fitted to the others.
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from panelbot import PanelBot, load_settings
from panelbot.retrieve.crosslingual import MEANING, WEIGHT

FEATURES = ("ranked", "covered", "meaning")
N_FOLDS, REGULARISATION = 6, 0.02
Floats = NDArray[np.float64]


def measure(index: str, questions: str, rows: str, n: int | None = None) -> None:
    """Write one row for each question with at least two hits in the other language."""
    bot = PanelBot.open(index, settings=load_settings())
    known = {transcript.id for transcript in bot.transcripts()}
    asked = [json.loads(line) for line in Path(questions).read_text(encoding="utf-8").splitlines()]
    asked = [q for q in asked if q["gold_turns"] and q["transcript_id"] in known]
    with Path(rows).open("w", encoding="utf-8") as file:
        for q in random.Random(0).sample(asked, min(n or len(asked), len(asked))):
            whole = q["transcript_id"].startswith(("en-", "zh-"))
            found = bot.search(q["query"], transcripts=None if whole else [q["transcript_id"]])
            hits = [hit for hit in found if "ranked" in hit.features]
            gold = [hit.transcript_id == q["transcript_id"] and hit.turn in q["gold_turns"] for hit in hits]
            if hits:
                row = {"document": q["transcript_id"].partition("-")[2], "gold": gold}
                file.write(json.dumps(row | {name: [hit.features[name] for hit in hits] for name in FEATURES}) + "\n")


def fit(*files: str) -> None:
    """Print the weights, and what they do to questions they were not fitted to."""
    read = {file: [json.loads(line) for line in Path(file).read_text(encoding="utf-8").splitlines()] for file in files}
    everything = [row for rows in read.values() for row in rows]
    documents = sorted({row["document"] for row in everything})
    fold = {document: i % N_FOLDS for i, document in enumerate(documents)}
    fitted = [weights_of([row for row in everything if fold[row["document"]] != i]) for i in range(N_FOLDS)]
    print("weights", dict(zip(FEATURES, weights_of(everything).round(2).tolist(), strict=True)))
    for file, rows in read.items():
        print(file, len(rows), "questions")
        print("  as ranked", _measured(rows, [np.array([1.0, 0.0, 0.0])] * len(rows)))
        print("  ships    ", _measured(rows, [np.array([1.0, WEIGHT, MEANING])] * len(rows)))
        print("  by folds ", _measured(rows, [fitted[fold[row["document"]]] for row in rows]))


def weights_of(rows: list[dict[str, Any]]) -> Floats:
    """The weights of the features, that of the ranker's score 1, float64 (3,)."""
    cases = [(_table(row), np.array(row["gold"], float)) for row in rows if any(row["gold"])]
    scale = np.concatenate([table - table.mean(axis=0) for table, _ in cases]).std(axis=0)

    def loss(weights: Floats) -> float:
        lost = sum(_lost((table / scale) @ weights, gold) for table, gold in cases)
        return lost / len(cases) + REGULARISATION * float(weights @ weights)

    found = minimize(loss, np.zeros(len(FEATURES)), method="L-BFGS-B").x / scale
    return found / found[0]


def _lost(scores: Floats, gold: Floats) -> float:
    chances = np.exp(scores - scores.max())
    return -float(np.log(chances @ gold / chances.sum()))


def _table(row: dict[str, Any]) -> Floats:
    return np.stack([row[name] for name in FEATURES], axis=1)  # (n_hits, n_features)


def _measured(rows: list[dict[str, Any]], weights: list[Floats]) -> str:
    found: list[tuple[float, float]] = []
    for row, weight in zip(rows, weights, strict=True):
        order = np.argsort(-(_table(row) @ weight), kind="stable")
        gold = np.array(row["gold"], float)[order]
        discounts = 1 / np.log2(np.arange(len(gold)) + 2)
        ideal = discounts[: max(int(gold.sum()), 1)].sum()
        found.append((float(gold[0]), float(gold @ discounts / ideal)))
    first, gain = np.mean(found, axis=0)
    return f"success@1 {first:.3f}  nDCG {gain:.3f}"


if __name__ == "__main__":
    command, *given = sys.argv[1:]
    if command == "measure":
        measure(given[0], given[1], given[2], int(given[3]) if len(given) > 3 else None)
    else:
        fit(*given)

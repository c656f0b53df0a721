"""Train the weights by which sentences are chosen for an answer.

    python training/train_selection.py measure INDEX QUESTIONS.jsonl ROWS.jsonl [N]
    python training/train_selection.py fit own=ROWS.jsonl… crosslingual=ROWS.jsonl… turns=ROWS.jsonl… > SELECTION.json

`measure` asks N questions (all by default) of their own transcripts in an index made by `panelbot add` and writes
the features of every sentence of the best hits, with whether it belongs to the answer: it holds one of the question's
`quotes`, or, where those are not marked, lies in one of its `evidence_turns` (`gold_turns` where there are none).
`fit` prints the logistic regressions of src/panelbot/answer/selection.json (files of one model joined by commas):
``own`` and ``crosslingual`` for sentences in the question's language and in another, ``turns`` for the turns a broad
question wants. On stderr: precision, recall and F1 of the turns they cite in transcripts they were not trained on (5
folds by transcript), and of the first three hits cited whole.
"""

from __future__ import annotations

import json
import random
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from regression import coefficients, run

from panelbot import PanelBot, load_settings
from panelbot.answer.context import N_READ
from panelbot.answer.select import Candidate, broad_chances, choose, collect
from panelbot.answer.sentence_features import by_turn, features_of
from panelbot.answer.sentences import Span
from panelbot.evidence.model import as_model
from panelbot.match.matcher import Matcher
from panelbot.retrieve import retrieve
from panelbot.understand import understand

REGULARISATION = 0.1
LIMIT = 4


def measure(index: str, questions: str, rows: str, n: int | None = None) -> None:
    """Write one row for each question: features and labels of its sentences."""
    bot = PanelBot.open(index, settings=load_settings())
    whole = bot._library.index()
    asked = [json.loads(line) for line in Path(questions).read_text(encoding="utf-8").splitlines()]
    asked = [q for q in asked if q["gold_turns"] and q["transcript_id"] in whole.segments]
    asked = random.Random(0).sample(asked, min(n or len(asked), len(asked)))
    with Path(rows).open("w", encoding="utf-8") as file:
        for q in asked:
            row = _row(q, bot)
            if row:
                file.write(json.dumps(row, ensure_ascii=False) + "\n")


def _row(q: dict[str, Any], bot: PanelBot) -> dict[str, Any] | None:
    index = bot._library.index()
    transcripts = {q["transcript_id"]: index.segments[q["transcript_id"]].transcript}
    question = understand(q["query"], (), {id: t.speakers for id, t in transcripts.items()})
    found = retrieve(replace(question, fault=""), index, bot.embedder, bot.settings, transcripts=set(transcripts))
    hits = found.hits[:N_READ]
    sentences = collect(hits, transcripts)
    if not sentences:
        return None
    features, _ = features_of(question, sentences, hits, transcripts, Matcher(question, bot.embedder))
    gold = set(q.get("evidence_turns") or q["gold_turns"])
    quotes = [quote for quote in q.get("quotes") or () if quote]
    return {
        "transcript_id": q["transcript_id"],
        "gold_turns": sorted(gold),
        "sentences": [[c.span.turn, c.span.start, c.span.end, c.order, c.text] for c in sentences],
        "labels": [_belongs(c, gold, quotes) for c in sentences],
        "features": {name: values.round(5).tolist() for name, values in features.items()},
    }


def _belongs(sentence: Candidate, gold: set[int], quotes: list[str]) -> bool:
    in_gold = sentence.span.turn in gold
    return in_gold and (not quotes or any(sentence.text in quote or quote in sentence.text for quote in quotes))


def fit(sources: dict[str, list[str]]) -> None:
    """Print the models; report on stderr."""
    models: dict[str, Any] = {}
    for kind, paths in sources.items():
        models[kind] = _fit(kind, paths, models.get("own"))
    json.dump(models, sys.stdout, indent=1)
    print()


def _fit(kind: str, paths: list[str], stating: dict[str, Any] | None) -> dict[str, Any]:
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold

    sets = {path: [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()] for path in paths}
    rows = [(path, row, *_cases(row, kind)) for path, group in sets.items() for row in group]
    names = list(rows[0][2])
    x = np.concatenate([np.array([features[name] for name in names]).T for _, _, features, _ in rows])
    y = np.concatenate([labels for *_, labels in rows]).astype(bool)
    of_row = np.concatenate([np.full(len(labels), i) for i, (*_, labels) in enumerate(rows)])
    # Each set counts alike, and in it each question, however many sentences its hits have.
    weight = np.concatenate([np.full(len(lab), 1 / len(sets[path]) / len(lab)) for path, _, _, lab in rows])
    weight *= len(rows) / weight.sum()
    mean, scale = np.average(x, axis=0, weights=weight), np.maximum(x.std(axis=0), 1e-3)
    x = (x - mean) / scale
    groups = np.array([row["transcript_id"] for _, row, _, _ in rows])[of_row]
    regression = LogisticRegression(C=REGULARISATION, max_iter=1000)
    chance = np.zeros(len(y))
    for train, test in GroupKFold(5).split(x, y, groups):
        regression.fit(x[train], y[train], sample_weight=weight[train])
        chance[test] = regression.predict_proba(x[test])[:, 1]
    for path in sets:
        of_set = [i for i, row in enumerate(rows) if row[0] == path]
        chosen = [_chosen(rows[i][1], _by_sentence(rows[i][1], chance[of_row == i], kind, stating)) for i in of_set]
        naive = [
            _shares(rows[i][1], set(list(dict.fromkeys(s[0] for s in rows[i][1]["sentences"]))[:3])) for i in of_set
        ]
        for label, found in (("chosen", chosen), ("first three hits", naive)):
            precision, recall, f1, n = np.mean(found, axis=0)
            print(f"{kind} {Path(path).stem}, {len(of_set)} questions, {label}: cited turns precision {precision:.3f}, "
                  f"recall {recall:.3f}, F1 {f1:.3f}; {n:.2f} turns", file=sys.stderr)  # fmt: skip
    regression.fit(x, y, sample_weight=weight)
    return coefficients(regression, names, mean, scale, 0.5)


def _cases(row: dict[str, Any], kind: str) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Features and labels of the row's sentences, or of its turns."""
    features = {name: np.array(values) for name, values in row["features"].items()}
    if kind != "turns":
        return features, np.array(row["labels"])
    of, merged = by_turn(_candidates(row), features)
    gold = [sentence[0] in row["gold_turns"] for sentence in row["sentences"]]
    return merged, np.array([gold[int(np.flatnonzero(of == i)[0])] for i in range(of.max() + 1)])


def _by_sentence(row: dict[str, Any], chance: np.ndarray, kind: str, stating: dict[str, Any] | None) -> np.ndarray:
    """The chances of sentences, from those of turns where these were learned, as `select.chances` makes them."""
    if kind != "turns" or stating is None:
        return chance
    features = {name: np.array(values) for name, values in row["features"].items()}
    of, _ = by_turn(_candidates(row), features)
    return broad_chances(of, chance, as_model(stating).probabilities(features))


def _candidates(row: dict[str, Any], chance: np.ndarray | None = None) -> list[Candidate]:
    scores = np.zeros(len(row["sentences"])) if chance is None else chance
    return [
        Candidate(
            span=Span(transcript_id=row["transcript_id"], turn=turn, start=start, end=end),
            speaker="", text=text, order=order, score=float(score),
        )
        for (turn, start, end, order, text), score in zip(row["sentences"], scores, strict=True)
    ]  # fmt: skip


def _chosen(row: dict[str, Any], chance: np.ndarray) -> tuple[float, float, float, int]:
    """Precision, recall and F1 of the turns cited, and how many there are."""
    ranked = sorted(_candidates(row, chance), key=lambda c: (-c.score, c.span))
    return _shares(row, {c.span.turn for c in choose(ranked, limit=LIMIT)})


def _shares(row: dict[str, Any], cited: set[int]) -> tuple[float, float, float, int]:
    both, gold = len(cited & set(row["gold_turns"])), row["gold_turns"]
    precision, recall = both / max(1, len(cited)), both / max(1, len(gold))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall), len(cited)


if __name__ == "__main__":
    run(__doc__, measure, fit)

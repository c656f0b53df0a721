"""Train the conversation-aware ranker and score it on meetings it was not trained on.

    panelbot add --index INDEX TRANSCRIPTS…
    python benchmarks/train_ranker.py INDEX --train TRAIN.jsonl --folds MORE.jsonl… --corpora SENTENCES.jsonl…
        --held-out DEV.jsonl [--without thread|around|speakers|lengths] [--write]

INDEX holds every transcript the questions name. ``--train`` questions are only trained on, ``--held-out`` ones only
scored. ``--folds`` and ``--corpora`` are both: each is scored in four folds by transcript, by rankers that did not see
that fold, and the ranker that is written has seen them all. ``--corpora`` questions are searched over every transcript
whose id begins like theirs up to the dash (a language); a third of them is trained on, at half weight. Printed:
success@1, success@5 and nDCG@10 over whole turns with 95% intervals by bootstrap over transcripts, for the plain fusion
and the ranker. LambdaMART (Burges, 2010) as LightGBM has it, seeded, one thread. ``--write`` replaces ranker.txt.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
from numpy.typing import NDArray

import panelbot.retrieve
from panelbot import PanelBot, load_settings
from panelbot.index import SearchIndex
from panelbot.retrieve.features import turn_features
from panelbot.retrieve.field import build_field, spoken_by
from panelbot.retrieve.legs import score_legs
from panelbot.retrieve.rank import fuse
from panelbot.retrieve.search import embed_question
from panelbot.retrieve.terms import find_terms
from panelbot.retrieve.trees import Node, format_trees
from panelbot.retrieve.vocabulary import vocabulary_of
from panelbot.understand import understand

N_FOLDS, N_TRAINED, N_ROUNDS = 4, 150, 150
PARAMETERS: dict[str, Any] = {
    "objective": "lambdarank", "label_gain": [0, 1, 2, 3], "lambdarank_truncation_level": 15, "num_leaves": 7,
    "learning_rate": 0.05, "min_data_in_leaf": 50, "feature_fraction": 0.5, "bagging_fraction": 0.7, "bagging_freq": 1,
    "lambda_l2": 5, "max_bin": 63, "verbose": -1, "num_threads": 1, "seed": 1, "deterministic": True,
    "force_col_wise": True,
}  # fmt: skip
GROUPS = {
    "around": ("cosine_near", "cosine_window", "cover_window", "lexical_window", "cosine-", "cosine+", "lexical-",
               "lexical+", "mix"),
    "thread": ("asked", "question"),
    "speakers": ("named", "any_named", "moderator", "voices"),
    "lengths": ("length", "content"),
}  # fmt: skip
Scores = Callable[["Case"], NDArray[np.float32]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A question with the features of every turn it is searched in."""

    transcript_id: str
    names: tuple[str, ...]
    values: NDArray[np.float32]  # (n_turns, n_features)
    fused: NDArray[np.float32]  # (n_turns,)
    eligible: NDArray[np.bool_]
    gold: dict[str, NDArray[np.bool_]]  # by "gold" and "evidence"

    def labels(self) -> NDArray[np.int64]:
        """3 evidence inside the span, 2 outside, 1 the rest of the span; without marked evidence the span is 3."""
        gold, evidence = self.gold["gold"].astype(int), self.gold["evidence"].astype(int)
        return gold + 2 * evidence if evidence.any() else 3 * gold


def collect(bot: PanelBot, file: Path, *, corpus: bool) -> list[Case]:
    """The cases of a questions file; unanswerable ones are left out."""
    whole = bot._library.index()
    made: dict[str, SearchIndex] = {}
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    cases: list[Case] = []
    for row in rows:
        if row["gold_turns"]:
            key = row["transcript_id"].partition("-")[0] + "-" if corpus else row["transcript_id"]
            if key not in made:
                ids = [id for id in whole.segments if (id.startswith(key) if corpus else id == key)]
                made[key] = SearchIndex([whole.segments[id] for id in ids], whole.dense_index)
            cases.append(make_case(bot, made[key], row))
    return cases


def make_case(bot: PanelBot, index: SearchIndex, row: dict[str, Any]) -> Case:
    """One question over all turns of ``index``."""
    segments = list(index.segments.values())
    question = understand(row["query"], (), {id: s.transcript.speakers for id, s in index.segments.items()})
    terms = find_terms(question, vocabulary_of(index), None, bridge=True)
    field = build_field(segments, None)
    legs = score_legs(field, embed_question(question, bot.embedder), terms)
    names: dict[str, frozenset[str]] = {}
    for ref in question.speakers:
        names[ref.transcript_id] = names.get(ref.transcript_id, frozenset()) | {ref.name}
    features = turn_features(field, legs, spoken_by(segments, names))
    base = int(field.base[list(index.segments).index(row["transcript_id"])])
    gold = {"gold": row["gold_turns"], "evidence": row.get("evidence_turns") or []}
    return Case(
        transcript_id=row["transcript_id"],
        names=tuple(features),
        values=np.stack(list(features.values()), axis=1),
        fused=fuse(field, legs),
        eligible=field.eligible,
        gold={k: np.isin(np.arange(field.n), [base + turn for turn in turns]) for k, turns in gold.items()},
    )


def train(parts: Iterable[tuple[Sequence[Case], float]], columns: Sequence[int]) -> lightgbm.Booster:
    """A ranker trained on the most promising turns of each case; parts are weighted."""
    values, labels, groups, weights = [], [], [], []
    for cases, weight in parts:
        for case in cases:
            promise = case.values[:, [case.names.index("mix"), case.names.index("cosine_z")]].sum(axis=1)
            at = np.flatnonzero(case.eligible)
            at = at[np.argsort(-promise[at])[:N_TRAINED]]
            if case.labels()[at].any():
                values.append(case.values[at][:, columns])
                labels.append(case.labels()[at])
                groups.append(len(at))
                weights.append(np.full(len(at), weight))
    if not values:
        raise SystemExit("none of the questions to train on has a gold turn among its most promising ones")
    data = lightgbm.Dataset(
        np.concatenate(values), np.concatenate(labels), group=groups, weight=np.concatenate(weights)
    )
    return lightgbm.train(PARAMETERS, data, N_ROUNDS)


def measure(cases: Sequence[Case], scores: Scores, kind: str) -> str:
    """success@1, success@5 and nDCG@10 with intervals, as a line."""
    by_transcript: dict[str, list[tuple[float, float, float]]] = {}
    for case in cases:
        gold = case.gold[kind]
        if gold.any():
            at = np.flatnonzero(case.eligible)
            order = at[np.argsort(-scores(case)[at], kind="stable")[:10]]
            gains = gold[order] / np.log2(np.arange(len(order)) + 2)
            ideal = (1 / np.log2(np.arange(min(10, int(gold.sum()))) + 2)).sum()
            row = (float(gold[order[0]]), float(gold[order[:5]].any()), float(gains.sum() / ideal))
            by_transcript.setdefault(case.transcript_id, []).append(row)
    if not by_transcript:
        return "none marked"
    sums = np.asarray([np.sum(rows, axis=0) for rows in by_transcript.values()])  # (n_transcripts, 3)
    sizes = np.asarray([len(rows) for rows in by_transcript.values()])
    generator = np.random.default_rng(0)
    draws = generator.integers(len(sizes), size=(2000, len(sizes)))
    means = sums[draws].sum(axis=1) / sizes[draws].sum(axis=1)[:, None]
    low, high = np.percentile(means, [2.5, 97.5], axis=0)
    average = sums.sum(axis=0) / sizes.sum()
    return "  ".join(f"{m:.3f} [{a:.3f}, {b:.3f}]" for m, a, b in zip(average, low, high, strict=True))


def fold_of(cases: Sequence[Case]) -> dict[str, int]:
    """Which fold each transcript is in; the two languages of one document share a fold."""
    documents = sorted({case.transcript_id.partition("-")[2] or case.transcript_id for case in cases})
    return {document: i % N_FOLDS for i, document in enumerate(documents)}


def in_fold(case: Case, folds: dict[str, int], fold: int) -> bool:
    """Whether the case's transcript is in ``fold``."""
    return folds.get(case.transcript_id.partition("-")[2] or case.transcript_id) == fold


def nodes_of(tree: dict[str, Any], names: Sequence[str]) -> list[Node]:
    """A LightGBM tree as the nodes of ranker.txt, parents before children."""
    nodes: list[Node] = []

    def visit(node: dict[str, Any]) -> int:
        at = len(nodes)
        nodes.append(float(node.get("leaf_value", 0.0)))
        if "leaf_value" not in node:
            children = visit(node["left_child"]), visit(node["right_child"])
            nodes[at] = (names[node["split_feature"]], float(node["threshold"]), *children)
        return at

    visit(tree["tree_structure"])
    return nodes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index")
    for name in ("train", "folds", "corpora", "held-out"):
        parser.add_argument(f"--{name}", type=Path, nargs="*", default=[])
    parser.add_argument("--without", choices=sorted(GROUPS), action="append", default=[])
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    bot = PanelBot.open(given.index, settings=load_settings())
    trained = [case for file in given.train for case in collect(bot, file, corpus=False)]
    held_out = {file: collect(bot, file, corpus=False) for file in given.held_out}
    folds = {file: collect(bot, file, corpus=False) for file in given.folds}
    corpora = {file: collect(bot, file, corpus=True) for file in given.corpora}
    names = trained[0].names
    dropped = tuple(prefix for group in given.without for prefix in GROUPS[group])
    columns = (
        [i for i, name in enumerate(names) if not name.startswith(dropped)] if dropped else list(range(len(names)))
    )

    def parts(fold: int) -> list[tuple[list[Case], float]]:
        kept = [c for cases in folds.values() for c in cases if not in_fold(c, fold_of(cases), fold)]
        third = [[c for c in cases if not in_fold(c, fold_of(cases), fold)][::3] for cases in corpora.values()]
        return [(trained, 1.0), (kept, 1.0), ([c for cases in third for c in cases], 0.5)]

    final = train(parts(-1), columns)
    for file, cases in held_out.items():
        show(file, cases, lambda case: final.predict(case.values[:, columns], num_threads=1))
    rankers = [train(parts(fold), columns) for fold in range(N_FOLDS)]
    for file, cases in (folds | corpora).items():
        of = fold_of(cases)
        scored = {
            id(c): r.predict(c.values[:, columns], num_threads=1)
            for fold, r in enumerate(rankers) for c in cases if in_fold(c, of, fold)
        }  # fmt: skip
        show(file, cases, lambda case, scored=scored: scored[id(case)])
    if given.write:
        trees = [nodes_of(tree, [names[i] for i in columns]) for tree in final.dump_model()["tree_info"]]
        notes = ["The conversation-aware ranker: LambdaMART (Burges, 2010) trained by benchmarks/train_ranker.py."]
        text = format_trees([names[i] for i in columns], trees, notes=notes)
        (Path(panelbot.retrieve.__file__).parent / "ranker.txt").write_text(text, encoding="utf-8")


def show(file: Path, cases: Sequence[Case], scores: Scores) -> None:
    """Print the rows of one questions file."""
    for kind in ("gold", "evidence"):
        print(f"{file.stem} {kind:<8} fusion  {measure(cases, lambda case: case.fused, kind)}")
        print(f"{file.stem} {kind:<8} ranker  {measure(cases, scores, kind)}", flush=True)


if __name__ == "__main__":
    main()

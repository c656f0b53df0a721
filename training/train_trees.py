"""Train the conversation-aware ranker and score it on meetings it was not trained on.

    panelbot add --index INDEX TRANSCRIPTS…
    python training/train_trees.py INDEX… --train TRAIN.jsonl --folds MORE.jsonl… --corpora SENTENCES.jsonl…
        --held-out DEV.jsonl [--without adapter|second|thread|around|speakers|lengths] [--search] [--write]

The INDEX folders hold every transcript the questions name. ``--train`` questions are only trained on, ``--held-out``
ones only scored. ``--folds`` and ``--corpora`` are both: each is scored in four folds by transcript, by rankers that
did not see that fold, and the ranker that is written has seen them all. ``--folds`` questions have eight times the
weight of ``--train`` ones. ``--corpora`` questions are searched over every transcript whose id begins like theirs up to
the dash (a language); a third of them is trained on, at half weight.

A ranker is an adapter of the question's vector (training/fit_adapter.py), fitted to ``--train`` and ``--folds``, and
two ensembles, each the mean of five that differ by their seed. The second ranks for broad questions, and is trained on
these alone: it reads what the first scored around a turn. What is trained on has the scores of adapters and of first
ensembles that did not see the turn's document (four folds within what is trained on). Printed: success@1, success@5 and
nDCG@10 over whole turns with 95% intervals by bootstrap over transcripts, for the plain fusion, the ranker, and the
ranker with hits limited to the speakers a question names. LambdaMART (Burges, 2010) as LightGBM has it, one thread.
``--search`` asks `panelbot.retrieve.retrieve` the ``--corpora`` questions, each with its fold's ranker in the place of
the one that ships, so that what comes after the ranker counts too.
``--write`` replaces adapter.txt, ranker.txt and ranker_second.txt.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import lightgbm
import numpy as np
from fit_adapter import fit_adapter
from formats import format_adapter, format_trees
from numpy.typing import NDArray

import panelbot.retrieve
from panelbot import PanelBot, load_settings
from panelbot.embedding import Embedder
from panelbot.index import SearchIndex
from panelbot.match.matcher import Matcher
from panelbot.retrieve import adapter as adapting
from panelbot.retrieve import rank, retrieve
from panelbot.retrieve.adapter import Adapter, parse_adapter
from panelbot.retrieve.features import adapted_features, turn_features
from panelbot.retrieve.first_stage import score_first_stage, summed_products
from panelbot.retrieve.rank import N_FIRST, fuse, most_promising, spread
from panelbot.retrieve.search import query_vector
from panelbot.retrieve.stacked import around_scores
from panelbot.retrieve.terms import find_terms
from panelbot.retrieve.trees import Node, parse_trees
from panelbot.retrieve.turn_pool import TurnPool, build_pool, spoken_by
from panelbot.retrieve.vocabulary import Vocabulary
from panelbot.types import Question
from panelbot.understand import understand

N_FOLDS, N_TRAINED, N_ROUNDS = 4, 150, 100
N_SEEDS = 5  # an ensemble is the mean of so many; one alone moves success@1 by .02 either way on VCSum
# Of the Chinese meetings there is one question for eight of the English ones: both languages weigh the same.
FOLDS_WEIGHT = 8.0
# What a label is worth. By folds on QMSum's train questions and VCSum the second does best with labels closer together.
GAINS = {"first": [0, 1, 2, 3], "second": [0, 1, 1.5, 2]}
PARAMETERS: dict[str, Any] = {
    "objective": "lambdarank", "lambdarank_truncation_level": 15, "num_leaves": 7,
    "learning_rate": 0.075, "min_data_in_leaf": 50, "feature_fraction": 0.5, "bagging_fraction": 0.7, "bagging_freq": 1,
    "lambda_l2": 5, "max_bin": 63, "verbose": -1, "num_threads": 1, "deterministic": True,
    "force_col_wise": True,
}  # fmt: skip
GROUPS = {
    "adapter": ("adapted",),
    "second": ("first",),
    "around": ("first", "adapted", "window", "cosine_near", "cosine_window", "cover_window", "lexical_window",
               "cosine-", "cosine+", "lexical-", "lexical+", "mix"),
    "thread": ("asked", "question"),
    "speakers": ("named", "any_named", "moderator", "voices"),
    "lengths": ("length", "content"),
}  # fmt: skip
TREES = ("ranker.txt", "ranker_second.txt")
Table = tuple[tuple[str, ...], NDArray[np.float32]]  # names of features, and their values (n_turns, n_features)
Part = tuple[Sequence["Case"], float]  # cases and what they weigh; at less than one the adapter does not see them
Ensemble = Sequence[lightgbm.Booster]
Scores = Callable[["Case"], NDArray[np.float32]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A question with the features of every turn it is searched in."""

    transcript_id: str
    question: Question
    index: SearchIndex
    query: NDArray[np.float32]  # (dim,)
    pool: TurnPool
    features: dict[str, NDArray[np.float32]]  # (n_turns,) each
    fused: NDArray[np.float32]  # (n_turns,)
    named: NDArray[np.bool_]  # turns of speakers the question names
    gold: dict[str, NDArray[np.bool_]]  # by "gold" and "evidence"

    @property
    def broad(self) -> bool:
        """Whether it asks about a matter."""
        return self.question.broad

    @property
    def document(self) -> str:
        """The transcript; of an article in two languages the same for both."""
        return self.transcript_id.partition("-")[2] or self.transcript_id

    def labels(self) -> NDArray[np.int64]:
        """3 evidence inside the span, 2 outside, 1 the rest of the span; without marked evidence the span is 3."""
        gold, evidence = self.gold["gold"].astype(int), self.gold["evidence"].astype(int)
        return gold + 2 * evidence if evidence.any() else 3 * gold


class Ranker:
    """Both ensembles over features that do not begin with one of ``without``."""

    def __init__(self, parts: Sequence[Part], without: tuple[str, ...] = ()) -> None:
        self.without = without
        everything = [case for cases, _ in parts for case in cases]
        folds = fold_of(everything)
        unseen = {
            fold: [([c for c in cs if folds[c.document] != fold], w) for cs, w in parts] for fold in range(N_FOLDS)
        }
        self.adapter = self._adapt(parts)
        self.tables: dict[int, Table] = {}
        for fold, seen in unseen.items():
            adapter = self._adapt(seen)
            self.tables |= {id(c): self._own(c, adapter) for c in everything if folds[c.document] == fold}
        first: dict[int, NDArray[np.float32]] = {}
        for fold, seen in unseen.items():
            ensemble = self._fit(seen, self._own, GAINS["first"])
            first |= {id(c): first_scores(ensemble, self._own(c), c) for c in everything if folds[c.document] == fold}
        self.first = self._fit(parts, self._own, GAINS["first"])
        broad = [([case for case in cases if case.broad], weight) for cases, weight in parts]
        self.second = self._fit(broad, lambda case: self._looked(case, first[id(case)]), GAINS["second"])
        self.names = self._own(everything[0])[0], self._looked(everything[0], first[id(everything[0])])[0]
        self.tables.clear()  # from here on every case is seen by the adapter of all of them

    def score(self, case: Case) -> NDArray[np.float32]:
        """The scores of all turns, float32 (n_turns,)."""
        own = self._own(case)
        if not case.broad:
            return predict(self.first, own[1])
        return predict(self.second, self._looked(case, first_scores(self.first, own, case))[1])

    def files(self) -> dict[str, str]:
        """The texts that ship, by their names."""
        notes = ["The adapter of a question's vector, fitted by training/train_trees.py."]
        texts = {"adapter.txt": format_adapter(self.adapter, notes=notes)}
        notes = ["The conversation-aware ranker: LambdaMART (Burges, 2010) trained by training/train_trees.py."]
        for name, ensemble, names in zip(TREES, (self.first, self.second), self.names, strict=True):
            trees = [nodes_of(tree, names) for booster in ensemble for tree in booster.dump_model()["tree_info"]]
            texts[name] = format_trees(names, trees, notes=notes)
        return texts

    def _adapt(self, parts: Sequence[Part]) -> Adapter:
        return fit_adapter([(case, weight) for cases, weight in parts if weight >= 1 for case in cases])

    def _own(self, case: Case, adapter: Adapter | None = None) -> Table:
        """A case's features with the scores of ``adapter``; without one as for training, or of the final one."""
        if adapter is None and id(case) in self.tables:
            return self.tables[id(case)]
        vector = (adapter or self.adapter).apply(case.query)
        return self._table(case.features | adapted_features(case.pool, summed_products(case.pool, vector)))

    def _looked(self, case: Case, first: NDArray[np.float32]) -> Table:
        names, values = self._own(case)
        around = self._table(around_scores(case.pool, first))
        return names + around[0], np.concatenate([values, around[1]], axis=1)

    def _table(self, features: Mapping[str, NDArray[np.float32]]) -> Table:
        kept = tuple(name for name in features if not (self.without and name.startswith(self.without)))
        n_turns = len(next(iter(features.values())))
        return kept, np.asarray([features[name] for name in kept], dtype=np.float32).reshape(len(kept), n_turns).T

    def _fit(self, parts: Sequence[Part], table: Callable[[Case], Table], gain: Sequence[float]) -> Ensemble:
        """Ensembles that differ by their seed, trained on the most promising turns of each case."""
        values, labels, groups, weights = [], [], [], []
        for cases, weight in parts:
            for case in cases:
                at = most_promising(case.features, case.pool.eligible, N_TRAINED)
                if case.labels()[at].any():
                    values.append(table(case)[1][at])
                    labels.append(case.labels()[at])
                    groups.append(len(at))
                    weights.append(np.full(len(at), weight))
        if not values:
            raise SystemExit("none of the questions to train on has a gold turn among its most promising ones")
        rows, label, weight = np.concatenate(values), np.concatenate(labels), np.concatenate(weights)
        return [
            lightgbm.train(
                {**PARAMETERS, "label_gain": gain, "seed": seed},
                lightgbm.Dataset(rows, label, group=groups, weight=weight),
                N_ROUNDS,
            )
            for seed in range(1, N_SEEDS + 1)
        ]


def predict(ensemble: Ensemble, values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Scores of rows of ``values``, float32 (n_rows,)."""
    return np.mean([booster.predict(values, num_threads=1) for booster in ensemble], axis=0, dtype=np.float32)


def first_scores(ensemble: Ensemble, table: Table, case: Case) -> NDArray[np.float32]:
    """What `rank` has the second trees look at, float32 (n_turns,)."""
    rows = most_promising(case.features, case.pool.speaks, N_FIRST)
    return spread(predict(ensemble, table[1][rows]), rows, case.pool.n)


def collect(library: Mapping[str, SearchIndex], embedder: Embedder, file: Path, *, corpus: bool) -> list[Case]:
    """The cases of a questions file; unanswerable ones are left out."""
    made: dict[str, SearchIndex] = {}
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    cases: list[Case] = []
    for row in rows:
        if row["gold_turns"]:
            key = row["transcript_id"].partition("-")[0] + "-" if corpus else row["transcript_id"]
            if key not in made:
                ids = [id for id in library if (id.startswith(key) if corpus else id == key)]
                made[key] = SearchIndex.of([library[id].segments[id] for id in ids])
            cases.append(make_case(made[key], embedder, row))
    return cases


def make_case(index: SearchIndex, embedder: Embedder, row: dict[str, Any]) -> Case:
    """One question over all turns of ``index``."""
    segments = list(index.segments.values())
    question = understand(row["query"], (), {id: s.transcript.speakers for id, s in index.segments.items()})
    terms = find_terms(question, Vocabulary(index), None, query_translation=True)
    pool = build_pool(segments, None)
    query = query_vector(Matcher(question, embedder))
    scored = score_first_stage(pool, query, terms)
    names: dict[str, frozenset[str]] = {}
    for ref in question.speakers:
        names[ref.transcript_id] = names.get(ref.transcript_id, frozenset()) | {ref.name}
    named = spoken_by(segments, names)
    base = int(pool.base[list(index.segments).index(row["transcript_id"])])
    gold = {"gold": row["gold_turns"], "evidence": row.get("evidence_turns") or []}
    return Case(
        transcript_id=row["transcript_id"],
        question=question,
        index=index,
        query=query,
        pool=pool,
        features=turn_features(pool, scored, named),
        fused=fuse(pool, scored),
        named=named,
        gold={k: np.isin(np.arange(pool.n), [base + turn for turn in turns]) for k, turns in gold.items()},
    )


def measure(cases: Sequence[Case], scores: Scores, kind: str, *, limited: bool = False) -> str:
    """success@1, success@5 and nDCG@10 with intervals, as a line; ``limited`` to turns of the speakers named."""
    by_transcript: dict[str, list[tuple[float, float, float]]] = {}
    for case in cases:
        gold = case.gold[kind]
        if gold.any():
            at = np.flatnonzero(case.pool.eligible & case.named if limited and case.named.any() else case.pool.eligible)
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
    """Which fold each document is in."""
    return {document: i % N_FOLDS for i, document in enumerate(sorted({case.document for case in cases}))}


def nodes_of(tree: dict[str, Any], names: Sequence[str]) -> list[Node]:
    """A LightGBM tree as the nodes of the text files, parents before children; its share of the mean of ensembles."""
    nodes: list[Node] = []

    def visit(node: dict[str, Any]) -> int:
        at = len(nodes)
        nodes.append(float(node.get("leaf_value", 0.0)) / N_SEEDS)
        if "leaf_value" not in node:
            children = visit(node["left_child"]), visit(node["right_child"])
            nodes[at] = (names[node["split_feature"]], float(node["threshold"]), *children)
        return at

    visit(tree["tree_structure"])
    return nodes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", nargs="+")
    for name in ("train", "folds", "corpora", "held-out"):
        parser.add_argument(f"--{name}", type=Path, nargs="*", default=[])
    parser.add_argument("--without", choices=sorted(GROUPS), action="append", default=[])
    parser.add_argument("--search", action="store_true")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    bots = [PanelBot.open(folder, settings=load_settings()) for folder in given.index]
    library = {id: index for index in (bot._library.index() for bot in bots) for id in index.segments}
    found = {
        name: {file: collect(library, bots[0].embedder, file, corpus=name == "corpora") for file in files}
        for name, files in vars(given).items() if name in ("train", "folds", "corpora", "held_out")
    }  # fmt: skip
    without = tuple(prefix for group in given.without for prefix in GROUPS[group])
    final = evaluate(found, without, bots[0].embedder if given.search else None)
    if given.write:
        write(final)


def evaluate(
    found: Mapping[str, Mapping[Path, list[Case]]], without: tuple[str, ...], embedder: Embedder | None
) -> Ranker:
    """Print the rows of every file that is scored, and return the ranker that was trained on everything.

    With an ``embedder`` the corpora are searched too.
    """
    trained = [case for cases in found["train"].values() for case in cases]
    folds, corpora = found["folds"], found["corpora"]
    fold_in = {file: fold_of(cases) for file, cases in (folds | corpora).items()}

    def parts(fold: int) -> list[Part]:
        kept = {
            file: [c for c in cases if fold_in[file][c.document] != fold] for file, cases in (folds | corpora).items()
        }
        third = [case for file in corpora for case in kept[file][::3]]
        return [(trained, 1.0), ([case for file in folds for case in kept[file]], FOLDS_WEIGHT), (third, 0.5)]

    final = Ranker(parts(-1), without)
    for file, cases in found["held_out"].items():
        show(file, cases, final.score)
    if folds or corpora:
        rankers = [Ranker(parts(fold), without) for fold in range(N_FOLDS)]
        for file, cases in (folds | corpora).items():
            show(file, cases, lambda case, at=fold_in[file]: rankers[at[case.document]].score(case))
        by_fold = [searched(ranker, embedder) for ranker in rankers] if embedder else []
        for file, cases in corpora.items() if embedder else ():
            line = measure(cases, lambda case, at=fold_in[file]: by_fold[at[case.document]](case), "gold")
            print(f"{file.stem} gold     searched {line}", flush=True)
    return final


def write(ranker: Ranker) -> None:
    """Replace the adapter and the trees the package ships."""
    for name, text in ranker.files().items():
        (Path(panelbot.retrieve.__file__).parent / name).write_text(text, encoding="utf-8")


def searched(ranker: Ranker, embedder: Embedder) -> Scores:
    """The scores of what a search with ``ranker`` finds, by its ranks; 0 for all other turns."""
    files = ranker.files()
    trees = {name: parse_trees(files[name]) for name in TREES}
    adapter = parse_adapter(files["adapter.txt"])

    def scores(case: Case) -> NDArray[np.float32]:
        with patch.object(rank, "_trees", trees.__getitem__), patch.object(adapting, "_shipped", lambda: adapter):
            found = retrieve(case.question, case.index, embedder, load_settings(), k=10)
        values, ids = np.zeros(case.pool.n, np.float32), list(case.index.segments)
        for hit in found.hits:
            values[case.pool.base[ids.index(hit.transcript_id)] + hit.turn] = 1 / hit.rank
        return values

    return scores


def show(file: Path, cases: Sequence[Case], scores: Scores) -> None:
    """Print the rows of one questions file."""
    scored = {id(case): scores(case) for case in cases}
    ranked: Scores = lambda case: scored[id(case)]  # noqa: E731
    for kind in ("gold", "evidence"):
        print(f"{file.stem} {kind:<8} fusion  {measure(cases, lambda case: case.fused, kind)}")
        print(f"{file.stem} {kind:<8} ranker  {measure(cases, ranked, kind)}")
        print(f"{file.stem} {kind:<8} limited {measure(cases, ranked, kind, limited=True)}", flush=True)


if __name__ == "__main__":
    main()

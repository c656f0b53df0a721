"""Learn the weights of the ranker, and judge it on sources it did not learn from.

    panelbot add --index INDEX TRANSCRIPTS…
    python training/train_ranker.py NAME=INDEX:QUESTIONS.jsonl… [--by-transcript NAME] [--whole NAME] [--write]

A source is an index and the questions asked of it, each searched in its own transcript (of ``--whole`` sources: in all
of the index). For every source the weights are learned from the questions of all others and judged on its own; of a
source named by ``--by-transcript`` every transcript is a source. Printed, by source: right turn among the first 1, 3
and 8 by the plain fusion, by the trees that ship (which have seen VCSum and a third of XQuAD-R), by the weights that
never saw the source, and by trees and weights together as the ranker has them; and what that gains in right turns first
over the fusion, with its 95% interval, questions drawn anew. ``--write`` replaces ranker.json by the weights of all
sources together.

The weights are a conditional logit's (McFadden, 1974): the sum over questions of the log of the share of a softmax over
the turns that falls to right ones, a question weighing as the square root of its source's size, with an L2 penalty; a
weight whose sign says the opposite of what the feature is for is held at zero.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

import panelbot.retrieve
from panelbot import PanelBot, load_settings
from panelbot.embedding import Embedder
from panelbot.evaluation.gold import load_questions
from panelbot.evaluation.questions import GoldQuestion
from panelbot.index import SearchIndex
from panelbot.match.matcher import Matcher
from panelbot.retrieve.adapter import adapt
from panelbot.retrieve.features import turn_features
from panelbot.retrieve.first_stage import score_first_stage
from panelbot.retrieve.linear import FILE, FORMAT, answer_features
from panelbot.retrieve.rank import SHARE, score_by_trees, spread
from panelbot.retrieve.search import allowed_speakers, by_transcript, query_vector
from panelbot.retrieve.terms import find_terms
from panelbot.retrieve.turn_pool import build_pool, spoken_by
from panelbot.retrieve.vocabulary import Vocabulary
from panelbot.understand import understand

SIGNS = {"cosine_z": 1, "lexical_z": 1, "asking": -1, "hands_over": -1, "replies": 1, "length_z": 1}
PENALTY = 0.01
N_TURNS = 120  # the most promising turns by the plain fusion, and the right ones, of a longer pool
DEPTHS = (1, 3, 8)
WAYS = ("fusion", "trees", "weighted sum", "ranker")
PLAIN = {"cosine_z": 1.0, "lexical_z": 1.0}
Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A question: features of the turns that may be hits, (n_turns, n_features), their scores, and which are right."""

    source: str
    features: NDArray[np.float64]
    trees: NDArray[np.float64]
    share: float  # of the weighted sum beside the trees
    right: NDArray[np.bool_]


def collect(bot: PanelBot, name: str, file: Path, *, whole: bool, apart: bool) -> list[Case]:
    """The cases of a source; questions without an answer, or whose right turns cannot be hits, are left out."""
    index = bot._library.index()
    asked = load_questions([file], bot.transcripts())
    parts = {id: SearchIndex.of([segment]) for id, segment in index.segments.items()}
    cases: list[Case] = []
    for question in asked:
        if question.gold_turns:
            source = f"{name}/{question.transcript_id}" if apart else name
            case = make_case(index if whole else parts[question.transcript_id], bot.embedder, question, source)
            if case is not None:
                cases.append(case)
    return cases


def make_case(index: SearchIndex, embedder: Embedder, asked: GoldQuestion, source: str) -> Case | None:
    """The case of one question over all turns of ``index``."""
    question = understand(asked.query, asked.history, {id: s.transcript.speakers for id, s in index.segments.items()})
    pool = build_pool(list(index.segments.values()), allowed_speakers(question, None))
    terms = find_terms(question, Vocabulary(index), None, query_translation=True)
    query = query_vector(Matcher(question, embedder))
    scored = score_first_stage(pool, query, terms, adapt(query, embedder.name))
    features = answer_features(pool, scored)
    named = spoken_by(pool.segments, by_transcript(question.speakers))
    broad = question.broad
    rows, found = score_by_trees(pool, turn_features(pool, scored, named) | features, broad=broad)
    base = int(pool.base[list(index.segments).index(asked.transcript_id)])
    right = np.isin(np.arange(pool.n), [base + turn for turn in (*asked.gold_turns, *asked.evidence_turns)])
    promise = features["cosine_z"] + features["lexical_z"]
    at = np.flatnonzero(pool.eligible)
    at = np.sort(at[np.argsort(-promise[at], kind="stable")[:N_TURNS]])
    at = np.union1d(at, np.flatnonzero(right & pool.eligible))
    if not right[at].any():
        return None
    table = np.stack([features[name][at] for name in SIGNS], axis=1).astype(np.float64)
    trees = spread(found, rows, pool.n)[at].astype(np.float64)
    return Case(source=source, features=table, trees=trees, share=SHARE[broad], right=right[at])


def learn(cases: Sequence[Case]) -> Weights:
    """The weights that ``cases`` teach."""
    sizes = Counter(case.source.partition("/")[0] for case in cases)
    share = np.asarray([1 / np.sqrt(sizes[case.source.partition("/")[0]]) for case in cases])
    share /= share.sum()
    start = np.concatenate([[0], np.cumsum([len(case.right) for case in cases])])
    features, right = np.concatenate([c.features for c in cases]), np.concatenate([c.right for c in cases])

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = features @ weights
        everyone = _softmax(scores, start)
        wanted = _softmax(np.where(right, scores, -np.inf), start)
        total = np.add.reduceat(np.where(right, everyone, 0.0), start[:-1])
        pull = np.repeat(share, np.diff(start)) * (everyone - wanted)
        return (
            float(-(share * np.log(total)).sum() + PENALTY * (weights**2).sum()),
            pull @ features + 2 * PENALTY * weights,
        )

    bounds = [(0, None) if sign > 0 else (None, 0) for sign in SIGNS.values()]
    found = minimize(loss, np.zeros(len(SIGNS)), jac=True, bounds=bounds, method="L-BFGS-B")
    return {name: round(float(weight), 3) for name, weight in zip(SIGNS, found.x, strict=True)}


def _softmax(scores: NDArray[np.float64], start: NDArray[np.int64]) -> NDArray[np.float64]:
    """The softmax of ``scores`` within each case; case ``i`` is ``start[i]:start[i + 1]``."""
    sizes = np.diff(start)
    raised = np.exp(scores - np.repeat(np.maximum.reduceat(scores, start[:-1]), sizes))
    return raised / np.repeat(np.add.reduceat(raised, start[:-1]), sizes)


def ranks(case: Case, weights: Weights) -> tuple[int, ...]:
    """The rank of the first right turn, 1-based, in each of `WAYS`."""
    plain, weighed = (case.features @ np.asarray([w.get(name, 0.0) for name in SIGNS]) for w in (PLAIN, weights))
    return tuple(first_right(case, way) for way in (plain, case.trees, weighed, case.trees + case.share * weighed))


def first_right(case: Case, scores: NDArray[np.float64]) -> int:
    """The rank of the first right turn by ``scores``, 1-based."""
    return int(np.flatnonzero(case.right[np.argsort(-scores.round(5), kind="stable")])[0]) + 1


def report(name: str, found: NDArray[np.int64]) -> str:
    """A row of the table, from ranks (n_questions, n_ways): right turn among the first, and what the ranker gains."""
    gain = (found[:, -1] == 1).astype(float) - (found[:, 0] == 1)
    draws = np.random.default_rng(0).integers(len(gain), size=(2000, len(gain)))
    low, high = np.percentile(gain[draws].mean(axis=1), [2.5, 97.5])
    shares = " | ".join(" ".join(f"{(way <= depth).mean():.3f}" for depth in DEPTHS) for way in found.T)
    return f"| {name} | {len(found)} | {shares} | {gain.mean():+.3f} [{low:+.3f}, {high:+.3f}] |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", nargs="+")
    parser.add_argument("--by-transcript", action="append", default=[])
    parser.add_argument("--whole", action="append", default=[])
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    cases: list[Case] = []
    for source in given.source:
        name, _, rest = source.partition("=")
        index, _, file = rest.rpartition(":")
        bot = PanelBot.open(index, settings=load_settings())
        cases += collect(bot, name, Path(file), whole=name in given.whole, apart=name in given.by_transcript)
    found: dict[str, list[tuple[int, ...]]] = {}
    for source in sorted({case.source for case in cases}):
        weights = learn([case for case in cases if case.source != source])
        own = [ranks(case, weights) for case in cases if case.source == source]
        found.setdefault(source.partition("/")[0], []).extend(own)
    print(f"| source | n | {' | '.join(WAYS)} | ranker above fusion, first |\n|{'---|' * (len(WAYS) + 3)}")
    for name, rows in found.items():
        print(report(name, np.asarray(rows)))
    weights = learn(cases)
    print("all sources:", json.dumps(weights))
    if given.write:
        document = {"format": FORMAT, "weights": weights}
        file = Path(panelbot.retrieve.__file__).parent / FILE
        file.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

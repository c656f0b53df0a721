"""Ranking: scores for the turns of a pool, by the conversation-aware ranker or by plain fusion.

Knows the shipped ranker; not how it was trained (training/train_trees.py, training/train_ranker.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from panelbot.retrieve.features import turn_features, z_scores
from panelbot.retrieve.first_stage import FirstStage
from panelbot.retrieve.linear import answer_features, shipped_weights, weighted_sum
from panelbot.retrieve.stacked import around_scores
from panelbot.retrieve.trees import Trees, load_trees
from panelbot.retrieve.turn_pool import Floats, TurnPool

N_FIRST = 400  # turns scored first for a second look: the most promising of those with content
N_RANKED = 200  # turns ranked by trees in the end: the most promising of those that may be hits
_PROMISE = ("mix", "cosine_z")
# What the weighted sum counts beside the trees, for a broad question and for one fact. Chosen on the panels to learn
# from and the sample panels among 0, .1, .25, .5 and 1 (docs/retrieval-measured.md).
SHARE = {True: 0.1, False: 1.0}


@lru_cache(maxsize=2)
def _trees(name: str) -> Trees:
    return load_trees(name)


def fuse(pool: TurnPool, scored: FirstStage) -> Floats:
    """The plain fusion: the sum of both scores' standard scores; one that found nothing has no vote."""
    return z_scores(scored.cosine, pool.speaks) + z_scores(scored.lexical, pool.speaks)


def rank(
    pool: TurnPool, scored: FirstStage, named: NDArray[np.bool_], *, broad: bool
) -> tuple[Floats, dict[str, Floats]]:
    """Scores of the conversation-aware ranker over the pool, float32 (n,), and the features they come from.

    Turns are scored by trees over their features, and for a ``broad`` question by trees over what the first scores
    around them are: a matter takes up a stretch of talk, one fact a turn. To that is added the weighted sum of what
    tells a turn that answers. Turns beyond the `N_RANKED` most promising keep their order below all others.
    """
    answering = answer_features(pool, scored)
    features = turn_features(pool, scored, named) | answering
    rows, found = score_by_trees(pool, features, broad=broad)
    found = found + np.float32(SHARE[broad]) * weighted_sum(answering, shipped_weights())[rows]
    promise = _promise(features)
    rest = promise - promise.max() - 1.0
    scores = (found.min() + rest if len(found) else rest).astype(np.float32)
    scores[rows] = found
    return scores, features


def score_by_trees(pool: TurnPool, features: dict[str, Floats], *, broad: bool) -> tuple[NDArray[np.int64], Floats]:
    """The most promising turns that may be hits, and their scores by the trees: (n_rows,) each.

    For a ``broad`` question ``features`` grow by what the first trees scored around each turn.
    """
    if broad:
        rows = most_promising(features, pool.speaks, N_FIRST)
        features |= around_scores(pool, spread(_trees("ranker.txt").score(features, rows), rows, pool.n))
    rows = most_promising(features, pool.eligible, N_RANKED)
    return rows, _trees("ranker_second.txt" if broad else "ranker.txt").score(features, rows)


def most_promising(features: Mapping[str, Floats], among: NDArray[np.bool_], n: int) -> NDArray[np.int64]:
    """The ``n`` turns of ``among`` that two of the features put first, in pool order."""
    at = np.flatnonzero(among)
    return np.sort(at[np.argsort(-_promise(features)[at].round(5), kind="stable")[:n]])


def spread(found: Floats, rows: NDArray[np.int64], n: int) -> Floats:
    """The scores ``found`` at their ``rows`` of ``n``, the lowest of them everywhere else."""
    scores = np.full(n, found.min() if len(found) else 0.0, dtype=np.float32)
    scores[rows] = found
    return scores


def _promise(features: Mapping[str, Floats]) -> Floats:
    return np.sum([features[name] for name in _PROMISE], axis=0)

"""Ranking: scores for the turns of a field, by the conversation-aware ranker or by plain fusion.

Knows the shipped ranker; not how it was trained (benchmarks/train_ranker.py).
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from panelbot.retrieve.features import turn_features, z_scores
from panelbot.retrieve.field import Field, Floats
from panelbot.retrieve.legs import Legs
from panelbot.retrieve.trees import Trees, load_trees

N_RANKED = 200  # turns the trees look at: the best of a field by the two features below
_FIRST_LOOK = ("mix", "cosine_z")


@lru_cache(maxsize=1)
def _ranker() -> Trees:
    return load_trees("ranker.txt")


def fuse(field: Field, legs: Legs) -> Floats:
    """The plain fusion: the sum of both legs' z-scores; a leg that found nothing has no vote."""
    return z_scores(legs.cosine, field.speaks) + z_scores(legs.lexical, field.speaks)


def rank(field: Field, legs: Legs, named: NDArray[np.bool_]) -> tuple[Floats, dict[str, Floats]]:
    """Scores of the conversation-aware ranker over the field, float32 (n,), and the features they come from.

    Turns beyond the `N_RANKED` most promising keep their order below all others.
    """
    features = turn_features(field, legs, named)
    promise = np.sum([features[name] for name in _FIRST_LOOK], axis=0)
    eligible = np.flatnonzero(field.eligible)
    rows = np.sort(eligible[np.argsort(-promise[eligible].round(5), kind="stable")[:N_RANKED]])
    found = _ranker().score(features, rows)
    rest = promise - promise.max() - 1.0
    scores = (found.min() + rest if len(found) else rest).astype(np.float32)
    scores[rows] = found
    return scores, features

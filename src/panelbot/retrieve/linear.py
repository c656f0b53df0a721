"""What tells a turn that answers from one that asks or only names the matter: a weighted sum of a few features.

A question stands in the words of its asker as much as in those of who answers, and the turn that asks is
no answer: its score goes on to the turns behind it. Knows the weights of `ranker.json`; not how they were learned
(training/train_ranker.py).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from panelbot.retrieve.features import inherit, z_scores
from panelbot.retrieve.first_stage import FirstStage
from panelbot.retrieve.turn_pool import Floats, TurnPool
from panelbot.shipped import shipped_text

FILE = "ranker.json"
FORMAT = 1


def answer_features(pool: TurnPool, scored: FirstStage) -> dict[str, Floats]:
    """What the weights are for, float32 (n,) each: standard scores of the search at hand, shares and marks."""
    own = z_scores(np.stack([scored.cosine, scored.lexical]), pool.speaks)
    cosine, lexical = (inherit(pool, row) for row in own)
    asked = np.maximum(pool.pointed(cosine + lexical, pool.replied), 0)
    return {
        "cosine_z": cosine,
        "lexical_z": lexical,
        "asking": pool.asking,
        "hands_over": pool.hands_over.astype(np.float32),
        "replies": asked,
        "length_z": z_scores(np.log1p(pool.n_words), pool.speaks),
    }


def weighted_sum(features: Mapping[str, Floats], weights: Mapping[str, float]) -> Floats:
    """The sum of ``features`` by ``weights``, float32 (n,)."""
    table = np.stack([features[name] for name in weights])  # (n_features, n)
    return (np.asarray(list(weights.values()), dtype=np.float32) @ table).astype(np.float32)


@lru_cache(maxsize=1)
def shipped_weights() -> Mapping[str, float]:
    """The weights that ship.

    Raises:
        ValueError: the file is of another format.
    """
    found = json.loads(shipped_text(f"retrieve/{FILE}"))
    if found["format"] != FORMAT:
        raise ValueError(f"{FILE} has format {found['format']}, not {FORMAT}")
    return found["weights"]

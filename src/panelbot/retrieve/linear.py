"""What tells a turn that answers from one that asks or only names the matter: a weighted sum of a few features.

A question stands in the words of whoever asked it as much as in those of whoever answers, and the turn that asks is
no answer: its score goes on to the turns behind it. Knows the weights of `ranker.json`; not how they were learned
(training/train_ranker.py).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

import numpy as np

from panelbot.retrieve.features import inherit, z_scores
from panelbot.retrieve.field import Field, Floats
from panelbot.retrieve.legs import Legs

FILE = "ranker.json"
FORMAT = 1


def answer_features(field: Field, legs: Legs) -> dict[str, Floats]:
    """What the weights are for, float32 (n,) each: standard scores of the search at hand, shares and marks."""
    own = z_scores(np.stack([legs.cosine, legs.lexical]), field.speaks)
    cosine, lexical = (inherit(field, row) for row in own)
    asked = np.maximum(field.pointed(cosine + lexical, field.replied), 0)
    return {
        "cosine_z": cosine,
        "lexical_z": lexical,
        "asking": field.asking,
        "hands_over": field.hands_over.astype(np.float32),
        "replies": asked,
        "length_z": z_scores(np.log1p(field.n_words), field.speaks),
    }


def weigh(features: Mapping[str, Floats], weights: Mapping[str, float]) -> Floats:
    """The sum of ``features`` by ``weights``, float32 (n,)."""
    table = np.stack([features[name] for name in weights])  # (n_features, n)
    return (np.asarray(list(weights.values()), dtype=np.float32) @ table).astype(np.float32)


@lru_cache(maxsize=1)
def shipped_weights() -> Mapping[str, float]:
    """The weights that ship.

    Raises:
        ValueError: the file is of another format.
    """
    found = json.loads((files("panelbot.retrieve") / FILE).read_text(encoding="utf-8"))
    if found["format"] != FORMAT:
        raise ValueError(f"{FILE} has format {found['format']}, not {FORMAT}")
    return found["weights"]

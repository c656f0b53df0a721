"""The evidence model: a logistic regression over features, read from a file of coefficients.

Knows numbers; benchmarks/train_evidence.py makes them.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

Kind = Literal["zh", "en", "across"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Weights over standardised features, and the probability from which a question is answered."""

    names: tuple[str, ...]
    means: tuple[float, ...]
    scales: tuple[float, ...]
    weights: tuple[float, ...]
    intercept: float
    threshold: float

    def probability(self, features: Mapping[str, float]) -> float:
        """The probability, 0..1, that the hits hold an answer."""
        terms = zip(self.names, self.means, self.scales, self.weights, strict=True)
        total = self.intercept + sum(weight * (features[name] - mean) / scale for name, mean, scale, weight in terms)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@lru_cache(maxsize=3)
def load_model(kind: Kind) -> Model:
    """The shipped model for questions in the language of what they are asked of, or ``across`` two languages."""
    text = files("panelbot.evidence").joinpath("model.json").read_text(encoding="utf-8")
    found = json.loads(text)[kind]
    rows = found["features"]
    return Model(
        names=tuple(row["name"] for row in rows),
        means=tuple(row["mean"] for row in rows),
        scales=tuple(row["scale"] for row in rows),
        weights=tuple(row["weight"] for row in rows),
        intercept=found["intercept"],
        threshold=found["threshold"],
    )

"""A logistic regression over features, read from a file of coefficients: the evidence model, and that of sentences.

Knows numbers; training/train_evidence.py and train_selection.py make them.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

FURTHEST = 10.0
Kind = Literal["zh", "en", "crosslingual", "others", "read"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Weights over standardised features, and the probability from which the answer is yes."""

    names: tuple[str, ...]
    means: tuple[float, ...]
    scales: tuple[float, ...]
    weights: tuple[float, ...]
    intercept: float
    threshold: float

    def probability(self, features: Mapping[str, float]) -> float:
        """The probability, 0..1, of the case with these features; one that was not measured counts as the mean.

        So does what lies further than `FURTHEST` deviations from it: a cosine there is of another embedding model.
        """
        terms = zip(self.names, self.means, self.scales, self.weights, strict=True)
        deviations = [(weight, (features.get(name, mean) - mean) / scale) for name, mean, scale, weight in terms]
        total = self.intercept + sum(weight * z for weight, z in deviations if abs(z) <= FURTHEST)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))

    def probabilities(self, features: Mapping[str, NDArray[np.float64]]) -> NDArray[np.float64]:
        """The probability of each of n cases, float64 (n,), from features of (n,) each."""
        terms = zip(self.names, self.means, self.scales, self.weights, strict=True)
        found = [weight * (features[name] - mean) / scale for name, mean, scale, weight in terms if name in features]
        total = np.sum(found, axis=0) + self.intercept
        return 1 / (1 + np.exp(-np.clip(total, -30.0, 30.0)))


def load_model(kind: Kind) -> Model:
    """The shipped model for questions in the language of what they are asked of, or ``crosslingual`` two languages.

    ``others`` tells whether others spoke of it and the one asked about did not; ``read``, what the reader adds.
    """
    return read_model("panelbot.evidence", "model.json", kind)


@lru_cache(maxsize=8)
def read_model(package: str, file: str, name: str) -> Model:
    """The model called ``name`` in a file of coefficients that ``package`` ships."""
    return as_model(json.loads(files(package).joinpath(file).read_text(encoding="utf-8"))[name])


def as_model(found: Mapping[str, Any]) -> Model:
    """The model that the training scripts print."""
    rows = found["features"]
    return Model(
        names=tuple(row["name"] for row in rows),
        means=tuple(row["mean"] for row in rows),
        scales=tuple(row["scale"] for row in rows),
        weights=tuple(row["weight"] for row in rows),
        intercept=found["intercept"],
        threshold=found["threshold"],
    )

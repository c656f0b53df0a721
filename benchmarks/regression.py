"""How a fitted logistic regression is written down: the coefficients that `panelbot.evidence.model` reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np


def coefficients(regression: Any, names: Sequence[str], mean: np.ndarray, scale: np.ndarray, threshold: float) -> Any:
    """A model's entry: intercept, threshold, and mean, scale and weight of each feature, (n_features,) each."""
    return {
        "intercept": round(float(regression.intercept_[0]), 4),
        "threshold": round(threshold, 4),
        "features": [
            {"name": name, "mean": round(float(m), 4), "scale": round(float(s), 4), "weight": round(float(w), 4)}
            for name, m, s, w in zip(names, mean, scale, regression.coef_[0], strict=True)
        ],
    }

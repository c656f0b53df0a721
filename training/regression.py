"""How a fitted logistic regression is written down: the coefficients that `panelbot.evidence.model` reads."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace
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


def source_of(text: str) -> tuple[str, str, Path]:
    """Name, index folder and question file of a source written ``NAME=INDEX:QUESTIONS``."""
    name, _, rest = text.partition("=")
    index, _, questions = rest.rpartition(":")
    return name, index, Path(questions)


def with_signs(x: np.ndarray, y: np.ndarray, weights: np.ndarray, signs: Sequence[int], c: float = 1.0) -> Any:
    """A logistic regression whose coefficients may not have the wrong sign: more of a good thing never counts against.

    Args:
        x: standardised features, (n, n_features).
        y: what is to be told, (n,) of 0 and 1; ``weights`` (n,) of the cases.
        signs: of each feature 1 or -1, or 0 where either will do.
        c: the inverse of the strength of the L2 penalty.

    Returns:
        ``coef_`` and ``intercept_`` as scikit-learn has them.
    """
    from scipy.optimize import minimize

    def loss(found: np.ndarray) -> tuple[float, np.ndarray]:
        total = x @ found[:-1] + found[-1]
        error = weights * (1 / (1 + np.exp(-total)) - y)
        value = (weights * (np.logaddexp(0, total) - y * total)).sum() + (found[:-1] ** 2).sum() / (2 * c)
        return value, np.append(x.T @ error + found[:-1] / c, error.sum())

    bounds = [(0, None) if sign > 0 else (None, 0) if sign < 0 else (None, None) for sign in (*signs, 0)]
    found = minimize(loss, np.zeros(x.shape[1] + 1), jac=True, bounds=bounds, method="L-BFGS-B").x
    return SimpleNamespace(coef_=found[None, :-1], intercept_=found[-1:])


def run(
    usage: str | None, measure: Callable[[str, str, str, int | None], None], fit: Callable[[dict[str, list[str]]], None]
) -> None:
    """What a script is told to do: ``measure INDEX QUESTIONS ROWS [N]`` or ``fit KIND=ROWS,ROWS…``."""
    match sys.argv[1:]:
        case ["measure", index, questions, rows, *n]:
            measure(index, questions, rows, int(n[0]) if n else None)
        case ["fit", *sources]:
            fit({kind: paths.split(",") for kind, _, paths in (source.partition("=") for source in sources)})
        case _:
            sys.exit(usage)

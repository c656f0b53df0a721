"""Means with bootstrap intervals, and the paired randomisation test. Knows rows and numbers only.

Questions about one transcript rise and fall together, so the bootstrap draws whole transcripts (a cluster
bootstrap: Davison and Hinkley, "Bootstrap Methods and their Application", 1997, section 3.8).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from panelbot.evaluation.rows import Row

N_RESAMPLES = 2000
N_PERMUTATIONS = 10_000
CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """The mean of a measure over the ``n`` questions it is defined for, and its 95% interval.

    ``low`` and ``high`` are None for a single question, about which there is nothing to resample.
    """

    measure: str
    mean: float
    low: float | None
    high: float | None
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A measure under two settings over the same ``n`` questions; ``difference`` is second minus first."""

    measure: str
    first: float
    second: float
    difference: float
    p_value: float
    n_better: int
    n_worse: int
    n: int


def resampling_unit(rows: Sequence[Row]) -> str:
    """What the intervals resample: transcripts, or questions where there is only one transcript."""
    return "transcripts" if len({row.cluster for row in rows}) > 1 else "questions"


def estimate(rows: Sequence[Row], measure: str, *, seed: int = 0) -> Estimate | None:
    """The measure's mean and percentile-bootstrap interval; None where no row has it."""
    having = [row for row in rows if measure in row.measures]
    if not having:
        return None
    values = np.array([row.measures[measure] for row in having], dtype=np.float64)  # (n,)
    clusters = [row.cluster for row in having]
    if len(set(clusters)) < 2:
        clusters = [str(place) for place in range(len(having))]
    names, membership = np.unique(np.array(clusters), return_inverse=True)
    low = high = None
    # Each measure starts the generator anew: equal values have equal intervals, whatever else is computed.
    if len(names) > 1:
        sums = np.bincount(membership, weights=values)  # (n_clusters,)
        counts = np.bincount(membership).astype(np.float64)
        draws = np.random.default_rng(seed).multinomial(len(names), np.full(len(names), 1 / len(names)), N_RESAMPLES)
        means = (draws @ sums) / (draws @ counts)  # (N_RESAMPLES,)
        tail = (1 - CONFIDENCE) / 2
        low, high = (float(value) for value in np.quantile(means, [tail, 1 - tail]))
    return Estimate(measure=measure, mean=float(values.mean()), low=low, high=high, n=len(having))


def compare(first: Sequence[Row], second: Sequence[Row], measure: str, *, seed: int = 0) -> Comparison | None:
    """The paired randomisation test (Smucker, Allan and Carterette, CIKM 2007), two-sided.

    Pairs are the questions that have the measure on both sides; None where there are none. ``p_value`` is the share
    of random sign flips with a mean difference at least as large, the observed one counted in, so never 0.
    """
    others = {row.query_id: row.measures[measure] for row in second if measure in row.measures}
    pairs = [
        (row.measures[measure], others[row.query_id])
        for row in first
        if measure in row.measures and row.query_id in others
    ]
    if not pairs:
        return None
    before, after = np.array(pairs, dtype=np.float64).T
    difference = after - before
    return Comparison(
        measure=measure,
        first=float(before.mean()),
        second=float(after.mean()),
        difference=float(difference.mean()),
        p_value=_randomisation_p(difference, np.random.default_rng(seed)),
        n_better=int((difference > 0).sum()),
        n_worse=int((difference < 0).sum()),
        n=len(pairs),
    )


def _randomisation_p(difference: np.ndarray, generator: np.random.Generator) -> float:
    changed = difference[difference != 0]  # a pair without a difference has no sign to flip
    if not len(changed):
        return 1.0
    observed = abs(changed.sum())
    n_extreme = 0
    for _ in range(0, N_PERMUTATIONS, 1000):  # in parts: (1000, n) signs at a time
        signs = generator.integers(0, 2, size=(1000, len(changed)), dtype=np.int8) * 2.0 - 1.0
        n_extreme += int((np.abs(signs @ changed) >= observed - 1e-12).sum())
    return (n_extreme + 1) / (N_PERMUTATIONS + 1)


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which ``share`` (0 to 1) of ``values`` lie, interpolated."""
    return float(np.quantile(np.array(values, dtype=np.float64), share))

"""What a first ranking says around a turn: the features by which the second one knows stretches of talk.

A question is answered by a stretch more often than by a lone turn, and where the stretch lies shows only once every
turn has a score. Ranking again by the scores around a turn is stacked sequential learning (Cohen and Carvalho, 2005).
Knows scores and their order; not what they were made from.
"""

from __future__ import annotations

import numpy as np

from panelbot.retrieve.features import z_scores
from panelbot.retrieve.field import Field, Floats

_MEANS = (1, 2, 4, 8, 16, 32)  # turns either side
_SHARES = (3, 10, 30)
_SIDES = (3, 10)
_PEAK = 8  # the mean whose highest turn is the middle of the best stretch


def around_scores(field: Field, scores: Floats) -> dict[str, Floats]:
    """Features over the whole field of the first ranking's ``scores``, float32 (n,) each."""
    first = z_scores(scores, field.speaks)
    means = {reach: z_scores(_mean(field, first, -reach, reach), field.speaks) for reach in _MEANS}
    return {
        "first": first,
        **{f"first_mean{reach}": mean for reach, mean in means.items()},
        **_highest(field, first),
        **_shares(field, first),
        **_sides(field, first),
        **_peak(field, means[_PEAK]),
    }


def _mean(field: Field, values: Floats, start: int, stop: int) -> Floats:
    """Means over the turns from ``start`` to ``stop`` places on that the transcript has; 0 where it has none."""
    n_turns = field.span_sum(np.ones(field.n, np.float32), start, stop)
    return (field.span_sum(values, start, stop) / np.maximum(n_turns, 1)).astype(np.float32)


def _highest(field: Field, first: Floats) -> dict[str, Floats]:
    """The highest score within 2, 8 and 20 turns, each window put together from narrower ones."""
    found: dict[str, Floats] = {}
    highest = first
    for reach, steps in ((2, (1, 2)), (8, (3, 6)), (20, (8, 12))):
        shifted = [field.shifted(highest, step, fill=-np.inf) for by in steps for step in (-by, by)]
        highest = np.max([highest, *shifted], axis=0)
        found[f"first_max{reach}"] = highest
    return found


def _shares(field: Field, first: Floats) -> dict[str, Floats]:
    """How much of the field's whole promise lies around a turn, 0..1, as a softmax of the scores tells it."""
    promise = np.exp(first)
    promise /= max(float(promise.sum()), 1e-6)
    return {f"first_share{reach}": field.window_sum(promise, reach) for reach in _SHARES}


def _sides(field: Field, first: Floats) -> dict[str, Floats]:
    """Before and behind apart: a stretch's first turn has its scores behind it."""
    before = {f"first_before{reach}": _mean(field, first, -reach, -1) for reach in _SIDES}
    return {**before, **{f"first_after{reach}": _mean(field, first, 1, reach) for reach in _SIDES}}


def _peak(field: Field, means: Floats) -> dict[str, Floats]:
    """How far a turn is from the middle of its transcript's best stretch, and how far below the field's best."""
    at = np.arange(field.n)
    ordered = np.lexsort((at, -means.round(5), field.of))  # transcript by transcript, the best turn of each first
    distance = np.abs(at - ordered[field.low])
    return {"first_peak_distance": np.log1p(distance).astype(np.float32), "first_peak_gap": means - means.max()}

"""What a first ranking says around a turn: the features by which the second one knows stretches of talk.

A question is answered by a stretch more often than by a lone turn, and where the stretch lies shows only once every
turn has a score. Ranking again by the scores around a turn is stacked sequential learning (Cohen and Carvalho, 2005).
Knows scores and their order; not what they were made from.
"""

from __future__ import annotations

import numpy as np

from panelbot.retrieve.features import z_scores
from panelbot.retrieve.turn_pool import Floats, TurnPool

_MEANS = (1, 2, 4, 8, 16, 32)  # turns either side
_SHARES = (3, 10, 30)
_SIDES = (3, 10)
_HIGHEST = (2, 8, 20)
_PEAK = 8  # the mean whose highest turn is the middle of the best stretch


def around_scores(pool: TurnPool, scores: Floats) -> dict[str, Floats]:
    """Features over the whole pool of the first ranking's ``scores``, float32 (n,) each."""
    first = z_scores(scores, pool.speaks)
    around = [(-reach, reach) for reach in _MEANS] + [side for reach in _SIDES for side in ((-reach, -1), (1, reach))]
    # Means over the turns that the transcript has; 0 where it has none.
    total, n_turns = np.stack(pool.spans.sums(np.stack([first, np.ones_like(first)]), around), axis=1)
    means = total / np.maximum(n_turns, 1)
    wide = dict(zip(_MEANS, z_scores(means[: len(_MEANS)], pool.speaks), strict=True))
    return {
        "first": first,
        **{f"first_mean{reach}": mean for reach, mean in wide.items()},
        **_highest(pool, first),
        **_shares(pool, first),
        **_sides(means[len(_MEANS) :]),
        **_peak(pool, wide[_PEAK]),
    }


def _highest(pool: TurnPool, first: Floats) -> dict[str, Floats]:
    """The highest score within 2, 8 and 20 turns."""
    return dict(zip(map("first_max{}".format, _HIGHEST), pool.spans.highest(first, _HIGHEST), strict=True))


def _shares(pool: TurnPool, first: Floats) -> dict[str, Floats]:
    """How much of the pool's whole promise lies around a turn, 0..1, as a softmax of the scores tells it."""
    promise = np.exp(first)
    promise /= max(float(promise.sum()), 1e-6)
    around = pool.spans.sums(promise, [(-reach, reach) for reach in _SHARES])
    return {f"first_share{reach}": share for reach, share in zip(_SHARES, around, strict=True)}


def _sides(means: Floats) -> dict[str, Floats]:
    """Before and behind apart, the rows of ``means`` in turn: a stretch's first turn has its scores behind it."""
    before = {f"first_before{reach}": mean for reach, mean in zip(_SIDES, means[::2], strict=True)}
    return {**before, **{f"first_after{reach}": mean for reach, mean in zip(_SIDES, means[1::2], strict=True)}}


def _peak(pool: TurnPool, means: Floats) -> dict[str, Floats]:
    """How far a turn is from the middle of its transcript's best stretch, and how far below the pool's best."""
    rounded = means.round(5)
    peaks = np.zeros(len(pool.segments), np.int64)
    top = np.full(len(pool.segments), -np.inf, np.float32)
    np.maximum.at(top, pool.of, rounded)
    at_top = np.flatnonzero(rounded == top[pool.of])[::-1]  # written backwards: of equal turns the first is the peak
    peaks[pool.of[at_top]] = at_top
    distance = np.abs(np.arange(pool.n) - peaks[pool.of])
    return {"first_peak_distance": np.log1p(distance).astype(np.float32), "first_peak_gap": means - means.max()}

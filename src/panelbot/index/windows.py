"""Sums over neighbouring turns that do not reach beyond their transcript. Knows arrays, not what they measure."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Bounds = NDArray[np.int64]
_AT_ONCE = 32  # numbers of each vector: sums of so few stay where the processor has them at hand


def span_sum(values: NDArray[Any], low: Bounds, high: Bounds, start: int, stop: int) -> Floats:
    """Sums of ``values`` (…, n) over the turns from ``start`` to ``stop`` places on, of those ``low`` to ``high``."""
    zero = np.zeros((*values.shape[:-1], 1), dtype=np.float64)
    total = np.concatenate([zero, np.cumsum(values, axis=-1, dtype=np.float64)], axis=-1)
    at = np.arange(values.shape[-1])
    first, last = np.clip(at + start, low, high), np.clip(at + stop + 1, low, high)
    return (total.take(last, axis=-1) - total.take(first, axis=-1)).astype(np.float32)


def triangle(values: NDArray[Any], low: Bounds, high: Bounds, reach: int) -> Floats:
    """Sums over a window in which a turn counts the less the further it is; its own weight is about one."""
    inner, outer = (reach + 1) // 2, reach // 2
    summed = span_sum(span_sum(values, low, high, -inner, inner), low, high, -outer, outer)
    return summed / np.float32(2 * max(inner, outer) + 1)


def triangle_norms(vectors: Floats, reach: int) -> Floats:
    """The lengths of the sums `triangle` makes of one transcript's ``vectors`` (n, dim): float32 (n,)."""
    inner, outer = (reach + 1) // 2, reach // 2
    squares = np.zeros(len(vectors))
    for start in range(0, vectors.shape[1], _AT_ONCE):
        part = vectors[:, start : start + _AT_ONCE].astype(np.float64)
        summed = _box(_box(part, inner), outer)
        squares += np.einsum("ij,ij->i", summed, summed)
    return (np.sqrt(squares) / (2 * max(inner, outer) + 1)).astype(np.float32)


def _box(rows: NDArray[np.float64], reach: int) -> NDArray[np.float64]:
    """Sums over each row and ``reach`` rows either side."""
    total = np.zeros((len(rows) + 1, rows.shape[1]))
    np.cumsum(rows, axis=0, out=total[1:])
    at = np.arange(len(rows))
    return total[np.minimum(at + reach + 1, len(rows))] - total[np.maximum(at - reach, 0)]

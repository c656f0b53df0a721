"""Sums over neighbouring turns that do not reach beyond their transcript. Knows arrays, not what they measure."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Places = NDArray[np.int64]
_AT_ONCE = 64  # turns whose windows are multiplied out together; more multiply more zeros, fewer take more calls


class Spans:
    """Transcripts laid end to end, number ``i`` from ``base[i]`` to ``base[i + 1]``, and the turns around each turn.

    Values are summed with gaps of zeros between the transcripts, so that one pass over all of them does.
    """

    def __init__(self, base: Places) -> None:
        sizes = np.diff(base)
        self.of = np.repeat(np.arange(len(sizes)), sizes)  # (n,) which transcript each turn is in
        self._n_transcripts = len(sizes)
        self.low, self.high = base[:-1][self.of], base[1:][self.of]  # (n,) the bounds of each turn's transcript
        self._places: dict[int, Places] = {}
        self._shifts: dict[int, tuple[NDArray[np.bool_], Places]] = {}

    def sum(self, values: Floats, start: int, stop: int) -> Floats:
        """Sums of ``values`` (…, n) over the turns from ``start`` to ``stop`` places on, in a turn's transcript."""
        return self.sums(values, [(start, stop)])[0]

    def sums(self, values: Floats, around: Sequence[tuple[int, int]]) -> list[Floats]:
        """`sum` for each start and stop of ``around``, at less than their cost one by one."""
        at, laid = self._lay(values, max(max(-start, stop) for start, stop in around))
        summed = _run_sums(laid, [stop - start + 1 for start, stop in around])
        return [total.take(at + start, axis=-1) for total, (start, _) in zip(summed, around, strict=True)]

    def highest(self, values: Floats, reaches: Sequence[int]) -> list[Floats]:
        """For each reach the highest of ``values`` (n,) over each turn and so many turns either side."""
        at, laid = self._lay(values, max(reaches), empty=-np.inf)
        return [maximum.take(at - reach) for maximum, reach in zip(_run_highest(laid, reaches), reaches, strict=True)]

    def triangles(self, values: Floats, reaches: Sequence[int]) -> dict[int, Floats]:
        """For each reach sums of ``values`` (…, n) in which a turn counts the less the further it is.

        Its own weight is about one. They are sums of sums: over a narrower window each.
        """
        at, laid = self._lay(values, (max(reaches) + 1) // 2)
        inside = np.zeros(laid.shape[-1], np.float32)
        inside[at] = 1
        narrower = _run_sums(laid, [2 * ((reach + 1) // 2) + 1 for reach in reaches])
        found: dict[int, Floats] = {}
        for reach, summed in zip(reaches, narrower, strict=True):
            inner, outer = (reach + 1) // 2, reach // 2
            total = summed
            if outer:
                within = np.zeros_like(laid)
                middle = slice(inner, laid.shape[-1] - inner)
                np.multiply(summed, inside[middle], out=within[..., middle])
                (total,) = _run_sums(within, [2 * outer + 1])
            found[reach] = total.take(at - (outer or inner), axis=-1) / np.float32(2 * inner + 1)
        return found

    def shifted(self, values: Floats, by: int) -> Floats:
        """``values[i + by]`` at turn ``i``; 0 where that is outside the turn's transcript."""
        if by not in self._shifts:
            at = np.arange(len(self.of)) + by
            inside = (at >= self.low) & (at < self.high)
            self._shifts[by] = inside, np.where(inside, at, 0)
        inside, at = self._shifts[by]
        return np.where(inside, values[at], np.float32(0))

    def _lay(self, values: Floats, gap: int, empty: float = 0.0) -> tuple[Places, Floats]:
        """Where each turn lies with ``gap`` places before, between and behind the transcripts, and the values so."""
        if gap not in self._places:
            self._places[gap] = np.arange(len(self.of)) + gap * (self.of + 1)
        n = len(self.of) + gap * (self._n_transcripts + 1)
        laid = np.full((*values.shape[:-1], n), empty, np.float32)
        laid[..., self._places[gap]] = values
        return self._places[gap], laid


def _run_sums(rows: Floats, widths: Sequence[int]) -> list[Floats]:
    """For each of ``widths`` sums of so many neighbours from each on, (…, n - width + 1).

    They are put together from runs of one, two, four, … neighbours.
    """
    runs, size = {1: rows}, 1
    while 2 * size <= max(widths):
        runs[2 * size] = runs[size][..., :-size] + runs[size][..., size:]
        size *= 2
    found: list[Floats] = []
    for width in widths:
        n = rows.shape[-1] - width + 1
        total, done = np.zeros((*rows.shape[:-1], n), np.float32), 0
        for size, run in runs.items():
            if width & size:
                total += run[..., done : done + n]
                done += size
        found.append(total)
    return found


def _run_highest(row: Floats, reaches: Sequence[int]) -> list[Floats]:
    """For each of ``reaches`` the highest of ``2 * reach + 1`` neighbours from each on; two runs that overlap do."""
    runs, size = {1: row}, 1
    while 2 * size <= 2 * max(reaches) + 1:
        runs[2 * size] = np.maximum(runs[size][:-size], runs[size][size:])
        size *= 2
    found: list[Floats] = []
    for width in (2 * reach + 1 for reach in reaches):
        run = runs[1 << (width.bit_length() - 1)]
        rest = width - (1 << (width.bit_length() - 1))
        found.append(np.maximum(run[: len(run) - rest], run[rest:]))
    return found


def triangle_norms(vectors: Floats, reach: int) -> Floats:
    """The lengths of the sums `Spans.triangles` makes of one transcript's ``vectors`` (n, dim): float32 (n,)."""
    n = len(vectors)
    inner, outer = (reach + 1) // 2, reach // 2
    norms = np.zeros(n, np.float32)
    for start in range(0, n, _AT_ONCE):
        stop = min(start + _AT_ONCE, n)
        low, high = max(start - inner - outer, 0), min(stop + inner + outer, n)
        turn, other = np.arange(start, stop)[:, None], np.arange(low, high)
        # A turn's weight in a sum of sums is how many of the narrower sums it is in.
        first, last = np.maximum(turn - outer, other - inner), np.minimum(turn + outer, other + inner)
        weight = np.minimum(last, n - 1) - np.maximum(first, 0) + 1
        summed = np.maximum(weight, 0).astype(np.float32) @ vectors[low:high]
        norms[start:stop] = np.sqrt(np.einsum("ij,ij->i", summed, summed)) / np.float32(2 * inner + 1)
    return norms

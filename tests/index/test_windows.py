"""Sums over neighbouring turns, and the lengths of sums of vectors."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from panelbot.index.windows import Spans, triangle_norms


@pytest.mark.parametrize("n_turns", [0, 1, 3, 50])
@pytest.mark.parametrize("reach", [1, 2, 5, 10])
def test_lengths_are_those_of_the_sums(n_turns: int, reach: int) -> None:
    vectors = np.random.default_rng(n_turns).standard_normal((n_turns, 70)).astype(np.float32)
    summed = Spans(np.asarray([0, n_turns])).triangles(vectors.T, (reach,))[reach]
    np.testing.assert_allclose(triangle_norms(vectors, reach), np.linalg.norm(summed, axis=0), rtol=1e-5)


BASE = np.asarray([0, 7, 7, 8, 40])  # four transcripts, one of them empty
VALUES = np.random.default_rng(5).standard_normal((3, 40)).astype(np.float32)


def within(turn: int) -> tuple[int, int]:
    """Where the transcript of a turn starts and ends."""
    return next((low, high) for low, high in itertools.pairwise(BASE.tolist()) if low <= turn < high)


@pytest.mark.parametrize(("start", "stop"), [(-1, 1), (-32, 32), (0, 0), (-3, -1), (1, 10), (-2, 5)])
def test_sums_are_of_the_turns_around_and_of_none_in_another_transcript(start: int, stop: int) -> None:
    spans = Spans(BASE)
    summed = spans.sum(VALUES, start, stop)
    for turn in range(40):
        low, high = within(turn)
        around = slice(min(max(turn + start, low), high), max(min(turn + stop + 1, high), low))
        np.testing.assert_allclose(summed[:, turn], VALUES[:, around].sum(axis=1), atol=1e-5)


def test_triangles_are_sums_of_sums_that_stay_in_their_transcript() -> None:
    spans = Spans(BASE)
    reaches = (1, 2, 4, 5, 8, 10)
    for reach, found in spans.triangles(VALUES, reaches).items():
        inner, outer = (reach + 1) // 2, reach // 2
        expected = spans.sum(spans.sum(VALUES, -inner, inner), -outer, outer) / (2 * inner + 1)
        np.testing.assert_allclose(found, expected, atol=1e-5)
    alone = Spans(np.asarray([0, 32])).triangles(VALUES[:, 8:], reaches)
    for reach, found in alone.items():
        np.testing.assert_allclose(found, spans.triangles(VALUES, reaches)[reach][:, 8:], atol=1e-5)


@pytest.mark.parametrize("by", [-40, -1, 0, 2, 12])
def test_a_turn_is_looked_for_in_its_own_transcript(by: int) -> None:
    found = Spans(BASE).shifted(VALUES[0], by)
    for turn in range(40):
        low, high = within(turn)
        assert found[turn] == (VALUES[0, turn + by] if low <= turn + by < high else 0)


def test_sums_at_once_are_those_one_by_one() -> None:
    around = [(-1, 1), (-32, 32), (1, 10)]
    for (start, stop), summed in zip(around, Spans(BASE).sums(VALUES, around), strict=True):
        np.testing.assert_allclose(summed, Spans(BASE).sum(VALUES, start, stop), atol=1e-5)


@pytest.mark.parametrize("reach", [1, 2, 3, 8, 20])
def test_the_highest_is_that_of_the_turns_around_in_the_same_transcript(reach: int) -> None:
    (found,) = Spans(BASE).highest(VALUES[0], [reach])
    for turn in range(40):
        low, high = within(turn)
        assert found[turn] == VALUES[0, max(turn - reach, low) : min(turn + reach + 1, high)].max()

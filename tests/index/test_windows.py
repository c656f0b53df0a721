"""Sums over neighbouring turns, and the lengths of sums of vectors."""

from __future__ import annotations

import numpy as np
import pytest

from panelbot.index.windows import triangle, triangle_norms


@pytest.mark.parametrize("n_turns", [0, 1, 3, 50])
@pytest.mark.parametrize("reach", [1, 2, 5, 10])
def test_lengths_are_those_of_the_sums(n_turns: int, reach: int) -> None:
    vectors = np.random.default_rng(n_turns).standard_normal((n_turns, 70)).astype(np.float32)
    low, high = np.zeros(n_turns, np.int64), np.full(n_turns, n_turns)
    summed = triangle(vectors.T, low, high, reach)
    np.testing.assert_allclose(triangle_norms(vectors, reach), np.linalg.norm(summed, axis=0), rtol=1e-5)

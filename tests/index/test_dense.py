"""The vector index against numpy: exact, filtered, immutable, checked when loaded."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from panelbot.errors import StoreError
from panelbot.index import DenseIndex

rng = np.random.default_rng(7)


def unit(n: int, dim: int = 16) -> np.ndarray:
    vectors = rng.normal(size=(n, dim)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


VECTORS = unit(300)
INDEX = DenseIndex(16).with_changes(add=[(1000, VECTORS[:200]), (5000, VECTORS[200:])])
IDS = np.concatenate([np.arange(1000, 1200), np.arange(5000, 5100)])


@pytest.mark.parametrize("seed", range(20))
def test_recall_against_brute_force_is_exactly_one(seed: int) -> None:
    query = np.random.default_rng(seed).normal(size=16).astype(np.float32)
    ids, scores = INDEX.search(query, 10)
    expected = np.argsort(-(VECTORS @ query), kind="stable")[:10]
    assert ids.tolist() == IDS[expected].tolist()
    assert np.allclose(scores, (VECTORS @ query)[expected], atol=1e-5)
    scaled, _ = INDEX.search(query * 9, 10)
    assert scaled.tolist() == ids.tolist()


def test_only_allowed_ids_are_looked_at() -> None:
    allowed = np.asarray([1003, 1150, 5007], dtype=np.int64)
    ids, scores = INDEX.search(VECTORS[0], 10, allowed=allowed)
    assert sorted(ids.tolist()) == allowed.tolist()
    assert list(scores) == sorted(scores, reverse=True)
    assert INDEX.search(VECTORS[0], 10, allowed=np.empty(0, np.int64))[0].tolist() == []


def test_a_change_makes_a_copy_and_leaves_the_old_index_alone() -> None:
    smaller = INDEX.with_changes(remove=[(1000, 1200)])
    assert (len(INDEX), len(smaller)) == (300, 100)
    assert INDEX.search(VECTORS[0], 1)[0].tolist() == [1000]
    assert smaller.search(VECTORS[0], 1)[0][0] >= 5000


def test_equal_vectors_come_in_the_order_of_their_ids() -> None:
    same = np.repeat(VECTORS[:1], 5, axis=0)
    index = DenseIndex(16).with_changes(add=[(50, same[:3]), (10, same[3:])])
    assert index.search(VECTORS[0], 5)[0].tolist() == [10, 11, 50, 51, 52]


def test_a_saved_index_is_loaded_only_with_its_stamp_and_whole(tmp_path: Path) -> None:
    path = tmp_path / "vectors.faiss"
    INDEX.save(path, "abc")
    assert DenseIndex.load(path, "abc", 16).search(VECTORS[5], 3)[0].tolist() == INDEX.search(VECTORS[5], 3)[0].tolist()
    with pytest.raises(StoreError, match="out of date"):
        DenseIndex.load(path, "other", 16)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(StoreError, match="damaged"):
        DenseIndex.load(path, "abc", 16)
    path.unlink()
    with pytest.raises(StoreError, match="cannot be read"):
        DenseIndex.load(path, "abc", 16)
    assert list(tmp_path.iterdir()) == []

"""The vector index against numpy: exact, filtered, immutable, in blocks."""

from __future__ import annotations

import numpy as np
import pytest

from panelbot.index import DenseIndex, dense

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


def test_many_blocks_are_one_index_however_it_came_about(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dense, "BLOCK", 30)
    runs = [(10_000 - 100 * i, VECTORS[20 * i : 20 * i + 7 + i % 13]) for i in range(15)]
    runs.append((3, unit(45)))  # longer than a block
    grown = DenseIndex(16)
    for run in runs:
        grown = grown.with_changes(add=[run])
    grown = grown.with_changes(remove=[(first, first + len(rows)) for first, rows in runs[2:14:3]], add=[(77, unit(3))])
    grown = grown.with_changes(add=[runs[2]], remove=[(77, 80)])
    left = [run for run in runs if run not in runs[5:14:3]]
    ids = np.concatenate([np.arange(first, first + len(rows)) for first, rows in left])
    rows = np.concatenate([rows for _, rows in left])
    at_once = DenseIndex(16).with_changes(add=left)
    assert len(grown) == len(at_once) == len(ids)
    for query in VECTORS[:10]:
        expected = ids[np.argsort(-(rows @ query), kind="stable")]
        assert at_once.search(query, len(ids))[0].tolist() == expected.tolist()
        for n in (1, 12):
            assert grown.search(query, n)[0].tolist() == expected[:n].tolist()
        allowed = np.sort(ids[::3])
        kept = [id for id in expected.tolist() if id in set(allowed.tolist())]
        assert grown.search(query, 9, allowed=allowed)[0].tolist() == kept[:9]


def test_adding_one_transcript_copies_one_block_and_shares_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dense, "BLOCK", 30)
    index = DenseIndex(16).with_changes(add=[(100 * i, VECTORS[10 * i : 10 * i + 10]) for i in range(10)])
    changed = index.with_changes(add=[(5000, VECTORS[200:210])])
    assert len(index._blocks) == 4
    assert len({id(block.index) for block in index._blocks} & {id(block.index) for block in changed._blocks}) == 3
    assert (len(index), len(changed)) == (100, 110)

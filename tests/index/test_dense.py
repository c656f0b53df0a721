"""The nearest vectors against numpy: exact, filtered, in memory and in files; and past a size nearly exact."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from panelbot.index import Block, LocalVectors, Run, Within, vector_files
from panelbot.index.vectors import in_memory

rng = np.random.default_rng(7)


def unit(n: int, dim: int = 16) -> np.ndarray:
    vectors = rng.normal(size=(n, dim)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


VECTORS = unit(300)
IDS = np.concatenate([np.arange(1000, 1200), np.arange(5000, 5100)])
RUNS = {1000: VECTORS[:200], 5000: VECTORS[200:]}
BLOCKS = [
    Block(low=f, high=f + len(r), runs=(Run(first_id=f, n=len(r), checksum=f"sum {f}"),)) for f, r in RUNS.items()
]


def only(ids: np.ndarray) -> Within:
    return Within(heads=(), positions=None, ids=lambda: ids)


@pytest.fixture(params=["in memory", "in files"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[LocalVectors]:
    if request.param == "in memory":
        return in_memory(list(RUNS.items()))
    LocalVectors(tmp_path / "vectors", BLOCKS, RUNS.__getitem__).save()
    return LocalVectors(tmp_path / "vectors", BLOCKS, lambda _: pytest.fail("read from elsewhere"))


@pytest.mark.parametrize("seed", range(10))
def test_recall_against_brute_force_is_exactly_one(index: LocalVectors, seed: int) -> None:
    query = np.random.default_rng(seed).normal(size=16).astype(np.float32)
    ids, scores = index.nearest(query, 10)
    expected = np.argsort(-(VECTORS @ query), kind="stable")[:10]
    assert ids.tolist() == IDS[expected].tolist()
    assert np.allclose(scores, (VECTORS @ query)[expected], atol=1e-5)
    assert index.nearest(query * 9, 10)[0].tolist() == ids.tolist()


def test_only_allowed_ids_are_looked_at(index: LocalVectors) -> None:
    allowed = np.asarray([3, 1003, 1150, 1200, 5007, 9000], dtype=np.int64)
    ids, scores = index.nearest(VECTORS[0], 10, within=only(allowed))
    assert sorted(ids.tolist()) == [1003, 1150, 5007]
    assert list(scores) == sorted(scores, reverse=True)
    assert index.nearest(VECTORS[0], 10, within=only(np.empty(0, np.int64)))[0].tolist() == []
    assert index.nearest(VECTORS[0], 1000)[0].size == 300


def test_equal_vectors_come_in_the_order_of_their_ids() -> None:
    same = np.repeat(VECTORS[:1], 5, axis=0)
    index = in_memory([(50, same[:3]), (10, same[3:])])
    assert index.nearest(VECTORS[0], 5)[0].tolist() == [10, 11, 50, 51, 52]
    assert index.nearest(VECTORS[0], 2)[0].tolist() == [10, 11]


def test_what_adding_up_in_another_order_changes_is_no_difference() -> None:
    """The same vector has a product of a few last bits more here than there."""
    same = VECTORS[:1] / 2 * (1 + np.asarray([0, 2, -2, 4, 0], np.float32) * 1e-7)[:, None]
    assert len(set((same @ VECTORS[0]).tolist())) > 2
    index = in_memory([(50, same[:3]), (10, same[3:])])
    assert index.nearest(VECTORS[0], 5)[0].tolist() == [10, 11, 50, 51, 52]
    assert index.nearest(VECTORS[0], 2)[0].tolist() == [10, 11]
    assert in_memory([(10, same)]).nearest(VECTORS[0], 2)[0].tolist() == [10, 11]


def test_what_is_gone_is_found_no_more_and_the_rest_stays_open(tmp_path: Path) -> None:
    together = Block(low=1000, high=5100, runs=(*BLOCKS[0].runs, *BLOCKS[1].runs))
    index = LocalVectors(tmp_path, [together], RUNS.__getitem__)
    index.save()
    assert index.nearest(VECTORS[0], 1)[0].tolist() == [1000]
    left = LocalVectors(tmp_path, [], RUNS.__getitem__).changed([Block(low=1000, high=5100, runs=BLOCKS[1].runs)])
    for smaller in (left, index.changed(left.blocks)):
        found, scores = smaller.nearest(VECTORS[0], 300)
        assert sorted(found.tolist()) == list(range(5000, 5100))
        assert np.allclose(scores[0], (VECTORS[200:] @ VECTORS[0]).max())
        assert smaller.nearest(VECTORS[0], 9, within=only(np.arange(990, 5003)))[0].size == 3


def damaged(folder: Path) -> Iterator[None]:
    """The folder with each of its files damaged in one way after the other."""
    for path in sorted(folder.iterdir()):
        whole = path.read_bytes()
        for damage in (b"", b"garbage", whole[:-3], whole[:-1] + b"x"):
            path.write_bytes(damage)
            yield
        path.unlink()
        yield
        path.write_bytes(whole)


def test_files_that_are_damaged_or_of_other_vectors_are_passed_over_and_made_again(tmp_path: Path) -> None:
    LocalVectors(tmp_path, BLOCKS[:1], RUNS.__getitem__).save()
    for _ in damaged(tmp_path):
        index = LocalVectors(tmp_path, BLOCKS[:1], RUNS.__getitem__)
        assert index.nearest(VECTORS[7], 1)[0].tolist() == [1007]
    others = Block(low=1000, high=1200, runs=(Run(first_id=1000, n=200, checksum="another sum"),))
    changed = LocalVectors(tmp_path, [others], lambda _: -VECTORS[:200])
    assert changed.nearest(-VECTORS[7], 1)[0].tolist() == [1007]
    changed.save()
    assert vector_files.is_written(tmp_path, others)
    assert not vector_files.is_written(tmp_path, BLOCKS[0])


def test_files_of_other_blocks_go_and_nobody_elses(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("somebody's")
    (tmp_path / "00000012.faiss").write_bytes(b"of an earlier version")
    LocalVectors(tmp_path, BLOCKS, RUNS.__getitem__).save()
    LocalVectors(tmp_path, BLOCKS[1:], RUNS.__getitem__).save()
    left = sorted(path.name for path in tmp_path.iterdir())
    assert left == ["0000005000-0000005100.json", "0000005000-0000005100.rows.npy", "notes.txt"]


def test_an_inverted_file_finds_nearly_all_and_scores_them_exactly(tmp_path: Path, monkeypatch) -> None:
    """Vectors that lie in clumps, as those of texts do; ones that lie anywhere have no neighbours to speak of."""
    monkeypatch.setattr(vector_files, "APPROXIMATE_FROM", 2000)
    monkeypatch.setattr("panelbot.index.vectors.FEW", 300)
    centres = unit(60, 24)
    rows = centres[rng.integers(60, size=4000)] + 0.1 * rng.normal(size=(4000, 24)).astype(np.float32)
    rows = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    block = Block(low=0, high=4000, runs=tuple(Run(first_id=100 * i, n=100, checksum=str(i)) for i in range(40)))
    index = LocalVectors(tmp_path, [block], lambda first: rows[first : first + 100])
    index.save()
    assert len(list(tmp_path.glob("*.ivf"))) == 1
    for allowed in (None, np.arange(0, 4000, 2), np.arange(0, 4000, 20)):
        among = np.arange(4000) if allowed is None else allowed
        found = 0
        for query in rows[::200]:
            ids, scores = index.nearest(query, 10, within=only(allowed))
            assert np.allclose(scores, rows[ids] @ query, atol=1e-5)
            found += len(set(ids.tolist()) & set(among[np.argsort(-(rows[among] @ query))[:10]].tolist()))
        assert found >= 0.99 * 200

"""Vectors on disk: what was written comes back, and only what was written with that checksum, whole."""

from __future__ import annotations

from pathlib import Path

import faiss
import numpy as np
import pytest

from panelbot.errors import StoreError
from panelbot.index import VectorFiles

VECTORS = np.random.default_rng(3).normal(size=(5, 8)).astype(np.float32)


def test_vectors_come_back_only_under_their_checksum_and_whole(tmp_path: Path) -> None:
    files = VectorFiles(tmp_path / "vectors")
    with pytest.raises(StoreError, match="cannot be read"):
        files.read(12, "abc")
    files.write(12, "abc", VECTORS)
    found = files.read(12, "abc")
    assert found.dtype == np.float32
    assert np.array_equal(found, VECTORS)
    with pytest.raises(StoreError, match="out of date"):
        files.read(12, "other")
    (path,) = (tmp_path / "vectors").iterdir()
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(StoreError, match="damaged"):
        files.read(12, "abc")


def test_a_file_is_a_checked_head_and_a_faiss_index(tmp_path: Path) -> None:
    VectorFiles(tmp_path).write(12, "abc", VECTORS)
    head, _, body = (tmp_path / "00000012.faiss").read_bytes().partition(b"\n")
    assert head.startswith(b"panelbot vectors 2 abc ")
    index = faiss.deserialize_index(np.frombuffer(body, dtype=np.uint8))
    assert (index.ntotal, index.d) == VECTORS.shape


def test_files_of_transcripts_that_are_gone_are_removed_and_nothing_else(tmp_path: Path) -> None:
    files = VectorFiles(tmp_path)
    for first_id in (1, 2, 30):
        files.write(first_id, "abc", VECTORS)
    (tmp_path / "notes.txt").write_text("somebody's")
    files.prune([2, 7])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["00000002.faiss", "notes.txt"]

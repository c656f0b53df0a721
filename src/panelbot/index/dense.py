"""The vector index: exact inner products over unit vectors with FAISS. Knows ids, not passages."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from panelbot.errors import StoreError

FORMAT = 1


class DenseIndex:
    """An immutable FAISS index of unit vectors with int64 ids; changed copies come from `with_changes`."""

    def __init__(self, dim: int, _index: Any = None) -> None:
        import faiss

        self.dim = dim
        self._index = _index if _index is not None else faiss.IndexIDMap2(faiss.IndexFlatIP(dim))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def with_changes(
        self, *, add: list[tuple[int, NDArray[np.float32]]] | None = None, remove: list[tuple[int, int]] | None = None
    ) -> DenseIndex:
        """A copy with blocks of vectors added, each ``(first id, float32 (n, dim))``, and id ranges removed.

        Copying costs a memory copy of the vectors (30 MB for 20,000 of 384), far below embedding one transcript.
        """
        import faiss

        index = faiss.clone_index(self._index)
        for first, last in remove or []:
            index.remove_ids(faiss.IDSelectorRange(first, last))
        for first, vectors in add or []:
            if len(vectors):
                ids = np.arange(first, first + len(vectors), dtype=np.int64)
                index.add_with_ids(np.ascontiguousarray(vectors, dtype=np.float32), ids)
        return DenseIndex(self.dim, index)

    def search(
        self, query: NDArray[np.float32], n: int, *, allowed: NDArray[np.int64] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The ``n`` nearest ids and their inner products, best first, equal ones by id.

        Args:
            query: float32 (dim,).
            n: at most so many; fewer where fewer exist.
            allowed: the only ids looked at, int64 (n_allowed,); None for all. FAISS applies the filter.
        """
        import faiss

        n = min(n, len(self) if allowed is None else len(allowed))
        if n <= 0:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        params = None
        if allowed is not None:
            selector = faiss.IDSelectorBatch(np.ascontiguousarray(allowed, dtype=np.int64))
            params = faiss.SearchParameters(sel=selector)  # pyright: ignore[reportCallIssue]
        scores, ids = self._index.search(np.ascontiguousarray(query[None], dtype=np.float32), n, params=params)
        found = ids[0] >= 0
        order = np.lexsort((ids[0][found], -scores[0][found]))
        return ids[0][found][order], scores[0][found][order]

    def save(self, path: Path, stamp: str) -> None:
        """Write the index with ``stamp``, which `load` compares; the file appears whole or not at all."""
        import faiss

        body = faiss.serialize_index(self._index).tobytes()
        head = f"panelbot vectors {FORMAT} {stamp} {hashlib.sha256(body).hexdigest()}\n".encode()
        temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
        try:
            temporary.write_bytes(head + body)
            os.replace(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)

    @classmethod
    def load(cls, path: Path, stamp: str, dim: int) -> DenseIndex:
        """The index saved with ``stamp``.

        Raises:
            StoreError: no such file, another version or stamp, or damaged; it has to be rebuilt.
        """
        import faiss

        try:
            head, _, body = path.read_bytes().partition(b"\n")
        except OSError as error:
            raise StoreError(f"The vector index {path} cannot be read: {error}.") from None
        expected = f"panelbot vectors {FORMAT} {stamp} {hashlib.sha256(body).hexdigest()}".encode()
        if head != expected:
            raise StoreError(f"The vector index {path} is damaged or out of date.")
        index = faiss.deserialize_index(np.frombuffer(body, dtype=np.uint8))
        if index.d != dim:
            raise StoreError(f"The vector index {path} holds vectors of another size.")
        return cls(dim, index)

"""The vector index: exact inner products over unit vectors with FAISS. Knows ids, not passages and not files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

BLOCK = 4096  # vectors; the most that adding or removing one transcript copies


@dataclass(frozen=True, slots=True)
class _Block:
    """A FAISS index that never changes, and the first ids of the runs in it."""

    index: Any  # faiss.IndexIDMap2 over faiss.IndexFlatIP
    starts: frozenset[int]


class DenseIndex:
    """An immutable index of unit vectors with int64 ids; changed copies come from `with_changes`.

    The vectors lie in blocks, and copies share the blocks that did not change: a change costs what it changes and one
    block, however many vectors there are.
    """

    def __init__(self, dim: int, _blocks: tuple[_Block, ...] = ()) -> None:
        self.dim = dim
        self._blocks = _blocks

    def __len__(self) -> int:
        return sum(int(block.index.ntotal) for block in self._blocks)

    def with_changes(
        self, *, add: list[tuple[int, NDArray[np.float32]]] | None = None, remove: list[tuple[int, int]] | None = None
    ) -> DenseIndex:
        """A copy with runs of vectors added, each ``(first id, float32 (n, dim))``, and id ranges removed.

        A removed range ``(first, last)`` is one that was added as a run: ``first`` its first id, ``last`` exclusive.
        """
        gone = dict(remove or [])
        kept = [b if b.starts.isdisjoint(gone) else _without(b, gone) for b in self._blocks]
        blocks = [block for block in kept if block.index.ntotal]
        blocks.extend(self._filled(blocks, [(first, rows) for first, rows in add or [] if len(rows)]))
        return DenseIndex(self.dim, tuple(blocks))

    def _filled(self, blocks: list[_Block], add: list[tuple[int, NDArray[np.float32]]]) -> list[_Block]:
        """New blocks that hold ``add``, on top of the emptiest of ``blocks``, which is taken out of the list."""
        import faiss

        if not add:
            return []
        smallest = min(blocks, key=lambda block: block.index.ntotal, default=None)
        index, starts = faiss.IndexIDMap2(faiss.IndexFlatIP(self.dim)), set[int]()
        if smallest is not None and smallest.index.ntotal + len(add[0][1]) <= BLOCK:
            blocks.remove(smallest)
            index, starts = faiss.clone_index(smallest.index), set(smallest.starts)
        full: list[_Block] = []
        for first, rows in add:
            if index.ntotal and index.ntotal + len(rows) > BLOCK:
                full.append(_Block(index, frozenset(starts)))
                index, starts = faiss.IndexIDMap2(faiss.IndexFlatIP(self.dim)), set()
            ids = np.arange(first, first + len(rows), dtype=np.int64)
            index.add_with_ids(np.ascontiguousarray(rows, dtype=np.float32), ids)
            starts.add(first)
        return [*full, _Block(index, frozenset(starts))]

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
        rows = np.ascontiguousarray(query[None], dtype=np.float32)
        found = [block.index.search(rows, min(n, block.index.ntotal), params=params) for block in self._blocks]
        scores, ids = (np.concatenate([part[i][0] for part in found]) for i in (0, 1))
        scores, ids = scores[ids >= 0], ids[ids >= 0]
        order = np.lexsort((ids, -scores))[:n]
        return ids[order], scores[order]


def _without(block: _Block, gone: dict[int, int]) -> _Block:
    import faiss

    index = faiss.clone_index(block.index)
    for first in sorted(block.starts & gone.keys()):
        index.remove_ids(faiss.IDSelectorRange(first, gone[first]))
    return _Block(index, block.starts - gone.keys())

"""The nearest of very many vectors on one machine: exactly, or by FAISS's inverted file with an exact second look.

Vectors lie in files by runs of ids, memory-mapped, so that opening reads none of them. The files are derived: one that
is missing, damaged or of other vectors is passed over, and its vectors are had from where they are kept. Knows no text.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from panelbot.index import vector_files as files
from panelbot.index.vector_files import Block, Run
from panelbot.index.within import Within

logger = logging.getLogger(__name__)
N_PROBED = 128  # of an inverted file's lists: recall is measured in docs/performance.md
LOOKED_AT = 4  # times as many are looked at exactly as are wanted
DECIMALS = 5  # of an inner product: the last bits depend on who adds up, and in what order
FEW = 20_000  # allowed vectors up to which each is looked at: an inverted file finds few of them in the lists it probes

Found = tuple[NDArray[np.int64], NDArray[np.float32]]
Load = Callable[[int], NDArray[np.float32]]


class Part:
    """The vectors of one block as they were put down: rows (n, dim), some perhaps of transcripts that are gone."""

    def __init__(self, runs: Sequence[Run], rows: NDArray[np.float32], lists: Any = None) -> None:
        self.runs = {run.first_id: run for run in runs}
        self.ids = np.concatenate([np.empty(0, np.int64), *(np.arange(r.first_id, r.first_id + r.n) for r in runs)])
        self.rows = rows
        self._lists = lists  # faiss.IndexIVF over the same rows, None where they are few

    def holds(self, block: Block) -> bool:
        """Whether all of ``block`` is in it, with the vectors it has now."""
        return all(self.runs.get(run.first_id) == run for run in block.runs)

    def nearest(self, query: NDArray[np.float32], n: int, at: NDArray[np.int64] | None) -> Found:
        """The ``n`` nearest among the rows ``at``, None for all, in no order."""
        if self._lists is not None and (at is None or len(at) > FEW):
            at = self._likely(query, LOOKED_AT * n, at)
        scores = (self.rows if at is None else self.rows[at]) @ query
        # Ties at the border are broken by id, as all others are.
        last = np.partition(scores, -n)[-n] - 10.0**-DECIMALS if len(scores) > n else -np.inf
        best = np.flatnonzero(scores >= last)
        return self.ids[best if at is None else at[best]], scores[best]

    def _likely(self, query: NDArray[np.float32], n: int, at: NDArray[np.int64] | None) -> NDArray[np.int64]:
        import faiss

        chosen = None
        if at is not None:
            bits = np.zeros(len(self.ids), np.uint8)
            bits[at] = 1
            packed = np.packbits(bits, bitorder="little")
            chosen = faiss.IDSelectorBitmap(len(self.ids), faiss.swig_ptr(packed))  # pyright: ignore
        params = faiss.SearchParametersIVF(sel=chosen, nprobe=N_PROBED)  # pyright: ignore[reportCallIssue]
        _, rows = self._lists.search(np.ascontiguousarray(query[None], np.float32), n, params=params)
        return np.sort(rows[0][rows[0] >= 0])


class LocalVectors:
    """The vectors of ``blocks``, in files of ``folder`` where there are good ones, by ``load`` of a first id where not.

    Nothing is opened before the first search. ``folder`` None has no files.
    """

    def __init__(
        self, folder: Path | None, blocks: Sequence[Block], load: Load, opened: Mapping[int, Part] | None = None
    ) -> None:
        self.blocks = tuple(blocks)
        self._folder = folder
        self._load = load
        self._opened = dict(opened or {})
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return sum(run.n for block in self.blocks for run in block.runs)

    def changed(self, blocks: Sequence[Block]) -> LocalVectors:
        """The vectors of other ``blocks``, with what is open kept open."""
        return LocalVectors(self._folder, blocks, self._load, self._opened)

    def nearest(self, query: NDArray[np.float32], n: int, *, within: Within | None = None) -> Found:
        """The ``n`` nearest ids and their inner products, best first, equal ones by id.

        Args:
            query: float32 (dim,).
            n: at most so many; fewer where fewer exist.
            within: the only passages looked at; None for all.
        """
        found: list[Found] = []
        allowed = None if within is None else within.ids()
        for part, live in self._parts if n > 0 else ():
            at = live if allowed is None else _among(part.ids, live, allowed)
            found.append(part.nearest(query, n, at))
        return join_found(found, n)

    def save(self) -> None:
        """Write the files that are missing, and remove those of other blocks.

        Raises:
            OSError: they cannot be written.
        """
        if self._folder is None:
            return
        for block in self.blocks:
            if sum(run.n for run in block.runs) and not files.is_written(self._folder, block):
                files.write(self._folder, block, self._load)
                self._opened.pop(block.low, None)
                self.__dict__.pop("_parts", None)
        files.prune(self._folder, self.blocks)

    @cached_property
    def _parts(self) -> list[tuple[Part, NDArray[np.int64] | None]]:
        """What is open of each block, and its rows of transcripts that are there, None for all."""
        with self._lock:
            opened: dict[int, Part] = {}
            found: list[tuple[Part, NDArray[np.int64] | None]] = []
            for block in self.blocks:
                if any(run.n for run in block.runs):
                    part = self._opened.get(block.low)
                    opened[block.low] = part if part is not None and part.holds(block) else self._open(block)
                    found.append((opened[block.low], _live(opened[block.low], block)))
            self._opened = opened
            return found

    def _open(self, block: Block) -> Part:
        if self._folder is not None:
            with suppress(OSError, ValueError, KeyError, TypeError):
                part = Part(*files.read(self._folder, block))
                if part.holds(block):
                    return part
            logger.info("The vectors %d to %d are read from the store.", block.low, block.high)
        runs = [run for run in block.runs if run.n]
        return Part(runs, np.concatenate([self._load(run.first_id) for run in runs]))


def join_found(found: Sequence[Found], n: int) -> Found:
    """The ``n`` best of what was found in several places, best first, equal ones by id; scores are rounded."""
    ids = np.concatenate([np.empty(0, np.int64), *(some for some, _ in found)])
    scores = np.concatenate([np.empty(0, np.float32), *(some for _, some in found)]).round(DECIMALS)
    order = np.lexsort((ids, -scores))[:n]
    return ids[order], scores[order]


def in_memory(runs: Collection[tuple[int, NDArray[np.float32]]]) -> LocalVectors:
    """Vectors that are all in memory, each run a first id and its rows (n, dim)."""
    rows = dict(sorted(runs, key=lambda run: run[0]))
    blocks = [
        Block(low=first, high=first + len(r), runs=(Run(first_id=first, n=len(r), checksum=""),))
        for first, r in rows.items()
    ]
    return LocalVectors(None, blocks, rows.__getitem__)


def _live(part: Part, block: Block) -> NDArray[np.int64] | None:
    """The rows of ``part`` that are of transcripts in ``block``, None for all of them."""
    gone = part.runs.keys() - {run.first_id for run in block.runs}
    if not gone:
        return None
    kept = [np.arange(run.first_id, run.first_id + run.n) for run in block.runs]
    return np.searchsorted(part.ids, np.concatenate(kept))


def _among(ids: NDArray[np.int64], live: NDArray[np.int64] | None, allowed: NDArray[np.int64]) -> NDArray[np.int64]:
    """The rows, of ``live`` or of all, whose ids are ``allowed``; ids and ``allowed`` ascend."""
    within = allowed[np.searchsorted(allowed, ids[0]) : np.searchsorted(allowed, ids[-1], side="right")]
    at = np.searchsorted(ids, within)
    at = at[ids[at] == within] if len(at) else at
    return at if live is None else np.intersect1d(at, live, assume_unique=True)

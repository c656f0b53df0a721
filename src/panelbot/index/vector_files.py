"""The files of a block of vectors: the rows, what they are of, and past a size an inverted file over them.

They are named by the ids they are for, and what they are of is written last, so that a file is whole or is not there.
Does not know where vectors are kept for good.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from panelbot.whole import begun

FORMAT = 3
APPROXIMATE_FROM = 150_000  # vectors; a search over all of them would take 20 ms and more
CHECKED = 64_000_000  # bytes up to which a file's checksum is looked at when it is opened; `check` looks at them all
_LEARNED_FROM = 40  # vectors for each list of an inverted file
_AT_ONCE = 50_000

Rows = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """The vectors of one transcript: ids from ``first_id`` on, and the checksum they are kept with."""

    first_id: int
    n: int
    checksum: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Transcripts whose vectors lie in one file, by first id; ``low`` and ``high`` (exclusive) bound their ids."""

    low: int
    high: int
    runs: tuple[Run, ...]


def write(folder: Path, block: Block, load: Callable[[int], Rows]) -> None:
    """Write the vectors that ``load`` gives for each run's first id."""
    folder.mkdir(exist_ok=True)
    runs = [run for run in block.runs if run.n]
    first = load(runs[0].first_id)
    n = sum(run.n for run in runs)
    rows_file = begun(_path(folder, block, "rows.npy"))
    rows = np.lib.format.open_memmap(rows_file, "w+", np.float32, (n, first.shape[1]))
    try:
        at = 0
        for run in runs:
            rows[at : at + run.n] = first if run is runs[0] else load(run.first_id)
            at += run.n
        rows.flush()
        if n >= APPROXIMATE_FROM:
            write_lists(rows, begun(_path(folder, block, "ivf")))
        del rows
        head = {
            "format": FORMAT,
            "runs": [[run.first_id, run.n, run.checksum] for run in runs],
            "sha256": _checksum(rows_file),
        }
        begun(_path(folder, block, "json")).write_text(json.dumps(head), encoding="utf-8")
        for kind in ("rows.npy", *(("ivf",) if n >= APPROXIMATE_FROM else ()), "json"):
            os.replace(begun(_path(folder, block, kind)), _path(folder, block, kind))
    finally:
        for kind in ("rows.npy", "ivf", "json"):
            begun(_path(folder, block, kind)).unlink(missing_ok=True)


def write_lists(rows: Rows, path: Path) -> None:
    """An inverted file over ``rows`` (n, dim), each number kept in eight bits."""
    import faiss

    n, dim = rows.shape
    n_lists = int(4 * n**0.5)
    eight_bits = faiss.ScalarQuantizer.QT_8bit
    index: Any = faiss.IndexIVFScalarQuantizer(
        faiss.IndexFlatIP(dim), dim, n_lists, eight_bits, faiss.METRIC_INNER_PRODUCT
    )
    index.cp.niter = 10
    learned_from = np.linspace(0, n - 1, min(n, _LEARNED_FROM * n_lists)).astype(np.int64)
    index.train(np.ascontiguousarray(rows[learned_from]))
    for start in range(0, n, _AT_ONCE):
        index.add(np.ascontiguousarray(rows[start : start + _AT_ONCE]))
    faiss.write_index(index, str(path))


def is_written(folder: Path, block: Block) -> bool:
    """Whether there are good files for ``block``."""
    try:
        runs, rows, _ = read(folder, block, lists=False)
    except (OSError, ValueError, KeyError, TypeError):
        return False
    known = {run.first_id: run for run in runs}
    return len(rows) > 0 and all(known.get(run.first_id) == run for run in block.runs if run.n)


def read(folder: Path, block: Block, *, lists: bool = True, whole: bool = False) -> tuple[list[Run], Rows, Any]:
    """What the files for ``block`` hold: the runs, their rows, memory-mapped, and the inverted file.

    ``whole`` looks at the checksum of a large file, too.

    Raises:
        OSError: there are none.
        ValueError, KeyError, TypeError: they are damaged or of another version.
    """
    head = json.loads(_path(folder, block, "json").read_text(encoding="utf-8"))
    if head["format"] != FORMAT:
        raise ValueError("another version")
    path = _path(folder, block, "rows.npy")
    if (whole or path.stat().st_size <= CHECKED) and _checksum(path) != head["sha256"]:
        raise ValueError("damaged")
    runs = [Run(first_id=first, n=n, checksum=checksum) for first, n, checksum in head["runs"]]
    rows = np.load(path, mmap_mode=None if path.stat().st_size <= CHECKED else "r", allow_pickle=False)
    if len(rows) != sum(run.n for run in runs):
        raise ValueError("cut short")
    inverted = _path(folder, block, "ivf")
    return runs, rows, _read_lists(inverted, len(rows)) if lists and inverted.exists() else None


def _read_lists(path: Path, n: int) -> Any:
    import faiss

    try:
        index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP | faiss.IO_FLAG_READ_ONLY)
    except RuntimeError as error:
        raise ValueError(str(error)) from None
    if index.ntotal != n:
        raise ValueError("of other vectors")
    return index


def prune(folder: Path, blocks: Sequence[Block]) -> None:
    """Remove the files of other blocks, and of earlier versions; what others are writing stays."""
    kept = {_path(folder, block, kind).name for block in blocks for kind in ("rows.npy", "ivf", "json")}
    for path in (*folder.glob("*.rows.npy"), *folder.glob("*.ivf"), *folder.glob("*.json"), *folder.glob("*.faiss")):
        if path.name not in kept:
            path.unlink(missing_ok=True)


def _path(folder: Path, block: Block, kind: str) -> Path:
    return folder / f"{block.low:010}-{block.high:010}.{kind}"


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

"""The vectors on disk: one FAISS file a transcript, so that adding one writes one. Knows no text and no store.

The files are derived: each carries the store's checksum of its vectors, and one that is missing, damaged or of other
vectors is made again from the store.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from panelbot.errors import StoreError

FORMAT = 2


class VectorFiles:
    """The FAISS files in ``folder``, named by the id of their first vector."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, first_id: int, checksum: str) -> NDArray[np.float32]:
        """The vectors written under ``first_id`` with ``checksum``, float32 (n, dim).

        Raises:
            StoreError: no such file, damaged, or of another version or other vectors; it has to be made again.
        """
        import faiss

        path = self._path(first_id)
        try:
            head, _, body = path.read_bytes().partition(b"\n")
        except OSError as error:
            raise StoreError(f"The vector file {path} cannot be read: {error}.") from None
        if head != _head(checksum, body):
            raise StoreError(f"The vector file {path} is damaged or out of date.")
        index = faiss.deserialize_index(np.frombuffer(body, dtype=np.uint8))
        return index.reconstruct_n(0, index.ntotal)  # pyright: ignore[reportCallIssue]

    def write(self, first_id: int, checksum: str, vectors: NDArray[np.float32]) -> None:
        """Write ``vectors``, float32 (n, dim); the file appears whole or not at all."""
        import faiss

        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors, dtype=np.float32))  # pyright: ignore[reportCallIssue]
        body = faiss.serialize_index(index).tobytes()
        path = self._path(first_id)
        temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
        self.folder.mkdir(exist_ok=True)
        try:
            temporary.write_bytes(_head(checksum, body) + b"\n" + body)
            os.replace(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)

    def prune(self, kept: Collection[int]) -> None:
        """Remove the files of first ids other than ``kept``."""
        names = {self._path(first_id).name for first_id in kept}
        for path in self.folder.glob("*.faiss"):
            if path.name not in names:
                path.unlink(missing_ok=True)

    def _path(self, first_id: int) -> Path:
        return self.folder / f"{first_id:08}.faiss"


def _head(checksum: str, body: bytes) -> bytes:
    return f"panelbot vectors {FORMAT} {checksum} {hashlib.sha256(body).hexdigest()}".encode()

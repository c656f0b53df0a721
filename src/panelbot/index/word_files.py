"""The vectors of single words on disk: one file a batch, so that what is new costs one small file.

The files are derived: one that is damaged or of another model counts for nothing and goes with the next one written,
and its words are embedded again. Knows no transcript and no question.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FORMAT = 1


class WordFiles:
    """The files in ``folder`` that hold vectors of the model named ``embedder``."""

    def __init__(self, folder: Path, embedder: str) -> None:
        self.folder = folder
        self._head = f"panelbot words {FORMAT} {hashlib.sha256(embedder.encode()).hexdigest()}"

    def read(self) -> dict[str, NDArray[np.float16]]:
        """Every word that is kept with its vector, float16 (dim,)."""
        found: dict[str, NDArray[np.float16]] = {}
        for path in sorted(self.folder.glob("*.words")):
            found.update(self._read(path))
        return found

    def write(self, vectors: Mapping[str, NDArray[np.float16]]) -> None:
        """Keep the vectors of further words; the file appears whole or not at all.

        Raises:
            OSError: the folder cannot be written.
        """
        words = sorted(vectors)
        names = json.dumps(words, ensure_ascii=False).encode()
        body = names + b"\n" + np.stack([vectors[word] for word in words]).astype("<f2").tobytes()
        checksum = hashlib.sha256(body).hexdigest()
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{checksum[:16]}.words"
        temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
        try:
            temporary.write_bytes(f"{self._head} {checksum}\n".encode() + body)
            os.replace(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)
        for other in self.folder.glob("*.words"):
            if not self._read(other):
                other.unlink(missing_ok=True)

    def _read(self, path: Path) -> dict[str, NDArray[np.float16]]:
        try:
            head, _, body = path.read_bytes().partition(b"\n")
        except OSError:
            return {}
        if head != f"{self._head} {hashlib.sha256(body).hexdigest()}".encode():
            return {}
        names, _, rows = body.partition(b"\n")
        words: Sequence[str] = json.loads(names)
        vectors = np.frombuffer(rows, dtype="<f2").reshape(len(words), -1)
        return dict(zip(words, vectors, strict=True))

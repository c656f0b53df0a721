"""What is embedded for a large change is written down as it comes, so that after a crash it is not embedded again.

The files are derived and short-lived: the change that is stored takes them away. One that is damaged, or of another
model, counts for nothing. Knows texts and vectors, not what they are embedded for.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from panelbot.embedding.base import Embedder
from panelbot.types import Progress, no_progress
from panelbot.whole import seal, unseal, write_whole

FORMAT = 1
CHUNK = 512  # texts in one file: a minute's work, at most, is lost
_KEY = 32  # bytes of a text's SHA-256

logger = logging.getLogger(__name__)
Rows = NDArray[np.float32]


class Journal:
    """``embedder``, whose vectors of many passages are kept in ``folder`` until `clear`."""

    def __init__(self, embedder: Embedder, folder: Path) -> None:
        self._embedder = embedder
        self._folder = folder
        self.name, self.dim = embedder.name, embedder.dim
        self._head = f"panelbot journal {FORMAT} {hashlib.sha256(self.name.encode()).hexdigest()}"
        self._files: set[Path] = set()  # read or written here: another process's are its own to clear

    def encode_queries(self, texts: Sequence[str]) -> Rows:
        """Questions as float32 (n, dim), rows of unit length."""
        return self._embedder.encode_queries(texts)

    def encode_passages(self, texts: Sequence[str], *, progress: Progress = no_progress) -> Rows:
        """Passages as float32 (n, dim), rows of unit length; those of an interrupted change come from its files."""
        kept = dict(self._kept())
        keys = [_key(text) for text in texts]
        # The longest first: a model pads nothing then, and the time left is overstated rather than understated.
        new = sorted((i for i, key in enumerate(keys) if key not in kept), key=lambda i: (-len(texts[i]), texts[i]))
        n_kept = len(texts) - len(new)
        for start in range(0, len(new), CHUNK):
            chunk = new[start : start + CHUNK]
            progress("embedding", n_kept + start, len(texts))
            rows = self._embedder.encode_passages([texts[i] for i in chunk])
            fresh = dict(zip([keys[i] for i in chunk], rows, strict=True))
            if len(new) > CHUNK:
                self._write(fresh)
            kept.update(fresh)
        progress("embedding", len(texts), len(texts))
        return np.stack([kept[key] for key in keys]) if keys else np.empty((0, self.dim), np.float32)

    def clear(self) -> None:
        """Take the files away: what they hold is stored."""
        for path in self._files:
            path.unlink(missing_ok=True)
        self._files.clear()

    def _kept(self) -> Iterator[tuple[bytes, Rows]]:
        for path in sorted(self._folder.glob("*.rows")):
            self._files.add(path)
            yield from self._read(path)

    def _read(self, path: Path) -> Iterator[tuple[bytes, Rows]]:
        try:
            body = unseal(self._head, path.read_bytes())
        except (OSError, ValueError):
            return
        size = _KEY + 4 * self.dim
        for start in range(0, len(body), size):
            row = body[start : start + size]
            yield row[:_KEY], np.frombuffer(row, "<f4", offset=_KEY).astype(np.float32)

    def _write(self, rows: dict[bytes, Rows]) -> None:
        body = b"".join(key + row.astype("<f4").tobytes() for key, row in rows.items())
        path = self._folder / f"{hashlib.sha256(body).hexdigest()[:16]}.rows"
        try:
            self._folder.mkdir(exist_ok=True)
            write_whole(path, seal(self._head, body))
            self._files.add(path)
        except OSError as error:
            logger.info("What was embedded is not kept (%s); after a crash it is embedded again.", error)


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()

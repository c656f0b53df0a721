"""A fake embedder: no model, no meaning, but texts that share words are near each other."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from panelbot.text import fold
from panelbot.types import Progress, no_progress


class HashEmbedder:
    """Each character pair adds a pseudo-random direction of its own; deterministic on every machine."""

    def __init__(self, dim: int = 64) -> None:
        self.dim = dim
        self.name = f"hash-{dim}"

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Questions as float32 (n, dim), rows of unit length."""
        return self._encode(texts)

    def encode_passages(self, texts: Sequence[str], *, progress: Progress = no_progress) -> NDArray[np.float32]:
        """Passages as float32 (n, dim), rows of unit length."""
        vectors = self._encode(texts)
        progress("embedding", len(texts), len(texts))
        return vectors

    def _encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = np.zeros((len(texts), self.dim), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            # The whole text counts too, so that two texts of the same pairs in another order still differ.
            for part in (*_pairs(text), f"\n{text}"):
                row += _direction(part, self.dim)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def _pairs(text: str) -> list[str]:
    folded = f" {fold(text)} "
    return [folded[i : i + 2] for i in range(len(folded) - 1)]


@lru_cache(maxsize=65536)
def _direction(part: str, dim: int) -> NDArray[np.float32]:
    seed = int.from_bytes(hashlib.blake2b(part.encode(), digest_size=8).digest(), "little")
    return np.random.default_rng(seed).standard_normal(dim, dtype=np.float32)

"""Where a model puts a language as a whole: the mean of its tokens, and the everyday words it is told from.

A model of many languages keeps them somewhat apart, so that words of two languages are first of all in different
places, and only then close or not. With the mean of each taken off, what is left compares better (as Libovický et al.,
2020, found for sentences). Knows everyday sentences; does not know what is compared.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from panelbot.made import cache_folder, ensure_made
from panelbot.shipped import shipped_toml

if TYPE_CHECKING:
    from panelbot.embedding import TokenEmbedder

Rows = NDArray[np.float32]
_FILE = Path(str(files("panelbot.match").joinpath("common.toml")))
_ROWS = "language-means.npy"


@lru_cache(maxsize=4)
def language_means(embedder: TokenEmbedder) -> dict[bool, Rows]:
    """The mean token of Chinese (True) and of English (False), float32 (dim,) each.

    Those of a model whose name tells its weights apart, by a fingerprint behind a colon, are kept in the cache.
    """
    if ":" in embedder.name:
        own = hashlib.sha256(embedder.name.encode()).hexdigest()[:16]
        with suppress(OSError):
            folder = ensure_made(
                cache_folder() / f"language-means-{own}", _FILE, 1, lambda made: _write(embedder, made)
            )
            english, chinese = np.load(folder / _ROWS, allow_pickle=False)
            return {False: english, True: chinese}
    return _work_out(embedder)


def _write(embedder: TokenEmbedder, folder: Path) -> None:
    found = _work_out(embedder)
    np.save(folder / _ROWS, np.stack([found[False], found[True]]), allow_pickle=False)


def _work_out(embedder: TokenEmbedder) -> dict[bool, Rows]:
    found: dict[bool, Rows] = {}
    for chinese, sentences in _everyday().items():
        tokens = embedder.encode_tokens(sentences)
        found[chinese] = np.concatenate([t.rows for t in tokens]).mean(axis=0)
    return found


def _everyday() -> dict[bool, list[str]]:
    lists = shipped_toml("match/common.toml")
    return {language == "zh": text.strip().split("\n") for language, text in lists.items()}


def centred(rows: Rows, mean: Rows) -> Rows:
    """Unit ``rows``, float32 (…, dim), as seen from ``mean``, of unit length again."""
    moved = rows - mean
    return moved / np.maximum(np.linalg.norm(moved, axis=-1, keepdims=True), 1e-12)

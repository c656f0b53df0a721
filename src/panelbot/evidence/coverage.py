"""How much of what a question asks about the hits speak of, word by word.

A word counts in full where it is said, by its stem or through the dictionary, and in part where a word near to it in
meaning is. Knows words; does not know what coverage is enough.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from panelbot.retrieve.dictionary import senses
from panelbot.text import content_words, fold, has_han
from panelbot.text.stem import stem

if TYPE_CHECKING:
    from panelbot.embedding import Embedder

_HAN_RUN = re.compile("[\u4e00-\u9fff]+")
# Cosines of single words crowd: below the floor two words have nothing to do with each other. By one script or two.
FLOOR = {True: 0.84, False: 0.80}
MAX_WORDS = 60_000  # vectors kept, about 90 MB


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Shares of a question's words that a text speaks of, each 0..1; ``least`` is that of the word it says least of."""

    mean: float = 0.0
    least: float = 0.0
    said: float = 0.0


class WordVectors:
    """The vectors of single words, kept from question to question; safe to use from many threads."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._kept: dict[str, NDArray[np.float32]] = {}
        self._lock = threading.Lock()

    def of(self, words: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors float32 (n, dim) of ``words``."""
        kept = self._kept
        missing = sorted({word for word in words if word not in kept})
        if missing:
            made = dict(zip(missing, self._embedder.encode_queries(missing), strict=True))
            with self._lock:
                self._kept = made if len(kept) > MAX_WORDS else {**self._kept, **made}
            kept = {**kept, **made}
        return np.stack([kept[word] for word in words])


@lru_cache(maxsize=4)
def word_vectors(embedder: Embedder) -> WordVectors:
    """The kept vectors of ``embedder``."""
    return WordVectors(embedder)


def coverage(asked: Sequence[str], text: str, vectors: WordVectors | None) -> Coverage:
    """How much of the words ``asked`` the ``text`` speaks of."""
    held = _held(text)
    if not asked or not held:
        return Coverage()
    said = np.array(_said(asked, held, text), dtype=np.float32)
    near = said if vectors is None else np.maximum(said, _near(asked, held, vectors))
    return Coverage(mean=float(near.mean()), least=float(near.min()), said=float(said.mean()))


@lru_cache(maxsize=1024)
def _held(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(content_words(text)))


def _said(asked: Sequence[str], held: Sequence[str], text: str) -> list[bool]:
    stems = {stem(word) for word in held}
    across = has_han(text) != has_han("".join(asked))
    if not across:
        return [stem(word) in stems for word in asked]
    if has_han(text):
        stems |= meanings(text)
        return [stem(word) in stems for word in asked]
    return [stem(word) in stems or bool(gloss_stems(fold(word)) & stems) for word in asked]


@lru_cache(maxsize=1024)
def meanings(text: str) -> frozenset[str]:
    """The stems of everything the words of a Chinese ``text`` may mean.

    Every run of up to five ideographs is looked up: a segmenter may cut a word the dictionary has.
    """
    runs = _HAN_RUN.findall(fold(text))
    pieces = {run[i : i + n] for run in runs for n in range(1, 6) for i in range(len(run) - n + 1)}
    return frozenset(found for piece in pieces for found in gloss_stems(piece))


@lru_cache(maxsize=65536)
def gloss_stems(word: str) -> frozenset[str]:
    """The stems of what a Chinese ``word`` means."""
    return frozenset(found for sense in senses(word) for found in sense)


def _near(asked: Sequence[str], held: Sequence[str], vectors: WordVectors) -> NDArray[np.float32]:
    """Each asked word's closeness to the nearest word held, 0 at the floor and 1 for the same."""
    cosines = vectors.of(asked) @ vectors.of(held).T  # (n_asked, n_held)
    floor = np.array([[FLOOR[has_han(a) == has_han(h)] for h in held] for a in asked], dtype=np.float32)
    return np.clip((cosines - floor) / (1 - floor), 0.0, 1.0).max(axis=1)

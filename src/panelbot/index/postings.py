"""Postings: which passages of one transcript hold which words, and how often. Knows no scores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from panelbot.text.stem import stem

# A passage by its id in the vector index, how often it holds words of a stem, and how many words it has.
ENTRY = np.dtype([("id", "<u4"), ("count", "<u2"), ("length", "<u2")])
_MOST = int(np.iinfo(np.uint16).max)


@dataclass(frozen=True, kw_only=True)
class Postings:
    """The inverted lists of ``n`` passages in compressed rows.

    Word ``w`` of ``words`` (sorted) is in passages ``passage[indptr[w]:indptr[w+1]]`` (ordinals, ascending),
    ``count`` times each. ``lengths`` is words a passage, int32 (n,). ``stemmed`` are the words' stems.
    """

    words: tuple[str, ...]
    indptr: NDArray[np.int32]  # (n_words + 1,)
    passage: NDArray[np.int32]  # (n_postings,)
    count: NDArray[np.int32]  # (n_postings,)
    lengths: NDArray[np.int32]  # (n_passages,)
    stemmed: tuple[str, ...] = ()

    @cached_property
    def stems(self) -> dict[str, tuple[int, ...]]:
        """The rows of the words of each stem."""
        found: dict[str, tuple[int, ...]] = {}
        for i, key in enumerate(self.stemmed or map(stem, self.words)):
            found[key] = (*found[key], i) if key in found else (i,)
        return found

    @cached_property
    def bounds(self) -> list[int]:
        """``indptr`` as Python numbers, which slice faster."""
        return self.indptr.tolist()

    def like(self, key: str) -> list[tuple[NDArray[np.int32], NDArray[np.int32]]]:
        """Passage ordinals and counts of every word whose stem is ``key``, one pair a word."""
        found: list[tuple[NDArray[np.int32], NDArray[np.int32]]] = []
        for row in self.stems.get(key, ()):
            start, end = self.bounds[row], self.bounds[row + 1]
            found.append((self.passage[start:end], self.count[start:end]))
        return found

    def n_like(self, key: str) -> int:
        """How many passages hold a word whose stem is ``key``; one that holds two of them counts twice."""
        return sum(self.bounds[row + 1] - self.bounds[row] for row in self.stems.get(key, ()))

    def entries(self, key: str, first_id: int) -> NDArray[np.void]:
        """The passages that hold words of the stem ``key`` as `ENTRY`, ascending, each once; ids from ``first_id``."""
        like = self.like(key)
        at, count = (np.concatenate([np.empty(0, np.int32), *part]) for part in zip(*like, strict=True)) if like else (
            np.empty(0, np.int32), np.empty(0, np.int32))  # fmt: skip
        if len(like) > 1:
            at, where = np.unique(at, return_inverse=True)
            count = np.bincount(where, weights=count).astype(np.int32)
        found = np.empty(len(at), ENTRY)
        found["id"], found["count"] = at.astype(np.int64) + first_id, np.minimum(count, _MOST)
        found["length"] = np.minimum(self.lengths[at], _MOST)
        return found


def build_postings(passages: Sequence[Sequence[str]]) -> Postings:
    """The postings of passages given as their words, in passage order."""
    lists: dict[str, list[tuple[int, int]]] = {}
    for ordinal, passage_words in enumerate(passages):
        for word, count in Counter(passage_words).items():
            lists.setdefault(word, []).append((ordinal, count))
    vocabulary = tuple(sorted(lists))
    flat = [pair for word in vocabulary for pair in lists[word]]
    pairs = np.asarray(flat, dtype=np.int32).reshape(-1, 2)
    indptr = np.concatenate([[0], np.cumsum([len(lists[word]) for word in vocabulary])]).astype(np.int32)
    lengths = np.asarray([len(words) for words in passages], dtype=np.int32)
    return Postings(
        words=vocabulary,
        indptr=indptr,
        passage=np.ascontiguousarray(pairs[:, 0]),
        count=np.ascontiguousarray(pairs[:, 1]),
        lengths=lengths,
        stemmed=tuple(map(stem, vocabulary)),
    )

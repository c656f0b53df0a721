"""Postings: which passages of one transcript hold which words, and how often. Knows no scores.

Kept as bytes without pickle: a JSON header line (format, checksum, words), then the arrays.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from panelbot.errors import StoreError
from panelbot.text.stem import stem

FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Postings:
    """The inverted lists of ``n`` passages in compressed rows.

    Word ``w`` of ``words`` (sorted) is in passages ``passage[indptr[w]:indptr[w+1]]`` (ordinals, ascending),
    ``count`` times each. ``lengths`` is words a passage, int32 (n,).
    """

    words: tuple[str, ...]
    indptr: NDArray[np.int32]  # (n_words + 1,)
    passage: NDArray[np.int32]  # (n_postings,)
    count: NDArray[np.int32]  # (n_postings,)
    lengths: NDArray[np.int32]  # (n_passages,)
    row: dict[str, int] = field(init=False, repr=False, compare=False)
    stems: dict[str, tuple[int, ...]] = field(init=False, repr=False, compare=False)  # rows of the words of one stem
    bounds: list[int] = field(init=False, repr=False, compare=False)  # `indptr` as Python numbers, which slice faster

    def __post_init__(self) -> None:
        object.__setattr__(self, "row", {word: i for i, word in enumerate(self.words)})
        stems: dict[str, tuple[int, ...]] = {}
        for i, word in enumerate(self.words):
            key = stem(word)
            stems[key] = (*stems.get(key, ()), i)
        object.__setattr__(self, "stems", stems)
        object.__setattr__(self, "bounds", self.indptr.tolist())

    def get(self, word: str) -> tuple[NDArray[np.int32], NDArray[np.int32]] | None:
        """Passage ordinals and counts of ``word``; None where no passage holds it."""
        row = self.row.get(word)
        if row is None:
            return None
        start, end = self.bounds[row], self.bounds[row + 1]
        return self.passage[start:end], self.count[start:end]

    def like(self, key: str) -> list[tuple[NDArray[np.int32], NDArray[np.int32]]]:
        """Passage ordinals and counts of every word whose stem is ``key``, one pair a word."""
        rows = self.stems.get(key)
        if rows is None:
            return []
        found: list[tuple[NDArray[np.int32], NDArray[np.int32]]] = []
        for row in rows:
            start, end = self.bounds[row], self.bounds[row + 1]
            found.append((self.passage[start:end], self.count[start:end]))
        return found

    def n_like(self, key: str) -> int:
        """How many passages hold a word whose stem is ``key``; one that holds two of them counts twice."""
        rows = self.stems.get(key)
        return sum(self.bounds[row + 1] - self.bounds[row] for row in rows) if rows else 0

    def to_bytes(self) -> bytes:
        """The postings as bytes that `from_bytes` checks and reads."""
        body = b"".join(a.astype("<i4").tobytes() for a in (self.indptr, self.passage, self.count, self.lengths))
        sizes = [len(self.indptr), len(self.passage), len(self.count), len(self.lengths)]
        header = {"words": self.words, "sizes": sizes}
        payload = json.dumps(header, ensure_ascii=False).encode() + b"\n" + body
        return f"postings {FORMAT} {hashlib.sha256(payload).hexdigest()}\n".encode() + payload

    @classmethod
    def from_bytes(cls, data: bytes) -> Postings:
        """The postings `to_bytes` wrote.

        Raises:
            StoreError: another format, or bytes that were changed since.
        """
        first, _, payload = data.partition(b"\n")
        if first != f"postings {FORMAT} {hashlib.sha256(payload).hexdigest()}".encode():
            raise StoreError("The stored keyword lists are damaged or of another version; they have to be rebuilt.")
        line, _, body = payload.partition(b"\n")
        header = json.loads(line)
        ends = np.cumsum(header["sizes"])
        indptr, passage, count, lengths = np.split(np.frombuffer(body, dtype="<i4").astype(np.int32), ends[:-1])
        return cls(words=tuple(header["words"]), indptr=indptr, passage=passage, count=count, lengths=lengths)


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
    return Postings(words=vocabulary, indptr=indptr, passage=pairs[:, 0], count=pairs[:, 1], lengths=lengths)

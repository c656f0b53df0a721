"""The search index: an unchanging view of every transcript that threads share. Knows no questions.

Both legs return candidate lists filtered inside the engine, so that another engine can stand in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from panelbot.index.dense import DenseIndex
from panelbot.index.segment import Segment
from panelbot.text.stem import stem

K1 = 1.2
B = 0.75
N_KEPT = 200  # words; the postings of a common one take up 12 bytes a passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """Passages with scores, best first, ties by transcript id and passage.

    ``segment[i]`` numbers a transcript in the order of `SearchIndex.segments`, ``ordinal[i]`` its passage.
    """

    segment: NDArray[np.int32]  # (n,)
    ordinal: NDArray[np.int32]  # (n,)
    score: NDArray[np.float32]  # (n,)

    def __len__(self) -> int:
        return len(self.score)


class SearchIndex:
    """Every transcript's segment with the vector index over all of them. Never changes once made."""

    def __init__(self, segments: Iterable[Segment], dense: DenseIndex) -> None:
        ordered = sorted(segments, key=lambda segment: segment.id)
        self.segments: Mapping[str, Segment] = {segment.id: segment for segment in ordered}
        self.dense_index = dense
        self._list = tuple(ordered)
        by_first = sorted(range(len(ordered)), key=lambda i: ordered[i].first_id)
        self._first_ids = np.asarray([ordered[i].first_id for i in by_first], dtype=np.int64)
        self._segment_of_first = np.asarray(by_first, dtype=np.int32)
        self._everything = _lay_out(self._list)
        # Who asks about a word asks about it again.
        self._everywhere = lru_cache(maxsize=N_KEPT)(partial(_postings, self._list, self._everything[0]))

    def segment_at(self, number: int) -> Segment:
        """The segment that `Candidates.segment` numbers ``number``."""
        return self._list[number]

    def scope(self, transcripts: Collection[str] | None = None) -> tuple[int, ...]:
        """The numbers of the named transcripts (all for None), ascending."""
        if transcripts is None:
            return tuple(range(len(self._list)))
        wanted = frozenset(transcripts)
        return tuple(i for i, segment in enumerate(self._list) if segment.id in wanted)

    def dense(
        self,
        query: NDArray[np.float32],
        n: int,
        *,
        transcripts: Collection[str] | None = None,
        speakers: Mapping[str, frozenset[str]] | None = None,
    ) -> Candidates:
        """The ``n`` passages nearest to the unit vector ``query``, float32 (dim,), by inner product.

        ``speakers`` maps a transcript id to the names whose turns are looked at; transcripts it lacks are left out.
        """
        allowed = None
        if transcripts is not None or speakers is not None:
            blocks = [
                self._list[i].first_id + np.flatnonzero(self._mask(i, speakers)).astype(np.int64)
                for i in self.scope(transcripts)
            ]
            allowed = np.concatenate(blocks) if blocks else np.empty(0, np.int64)
        ids, scores = self.dense_index.search(query, n, allowed=allowed)
        position = np.searchsorted(self._first_ids, ids, side="right") - 1
        segment = self._segment_of_first[position] if len(ids) else np.empty(0, np.int32)
        first = self._first_ids[position] if len(ids) else np.empty(0, np.int64)
        return _ordered(segment, (ids - first).astype(np.int32), scores, n)

    def bm25(
        self,
        words: Sequence[str],
        n: int,
        *,
        transcripts: Collection[str] | None = None,
        speakers: Mapping[str, frozenset[str]] | None = None,
    ) -> Candidates:
        """The ``n`` best passages by Okapi BM25 (Robertson and Zaragoza, 2009) with k1 1.2 and b 0.75.

        Words are compared by their stems. Document counts and lengths are those of the transcripts in scope. A passage
        without any word is no candidate.
        """
        scope = self.scope(transcripts)
        everything = len(scope) == len(self._list)
        segments = [self._list[i] for i in scope]
        bases, lengths = self._everything if everything else _lay_out(segments)
        n_all = len(lengths)
        if not n_all:
            return _ordered(np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0, np.float32), n)
        mean = max(float(lengths.mean()), 1e-9)
        scores = np.zeros(n_all, dtype=np.float32)
        keys = [stem(word) for word in words]
        for key in sorted(set(keys)):
            at, count = self._everywhere(key) if everything else _postings(segments, bases, key)
            if len(at):
                idf = np.log1p((n_all - len(at) + 0.5) / (len(at) + 0.5))
                scores[at] += keys.count(key) * idf * count * (K1 + 1) / (count + K1 * (1 - B + B * lengths[at] / mean))
        if speakers is not None:
            scores *= np.concatenate([self._mask(i, speakers) for i in scope])
        at = _best(scores, n)
        numbers = np.searchsorted(bases, at, side="right") - 1
        return Candidates(
            segment=np.asarray(scope, dtype=np.int32)[numbers],
            ordinal=(at - bases[numbers]).astype(np.int32),
            score=scores[at],
        )

    def _mask(self, number: int, speakers: Mapping[str, frozenset[str]] | None) -> NDArray[np.bool_]:
        segment = self._list[number]
        if speakers is None:
            return np.ones(segment.n_passages, dtype=bool)
        return segment.by_speakers(speakers.get(segment.id, frozenset()))


def _ordered(segment: NDArray[np.int32], ordinal: NDArray[np.int32], score: NDArray[np.float32], n: int) -> Candidates:
    order = np.lexsort((ordinal, segment, -score))[:n]
    return Candidates(
        segment=segment[order].astype(np.int32), ordinal=ordinal[order], score=score[order].astype(np.float32)
    )


def _lay_out(segments: Sequence[Segment]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Where each segment starts when their passages are laid end to end, int64 (n + 1,), and the passages' lengths."""
    sizes = np.asarray([segment.n_passages for segment in segments], dtype=np.int64)
    lengths = [np.empty(0, np.int32), *(segment.lexical.lengths for segment in segments)]
    return np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64), np.concatenate(lengths).astype(np.float32)


def _postings(
    segments: Sequence[Segment], bases: NDArray[np.int64], key: str
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Where words of the stem ``key`` are in the passages of ``segments`` laid end to end, and how often.

    The passages of segment ``i`` start at ``bases[i]``; each passage is named once.
    """
    held: list[NDArray[np.int32]] = []
    counts: list[NDArray[np.int32]] = []
    starts: list[int] = []
    inflected = False
    for base, segment in zip(bases.tolist(), segments, strict=False):
        like = segment.lexical.like(key)
        inflected = inflected or len(like) > 1
        for ordinals, found in like:
            held.append(ordinals)
            counts.append(found)
            starts.append(base)
    if not held:
        return np.empty(0, np.int64), np.empty(0, np.float32)
    passages = np.concatenate(held) + np.repeat(np.asarray(starts, np.int64), [len(part) for part in held])
    total = np.concatenate(counts).astype(np.float32)
    if not inflected:
        return passages, total
    passages, where = np.unique(passages, return_inverse=True)
    return passages, np.bincount(where, weights=total).astype(np.float32)


def _best(scores: NDArray[np.float32], n: int) -> NDArray[np.int64]:
    """The positions of the ``n`` best scores above zero, best first, equal ones by position."""
    at = np.flatnonzero(scores > 0)
    if len(at) > 4 * n:  # sort only what can be among the best, ties at the border included
        found = scores[at]
        at = at[found >= np.partition(found, -n)[-n]]
    return at[np.argsort(-scores[at], kind="stable")[:n]]

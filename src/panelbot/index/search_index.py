"""The search index: an unchanging view of every transcript that threads share. Knows no questions.

Both legs return candidate lists filtered inside the engine, so that another engine can stand in. Nothing is read before
a search needs it, and what was read lately stays.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from panelbot.index.kept import Kept
from panelbot.index.okapi import okapi
from panelbot.index.postings import ENTRY
from panelbot.index.segment import Head, Segment
from panelbot.index.source import MemorySource, Source
from panelbot.index.vectors import in_memory
from panelbot.index.within import Within
from panelbot.text.stem import stem

LIST_BYTES = 32_000_000  # of the lists of stems that stay in memory, and of their weights in the whole index

Ids = NDArray[np.int64]
Weighed = tuple[Ids, NDArray[np.float32]]  # passages by id, ascending, and what each scores for a stem


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """Passages with scores, best first, ties by transcript id and passage.

    ``segment[i]`` numbers a transcript in the order of `SearchIndex.heads`, ``ordinal[i]`` its passage.
    """

    segment: NDArray[np.int32]  # (n,)
    ordinal: NDArray[np.int32]  # (n,)
    score: NDArray[np.float32]  # (n,)

    def __len__(self) -> int:
        return len(self.score)


class Engine(Protocol):
    """What finds the nearest vectors."""

    def nearest(
        self, query: NDArray[np.float32], n: int, *, within: Within | None = None
    ) -> tuple[Ids, NDArray[np.float32]]:
        """The ``n`` nearest ids ``within``, and their inner products, best first, equal ones by id."""
        ...


class SearchIndex:
    """Every transcript of ``source`` with the vectors over all of them. Never changes once made."""

    def __init__(self, source: Source, engine: Engine) -> None:
        self.source = source
        self.engine = engine
        self.heads = tuple(source.heads)
        self.number = {head.id: i for i, head in enumerate(self.heads)}
        self._sizes = np.asarray([head.n_passages for head in self.heads], dtype=np.int64)
        firsts = np.asarray([head.first_id for head in self.heads], dtype=np.int64)
        self._by_first = np.argsort(firsts).astype(np.int32)
        self._firsts = firsts[self._by_first]
        self._everything = tuple(range(len(self.heads)))
        self._lists: Kept[str, NDArray[np.void]] = Kept(LIST_BYTES, lambda entries: entries.nbytes + 100)
        self._weighed: Kept[str, Weighed] = Kept(LIST_BYTES, lambda weighed: 12 * len(weighed[0]) + 100)

    @classmethod
    def of(cls, segments: Collection[Segment]) -> SearchIndex:
        """An index of segments that are all in memory."""
        return cls(MemorySource(segments), in_memory([(s.first_id, s.vectors) for s in segments if s.n_passages]))

    @property
    def segments(self) -> Mapping[str, Segment]:
        """Every transcript by id, read as it is asked for."""
        return _Segments(self)

    def segment_at(self, number: int) -> Segment:
        """The segment that `Candidates.segment` numbers ``number``."""
        return self.source.segment(self.heads[number])

    def scope(self, transcripts: Collection[str] | None = None) -> tuple[int, ...]:
        """The numbers of the named transcripts (all for None), ascending."""
        if transcripts is None:
            return self._everything
        return tuple(sorted({self.number[id] for id in transcripts if id in self.number}))

    def counts(self, keys: Collection[str]) -> Mapping[str, int]:
        """How many passages of the whole index hold words of each stem; one that holds two of them counts twice."""
        return {**dict.fromkeys(keys, 0), **self.source.counts(keys)}

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
        within = None if transcripts is None and speakers is None else self._within(self.scope(transcripts), speakers)
        ids, scores = self.engine.nearest(query, n, within=within)
        number, ordinal, there = self._places(ids)
        return _ordered(number[there], ordinal[there], scores[there], n)

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
        times = Counter(map(stem, words))
        if len(scope) == len(self.heads):
            weighed = self._weighed.get(times, lambda new: self._weigh(new, self._everything))
        else:
            weighed = self._weigh(times, scope)
        held = {key: (ids, weight) for key, (ids, weight) in sorted(weighed.items()) if len(ids)}
        low = min((int(ids[0]) for ids, _ in held.values()), default=0)
        high = max((int(ids[-1]) for ids, _ in held.values()), default=-1)
        scores = np.zeros(high - low + 1, dtype=np.float32)
        for key, (ids, weight) in held.items():
            scores[ids - low] += times[key] * weight
        if speakers is not None:
            spoken = np.zeros(len(scores), dtype=bool)
            allowed = self._within(scope, speakers).ids() - low
            spoken[allowed[(allowed >= 0) & (allowed < len(spoken))]] = True
            scores *= spoken
        at = _best(scores, n)
        number, ordinal, _ = self._places(at + low)
        return _ordered(number, ordinal, scores[at], n)

    def n_holding(self, key: str, scope: Collection[int]) -> int:
        """How many passages of the transcripts numbered ``scope`` hold words of the stem ``key``."""
        return len(self._held(self._read_lists([key])[key], scope))

    def _weigh(self, keys: Collection[str], scope: Sequence[int]) -> dict[str, Weighed]:
        """The passages of the transcripts numbered ``scope`` that hold each stem, and its part of their scores."""
        n_all = sum(self.heads[i].n_passages for i in scope)
        mean = max(sum(self.heads[i].n_words for i in scope) / max(n_all, 1), 1e-9)
        found: dict[str, Weighed] = {}
        for key, entries in self._read_lists(keys).items():
            held = self._held(entries, scope)
            idf = np.log1p((n_all - len(held) + 0.5) / (len(held) + 0.5))
            count, length = held["count"].astype(np.float32), held["length"].astype(np.float32)
            found[key] = held["id"].astype(np.int64), okapi(idf, count, length, mean).astype(np.float32)
        return found

    def _read_lists(self, keys: Collection[str]) -> dict[str, NDArray[np.void]]:
        empty = np.empty(0, ENTRY)
        return self._lists.get(keys, lambda new: {**dict.fromkeys(new, empty), **self.source.lists(new)})

    def _held(self, entries: NDArray[np.void], scope: Collection[int]) -> NDArray[np.void]:
        """The ``entries``, by id ascending, of the transcripts numbered ``scope``."""
        ids = entries["id"].astype(np.int64)
        if len(scope) == len(self.heads) < len(ids):  # where none is gone, all lie within the runs of what is there
            within = np.searchsorted(ids, self._firsts + self._sizes[self._by_first]) - np.searchsorted(
                ids, self._firsts
            )
            if within.sum() == len(ids):
                return entries
        number, _, there = self._places(ids)
        if len(scope) < len(self.heads):
            chosen = np.zeros(len(self.heads) + 1, dtype=bool)
            chosen[list(scope)] = True
            there &= chosen[number]
        return entries if there.all() else entries[there]

    def _within(self, scope: Sequence[int], speakers: Mapping[str, frozenset[str]] | None) -> Within:
        """The passages of the transcripts numbered ``scope`` that ``speakers`` speak."""
        heads = tuple(self.heads[i] for i in scope if speakers is None or speakers.get(self.heads[i].id))
        positions = None if speakers is None else {h.first_id: self._positions(h.id, speakers[h.id]) for h in heads}
        return Within(heads=heads, positions=positions, ids=lambda: self._ids(heads, positions))

    def _positions(self, id: str, names: frozenset[str]) -> tuple[int, ...]:
        return tuple(i for i, speaker in enumerate(self.source.registers[id]) if speaker.name in names)

    def _ids(self, heads: Sequence[Head], positions: Mapping[int, tuple[int, ...]] | None) -> Ids:
        runs = [np.arange(head.first_id, head.first_id + head.n_passages) for head in heads]
        if positions is not None:
            voices = self.source.voices(heads)
            spoken = [np.isin(voices[head.id], positions[head.first_id]) for head in heads]
            runs = [run[those] for run, those in zip(runs, spoken, strict=True)]
        return np.sort(np.concatenate([np.empty(0, np.int64), *runs]))

    def _places(self, ids: Ids) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.bool_]]:
        """The transcripts' numbers and the passages of ``ids``, and which of them are there at all."""
        if not len(self._firsts):
            nowhere = np.zeros(len(ids), np.int32)
            return nowhere, nowhere, nowhere.astype(bool)
        at = np.maximum(np.searchsorted(self._firsts, ids, side="right") - 1, 0)
        number = self._by_first[at]
        ordinal = ids - self._firsts[at]
        return number, ordinal.astype(np.int32), (ordinal >= 0) & (ordinal < self._sizes[number])


class _Segments(Mapping[str, Segment]):
    """The segments of an index by id."""

    def __init__(self, index: SearchIndex) -> None:
        self._index = index

    def __getitem__(self, id: str) -> Segment:
        return self._index.segment_at(self._index.number[id])

    def __iter__(self) -> Iterator[str]:
        return iter(self._index.number)

    def __len__(self) -> int:
        return len(self._index.number)

    def __contains__(self, id: object) -> bool:
        return id in self._index.number


def _ordered(segment: NDArray[np.int32], ordinal: NDArray[np.int32], score: NDArray[np.float32], n: int) -> Candidates:
    order = np.lexsort((ordinal, segment, -score))[:n]
    return Candidates(
        segment=segment[order].astype(np.int32), ordinal=ordinal[order], score=score[order].astype(np.float32)
    )


def _best(scores: NDArray[np.float32], n: int) -> NDArray[np.int64]:
    """The positions of the ``n`` best scores above zero and of all that equal the last of them."""
    at = np.flatnonzero(scores > 0)
    if len(at) > n:
        found = scores[at]
        at = at[found >= np.partition(found, -n)[-n]]
    return at

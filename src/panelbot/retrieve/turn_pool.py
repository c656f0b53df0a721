"""The turns of some transcripts laid end to end, as arrays: what a search scores. Knows no question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from panelbot.index import Segment
from panelbot.index.windows import Spans

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnPool:
    """Turns of ``segments`` in order; ``n`` turns in all, transcript ``i`` from ``base[i]`` to ``base[i + 1]``.

    ``asked``, ``replied`` and ``agreed`` point into the pool, -1 none; ``low`` is where each turn's transcript starts.
    """

    segments: tuple[Segment, ...]
    base: NDArray[np.int64]  # (n_segments + 1,)
    spans: Spans
    first: NDArray[np.int64]  # (n + 1,) passages of turn i are first[i]:first[i + 1], all segments' laid end to end
    of_passage: NDArray[np.int64]  # (n_passages,) the turn of each passage
    n_words: Floats
    n_content: Floats
    asked: NDArray[np.int64]
    agreed: NDArray[np.int64]
    question: NDArray[np.bool_]
    asking: Floats  # share of the turn that asks, 0..1
    hands_over: NDArray[np.bool_]  # ends with a question
    replied: NDArray[np.int64]  # the turn just before that ended with a question by another speaker
    speaks: NDArray[np.bool_]  # says enough to be a hit by itself
    eligible: NDArray[np.bool_]  # may be a hit: speaks, and a speaker that was asked for says it
    role: NDArray[np.int8]
    n_speakers: NDArray[np.int32]  # how many people speak in the turn's transcript

    @property
    def n(self) -> int:
        """How many turns."""
        return len(self.n_words)

    @property
    def of(self) -> NDArray[np.int64]:
        """Which of ``segments`` each turn is in: (n,)."""
        return self.spans.of

    @property
    def low(self) -> NDArray[np.int64]:
        """Where each turn's transcript starts: (n,)."""
        return self.spans.low

    def window_sum(self, values: Floats, reach: int) -> Floats:
        """Sums over each turn and ``reach`` turns either side within its transcript; ``values`` (…, n)."""
        return self.spans.sum(values, -reach, reach)

    def window_norm(self, reach: int) -> Floats:
        """The length of the sum of the vectors in each turn's triangular window; more where they say the same."""
        return np.concatenate([segment.window_norms[reach] for segment in self.segments])

    def shifted(self, values: Floats, by: int) -> Floats:
        """``values[i + by]`` at turn ``i``; 0 where that is outside the turn's transcript."""
        return self.spans.shifted(values, by)

    def turn_sums(self, values: Floats) -> Floats:
        """Sums over each turn of what the passages of all segments have, ``values`` (n_passages,): (n,)."""
        sums = np.zeros(self.n, np.float32)
        filled = self.filled
        if len(filled):
            sums[filled] = np.add.reduceat(values, self.first[filled])
        return sums

    @property
    def filled(self) -> NDArray[np.int64]:
        """The turns that have passages."""
        return np.flatnonzero(self.first[:-1] < self.first[1:])

    def pointed(self, values: Floats, pointer: NDArray[np.int64], fill: float = 0.0) -> Floats:
        """``values[pointer[i]]`` at turn ``i``; ``fill`` where the pointer is -1."""
        return np.where(pointer >= 0, values[np.maximum(pointer, 0)], np.float32(fill))


def build_pool(segments: Sequence[Segment], speakers: Mapping[str, frozenset[str]] | None) -> TurnPool:
    """The pool of ``segments``; ``speakers`` names, by transcript id, whose turns may be hits (None: everybody's)."""
    tables = [segment.turns for segment in segments]
    sizes = np.asarray([table.n_turns for table in tables], dtype=np.int64)
    base = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    spans = Spans(base)
    low = spans.low
    n_passages = np.cumsum([0, *(segment.n_passages for segment in segments)])
    first = [table.first[:-1] + start for table, start in zip(tables, n_passages, strict=False)]
    of_passage = [segment.passage_turn + start for segment, start in zip(segments, base, strict=False)]
    asked = np.concatenate([t.asked for t in tables]).astype(np.int64)
    agreed = np.concatenate([t.agreed for t in tables]).astype(np.int64)
    replied = np.concatenate([t.replied for t in tables]).astype(np.int64)
    speaks = np.concatenate([t.speaks for t in tables])
    allowed = np.ones(len(speaks), dtype=bool) if speakers is None else spoken_by(segments, speakers)
    return TurnPool(
        segments=tuple(segments),
        base=base,
        spans=spans,
        first=np.concatenate([*first, n_passages[-1:]]),
        of_passage=np.concatenate(of_passage),
        n_words=np.concatenate([t.n_words for t in tables]),
        n_content=np.concatenate([t.n_content for t in tables]),
        asked=np.where(asked >= 0, asked + low, -1),
        agreed=np.where(agreed >= 0, agreed + low, -1),
        question=np.concatenate([t.question for t in tables]),
        asking=np.concatenate([t.asking for t in tables]),
        hands_over=np.concatenate([t.hands_over for t in tables]),
        replied=np.where(replied >= 0, replied + low, -1),
        speaks=speaks,
        eligible=speaks & allowed,
        role=np.concatenate([t.role for t in tables]),
        n_speakers=np.asarray([len(s.speakers) for s in segments], dtype=np.int32)[spans.of],
    )


def spoken_by(segments: Sequence[Segment], speakers: Mapping[str, frozenset[str]]) -> NDArray[np.bool_]:
    """Which turns of ``segments``, laid end to end, are spoken by those ``speakers`` names by transcript id."""
    found: list[NDArray[np.bool_]] = [np.empty(0, dtype=bool)]
    for segment in segments:
        names = speakers.get(segment.id, frozenset())
        flags = np.asarray([s.name in names for s in segment.speakers] + [False], dtype=bool)
        found.append(flags[segment.turns.speaker])
    return np.concatenate(found)

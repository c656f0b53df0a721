"""A segment: one transcript in searchable form. Knows nothing of other transcripts.

What a search looks at are arrays, which are kept packed; who was said to have spoken, and the words, are read when a
hit is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from panelbot.errors import StoreError
from panelbot.index.packed import pack, unpack
from panelbot.index.postings import Postings, build_postings
from panelbot.index.turns import TurnTable, build_turn_table
from panelbot.index.windows import triangle_norms
from panelbot.text import words
from panelbot.types import Passage, Speaker, Transcript

WINDOWS = (2, 5, 10)  # turns either side


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What is known of a transcript before any of it is read.

    Passage ``i`` has the id ``first_id + i`` in the vector index, ids never used again for anything else. ``changed``
    is the generation of the store in which it last changed.
    """

    id: str
    first_id: int
    n_turns: int
    n_passages: int
    n_words: int
    changed: int = 0


@dataclass(frozen=True, kw_only=True)
class Segment:
    """One transcript, its passages (by turn, then start), their unit vectors and their words."""

    head: Head
    speakers: tuple[Speaker, ...]
    spans: NDArray[np.int32]  # (n_passages, 3) the turn of each passage, its start and its end
    vectors: NDArray[np.float32]  # (n_passages, dim), L2-normalised
    lexical: Postings
    turns: TurnTable  # what is known of each turn before any question
    norms: NDArray[np.float32]  # (n windows, n_turns), in the order of `WINDOWS`
    read: Callable[[], Transcript]

    @cached_property
    def transcript(self) -> Transcript:
        """The transcript itself, read when it is first asked for."""
        return self.read()

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The passages as values."""
        return tuple(Passage(turn=t, start=a, end=b) for t, a, b in self.spans.tolist())

    @property
    def passage_turn(self) -> NDArray[np.int32]:
        """The turn each passage is of, (n_passages,)."""
        return self.spans[:, 0]

    @property
    def window_norms(self) -> Mapping[int, NDArray[np.float32]]:
        """By how many turns either side: the length of the sum of the vectors in each turn's triangular window."""
        return dict(zip(WINDOWS, self.norms, strict=True))

    @property
    def id(self) -> str:
        """The transcript's id."""
        return self.head.id

    @property
    def first_id(self) -> int:
        """The id of its first passage in the vector index."""
        return self.head.first_id

    @property
    def n_turns(self) -> int:
        """How many turns the transcript has."""
        return self.head.n_turns

    @property
    def n_passages(self) -> int:
        """How many passages the transcript has."""
        return self.head.n_passages

    @property
    def n_bytes(self) -> int:
        """About how much memory it takes; the words of a turn and its objects take about a kilobyte."""
        return self.vectors.nbytes + 24 * len(self.lexical.passage) + 1500 * (self.n_turns + 1)

    @property
    def voices(self) -> NDArray[np.int16]:
        """The position in ``speakers`` of who speaks each passage, -1 for none: (n_passages,)."""
        return self.turns.speaker[self.passage_turn].astype(np.int16)

    def text(self, ordinal: int) -> str:
        """The verbatim text of passage ``ordinal``."""
        turn, start, end = self.spans[ordinal].tolist()
        return self.transcript.turns[turn].text[start:end]

    def packed(self) -> bytes:
        """All but the vectors and the transcript, as bytes for `unpack_segment`."""
        lists = {name: getattr(self.lexical, name) for name in _LISTS}
        table = {f"turns.{field.name}": getattr(self.turns, field.name) for field in fields(TurnTable)}
        return pack(
            {"words": self.lexical.words, "stems": self.lexical.stemmed},
            {"spans": self.spans, "norms": self.norms, **lists, **table},
        )


_LISTS = ("indptr", "passage", "count", "lengths")


def build_segment(
    *,
    transcript: Transcript,
    first_id: int,
    passages: Sequence[Passage],
    vectors: NDArray[np.float32],
    lexical: Postings | None = None,
    changed: int = 0,
) -> Segment:
    """The segment of a transcript whose passages, by turn and start, have these vectors and keyword lists."""
    if lexical is None:
        texts = (transcript.turns[p.turn].text[p.start : p.end] for p in passages)
        lexical = build_postings([words(text) for text in texts])
    turns = build_turn_table(transcript, passages, lexical)
    sums = _turn_sums(turns, vectors)
    norms = [triangle_norms(sums, reach) for reach in WINDOWS]
    spans = np.asarray([(p.turn, p.start, p.end) for p in passages], np.int32).reshape(-1, 3)
    return Segment(
        head=Head(
            id=transcript.id,
            first_id=first_id,
            n_turns=len(transcript.turns),
            n_passages=len(passages),
            n_words=int(lexical.lengths.sum()),
            changed=changed,
        ),
        speakers=transcript.speakers,
        spans=spans,
        vectors=vectors,
        lexical=lexical,
        turns=turns,
        norms=np.stack(norms),
        read=lambda: transcript,
    )


def unpack_segment(
    head: Head,
    packed: bytes,
    vectors: NDArray[np.float32],
    speakers: tuple[Speaker, ...],
    read: Callable[[], Transcript],
) -> Segment:
    """The segment of what `Segment.packed` gave.

    Raises:
        StoreError: the bytes were changed since, or belong to another transcript.
    """
    said, arrays = unpack(packed)
    try:
        lexical = _lexical(said, arrays)
        turns = TurnTable(**{field.name: arrays[f"turns.{field.name}"] for field in fields(TurnTable)})
        found = Segment(
            head=head,
            speakers=speakers,
            spans=arrays["spans"],
            vectors=vectors,
            lexical=lexical,
            turns=turns,
            norms=arrays["norms"],
            read=read,
        )
    except KeyError:
        raise StoreError("What is kept for searching is of another version; it has to be made again.") from None
    if (len(found.spans), len(turns.n_words)) != (head.n_passages, head.n_turns):
        raise StoreError(f"What is kept for searching {head.id!r} is another transcript's.")
    return found


def lexical_of(packed: bytes) -> Postings:
    """The keyword lists in what `Segment.packed` gave.

    Raises:
        StoreError: the bytes were changed since.
    """
    return _lexical(*unpack(packed))


def _lexical(said: Mapping[str, tuple[str, ...]], arrays: Mapping[str, NDArray[Any]]) -> Postings:
    return Postings(words=said["words"], stemmed=said["stems"], **{name: arrays[name] for name in _LISTS})


def _turn_sums(turns: TurnTable, values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Sums of what passages have, ``values`` (n_passages, …), over each turn: float32 (n_turns, …)."""
    sums = np.zeros((turns.n_turns, *values.shape[1:]), dtype=np.float32)
    starts = turns.first[:-1]
    filled = np.flatnonzero(starts < turns.first[1:])
    if len(filled):
        sums[filled] = np.add.reduceat(values, starts[filled], axis=0)
    return sums

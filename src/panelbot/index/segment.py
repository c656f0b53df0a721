"""A segment: one transcript in searchable form. Knows nothing of other transcripts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from panelbot.index.postings import Postings
from panelbot.index.turns import TurnTable, build_turn_table
from panelbot.index.windows import triangle_norms
from panelbot.types import Passage, Transcript

WINDOWS = (2, 5, 10)  # turns either side


@dataclass(frozen=True, kw_only=True)
class Segment:
    """One transcript, its passages (by turn, then start), their unit vectors and their words.

    Passage ``i`` has the id ``first_id + i`` in the vector index, ids never used again for anything else. What only a
    closer look needs is worked out with the first one: a search looks closely at few of many transcripts.
    """

    transcript: Transcript
    first_id: int
    passages: tuple[Passage, ...]
    vectors: NDArray[np.float32]  # (n_passages, dim), L2-normalised
    lexical: Postings

    @cached_property
    def passage_turn(self) -> NDArray[np.int32]:
        """The turn each passage is of, (n_passages,)."""
        return np.fromiter((p.turn for p in self.passages), dtype=np.int32, count=len(self.passages))

    @cached_property
    def turns(self) -> TurnTable:
        """What is known of each turn before any question."""
        return build_turn_table(self.transcript, self.passages, self.lexical)

    @cached_property
    def window_norms(self) -> Mapping[int, NDArray[np.float32]]:
        """By how many turns either side: the length of the sum of the vectors in each turn's triangular window."""
        sums = self.turn_sums(self.vectors)
        return {reach: triangle_norms(sums, reach) for reach in WINDOWS}

    @property
    def id(self) -> str:
        """The transcript's id."""
        return self.transcript.id

    @property
    def n_turns(self) -> int:
        """How many turns the transcript has."""
        return len(self.transcript.turns)

    @property
    def n_passages(self) -> int:
        """How many passages the transcript has."""
        return len(self.passages)

    def turn_sums(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """Sums of what passages have, ``values`` (n_passages, …), over each turn: float32 (n_turns, …)."""
        sums = np.zeros((self.turns.n_turns, *values.shape[1:]), dtype=np.float32)
        starts = self.turns.first[:-1]
        filled = np.flatnonzero(starts < self.turns.first[1:])
        if len(filled):
            sums[filled] = np.add.reduceat(values, starts[filled], axis=0)
        return sums

    def text(self, ordinal: int) -> str:
        """The verbatim text of passage ``ordinal``."""
        passage = self.passages[ordinal]
        return self.transcript.turns[passage.turn].text[passage.start : passage.end]

    def by_speakers(self, names: frozenset[str]) -> NDArray[np.bool_]:
        """Which passages are spoken by one of ``names``: bool (n_passages,)."""
        turns = self.transcript.turns
        return np.fromiter((turns[p.turn].speaker in names for p in self.passages), dtype=bool, count=self.n_passages)

"""A segment: one transcript in searchable form. Knows nothing of other transcripts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from panelbot.index.postings import Postings
from panelbot.index.turns import TurnTable, build_turn_table
from panelbot.index.windows import triangle_norms
from panelbot.types import Passage, Transcript

WINDOWS = (2, 5, 10)  # turns either side


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One transcript, its passages (by turn, then start), their unit vectors and their words.

    Passage ``i`` has the id ``first_id + i`` in the vector index, ids never used again for anything else.
    """

    transcript: Transcript
    first_id: int
    passages: tuple[Passage, ...]
    vectors: NDArray[np.float32]  # (n_passages, dim), L2-normalised
    lexical: Postings
    passage_turn: NDArray[np.int32] = field(init=False, repr=False)  # (n_passages,)
    turns: TurnTable = field(init=False, repr=False, compare=False)
    # By how many turns either side: the length of the sum of the vectors in each turn's triangular window, (n_turns,).
    window_norms: Mapping[int, NDArray[np.float32]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        turns = np.fromiter((p.turn for p in self.passages), dtype=np.int32, count=len(self.passages))
        object.__setattr__(self, "passage_turn", turns)
        object.__setattr__(self, "turns", build_turn_table(self.transcript, self.passages, self.lexical))
        sums = self.turn_sums(self.vectors)
        object.__setattr__(self, "window_norms", {reach: triangle_norms(sums, reach) for reach in WINDOWS})

    @property
    def id(self) -> str:
        """The transcript's id."""
        return self.transcript.id

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

"""What retrieval hands on: hits, and signals for the evidence decision. Knows nothing of how they are found."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from panelbot.types import Hit


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """Raw numbers about a search as a whole; none of them is a probability.

    A question's *mass* is the sum of its content words' inverse document frequencies; shares of it are 0..1.
    Cosines are over passages, z over the turns that were scored.
    """

    max_cosine: float = 0.0
    mean_cosine: float = 0.0
    cosine_z: float = 0.0  # best turn: (max - mean) / standard deviation
    idf_turn: float = 0.0  # share of the mass in the turn that holds most
    idf_window: float = 0.0  # share in the eleven turns that hold most
    idf_known: float = 0.0  # share that the scope holds at all
    agreement: float = 0.0  # of the ten best turns by meaning, the share among the ten best by words


class ReadSentence(NamedTuple):
    """Characters ``start:end`` of a turn, and a reranker's log-odds that they answer."""

    transcript_id: str
    turn: int
    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrieval:
    """Hits, best first, one a turn.

    ``read``: the sentences of the first hits, where panelbot's own reader has read them: others have other scales.
    ``point``: the reranker's log-odds (``Hit.features["read"]``) from which on there is an answer; None not to ask it.
    """

    hits: tuple[Hit, ...] = ()
    signals: Signals = field(default_factory=Signals)
    point: float | None = None
    read: tuple[ReadSentence, ...] = ()

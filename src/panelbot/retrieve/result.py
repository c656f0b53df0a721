"""What retrieval hands on: hits, and signals for the evidence decision. Knows nothing of how they are found."""

from __future__ import annotations

from dataclasses import dataclass, field

from panelbot.types import Hit


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """Raw numbers about a search as a whole; none of them is a probability.

    A question's *mass* is the sum of its content words' inverse document frequencies; shares of it are 0..1.
    Cosines are over passages, z over the turns that were scored.
    """

    n_turns: int = 0  # turns in scope that may be hits
    n_words: int = 0  # content words of the question
    n_known: int = 0  # of these, the ones the scope holds, translated or not
    max_cosine: float = 0.0
    mean_cosine: float = 0.0
    cosine_z: float = 0.0  # best turn: (max - mean) / standard deviation
    cosine_gap: float = 0.0  # best turn minus the fifth best
    bm25_z: float = 0.0
    idf_turn: float = 0.0  # share of the mass in the turn that holds most
    idf_window: float = 0.0  # share in the eleven turns that hold most
    idf_known: float = 0.0  # share that the scope holds at all
    agreement: float = 0.0  # of the ten best turns by meaning, the share among the ten best by words
    lexical: bool = False  # the keyword leg had something to say
    bridged: float = 0.0  # share of the known words that were reached by translation only


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrieval:
    """Hits, best first, one a turn; ``Hit.features["asked"]`` is the turn whose question the hit answers, -1 none.

    ``point``: the reranker's log-odds (``Hit.features["read"]``) from which on there is an answer; None not to ask it.
    """

    hits: tuple[Hit, ...] = ()
    signals: Signals = field(default_factory=Signals)
    point: float | None = None

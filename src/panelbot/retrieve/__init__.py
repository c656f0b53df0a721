"""From a question to ranked hits, and the signals that tell whether they hold an answer. Writes no answers."""

from __future__ import annotations

from panelbot.retrieve.result import Retrieval, Signals
from panelbot.retrieve.search import Searcher, retrieve

__all__ = ["Retrieval", "Searcher", "Signals", "retrieve"]

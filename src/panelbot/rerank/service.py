"""A reranker over the common ``/rerank`` endpoint: Jina, Cohere, vLLM, llama.cpp's server and others.

Knows the request they share; not which model answers it, nor what is done with scores.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from panelbot.rerank.base import Excerpt, windows
from panelbot.service import told

if TYPE_CHECKING:
    from openai import OpenAI

PREFIX = "rerank:"
WHAT = "The reranking service"
_SURE = 1e-6  # chances nearer to 0 or 1 are taken as this near
_PROBE = ("When does the ferry leave?", ["The ferry leaves at nine.", "Bread is baked of flour and water."])


class ServiceReranker:
    """Reads as a cross-encoder here does; some servers give chances, others the log-odds behind them."""

    def __init__(self, client: OpenAI, model: str) -> None:
        self._client = client
        self._model = model
        # What a server gives is the same for every question, so it is asked once: no chance lies outside of 0..1.
        self._are_chances = all(0 <= score <= 1 for score in self._scores(*_PROBE))

    def read(self, question: str, excerpts: Sequence[Excerpt]) -> list[list[float]]:
        """As `Reranker.read`."""
        places, texts = windows(excerpts)
        found: list[list[float]] = [[] for _ in excerpts]
        scores = self._scores(question, texts) if texts else []
        for n, score in zip(places, scores, strict=True):
            found[n].append(_log_odds(score) if self._are_chances else score)
        return found

    def _scores(self, question: str, texts: list[str]) -> list[float]:
        body = {"model": self._model, "query": question, "documents": texts, "top_n": len(texts)}
        with told(WHAT, "reranker"):
            reply: Any = self._client.post("/rerank", body=body, cast_to=object)
            scores = {int(item["index"]): float(item["relevance_score"]) for item in reply["results"]}
            if set(scores) != set(range(len(texts))) or not all(map(math.isfinite, scores.values())):
                raise ValueError("not a score a text")
        return [scores[i] for i in range(len(texts))]


def _log_odds(chance: float) -> float:
    sure = min(max(chance, _SURE), 1 - _SURE)
    return math.log(sure / (1 - sure))

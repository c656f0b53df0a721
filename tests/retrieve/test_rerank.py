from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from panelbot.config import Settings
from panelbot.errors import EmbedderError
from panelbot.retrieve import rerank as module
from panelbot.retrieve.rerank import N_RERANKED, rerank
from retrieve.corpora import find, search_index, transcript

PANEL = transcript("panel", [("A", f"the ferry number {word} leaves the harbour") for word in ("one", "two", "three")])


class Longest:
    """A cross-encoder that likes long texts."""

    def predict(self, pairs: list[tuple[str, str]], **options: Any) -> np.ndarray:
        return np.asarray([len(text) for _, text in pairs], dtype=np.float32)


def test_a_reranker_orders_the_hits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_model", lambda *_: Longest())
    settings = Settings(embedding_model="hash", reranker="longest")
    hits = find(search_index(PANEL), "ferry one", settings=settings, k=2).hits
    assert [(hit.rank, hit.turn) for hit in hits] == [(1, 2), (2, 0)]


def test_only_the_best_hits_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_model", lambda *_: Longest())
    index = search_index(transcript("long", [("A", f"the ferry {'x' * n}") for n in range(1, 31)]))
    plain = find(index, "ferry", k=30).hits
    hits = find(index, "ferry", settings=Settings(embedding_model="hash", reranker="longest"), k=30).hits
    best = sorted((hit.turn for hit in plain[:N_RERANKED]), reverse=True)
    assert [hit.turn for hit in hits] == [*best, *(hit.turn for hit in plain[N_RERANKED:])]


def test_equal_scores_keep_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_model", lambda *_: Longest())
    assert rerank("q", ["ab", "cd", "efg"], name="longest", device="cpu") == [2, 0, 1]
    assert rerank("q", [], name="longest", device="cpu") == []


def test_a_reranker_that_is_not_here_is_one_sentence() -> None:
    with pytest.raises(EmbedderError, match="The reranker no-such/model cannot be loaded") as raised:
        rerank("q", ["a"], name="no-such/model", device="cpu")
    assert "\n" not in str(raised.value)

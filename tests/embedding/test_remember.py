"""Remembering changes how often a model runs, never what comes back."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from panelbot.embedding import HashEmbedder, RememberingEmbedder
from panelbot.types import Progress, no_progress


class Counting(HashEmbedder):
    """Keeps the texts it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[list[str]] = []

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked.append(list(texts))
        return super().encode_queries(texts)

    def encode_passages(self, texts: Sequence[str], *, progress: Progress = no_progress) -> NDArray[np.float32]:
        self.asked.append(list(texts))
        return super().encode_passages(texts, progress=progress)


def test_each_text_is_embedded_once_and_rows_come_in_the_order_asked() -> None:
    model = Counting()
    embedder = RememberingEmbedder(model)
    embedder.encode_passages(["网点", "成本", "网点"])
    rows = embedder.encode_passages(["rent", "成本", "网点"])
    assert model.asked == [["网点", "成本"], ["rent"]]
    assert np.array_equal(rows, HashEmbedder().encode_passages(["rent", "成本", "网点"]))


def test_a_question_and_a_passage_of_the_same_words_are_two_things() -> None:
    model = Counting()
    embedder = RememberingEmbedder(model)
    embedder.encode_queries(["网点"])
    embedder.encode_passages(["网点"])
    assert len(model.asked) == 2


def test_what_was_not_used_for_longest_is_forgotten() -> None:
    model = Counting()
    embedder = RememberingEmbedder(model, capacity=2)
    for text in ("a", "b", "a", "c", "a", "b"):
        embedder.encode_queries([text])
    assert model.asked == [["a"], ["b"], ["c"], ["b"]]


def test_no_text_gives_no_row() -> None:
    assert RememberingEmbedder(HashEmbedder()).encode_passages([]).shape[0] == 0

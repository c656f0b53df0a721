"""How much of a question a text speaks of."""

from __future__ import annotations

import numpy as np
import pytest

from panelbot.embedding import HashEmbedder
from panelbot.evidence.coverage import Coverage, WordVectors, coverage


@pytest.mark.parametrize(
    ("asked", "text", "said"),
    [
        (["客流", "恢复"], "网点的客流量慢慢恢复了。", 1.0),
        (["客流", "比特币"], "网点的客流量慢慢恢复了。", 0.5),
        (["recovering", "branches"], "The branch recovered.", 1.0),
        (["branch", "pandemic"], "网点的客流量慢慢恢复了。", 0.5),
        (["compliance"], "合规是第一要素。", 1.0),
        (["合规"], "Compliance comes first.", 1.0),
        (["housing", "beijing"], "合规是第一要素。", 0.0),
    ],
)
def test_words_said_in_either_language(asked, text, said):
    assert coverage(asked, text, None) == Coverage(mean=said, least=float(said == 1.0), said=said)


def test_nothing_asked_or_said_covers_nothing():
    assert coverage([], "合规", None) == Coverage()
    assert coverage(["合规"], "", None) == Coverage()


class _Near:
    """Words as vectors in a plane: the first two are near each other, the third is far from both."""

    name = "plane"
    dim = 2
    table = {"cost": (1.0, 0.0), "price": (0.98, 0.199), "river": (0.0, 1.0)}  # noqa: RUF012
    n_calls = 0

    def encode_queries(self, texts):
        self.n_calls += 1
        return np.array([self.table[text] for text in texts], dtype=np.float32)


def test_a_word_near_in_meaning_counts_in_part():
    vectors = WordVectors(_Near())
    near = coverage(["cost"], "price", vectors)
    assert 0.5 < near.mean < 1.0
    assert near.said == 0.0
    assert coverage(["cost"], "river", vectors).mean == 0.0


def test_a_word_is_embedded_once():
    embedder = _Near()
    vectors = WordVectors(embedder)
    for _ in range(3):
        coverage(["cost"], "price", vectors)
    assert embedder.n_calls == 2


def test_word_vectors_are_the_embedder_s():
    embedder = HashEmbedder()
    assert np.array_equal(WordVectors(embedder).of(["甲", "乙"]), embedder.encode_queries(["甲", "乙"]))

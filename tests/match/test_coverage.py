"""How much of a question a text speaks of."""

from __future__ import annotations

import numpy as np
import pytest

from panelbot.embedding import HashEmbedder, Tokens
from panelbot.match.coverage import Coverage, coverage
from panelbot.match.maxsim import MaxSim, maxsim_of


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
    gives_tokens = True
    table = {"cost": (1.0, 0.0), "price": (0.92, 0.392), "river": (0.0, 1.0)}  # noqa: RUF012

    def __init__(self):
        self.n_texts = 0

    def encode_tokens(self, texts, *, query=False):
        self.n_texts += len(texts)
        return tuple(self._tokens(text.casefold()) for text in texts)

    def _tokens(self, text):
        found = [(text.find(word), word) for word in self.table if word in text]
        spans = [(at, at + len(word)) for at, word in found]
        rows = np.array([self.table[word] for _, word in found], dtype=np.float32).reshape(-1, 2)
        return Tokens(spans=np.array(spans, dtype=np.int32).reshape(-1, 2), rows=rows)


def test_a_word_close_in_meaning_counts_in_part():
    maxsim = MaxSim("cost", ["cost"], _Near())
    near = coverage(["cost"], "price", maxsim)
    assert 0.5 < near.mean < 1.0
    assert near.said == 0.0
    assert near.close == pytest.approx(0.92)
    assert coverage(["cost"], "river", maxsim).mean == 0.0


def test_closeness_is_to_the_closest_token_of_any_sentence():
    maxsim = MaxSim("cost river", ["cost", "river"], _Near())
    assert maxsim.of("River. Price.").tolist() == pytest.approx([0.92, 1.0], abs=1e-6)
    assert maxsim.of("").tolist() == [0.0, 0.0]


def test_a_word_the_question_does_not_spell_is_read_by_itself():
    assert MaxSim("what about it", ["cost"], _Near()).of("price").tolist() == pytest.approx([0.92])


def test_sentences_read_at_once_are_not_embedded_again():
    model = _Near()
    maxsim = MaxSim("cost", ["cost"], model)
    maxsim.read(["The price rose. The river fell."])
    n = model.n_texts
    assert maxsim.of("The price rose.").tolist() == pytest.approx([0.92])
    maxsim.of("The river fell.")
    assert model.n_texts == n + 1  # the question


def test_a_model_without_tokens_has_no_maxsim():
    assert maxsim_of("cost", ["cost"], None) is maxsim_of("cost", ["cost"], HashEmbedder()) is None

"""Tokens in context: where they are in their text, and what comes of a model that has none."""

from __future__ import annotations

import numpy as np
import pytest

from panelbot.config import Settings
from panelbot.embedding import HashEmbedder, RememberingEmbedder, Tokens, load_embedder, token_embedder


@pytest.fixture(scope="module")
def model():
    return load_embedder(Settings())


@pytest.mark.parametrize("text", ["The branch is closed.", "网点的客流量恢复了。", "  Leading space, 网点 and both"])
@pytest.mark.parametrize("query", [True, False])
def test_tokens_lie_in_their_text_and_in_order(model, text, query):
    (tokens,) = model.encode_tokens([text], query=query)
    starts, ends = tokens.spans[:, 0], tokens.spans[:, 1]
    assert (np.diff(starts) >= 0).all()
    assert starts.min() >= 0
    assert ends.max() == len(text)
    assert "".join(text.split()) in "".join(text[a:b] for a, b in tokens.spans).replace(" ", "")
    assert np.linalg.norm(tokens.rows, axis=1) == pytest.approx(1.0, abs=1e-5)


def test_the_whole_is_the_vector_the_model_gives_the_text(model):
    texts = ["The branch is closed.", "网点的客流量恢复了。"]
    passages = np.stack([tokens.whole for tokens in model.encode_tokens(texts)])
    queries = np.stack([tokens.whole for tokens in model.encode_tokens(texts, query=True)])
    assert passages == pytest.approx(model.encode_passages(texts), abs=1e-5)
    assert queries == pytest.approx(model.encode_queries(texts), abs=1e-5)


def test_a_word_is_closest_to_its_translation(model):
    text = "How is traffic at the branches?"
    (question,) = model.encode_tokens([text], query=True)
    (answer,) = model.encode_tokens(["律师很忙，网点的客流量恢复了。"])
    word = question.within(text.index("branches"), text.index("?"))
    closest = answer.spans[int((word @ answer.rows.T).mean(axis=0).argmax())]
    assert 5 <= closest[0] < 7  # 网点


def test_no_text_no_tokens(model):
    assert model.encode_tokens([]) == ()
    assert len(model.encode_tokens([""])[0].rows) == 0


def test_a_model_without_tokens_is_told_apart(model):
    assert token_embedder(model) is model
    assert token_embedder(RememberingEmbedder(model)) is not None
    assert token_embedder(HashEmbedder()) is None
    assert token_embedder(RememberingEmbedder(HashEmbedder())) is None
    assert token_embedder(None) is None
    with pytest.raises(TypeError, match="hash-64 gives no tokens"):
        RememberingEmbedder(HashEmbedder()).encode_tokens(["rent"])


def test_tokens_are_remembered_and_their_texts_vectors_with_them():
    class Counting:
        name, dim, asked, gives_tokens = "counting", 2, 0, True

        def encode_tokens(self, texts, *, query=False):
            self.asked += len(texts)
            whole = np.array([0.6, 0.8], np.float32)
            spans, rows = np.array([[0, 4]], np.int32), np.array([[1.0, 0.0]], np.float32)
            return tuple(Tokens(spans=spans, rows=rows, whole=whole) for _ in texts)

        def encode_passages(self, texts, *, progress=None):
            raise AssertionError("remembered")

    model = Counting()
    embedder = RememberingEmbedder(model)
    embedder.encode_tokens(["rent", "cost", "rent"])
    embedder.encode_tokens(["cost"])
    assert model.asked == 2
    assert embedder.encode_passages(["rent"]).tolist() == [pytest.approx([0.6, 0.8])]

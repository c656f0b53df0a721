"""A reranking service: log-odds of every sentence, whether it sends those or chances; its mistakes are one sentence."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import pytest

from fakes.model_service import Service, model_service
from panelbot import PanelBot, Settings
from panelbot.embedding import HashEmbedder
from panelbot.errors import EmbedderError
from panelbot.rerank import Excerpt, load_reranker
from panels import write_panels

pytest.importorskip("openai", reason="needs panelbot[openai]")
HARBOUR = Excerpt(lead="Ada: ", sentences=("The ferry is late.", "The dock is shut.", "Nobody minds."), wide=False)
DOCK = Excerpt(lead="", sentences=("The dock is full.",), wide=False)


@pytest.fixture
def service() -> Iterator[Service]:
    with model_service() as running:
        yield running


def settings(service: Service) -> Settings:
    return Settings(
        embedding_model="hash", reranker="rerank:judge-1", reranker_base_url=service.address, reranker_api_key="k" * 20
    )


def test_each_sentence_is_read_with_those_beside_it(service: Service) -> None:
    read = load_reranker(settings(service)).read("Where is the ferry?", [HARBOUR, DOCK])
    path, key, body = service.requests[-1]
    assert (path, key, body["model"], body["top_n"]) == ("/v1/rerank", f"Bearer {'k' * 20}", "judge-1", 4)
    assert body["documents"] == [
        "Ada: The ferry is late. The dock is shut.",
        "Ada: The ferry is late. The dock is shut. Nobody minds.",
        "Ada: The dock is shut. Nobody minds.",
        "The dock is full.",
    ]
    assert [len(scores) for scores in read] == [3, 1]


def test_chances_and_log_odds_come_to_the_same(service: Service) -> None:
    from_chances = load_reranker(settings(service)).read("Where is the ferry?", [HARBOUR, DOCK])
    with model_service() as other:
        other.raw = True
        from_odds = load_reranker(settings(other)).read("Where is the ferry?", [HARBOUR, DOCK])
    for chances, odds in zip(from_chances, from_odds, strict=True):
        assert chances == pytest.approx(odds, abs=1e-6)


def test_a_sure_chance_is_a_number_still(service: Service) -> None:
    reranker = load_reranker(settings(service))
    service.reply = {"results": [{"index": 0, "relevance_score": 1.0}]}
    (((score,),)) = reranker.read("?", [DOCK])
    assert 10 < score < math.inf


@pytest.mark.parametrize(
    "reply",
    [
        {"results": []},
        {"results": [{"index": 0, "relevance_score": 0.5}] * 2},
        {"results": [{"index": 7, "relevance_score": 0.5}, {"index": 0, "relevance_score": 0.5}]},
        {"results": [{"index": 0, "relevance_score": "high"}, {"index": 1, "relevance_score": 0.5}]},
        {"results": [{"index": 0, "relevance_score": math.nan}, {"index": 1, "relevance_score": 0.5}]},
        {"results": {"0": 1}},
        [],
    ],
)
def test_what_is_no_score_a_text_is_one_sentence(service: Service, reply: Any) -> None:
    service.reply = reply
    with pytest.raises(EmbedderError, match=r"^The reranking service sent something that is no reply"):
        load_reranker(settings(service))


def test_a_search_is_reread_by_it(service: Service, tmp_path: Any) -> None:
    bot = PanelBot.open(tmp_path / "index", settings=settings(service), embedder=HashEmbedder())
    bot.add([write_panels(tmp_path / "corpus")])
    hits = bot.search("网点客流量恢复", k=3)
    assert all("read" in hit.features for hit in hits)
    assert hits[0].turn == 1

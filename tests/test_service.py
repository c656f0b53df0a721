"""Services that misbehave: one sentence within the time that a request may take, however much they send."""

from __future__ import annotations

import time

import pytest

from answer.hostile_servers import SERVERS, hostile
from panelbot import service
from panelbot.embedding.service import ServiceEmbedder
from panelbot.errors import EmbedderError
from panelbot.rerank.service import ServiceReranker

pytest.importorskip("openai", reason="needs panelbot[openai]")
SECONDS = 0.6


@pytest.mark.slow
@pytest.mark.parametrize("kind", [ServiceEmbedder, ServiceReranker])
@pytest.mark.parametrize("name", SERVERS)
def test_a_service_that_misbehaves_is_one_sentence_in_time(
    name: str, kind: type[ServiceEmbedder | ServiceReranker], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "N_RETRIES", 0)
    with hostile(SERVERS[name]) as url, service.open_client(url, "key", SECONDS, what="It") as client:
        began = time.monotonic()
        with pytest.raises(EmbedderError):
            kind(client, "model")
        assert time.monotonic() - began < SECONDS + 2


@pytest.mark.parametrize("name", ["a gzip bomb", "words as fast as it can", "one line without end"])
def test_what_a_service_sends_is_not_gathered_without_end(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "N_RETRIES", 0)
    monkeypatch.setattr(service, "MAX_BYTES", 1_000_000)
    with hostile(SERVERS[name]) as url, service.open_client(url, "key", 20, what="It") as client:
        began = time.monotonic()
        with pytest.raises(EmbedderError, match="cannot be reached"):
            ServiceEmbedder(client, "model")
        assert time.monotonic() - began < 10

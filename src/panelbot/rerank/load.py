"""The reranker that the settings name: a service's, or one that runs here."""

from __future__ import annotations

from functools import lru_cache

from panelbot.config import Settings
from panelbot.rerank.base import Reranker
from panelbot.rerank.hub import load_cross_encoder
from panelbot.rerank.service import PREFIX, WHAT, ServiceReranker
from panelbot.service import open_client


def load_reranker(settings: Settings) -> Reranker:
    """The reranker of ``settings.reranker``, loaded once.

    Raises:
        EmbedderError: there is no such model on this machine, or its service does not answer.
    """
    if not settings.reranker.startswith(PREFIX):
        return load_cross_encoder(settings.reranker, settings.device)
    model = settings.reranker.removeprefix(PREFIX)
    return _of_service(model, settings.reranker_base_url, settings.reranker_api_key, settings.reranker_timeout)


@lru_cache(maxsize=4)
def _of_service(model: str, base_url: str, api_key: str, timeout: float) -> ServiceReranker:
    return ServiceReranker(open_client(base_url, api_key, timeout, what=WHAT), model)

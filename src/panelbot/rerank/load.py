"""The reranker that the settings name, a service's or one that runs here, and the reader that comes with panelbot."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from panelbot.config import Settings
from panelbot.embedding import builtin
from panelbot.embedding.light import LOWER, open_light
from panelbot.made import cache_folder
from panelbot.rerank.base import Reranker
from panelbot.rerank.hub import load_cross_encoder
from panelbot.rerank.reader import Reader
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


def load_reader(settings: Settings) -> Reader | None:
    """The reader that comes with panelbot, loaded once; None where it is off, another decides, or nothing runs it."""
    if not settings.reader or settings.reranker or settings.embedding_model != "builtin":
        return None
    weights = builtin.find_weights()
    if weights is None or not builtin.has_runtime():
        return None
    return _of_builtin(weights, cache_folder())


@lru_cache(maxsize=1)
def _of_builtin(weights: Path, cache: Path) -> Reader:
    folder = builtin.ensure_light(weights, cache)
    return Reader(open_light(weights, folder), folder / LOWER)

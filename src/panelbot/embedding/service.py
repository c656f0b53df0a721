"""An embedder over the ``/embeddings`` endpoint of any OpenAI-compatible server.

Knows texts and vectors; not which model the server runs behind a name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from panelbot.errors import EmbedderError
from panelbot.service import told
from panelbot.types import Progress, no_progress

if TYPE_CHECKING:
    from openai import OpenAI

Rows = NDArray[np.float32]
PREFIX = "openai:"
WHAT = "The embedding service"


class ServiceEmbedder:
    """Texts are sent ``batch_size`` at a time, behind their prompt; a failed request is tried again by the client."""

    def __init__(
        self, client: OpenAI, model: str, *, query_prompt: str = "", passage_prompt: str = "", batch_size: int = 32
    ) -> None:
        self._client = client
        self._model = model
        self._query_prompt, self._passage_prompt = query_prompt, passage_prompt
        self._batch_size = batch_size
        self.dim = self._encode(["?"]).shape[1]
        # Where the server stands says nothing about the vectors: it may move.
        prompts = hashlib.sha256(repr((query_prompt, passage_prompt)).encode()).hexdigest()[:8]
        self.name = f"{PREFIX}{model}:{self.dim}:{prompts}"

    def encode_queries(self, texts: Sequence[str]) -> Rows:
        """Questions as float32 (n, dim), rows of unit length."""
        return self._rows([self._query_prompt + text for text in texts], no_progress)

    def encode_passages(self, texts: Sequence[str], *, progress: Progress = no_progress) -> Rows:
        """Passages as float32 (n, dim), rows of unit length."""
        return self._rows([self._passage_prompt + text for text in texts], progress)

    def _rows(self, texts: Sequence[str], progress: Progress) -> Rows:
        rows = np.empty((len(texts), self.dim), np.float32)
        for start in range(0, len(texts), self._batch_size):
            progress("embedding", start, len(texts))
            batch = texts[start : start + self._batch_size]
            encoded = self._encode(batch)
            if encoded.shape != (len(batch), self.dim):
                raise EmbedderError(f"{WHAT} sent vectors of another number or length than it was asked for.")
            rows[start : start + len(batch)] = encoded
        progress("embedding", len(texts), len(texts))
        return rows

    def _encode(self, texts: Sequence[str]) -> Rows:
        with told(WHAT, "embedding"):
            reply = self._client.embeddings.create(model=self._model, input=list(texts), encoding_format="float")
            found = sorted(reply.data, key=lambda item: item.index)
            rows = np.asarray([item.embedding for item in found], dtype=np.float32)
            if rows.ndim != 2 or not np.isfinite(rows).all():
                raise ValueError("no vectors")
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)

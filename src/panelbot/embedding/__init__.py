"""Texts to unit vectors: the built-in model, any sentence-transformers model, and a fake. Knows no transcripts."""

from __future__ import annotations

from panelbot.embedding.base import Embedder
from panelbot.embedding.hashing import HashEmbedder
from panelbot.embedding.load import load_embedder
from panelbot.embedding.remember import RememberingEmbedder
from panelbot.embedding.tokens import Tokens, encode_tokens

__all__ = ["Embedder", "HashEmbedder", "RememberingEmbedder", "Tokens", "encode_tokens", "load_embedder"]

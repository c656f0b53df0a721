"""Texts to unit vectors: the built-in model, any sentence-transformers model, and a fake. Knows no transcripts."""

from __future__ import annotations

from panelbot.embedding.base import Embedder
from panelbot.embedding.hashing import HashEmbedder
from panelbot.embedding.journal import Journal
from panelbot.embedding.load import load_embedder
from panelbot.embedding.remember import RememberingEmbedder
from panelbot.embedding.tokens import TokenEmbedder, Tokens, token_embedder

__all__ = [
    "Embedder",
    "HashEmbedder",
    "Journal",
    "RememberingEmbedder",
    "TokenEmbedder",
    "Tokens",
    "load_embedder",
    "token_embedder",
]

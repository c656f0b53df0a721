"""A text's tokens as vectors in their context: what one word of a question is close to in a sentence.

Knows how to get them from any embedder: from a transformer's last layer, or one word at a time from a model that
gives no tokens. Does not know what closeness is worth.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from panelbot.embedding.base import Embedder
from panelbot.text import content_words, fold


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tokens:
    """The tokens of one text and, where the same pass gave it, the vector of the whole."""

    spans: NDArray[np.int32]  # (n, 2) start and end of each token in the text
    rows: NDArray[np.float32]  # (n, dim) of unit length
    whole: NDArray[np.float32] | None = None  # (dim,) of unit length

    def within(self, start: int, end: int) -> NDArray[np.float32]:
        """The rows of the tokens that overlap ``start:end``."""
        return self.rows[(self.spans[:, 0] < end) & (self.spans[:, 1] > start)]


@runtime_checkable
class TokenEmbedder(Protocol):
    """An embedder that gives vectors of tokens too."""

    def encode_tokens(self, texts: Sequence[str], *, query: bool = False) -> tuple[Tokens, ...]:
        """The tokens of each text, read as questions or as passages."""
        ...


def encode_tokens(embedder: Embedder, texts: Sequence[str], *, query: bool = False) -> tuple[Tokens, ...]:
    """The tokens of each text; of a model that gives none, its content words, each embedded by itself."""
    if isinstance(embedder, TokenEmbedder):
        return embedder.encode_tokens(texts, query=query)
    found = [_word_spans(text) for text in texts]
    wanted = sorted({word for pairs in found for word, _ in pairs})
    rows = dict(zip(wanted, embedder.encode_queries(wanted), strict=True)) if wanted else {}
    return tuple(
        Tokens(
            spans=np.array([span for _, span in pairs], dtype=np.int32).reshape(-1, 2),
            rows=np.array([rows[word] for word, _ in pairs], dtype=np.float32).reshape(-1, embedder.dim),
        )
        for pairs in found
    )


def _word_spans(text: str) -> list[tuple[str, tuple[int, int]]]:
    """The content words of ``text``, each with its first place; folding seldom moves a character."""
    folded = fold(text)
    found: list[tuple[str, tuple[int, int]]] = []
    for word in dict.fromkeys(content_words(text)):
        at = max(0, folded.find(word))
        found.append((word, (at, at + len(word))))
    return found

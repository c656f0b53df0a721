"""A text's tokens as vectors in their context: what one word of a question is close to in a sentence.

A model that makes a text's vector from its words' vectors has none. Does not know what closeness is worth.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray

from panelbot.embedding.base import Embedder


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tokens:
    """The tokens of one text and, where the same pass gave it, the vector of the whole."""

    spans: NDArray[np.int32]  # (n, 2) start and end of each token in the text
    rows: NDArray[np.float32]  # (n, dim) of unit length
    whole: NDArray[np.float32] | None = None  # (dim,) of unit length

    def within(self, start: int, end: int) -> NDArray[np.float32]:
        """The rows of the tokens that overlap ``start:end``."""
        return self.rows[(self.spans[:, 0] < end) & (self.spans[:, 1] > start)]


class TokenEmbedder(Embedder, Protocol):
    """An embedder that gives vectors of tokens too."""

    def encode_tokens(self, texts: Sequence[str], *, query: bool = False) -> tuple[Tokens, ...]:
        """The tokens of each text, read as questions or as passages."""
        ...


def token_embedder(embedder: Embedder | None) -> TokenEmbedder | None:
    """The embedder as one that gives tokens; None where its model has none."""
    if embedder is None or not getattr(embedder, "gives_tokens", False):
        return None
    return cast(TokenEmbedder, embedder)

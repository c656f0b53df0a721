"""An embedder that remembers what it lately embedded: questions about one talk are compared with the same sentences.

Over 50 questions on three Chinese talks a question embeds 15 texts instead of 66 and takes .7 s of processor time for
2.0; within one question `panelbot.match` keeps its own. Knows nothing of the model it wraps. Large batches, as of an
ingest, pass through unremembered.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from panelbot.embedding.base import Embedder
from panelbot.embedding.tokens import Tokens, token_embedder
from panelbot.types import Progress, no_progress

CAPACITY = 20_000  # texts of each kind: 30 MB of vectors at 384 dimensions
TOKEN_TEXTS = 2_000  # texts whose tokens are kept: about 120 MB for sentences of 40 tokens
LARGE = 512  # texts in one call from which on nothing is remembered

Row = NDArray[np.float32]
T = TypeVar("T")
Rows = NDArray[np.float32]


class RememberingEmbedder:
    """``embedder`` with the vectors of the texts used last kept in memory; safe to call from many threads."""

    def __init__(self, embedder: Embedder, *, capacity: int = CAPACITY) -> None:
        self._embedder = embedder
        self._queries = _Memory[Row](capacity)
        self._passages = _Memory[Row](capacity)
        n_tokens = min(capacity, TOKEN_TEXTS)
        self._tokens = {query: _Memory[Tokens](n_tokens) for query in (True, False)}

    @property
    def name(self) -> str:
        """The wrapped embedder's name: the vectors are the same."""
        return self._embedder.name

    @property
    def dim(self) -> int:
        """The length of a vector."""
        return self._embedder.dim

    @property
    def gives_tokens(self) -> bool:
        """Whether the wrapped embedder gives vectors of tokens."""
        return token_embedder(self._embedder) is not None

    def encode_queries(self, texts: Sequence[str]) -> Rows:
        """Questions as float32 (n, dim), rows of unit length."""
        return self._encode(texts, self._queries, self._embedder.encode_queries)

    def encode_passages(self, texts: Sequence[str], *, progress: Progress = no_progress) -> Rows:
        """Passages as float32 (n, dim), rows of unit length."""
        return self._encode(texts, self._passages, lambda new: self._embedder.encode_passages(new, progress=progress))

    def encode_tokens(self, texts: Sequence[str], *, query: bool = False) -> tuple[Tokens, ...]:
        """The tokens of each text; the vectors that come with them are remembered as well."""
        known = self._tokens[query].find(texts)
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if new:
            fresh = dict(zip(new, self._of_tokens(new, query), strict=True))
            self._tokens[query].keep(fresh)
            whole = {text: tokens.whole for text, tokens in fresh.items() if tokens.whole is not None}
            (self._queries if query else self._passages).keep(whole)
            known |= fresh
        return tuple(known[text] for text in texts)

    def _of_tokens(self, texts: Sequence[str], query: bool) -> tuple[Tokens, ...]:
        embedder = token_embedder(self._embedder)
        if embedder is None:
            raise TypeError(f"{self._embedder.name} gives no tokens")
        return embedder.encode_tokens(texts, query=query)

    def _encode(self, texts: Sequence[str], memory: _Memory[Row], encode: Callable[[Sequence[str]], Rows]) -> Rows:
        if len(texts) >= LARGE or not texts:
            return encode(texts)
        known = memory.find(texts)
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if new:
            fresh = dict(zip(new, encode(new), strict=True))
            memory.keep(fresh)
            known |= fresh
        return np.stack([known[text] for text in texts])


class _Memory(Generic[T]):
    """What belongs to a text; the texts not used for longest are forgotten first."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._lock = threading.Lock()
        self._rows: OrderedDict[str, T] = OrderedDict()

    def find(self, texts: Sequence[str]) -> dict[str, T]:
        with self._lock:
            found = {text: self._rows[text] for text in texts if text in self._rows}
            for text in found:
                self._rows.move_to_end(text)
        return found

    def keep(self, rows: Mapping[str, T]) -> None:
        with self._lock:
            self._rows.update(rows)
            while len(self._rows) > self._capacity:
                self._rows.popitem(last=False)

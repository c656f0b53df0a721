"""An embedder over a loaded SentenceTransformer. Does not know where the model came from."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from panelbot.embedding.fingerprint import HEAD, fingerprint
from panelbot.embedding.tokens import Tokens
from panelbot.types import Progress, no_progress

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_PASSAGE = ("document", "passage", "corpus")  # what models call the prompt of what is searched
_CHUNK_BATCHES = 8  # batches between two progress reports


class SentenceEmbedder:
    """Encodes with the model's own prompts unless others are given.

    A text's vector hardly depends on what is encoded beside it: in float32 padding and thread count move a
    component by about 1e-7. bfloat16 would be faster by half on some processors, but moves cosines by several
    thousandths with the batch, more than what separates neighbouring ranks.
    """

    def __init__(
        self,
        model: SentenceTransformer,
        *,
        name: str,
        query_prompt: str | None = None,
        passage_prompt: str | None = None,
        batch_size: int = 32,
    ) -> None:
        self._model = model.eval()
        self._lock = threading.Lock()  # the tokenizer keeps its padding state between calls
        self._query_prompt = query_prompt
        self._passage_prompt = passage_prompt
        self._batch_size = batch_size
        self.dim = int(model.get_embedding_dimension() or 0)
        self.name = name
        # A static model has no tokens in context, a slow tokenizer does not say where a token is.
        self.gives_tokens = bool(getattr(model.tokenizer, "is_fast", False)) and hasattr(model[0], "auto_model")

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Questions as float32 (n, dim), rows of unit length."""
        if not texts:
            return np.empty((0, self.dim), np.float32)
        with self._lock:
            return self._as_rows(
                self._model.encode_query(
                    list(texts), prompt=self._query_prompt, batch_size=self._batch_size, show_progress_bar=False
                )
            )

    def encode_passages(self, texts: Sequence[str], *, progress: Progress = no_progress) -> NDArray[np.float32]:
        """Passages as float32 (n, dim), rows of unit length; other threads may encode between two chunks."""
        rows = np.empty((len(texts), self.dim), np.float32)
        # Texts of like length go together: padding costs as much as text.
        order = sorted(range(len(texts)), key=lambda i: (-len(texts[i]), texts[i]))
        step = _CHUNK_BATCHES * self._batch_size
        for start in range(0, len(order), step):
            progress("embedding", start, len(texts))
            chunk = order[start : start + step]
            with self._lock:
                rows[chunk] = self._as_rows(
                    self._model.encode_document(
                        [texts[i] for i in chunk],
                        prompt=self._passage_prompt,
                        batch_size=self._batch_size,
                        show_progress_bar=False,
                    )
                )
        progress("embedding", len(texts), len(texts))
        return rows

    def encode_tokens(self, texts: Sequence[str], *, query: bool = False) -> tuple[Tokens, ...]:
        """The tokens of each text by the model's last layer, with the text's own vector from the same pass."""
        if not texts:
            return ()
        prompt = self._prompt(("query",), self._query_prompt) if query else self._prompt(_PASSAGE, self._passage_prompt)
        with self._lock:
            encoded = self._model.encode(
                list(texts), prompt=prompt, batch_size=self._batch_size, show_progress_bar=False, output_value=None
            )
            offsets = self._model.tokenizer(
                [prompt + text for text in texts], return_offsets_mapping=True, add_special_tokens=True,
                truncation=True, max_length=self._model.max_seq_length, padding=False,
            )["offset_mapping"]  # fmt: skip
        rows = cast("list[dict[str, Any]]", encoded)
        return tuple(self._tokens(row, spans, len(prompt)) for row, spans in zip(rows, offsets, strict=True))

    def _tokens(self, encoded: dict[str, Any], spans: Sequence[tuple[int, int]], start: int) -> Tokens:
        """The tokens behind a prompt of ``start`` characters; special tokens span nothing."""
        at = np.asarray(spans, dtype=np.int32).reshape(-1, 2)
        rows = encoded["token_embeddings"][encoded["attention_mask"] > 0]
        behind = at[:, 1] > start
        return Tokens(
            spans=np.maximum(at[behind] - start, 0),
            rows=self._as_rows(rows.float().cpu())[behind],
            whole=self._as_rows(encoded["sentence_embedding"].float().cpu()[None])[0],
        )

    def _prompt(self, names: Sequence[str], given: str | None) -> str:
        """The prompt given, else the model's own of the first of ``names`` it has."""
        if given is not None:
            return given
        return next((prompt for name in names if (prompt := self._model.prompts.get(name))), "")

    def _as_rows(self, encoded: object) -> NDArray[np.float32]:
        rows = np.asarray(encoded, dtype=np.float32)
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)


def model_fingerprint(model: SentenceTransformer, query: str | None, passage: str | None) -> str:
    """What tells this model's vectors from another's."""
    tensors = (
        (name, tuple(tensor.shape), tensor.detach().flatten()[:HEAD].float().cpu().numpy())
        for name, tensor in sorted(model.state_dict().items())
    )
    return fingerprint(model.prompts, (query, passage), model.max_seq_length, tensors)

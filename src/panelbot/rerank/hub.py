"""Any sentence-transformers CrossEncoder as a reranker. Knows windows of sentences; not what is done with scores."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from panelbot.embedding.quiet import quiet_transformers
from panelbot.errors import EmbedderError
from panelbot.rerank.base import Excerpt, windows


class CrossEncoderReranker:
    """Reads windows of sentences."""

    def __init__(self, model: Any) -> None:
        self._model = model

    def read(self, question: str, excerpts: Sequence[Excerpt]) -> list[list[float]]:
        """As `Reranker.read`; the model's own scores before any activation."""
        from torch.nn import Identity

        places, texts = windows(excerpts)
        pairs = [(question, text) for text in texts]
        found: list[list[float]] = [[] for _ in excerpts]
        if pairs:
            scores = self._model.predict(pairs, activation_fn=Identity(), show_progress_bar=False)
            for n, score in zip(places, scores, strict=True):
                found[n].append(float(score))
        return found


@lru_cache(maxsize=1)
def load_cross_encoder(name: str, device: str) -> CrossEncoderReranker:
    """The cross-encoder ``name``, a hub id that was downloaded before or a folder.

    Raises:
        EmbedderError: there is no such model on this machine, or it gives more than one score a pair.
    """
    from sentence_transformers import CrossEncoder

    try:
        with quiet_transformers():
            model = CrossEncoder(name, device=device, local_files_only=True)
    except (OSError, ValueError) as error:
        reason = str(error).strip().partition("\n")[0]
        raise EmbedderError(
            f"The reranker {name} cannot be loaded ({reason}); download it once with "
            f"`hf download {name}`, name a model folder, or leave reranker empty."
        ) from error
    if model.num_labels != 1:
        raise EmbedderError(
            f"The reranker {name} sorts pairs into {model.num_labels} classes; name one that scores them."
        )
    return CrossEncoderReranker(model)

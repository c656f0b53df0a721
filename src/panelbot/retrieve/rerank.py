"""Reranking the best hits with a cross-encoder, off unless the settings name one. Knows texts, not turns."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from panelbot.embedding.quiet import quiet_transformers
from panelbot.errors import EmbedderError

# On sources the ranking was not made from, a right turn is among so many for nearly every question (docs/retrieval.md).
N_RERANKED = 12


def rerank(query: str, texts: Sequence[str], *, name: str, device: str) -> list[int]:
    """The positions of ``texts``, best first as the cross-encoder ``name`` sees them; equal ones stay in order.

    Raises:
        EmbedderError: there is no such model on this machine.
    """
    if not texts:
        return []
    scores = _model(name, device).predict([(query, text) for text in texts], show_progress_bar=False)
    return sorted(range(len(texts)), key=lambda i: (-round(float(scores[i]), 5), i))


@lru_cache(maxsize=1)
def _model(name: str, device: str) -> Any:
    from sentence_transformers import CrossEncoder

    try:
        with quiet_transformers():
            return CrossEncoder(name, device=device, local_files_only=True)
    except (OSError, ValueError) as error:
        reason = str(error).strip().partition("\n")[0]
        raise EmbedderError(
            f"The reranker {name} cannot be loaded ({reason}); download it once with "
            f"`hf download {name}`, name a model folder, or leave reranker empty."
        ) from error

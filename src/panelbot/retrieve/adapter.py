"""A linear adapter of the question's vector: from what a question says to what people say who discuss it.

A question and the talk that answers it differ in kind ("Summarize the discussion about" is nobody's speech), and the
embedding model was not trained on meetings. Learned by training/train_ranker.py as a bilinear form over questions and
windows of turns, kept as the largest parts of its singular value decomposition. Belongs to one embedding model:
with any other the question's vector stays as it is. Knows vectors, not texts.

The file's lines: ``panelbot adapter 1 <sha256 of the rest>``, comments with ``#``, then ``model`` and how the model's
name begins, then for each of ``mean``, ``bias``, ``down`` and ``up`` its name, its number of rows and its scale, and
the rows as whole numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from panelbot.shipped import shipped_text
from panelbot.whole import unseal

Floats = NDArray[np.float32]
HEAD = "panelbot adapter 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Adapter:
    """``q + (q - mean) @ down.T @ up + bias``."""

    model: str  # how names of the models it belongs to begin
    mean: Floats  # (1, dim) of the questions it was learned from
    bias: Floats  # (1, dim)
    down: Floats  # (rank, dim)
    up: Floats  # (rank, dim)

    def apply(self, query: Floats) -> Floats:
        """The adapted vector of ``query`` float32 (dim,); its length means nothing."""
        moved = query + ((query - self.mean[0]) @ self.down.T) @ self.up + self.bias[0]
        return moved.astype(np.float32)


def adapt(query: Floats, model: str) -> Floats:
    """``query`` float32 (dim,) as the adapter that ships has it, where it belongs to the embedding model ``model``."""
    adapter = _shipped()
    own = model.rpartition("/")[2].startswith(adapter.model) and adapter.mean.shape[1] == len(query)
    return adapter.apply(query) if own else query


@lru_cache(maxsize=1)
def _shipped() -> Adapter:
    return parse_adapter(shipped_text("retrieve/adapter.txt"))


def parse_adapter(text: str) -> Adapter:
    """The adapter of a text of that format.

    Raises:
        ValueError: another format, or a text that was changed since.
    """
    lines = iter(line for line in unseal(HEAD, text.encode()).decode().splitlines() if not line.startswith("#"))
    model = next(lines).partition(" ")[2]
    parts: dict[str, Floats] = {}
    for head in lines:
        name, n_rows, scale = head.split()
        rows = [next(lines).split() for _ in range(int(n_rows))]
        parts[name] = np.asarray(rows, dtype=np.float32) * np.float32(scale)
    return Adapter(model=model, **parts)

"""What the rest of panelbot may ask of an embedding model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from panelbot.types import Progress, no_progress


class Embedder(Protocol):
    """A model that turns texts into unit vectors; safe to call from many threads.

    ``name`` is a fingerprint: two embedders of one name give the same vectors, and an index records it.
    """

    @property
    def name(self) -> str:
        """A fingerprint of the vectors."""
        ...

    @property
    def dim(self) -> int:
        """The length of a vector."""
        ...

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Questions as float32 (n, dim), rows of unit length."""
        ...

    def encode_passages(self, texts: Sequence[str], *, progress: Progress = no_progress) -> NDArray[np.float32]:
        """Passages as float32 (n, dim), rows of unit length."""
        ...

"""Okapi BM25, for passages of an index and for turns of a search alike. Knows counts, no words."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

K1, B = 1.2, 0.75  # as Robertson and Zaragoza, 2009, have found good
Floats = NDArray[np.float32]


def okapi(idf: Floats | np.float64, counts: Floats, lengths: Floats, mean: float) -> NDArray[np.floating[Any]]:
    """What each of ``counts`` (…, n) of a word scores in texts of ``lengths`` (n,) words, ``mean`` on average."""
    return idf * counts * (K1 + 1) / (counts + K1 * (1 - B + B * lengths / mean))

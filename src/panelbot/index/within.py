"""What a search may find: the passages of some transcripts, or of some who speak in them. Knows no engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from panelbot.index.segment import Head


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """Passages of ``heads``, of all who speak or of those at ``positions`` in the register of each, by first id.

    ``ids`` gives the same as ids, ascending: a cluster is told the one, an index in memory looks for the other.
    """

    heads: tuple[Head, ...]
    positions: Mapping[int, tuple[int, ...]] | None
    ids: Callable[[], NDArray[np.int64]]

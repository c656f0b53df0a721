"""The texts that the runtime reads what is learned from: of trees and of the adapter. Knows their lines, as it does."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from panelbot.retrieve import adapter as adapters
from panelbot.retrieve import trees as ensembles
from panelbot.retrieve.adapter import Adapter, Floats
from panelbot.retrieve.trees import Node
from panelbot.whole import seal

LARGEST = 127  # what the largest number of a part is written as


def format_trees(features: Sequence[str], trees: Sequence[Sequence[Node]], *, notes: Sequence[str] = ()) -> str:
    """The text of an ensemble, as `parse_trees` reads it."""
    lines = [f"# {note}" for note in notes]
    lines.append(f"features {' '.join(features)}")
    for nodes in trees:
        lines.append("tree")
        for node in nodes:
            lines.append("{} {:.5g} {} {}".format(*node) if isinstance(node, tuple) else f"leaf {node:.5g}")
    return seal(ensembles.HEAD, ("\n".join(lines) + "\n").encode()).decode()


def format_adapter(adapter: Adapter, *, notes: Sequence[str] = ()) -> str:
    """The text of an adapter, as `parse_adapter` reads it; numbers are rounded to whole parts of their scale."""
    lines = [*(f"# {note}" for note in notes), f"model {adapter.model}"]
    for name in ("mean", "bias", "down", "up"):
        rows: Floats = getattr(adapter, name)
        scale = max(float(np.abs(rows).max(initial=0)), 1e-12) / LARGEST
        lines.append(f"{name} {len(rows)} {scale:.6g}")
        lines += [" ".join(str(round(float(value) / scale)) for value in row) for row in rows]
    return seal(adapters.HEAD, ("\n".join(lines) + "\n").encode()).decode()

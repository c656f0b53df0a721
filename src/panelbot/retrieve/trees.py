"""Boosted trees read from a small text file and evaluated with numpy. Knows feature names, not what they mean.

The file's lines: ``panelbot trees 1 <sha256 of the rest>``, comments with ``#``, ``features`` and their names, then
for each tree ``tree`` and its nodes in order: ``<feature> <threshold> <left> <right>`` (left where the feature's value
is at most the threshold; children are numbers of nodes in the tree) or ``leaf <value>``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

Node = tuple[str, float, int, int] | float  # feature, threshold, left, right; or a leaf's value
Floats = NDArray[np.float32]
_HEAD = "panelbot trees 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trees:
    """An ensemble whose leaf values add up; trees are padded to one size, and leaves lead to themselves."""

    features: tuple[str, ...]
    feature: NDArray[np.int32]  # (n_trees, n_nodes) position in `features`
    threshold: Floats  # (n_trees, n_nodes)
    left: NDArray[np.int32]  # (n_trees, n_nodes)
    right: NDArray[np.int32]  # (n_trees, n_nodes)
    value: Floats  # (n_trees, n_nodes), of leaves
    depth: int

    def score(self, values: Mapping[str, Floats], rows: NDArray[np.int64]) -> Floats:
        """The sum over all trees for the chosen ``rows`` of the features' ``values``: float32 (n_rows,)."""
        table = np.stack([values[name][rows] for name in self.features])  # (n_features, n_rows)
        n_trees, n_nodes = self.feature.shape
        # Flat positions: one take from a flat array costs a third of an index by two arrays.
        first = np.arange(n_trees, dtype=np.int32)[:, None] * n_nodes  # (n_trees, 1)
        children = np.stack([self.right + first, self.left + first], axis=-1).ravel()  # of node i at 2i and 2i + 1
        start = self.feature * len(rows)
        at = np.repeat(first, len(rows), axis=1)  # (n_trees, n_rows) each row's node in each tree
        row = np.arange(len(rows), dtype=np.int32)[None, :]
        flat = table.ravel()
        for _ in range(self.depth):
            value = flat.take(start.take(at) + row)
            at = children.take(2 * at + (value <= self.threshold.take(at)))
        return self.value.take(at).sum(axis=0, dtype=np.float64).astype(np.float32)


def format_trees(features: Sequence[str], trees: Sequence[Sequence[Node]], *, notes: Sequence[str] = ()) -> str:
    """The text of an ensemble, as `parse_trees` reads it."""
    lines = [f"# {note}" for note in notes]
    lines.append(f"features {' '.join(features)}")
    for nodes in trees:
        lines.append("tree")
        for node in nodes:
            lines.append("{} {:.5g} {} {}".format(*node) if isinstance(node, tuple) else f"leaf {node:.5g}")
    body = "\n".join(lines) + "\n"
    return f"{_HEAD} {_digest(body)}\n{body}"


def parse_trees(text: str) -> Trees:
    """The ensemble of a text that `format_trees` wrote.

    Raises:
        ValueError: another format, or a text that was changed since.
    """
    head, _, body = text.partition("\n")
    if head != f"{_HEAD} {_digest(body)}":
        raise ValueError("the trees are of another format, or were changed by hand")
    features: tuple[str, ...] = ()
    trees: list[list[Node]] = []
    for line in body.splitlines():
        first, *rest = line.split()
        if first == "features":
            features = tuple(rest)
        elif first == "tree":
            trees.append([])
        elif first == "leaf":
            trees[-1].append(float(rest[0]))
        elif first != "#":
            trees[-1].append((first, float(rest[0]), int(rest[1]), int(rest[2])))
    return _pack(features, trees)


def load_trees(name: str) -> Trees:
    """The ensemble shipped in the package as ``name``."""
    return parse_trees(files("panelbot.retrieve").joinpath(name).read_text(encoding="utf-8"))


def _digest(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()[:16]


def _pack(features: tuple[str, ...], trees: Sequence[Sequence[Node]]) -> Trees:
    shape = (len(trees), max(map(len, trees), default=1))
    position = {name: i for i, name in enumerate(features)}
    feature = np.zeros(shape, np.int32)
    threshold, value = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    left = np.tile(np.arange(shape[1], dtype=np.int32), (shape[0], 1))
    right = left.copy()
    for t, nodes in enumerate(trees):
        for i, node in enumerate(nodes):
            if isinstance(node, tuple):
                feature[t, i], threshold[t, i], left[t, i], right[t, i] = position[node[0]], *node[1:]
            else:
                value[t, i] = node
    depth = max((_depth(nodes, 0) for nodes in trees), default=0)
    return Trees(
        features=features, feature=feature, threshold=threshold, left=left, right=right, value=value, depth=depth
    )


def _depth(nodes: Sequence[Node], at: int) -> int:
    node = nodes[at]
    return 1 + max(_depth(nodes, node[2]), _depth(nodes, node[3])) if isinstance(node, tuple) else 0

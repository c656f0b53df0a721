"""Boosted trees read from a small text file and evaluated with numpy. Knows feature names, not what they mean.

The file's lines: ``panelbot trees 1 <sha256 of the rest>``, comments with ``#``, ``features`` and their names, then
for each tree ``tree`` and its nodes in order: ``<feature> <threshold> <left> <right>`` (left where the feature's value
is at most the threshold; children are numbers of nodes in the tree) or ``leaf <value>``.
"""

# pyright: standard

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from panelbot.shipped import shipped_text
from panelbot.whole import unseal

Node = tuple[str, float, int, int] | float  # feature, threshold, left, right; or a leaf's value
Floats = NDArray[np.float32]
HEAD = "panelbot trees 1"
MOST_LEAVES = 8  # a leaf is a bit of a byte
_AT_ONCE = 200  # rows; what is worked out for so few stays where the processor has it at hand


# The lowest bit that is not set in each byte: the leaf a row ends in, once those it cannot end in are marked.
_LOWEST = np.array([next((bit for bit in range(8) if not byte >> bit & 1), 7) for byte in range(256)], np.int32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trees:
    """An ensemble whose leaf values add up, laid out for QuickScorer (Lucchese et al., 2015).

    The leaves of a tree are numbered from left to right. Each split that a row's value lies above rules out the leaves
    on its left; of those that are left over, the first is where the row ends, whatever the order of the splits.
    """

    features: tuple[str, ...]
    feature: NDArray[np.int32]  # (n_splits, n_trees) position in `features`; splits are padded to one number a tree
    threshold: Floats  # (n_splits, n_trees)
    left: NDArray[np.uint8]  # (n_splits, n_trees) a bit for each leaf on the left
    value: Floats  # (n_trees, n_leaves)

    def score(self, values: Mapping[str, Floats], rows: NDArray[np.int64]) -> Floats:
        """The sum over all trees for the chosen ``rows`` of the features' ``values``: float32 (n_rows,)."""
        table = np.stack([values[name][rows] for name in self.features])  # (n_features, n_rows)
        parts = [self._score(table[:, start : start + _AT_ONCE]) for start in range(0, len(rows), _AT_ONCE)]
        return np.concatenate([np.empty(0, np.float32), *parts])

    def _score(self, table: Floats) -> Floats:
        n_trees, n_leaves = self.value.shape
        out = np.zeros((n_trees, table.shape[1]), np.uint8)
        for feature, threshold, left in zip(self.feature, self.threshold, self.left, strict=True):
            out |= (table[feature] > threshold[:, None]).view(np.uint8) * left[:, None]
        leaf = _LOWEST.take(out)
        leaf += np.arange(n_trees, dtype=np.int32)[:, None] * n_leaves
        return self.value.take(leaf).sum(axis=0, dtype=np.float64).astype(np.float32)


def parse_trees(text: str) -> Trees:
    """The ensemble of a text of that format.

    Raises:
        ValueError: another format, or a text that was changed since.
    """
    features: tuple[str, ...] = ()
    trees: list[list[Node]] = []
    for line in unseal(HEAD, text.encode()).decode().splitlines():
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
    return parse_trees(shipped_text(f"retrieve/{name}"))


def _pack(features: tuple[str, ...], trees: Sequence[Sequence[Node]]) -> Trees:
    position = {name: i for i, name in enumerate(features)}
    read = [_read(nodes, 0, 0) for nodes in trees]
    n_splits = max((len(splits) for splits, _ in read), default=0)
    n_leaves = max((len(leaves) for _, leaves in read), default=1)
    if n_leaves > MOST_LEAVES:
        raise ValueError(f"a tree has {n_leaves} leaves; {MOST_LEAVES} is the most")
    feature = np.zeros((n_splits, len(trees)), np.int32)
    threshold = np.full((n_splits, len(trees)), np.inf, np.float32)  # nothing lies above the padding
    left = np.zeros((n_splits, len(trees)), np.uint8)
    value = np.zeros((len(trees), n_leaves), np.float32)
    for t, (splits, leaves) in enumerate(read):
        value[t, : len(leaves)] = leaves
        for i, (name, at, on_left) in enumerate(splits):
            feature[i, t], threshold[i, t], left[i, t] = position[name], at, sum(1 << leaf for leaf in on_left)
    return Trees(features=features, feature=feature, threshold=threshold, left=left, value=value)


def _read(nodes: Sequence[Node], at: int, first: int) -> tuple[list[tuple[str, float, range]], list[float]]:
    """The splits below a node, each with the leaves on its left, and the leaves' values from the ``first`` leaf on."""
    node = nodes[at]
    if not isinstance(node, tuple):
        return [], [node]
    name, threshold, left, right = node
    splits, leaves = _read(nodes, left, first)
    more, others = _read(nodes, right, first + len(leaves))
    here = (name, threshold, range(first, first + len(leaves)))
    return [here, *splits, *more], leaves + others

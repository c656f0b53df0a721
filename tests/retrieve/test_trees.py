from __future__ import annotations

import numpy as np
import pytest
from training.formats import format_trees

from panelbot.retrieve.features import turn_features
from panelbot.retrieve.first_stage import score_first_stage
from panelbot.retrieve.stacked import around_scores
from panelbot.retrieve.trees import Node, load_trees, parse_trees
from panelbot.retrieve.turn_pool import build_pool
from retrieve.corpora import segment, transcript

STUMP: list[Node] = [("a", 0.5, 1, 2), -1.0, 2.0]
DEEP: list[Node] = [("b", 0.0, 1, 2), 0.25, ("a", 1.0, 3, 4), 10.0, 20.0]
TEXT = format_trees(["a", "b"], [STUMP, DEEP], notes=["by hand"])


def walk(nodes: list[Node], values: dict[str, float]) -> float:
    """The plain reading of a tree, one turn at a time."""
    at = 0
    while not isinstance(node := nodes[at], float):
        at = node[2] if values[node[0]] <= node[1] else node[3]
    return node


def test_scores_are_the_sums_of_the_leaves_a_plain_walk_ends_in() -> None:
    generator = np.random.default_rng(3)
    values = {name: generator.normal(size=50).astype(np.float32) for name in "ab"}
    rows = np.asarray([7, 3, 49, 0])
    expected = [sum(walk(t, {n: float(v[i]) for n, v in values.items()}) for t in (STUMP, DEEP)) for i in rows]
    np.testing.assert_allclose(parse_trees(TEXT).score(values, rows), expected)


def chain(n_leaves: int, *, leftwards: bool) -> list[Node]:
    """A tree that is all one branch."""
    nodes: list[Node] = []
    for i in range(n_leaves - 1):
        on, leaf = len(nodes) + 2, len(nodes) + 1
        nodes += [("a", float(-i if leftwards else i), *((on, leaf) if leftwards else (leaf, on))), float(10 + i)]
    return [*nodes, 99.0]


@pytest.mark.parametrize("leftwards", [True, False])
@pytest.mark.parametrize("n_leaves", [2, 7, 8])
def test_branches_of_any_shape_end_where_a_plain_walk_does(n_leaves: int, leftwards: bool) -> None:
    tree = chain(n_leaves, leftwards=leftwards)
    values = {"a": np.linspace(-9, 9, 37, dtype=np.float32)}
    expected = [walk(tree, {"a": float(value)}) for value in values["a"]]
    assert parse_trees(format_trees(["a"], [tree])).score(values, np.arange(37)).tolist() == expected
    assert len(set(expected)) == n_leaves


def test_a_tree_with_more_leaves_than_a_byte_has_bits_is_refused() -> None:
    with pytest.raises(ValueError, match="9 leaves"):
        parse_trees(format_trees(["a"], [chain(9, leftwards=True)]))


def test_a_value_at_the_threshold_goes_left() -> None:
    values = {"a": np.asarray([0.5], np.float32), "b": np.asarray([0.0], np.float32)}
    assert parse_trees(TEXT).score(values, np.asarray([0])).tolist() == [-0.75]


@pytest.mark.parametrize("change", [("2\n", "3\n"), ("panelbot trees 1", "panelbot trees 2"), ("by hand", "by foot")])
def test_a_text_that_was_changed_is_refused(change: tuple[str, str]) -> None:
    with pytest.raises(ValueError, match="changed"):
        parse_trees(TEXT.replace(*change, 1))


def test_the_shipped_rankers_know_every_feature_and_no_other() -> None:
    pool = build_pool(
        [segment(transcript("t", [("A", "the harbour bridge closes"), ("B", "the ferry is late")]))], None
    )
    features = turn_features(pool, score_first_stage(pool, np.ones(64, np.float32), ()), np.zeros(2, dtype=bool))
    assert sorted(load_trees("ranker.txt").features) == sorted(features)
    second = around_scores(pool, np.zeros(2, np.float32))
    assert sorted(load_trees("ranker_second.txt").features) == sorted([*features, *second])

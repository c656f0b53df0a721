"""The adapter of the question's vector, and the windows of turns it is compared with."""

from __future__ import annotations

import numpy as np
import pytest
from training.formats import format_adapter

from panelbot.embedding import HashEmbedder
from panelbot.retrieve.adapter import Adapter, adapt, parse_adapter
from panelbot.retrieve.features import WINDOWS, adapted_features, z_scores
from panelbot.retrieve.first_stage import score_first_stage, summed_products
from panelbot.retrieve.turn_pool import TurnPool, build_pool
from retrieve.corpora import segment, transcript

GENERATOR = np.random.default_rng(0)
SMALL = Adapter(
    model="small-model",
    mean=np.asarray([[1, 0, 0]], np.float32),
    bias=np.asarray([[0, 0.5, 0]], np.float32),
    down=np.asarray([[1, 1, 0]], np.float32),
    up=np.asarray([[0, 0, 2]], np.float32),
)


def test_an_adapter_adds_what_the_difference_from_the_mean_says() -> None:
    # From the mean it is (-1, 2, 3) away, of which "down" sees 1, which is 2 in the direction of "up".
    assert SMALL.apply(np.asarray([0, 2, 3], np.float32)).tolist() == [0, 2.5, 5]


def test_an_adapter_is_read_as_it_was_written() -> None:
    rows = {name: GENERATOR.normal(size=(n, 4)).astype(np.float32) for name, n in [("mean", 1), ("bias", 1), ("up", 2)]}
    adapter = Adapter(model="m", down=np.zeros((2, 4), np.float32), **rows)
    text = format_adapter(adapter, notes=["by hand"])
    read = parse_adapter(text)
    assert read.model == "m"
    for name, values in rows.items():
        np.testing.assert_allclose(getattr(read, name), values, atol=float(np.abs(values).max()) / 250)
    assert not read.down.any()
    assert format_adapter(read, notes=["by hand"]) == text


def test_a_text_that_was_changed_is_refused() -> None:
    with pytest.raises(ValueError, match="changed"):
        parse_adapter(format_adapter(SMALL).replace("small-model", "large-model"))


@pytest.mark.parametrize(
    ("model", "dim", "moved"),
    [
        ("multilingual-e5-small-q4-v1:c9a1c03266babd2c", 384, True),
        ("intfloat/multilingual-e5-small:0123456789abcdef", 384, True),
        ("intfloat/multilingual-e5-base:0123456789abcdef", 768, False),
        ("multilingual-e5-small-pruned:0123456789abcdef", 128, False),
        ("hash", 384, False),
    ],
)
def test_the_adapter_that_ships_belongs_to_one_model(model: str, dim: int, moved: bool) -> None:
    query = np.full(dim, dim**-0.5, np.float32)
    assert np.array_equal(adapt(query, model), query) is not moved


WORDS = ["the ferry is late", "", "the harbour bridge closes. " * 30, "yes", "who pays for the bridge", "the council"]


def made_pool() -> TurnPool:
    turns = [("AB"[i % 2], text) for i, text in enumerate(WORDS)]
    return build_pool([segment(transcript("s", turns)), segment(transcript("t", turns[:3]), 100)], None)


def test_a_window_is_the_cosine_with_the_sum_of_its_vectors() -> None:
    pool = made_pool()
    question = HashEmbedder().encode_queries(["when does the ferry leave"])[0]
    features = adapted_features(pool, summed_products(pool, question))
    assert list(features) == [f"adapted_window{reach}" for reach in WINDOWS]
    for reach in WINDOWS:
        expected = np.asarray([cosine(pool, at, reach, question) for at in range(pool.n)], np.float32)
        np.testing.assert_allclose(features[f"adapted_window{reach}"], z_scores(expected, pool.speaks), atol=1e-3)


def cosine(pool: TurnPool, at: int, reach: int, question: np.ndarray) -> float:
    """Of ``question`` and the vectors around a turn, step by step."""
    one = pool.segments[pool.of[at]]
    inner, outer, here = (reach + 1) // 2, reach // 2, at - int(pool.low[at])
    total = np.zeros_like(question)
    for middle in range(here - outer, here + outer + 1):
        if 0 <= middle < one.turns.n_turns:
            for passage, turn in enumerate(one.passage_turn.tolist()):
                if abs(turn - middle) <= inner:
                    total += one.vectors[passage]
    return float(total @ question) / max(float(np.linalg.norm(total)), 1e-6)


def test_without_an_adapted_question_the_question_itself_is_compared() -> None:
    pool = made_pool()
    question = HashEmbedder().encode_queries(["when does the ferry leave"])[0]
    scored = score_first_stage(pool, question, ())
    np.testing.assert_array_equal(scored.adapted, summed_products(pool, question))
    np.testing.assert_array_equal(score_first_stage(pool, question, (), -question).adapted, -scored.adapted)
    assert scored.adapted[1] == 0  # nobody says anything there

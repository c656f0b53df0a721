from __future__ import annotations

import numpy as np

from panelbot.retrieve.features import z_scores
from panelbot.retrieve.first_stage import score_first_stage
from panelbot.retrieve.linear import answer_features, shipped_weights, weighted_sum
from panelbot.retrieve.rank import rank
from panelbot.retrieve.terms import find_terms
from panelbot.retrieve.trees import load_trees
from panelbot.retrieve.turn_pool import build_pool
from panelbot.retrieve.vocabulary import Vocabulary
from retrieve.corpora import question, search_index, segment, transcript

KILN = transcript(
    "kiln",
    [
        ("Ida", "Before the break: how often is the wood kiln fired, Per?"),
        ("Per", "Twice, and only in the cold half of a year, because of the smoke."),
        ("Ida", "And the glazes, who mixes them in the workshop?"),
        ("Moss", "I mix them at home and bring buckets along on a cart."),
        ("Per", "Exactly, I agree with that."),
        ("Ida", "Right."),
    ],
)
POOL = build_pool([segment(KILN), segment(transcript("other", [("Ida", "Where are the buckets?")]))], None)
INDEX = search_index(KILN)
SCORED = score_first_stage(
    POOL, np.ones(64, np.float32) / 8, find_terms(question("buckets"), Vocabulary(INDEX), None, query_translation=True)
)


def test_what_the_weights_are_for_is_measured_and_nothing_else() -> None:
    assert list(answer_features(POOL, SCORED)) == [
        "cosine_z",
        "lexical_z",
        "asking",
        "hands_over",
        "replies",
        "length_z",
    ]
    assert set(shipped_weights()) == set(answer_features(POOL, SCORED))


def test_a_question_pays_its_score_on_to_the_turns_that_may_answer_it() -> None:
    features = answer_features(POOL, SCORED)
    both = z_scores(SCORED.cosine, POOL.speaks) + z_scores(SCORED.lexical, POOL.speaks)
    expected = [0, max(both[0], 0), 0, max(both[2], 0), max(both[2], 0), 0, 0]
    np.testing.assert_allclose(features["replies"], expected, atol=1e-5)
    assert features["hands_over"].tolist() == [1, 0, 1, 0, 0, 0, 1]


def test_the_score_is_the_weighted_sum() -> None:
    features = {"a": np.asarray([1, 2], np.float32), "b": np.asarray([-1, 4], np.float32)}
    assert weighted_sum(features, {"a": 2.0, "b": 0.5}).tolist() == [1.5, 6.0]


def test_the_weights_count_in_full_for_one_fact_and_little_for_a_matter() -> None:
    nobody = np.zeros(POOL.n, dtype=bool)
    weighed = weighted_sum(answer_features(POOL, SCORED), shipped_weights())[POOL.speaks]
    for broad, share in ((False, 1.0), (True, 0.1)):
        scores, features = rank(POOL, SCORED, nobody, broad=broad)
        trees = load_trees("ranker_second.txt" if broad else "ranker.txt")
        found = trees.score(features, np.flatnonzero(POOL.speaks))
        np.testing.assert_allclose(scores[POOL.speaks], found + share * weighed, atol=1e-5)


def test_the_signs_are_those_of_what_the_features_are_for() -> None:
    signs = {name: np.sign(weight) for name, weight in shipped_weights().items()}
    assert all(signs[name] <= 0 for name in ("asking", "hands_over"))
    assert all(signs[name] >= 0 for name in ("cosine_z", "lexical_z", "replies", "length_z"))

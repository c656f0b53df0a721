from __future__ import annotations

import numpy as np
import pytest

from panelbot.retrieve.features import turn_features, z_scores
from panelbot.retrieve.first_stage import score_first_stage
from panelbot.retrieve.linear import answer_features
from panelbot.retrieve.rank import most_promising, rank, spread
from panelbot.retrieve.stacked import around_scores
from panelbot.retrieve.trees import load_trees
from panelbot.retrieve.turn_pool import TurnPool, build_pool
from retrieve.corpora import segment, transcript

N_TURNS = (61, 9)


def two_talks() -> TurnPool:
    """A pool of two transcripts of 61 and 9 turns, every fifth of which says nothing."""
    talks = [["Yeah." if i % 5 == 3 else f"the ferry number {i} is late" for i in range(n)] for n in N_TURNS]
    turns = [[("AB"[i % 2], text) for i, text in enumerate(talk)] for talk in talks]
    return build_pool([segment(transcript(id, talk)) for id, talk in zip("xy", turns, strict=True)], None)


POOL = two_talks()
SCORES = np.random.default_rng(5).normal(size=POOL.n).astype(np.float32)
FIRST = z_scores(SCORES, POOL.speaks)


def window(i: int, start: int, stop: int) -> range:
    """The turns from ``start`` to ``stop`` places behind turn ``i``, as far as its transcript goes."""
    return range(max(i + start, int(POOL.low[i])), min(i + stop + 1, int(POOL.spans.high[i])))


def mean(i: int, start: int, stop: int) -> float:
    values = [FIRST[j] for j in window(i, start, stop)]
    return float(np.mean(values)) if values else 0.0


RISING = np.arange(POOL.n, dtype=np.float32)


@pytest.mark.parametrize("reach", [2, 8, 20])
@pytest.mark.parametrize("scores", [SCORES, RISING, -RISING], ids=["random", "rising", "falling"])
def test_the_highest_score_around_is_a_plain_maximum(scores: np.ndarray, reach: int) -> None:
    first = z_scores(scores, POOL.speaks)
    expected = [max(first[j] for j in window(i, -reach, reach)) for i in range(POOL.n)]
    np.testing.assert_array_equal(around_scores(POOL, scores)[f"first_max{reach}"], np.asarray(expected, np.float32))


@pytest.mark.parametrize("reach", [1, 2, 4, 8, 16, 32])
def test_the_mean_around_is_that_of_the_turns_there_are(reach: int) -> None:
    plain = np.asarray([mean(i, -reach, reach) for i in range(POOL.n)], np.float32)
    expected = z_scores(plain, POOL.speaks)
    np.testing.assert_allclose(around_scores(POOL, SCORES)[f"first_mean{reach}"], expected, atol=1e-4)


@pytest.mark.parametrize("reach", [3, 10])
def test_before_and_after_leave_the_turn_itself_out(reach: int) -> None:
    found = around_scores(POOL, SCORES)
    before, after = ([mean(i, *ends) for i in range(POOL.n)] for ends in ((-reach, -1), (1, reach)))
    np.testing.assert_allclose(found[f"first_before{reach}"], before, atol=1e-5)
    np.testing.assert_allclose(found[f"first_after{reach}"], after, atol=1e-5)


@pytest.mark.parametrize("reach", [3, 10, 30])
def test_the_share_around_is_that_of_a_softmax(reach: int) -> None:
    promise = np.exp(FIRST) / np.exp(FIRST).sum()
    expected = [promise[window(i, -reach, reach)].sum() for i in range(POOL.n)]
    np.testing.assert_allclose(around_scores(POOL, SCORES)[f"first_share{reach}"], expected, atol=1e-5)


def test_the_peak_of_a_transcript_is_where_its_mean_around_is_highest() -> None:
    found = around_scores(POOL, SCORES)
    mean = found["first_mean8"]
    peaks = [int(low + np.argmax(mean[low:high])) for low, high in zip(POOL.low, POOL.spans.high, strict=True)]
    np.testing.assert_allclose(np.expm1(found["first_peak_distance"]), np.abs(np.arange(POOL.n) - peaks), atol=1e-4)
    np.testing.assert_allclose(found["first_peak_gap"], mean - mean.max(), atol=1e-5)


def test_the_scale_of_the_first_scores_changes_nothing() -> None:
    plain, scaled = around_scores(POOL, SCORES), around_scores(POOL, 10 * SCORES + 3)
    for name, values in plain.items():
        np.testing.assert_allclose(scaled[name], values, atol=1e-4, err_msg=name)


def test_turns_that_were_not_looked_at_have_the_lowest_score() -> None:
    scores = spread(np.asarray([2.0, -1.0], np.float32), np.asarray([4, 1]), 6)
    assert scores.tolist() == [-1.0, -1.0, -1.0, -1.0, 2.0, -1.0]


def test_the_most_promising_turns_come_in_the_order_of_the_pool() -> None:
    features = {"mix": np.asarray([0, 3, 1, 9, 2], np.float32), "cosine_z": np.asarray([5, 0, 0, 0, 0], np.float32)}
    among = np.asarray([True, True, True, False, True])
    assert most_promising(features, among, 2).tolist() == [0, 1]
    assert most_promising(features, among, 9).tolist() == [0, 1, 2, 4]


SCORED = score_first_stage(POOL, np.ones(64, np.float32) / 8, ())
NAMED = np.zeros(POOL.n, dtype=bool)
ROWS = np.flatnonzero(POOL.speaks)


def test_a_broad_question_is_looked_at_again_by_what_the_first_trees_scored() -> None:
    plain = turn_features(POOL, SCORED, NAMED)
    first = spread(load_trees("ranker.txt").score(plain, ROWS), ROWS, POOL.n)
    expected = plain | answer_features(POOL, SCORED) | around_scores(POOL, first)
    _, features = rank(POOL, SCORED, NAMED, broad=True)
    assert list(features) == list(expected)
    for name, values in expected.items():
        np.testing.assert_array_equal(features[name], values, err_msg=name)
    assert "first" not in rank(POOL, SCORED, NAMED, broad=False)[1]

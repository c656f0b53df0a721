from __future__ import annotations

import itertools

import numpy as np
import pytest

from panelbot.evaluation.questions import GoldQuestion
from panelbot.evaluation.rows import Row
from panelbot.evaluation.statistics import compare, estimate, percentile, resampling_unit


def make_rows(values, transcripts=None, measure="RR") -> list[Row]:
    return [
        Row(
            setting="",
            question=GoldQuestion(
                query_id=f"q{i}", query="?", transcript_id=transcripts[i] if transcripts else f"t{i}"
            ),
            ranked=(),
            measures={} if value is None else {measure: value},
        )
        for i, value in enumerate(values)
    ]


def test_the_mean_is_over_the_rows_that_have_the_measure():
    result = estimate(make_rows([1.0, None, 0.0, 0.5]), "RR")
    assert result is not None
    assert (result.mean, result.n) == (0.5, 3)


def test_no_row_has_it():
    assert estimate(make_rows([None]), "RR") is None
    assert compare(make_rows([None]), make_rows([1.0]), "RR") is None


def test_the_interval_is_close_to_the_normal_one_for_independent_questions():
    values = np.random.default_rng(3).uniform(size=400)
    result = estimate(make_rows(values.tolist()), "RR")
    assert result is not None
    half = 1.96 * values.std() / 20
    assert result.low == pytest.approx(values.mean() - half, abs=0.003)
    assert result.high == pytest.approx(values.mean() + half, abs=0.003)


def test_questions_of_one_transcript_are_drawn_together():
    # Ten transcripts of 40 alike questions hold the information of ten questions, not of 400.
    level = np.random.default_rng(3).uniform(size=10)
    together = estimate(make_rows(np.repeat(level, 40).tolist(), [f"t{i // 40}" for i in range(400)]), "RR")
    ten = estimate(make_rows(level.tolist()), "RR")
    assert together is not None
    assert ten is not None
    assert together.low == pytest.approx(ten.low)
    assert together.high == pytest.approx(ten.high)


def test_one_transcript_resamples_its_questions():
    rows = make_rows([0.0, 1.0, 1.0, 0.0] * 10, ["t"] * 40)
    result = estimate(rows, "RR")
    assert resampling_unit(rows) == "questions"
    assert result is not None
    assert result.low is not None
    assert result.low < 0.4


def test_one_question_has_no_interval():
    result = estimate(make_rows([0.5]), "RR")
    assert result is not None
    assert (result.mean, result.low, result.high) == (0.5, None, None)


def test_estimates_repeat_with_the_seed():
    rows = make_rows([0.1, 0.9, 0.4, 0.7, 0.2])
    assert estimate(rows, "RR", seed=1) == estimate(rows, "RR", seed=1)
    assert estimate(rows, "RR", seed=1) != estimate(rows, "RR", seed=2)


def exact_p(difference) -> float:
    observed = abs(sum(difference))
    flips = list(itertools.product((-1, 1), repeat=len(difference)))
    return sum(abs(sum(s * d for s, d in zip(f, difference, strict=True))) >= observed - 1e-12 for f in flips) / len(
        flips
    )


def test_the_randomisation_test_agrees_with_all_sign_flips_counted():
    generator = np.random.default_rng(5)
    for _ in range(5):
        before, after = generator.uniform(size=(2, 10)).round(2)
        result = compare(make_rows(before.tolist()), make_rows(after.tolist()), "RR")
        assert result is not None
        assert result.p_value == pytest.approx(exact_p((after - before).tolist()), abs=0.02)


def test_a_comparison_counts_what_changed():
    result = compare(make_rows([0.0, 0.5, 1.0, 0.2]), make_rows([1.0, 0.5, 0.5, None]), "RR")
    assert result is not None
    assert (result.n, result.n_better, result.n_worse) == (3, 1, 1)
    assert result.difference == pytest.approx(0.5 / 3)


def test_pairs_are_matched_by_question_not_by_place():
    first, second = make_rows([0.0, 1.0, 0.5]), make_rows([0.0, 1.0, 0.5])[::-1]
    result = compare(first, second, "RR")
    assert result is not None
    assert (result.p_value, result.n_better, result.n_worse) == (1.0, 0, 0)


def test_a_clear_difference_is_significant_and_never_impossible():
    result = compare(make_rows([0.0] * 30), make_rows([1.0] * 30), "RR")
    assert result is not None
    assert 0 < result.p_value < 0.001


def test_percentiles():
    assert percentile([1.0, 2.0, 3.0, 4.0], 0.5) == 2.5
    assert percentile([1.0], 0.95) == 1.0

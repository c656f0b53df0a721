from __future__ import annotations

from dataclasses import replace

import pytest

from panelbot.errors import InputError
from panelbot.evaluation.expected import check_rows, describe_rows, read_expected, write_expected
from panelbot.evaluation.questions import GoldQuestion
from panelbot.evaluation.rows import GivenAnswer, Row

ANSWER = GivenAnswer(status="answered", text="", question="", evidence=1.0, citations=(), repaired=0, dropped=0)


def make_row(name: str, **measures: float) -> Row:
    question = GoldQuestion(query_id=name, query=f"什么是{name}?")
    return Row(setting="", question=question, ranked=(), answer=ANSWER, measures=measures)


def expected_of(rows, tmp_path):
    write_expected(tmp_path / "expected.json", rows)
    return read_expected(tmp_path / "expected.json")


ROWS = [make_row("a", RR=1.0), make_row("b", RR=0.5)]


def test_what_was_written_is_reached_again(tmp_path):
    expected = expected_of(ROWS, tmp_path)
    assert expected == describe_rows(ROWS)
    check = check_rows(ROWS, expected)
    assert check.passed
    assert check.changed == ()


def test_a_drop_fails_and_names_the_question(tmp_path):
    check = check_rows([ROWS[0], make_row("b", RR=0.25)], expected_of(ROWS, tmp_path))
    assert not check.passed
    assert check.drops == ("RR: expected 0.7500, got 0.6250",)
    assert check.changed == ("b (什么是b?): RR 0.5 → 0.25",)


def test_a_gain_passes_and_is_told(tmp_path):
    check = check_rows([ROWS[0], make_row("b", RR=1.0)], expected_of(ROWS, tmp_path))
    assert check.passed
    assert len(check.changed) == 1


def test_more_false_statements_are_a_drop_and_fewer_are_none(tmp_path):
    false, true = make_row("a", false_silence=1.0), make_row("a", false_silence=0.0)
    assert check_rows([false], expected_of([true], tmp_path)).drops == ("false_silence: expected 0.0000, got 1.0000",)
    assert check_rows([true], expected_of([false], tmp_path)).passed


def test_a_changed_status_is_told(tmp_path):
    refused = replace(ROWS[1], answer=replace(ANSWER, status="not_discussed"))
    check = check_rows([ROWS[0], refused], expected_of(ROWS, tmp_path))
    assert check.changed == ("b (什么是b?): status answered → not_discussed",)


def test_noise_within_the_tolerance_is_no_drop(tmp_path):
    check = check_rows([ROWS[0], make_row("b", RR=0.497)], expected_of(ROWS, tmp_path))
    assert check.passed
    assert check.changed == ()


def test_a_broken_quote_is_a_drop_however_small(tmp_path):
    many = [make_row(str(i), quote_integrity=1.0) for i in range(400)]
    expected = expected_of(many, tmp_path)
    assert not check_rows([*many[:-1], make_row("399", quote_integrity=0.5)], expected).passed


def test_a_question_or_measure_that_is_gone_is_a_drop(tmp_path):
    expected = expected_of(ROWS, tmp_path)
    assert check_rows(ROWS[:1], expected).drops == ("question b is missing",)
    assert check_rows([make_row("a"), make_row("b")], expected).drops == ("RR: expected 0.7500, not measured",)


@pytest.mark.parametrize("text", ["", "[]", '{"format": 99}'])
def test_what_holds_no_expected_numbers_is_said(tmp_path, text):
    file = tmp_path / "expected.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError):
        read_expected(file)

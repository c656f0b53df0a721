from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from panelbot.errors import InputError
from panelbot.evaluation.compare import compare_reports
from panelbot.evaluation.folder import RESULTS, RUN
from panelbot.evaluation.questions import GoldQuestion
from panelbot.evaluation.rows import Row, row_to_json
from panelbot.evaluation.tables import align, comparison_table, format_p


def make_row(name: str, value: float, setting: str = "default") -> Row:
    question = GoldQuestion(query_id=name, query=f"{name}?", transcript_id="panel", gold_turns=(0,))
    return Row(setting=setting, question=question, ranked=(), measures={"nDCG@10": value, "RR": value})


def write(folder: Path, rows: list[Row], **run: object) -> str:
    folder.mkdir()
    settings = {row.setting: {} for row in rows}
    document = {"run": {"settings": settings, "corpus_checksum": "c", "scope": "transcript", "depth": 50, **run}}
    (folder / RUN).write_text(json.dumps(document), encoding="utf-8")
    lines = [json.dumps(row_to_json(row)) for row in rows]
    (folder / RESULTS).write_text("\n".join(lines), encoding="utf-8")
    return str(folder)


def test_the_questions_both_have_are_compared(tmp_path):
    first = write(tmp_path / "a", [make_row("x", 0.2), make_row("y", 1.0), make_row("z", 0.5)])
    second = write(tmp_path / "b", [make_row("y", 0.9), make_row("x", 0.8)])
    outcome = compare_reports(first, second)
    (ndcg, rr) = outcome.comparisons
    assert (ndcg.measure, rr.measure) == ("nDCG@10", "RR")
    assert (ndcg.n, ndcg.n_better, ndcg.n_worse) == (2, 1, 1)
    assert ndcg.difference == pytest.approx(0.25)
    assert [change.query_id for change in outcome.changed] == ["x", "y"]
    assert outcome.warnings == ("Compared over the 2 questions both have (3 and 2).",)
    assert "1 / 1 / 0" in comparison_table(outcome.names, outcome.comparisons)


def test_a_question_whose_gold_changed_is_another_question(tmp_path):
    first = write(tmp_path / "a", [make_row("x", 0.2)])
    changed = replace(make_row("x", 0.2), question=replace(make_row("x", 0.2).question, gold_turns=(1,)))
    second = write(tmp_path / "b", [changed])
    with pytest.raises(InputError, match="no question in common"):
        compare_reports(first, second)


def test_what_else_differs_is_said(tmp_path):
    first = write(tmp_path / "a", [make_row("x", 0.2)])
    second = write(tmp_path / "b", [make_row("x", 0.2)], corpus_checksum="d", scope="corpus")
    assert len(compare_reports(first, second).warnings) == 2


def test_one_setting_of_several_is_named(tmp_path):
    first = write(tmp_path / "a", [make_row("x", 0.2, "k=1"), make_row("x", 0.7, "k=2")])
    assert compare_reports(f"{first}:k=1", f"{first}:k=2").comparisons[0].difference == pytest.approx(0.5)
    with pytest.raises(InputError, match="several settings"):
        compare_reports(first, f"{first}:k=2")
    with pytest.raises(InputError, match="no setting 'k=3'"):
        compare_reports(f"{first}:k=3", first)


@pytest.mark.parametrize("content", ["", "[]", '{"run": 3}'])
def test_a_damaged_report_is_said_in_one_sentence(tmp_path, content):
    folder = write(tmp_path / "a", [make_row("x", 0.2)])
    (tmp_path / "a" / RUN).write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match="cannot be read"):
        compare_reports(folder, folder)


def test_columns_line_up_with_chinese_in_them():
    assert align([["a", "b"], ["银行", "10"]]) == "a      b\n银行  10"


def test_small_p_values_are_not_rounded_to_zero():
    assert (format_p(0.0001), format_p(0.0234)) == ("<0.001", "0.023")

"""The tables of references and follow-ups; docs/references.md reports what they give."""

from __future__ import annotations

import pytest

from understand.tables import dialogue_rows, dialogue_wrong, reference_rows, reference_scores

REFERENCES = tuple(
    f"references{stage}.tsv" for stage in ("", "-blind", "-second", "-third", "-fourth", "-negative", "-held-out")
)
DIALOGUES = tuple(name.replace("references", "dialogues") for name in REFERENCES if "negative" not in name)


@pytest.mark.parametrize("name", REFERENCES)
def test_references(name: str) -> None:
    scores = reference_scores(name)
    assert scores.precision >= 0.98, scores.wrong
    assert scores.recall >= 0.95, scores.wrong


@pytest.mark.parametrize("name", DIALOGUES)
def test_dialogues(name: str) -> None:
    n_rows, wrong = dialogue_wrong(name)
    assert len(wrong) <= 0.1 * n_rows, wrong


def test_the_tables_are_as_large_and_as_mixed_as_they_should_be() -> None:
    rows = [row for name in REFERENCES for row in reference_rows(name)]
    negative = [row for row in rows if row.expected[0] in "-!~"]
    assert len(rows) >= 150
    assert len({row.scope for row in rows}) >= 6
    assert 0.4 <= len(negative) / len(rows) <= 0.6
    assert sum(not row.question.isascii() for row in rows) >= 60
    assert sum(len(list(dialogue_rows(name))) for name in DIALOGUES) >= 60

"""The talks to learn from are what their README says: quotes stand in their turns; gold is where an answer is."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from panelbot.readers import read_file
from panelbot.types import STATUSES

TALKS = Path(__file__).resolve().parents[2] / "benchmarks" / "talks"
TRANSCRIPTS = {
    talk["id"]: talk
    for talk in (json.loads(path.read_text(encoding="utf-8")) for path in (TALKS / "transcripts").glob("*.json"))
}


def asked(name: str) -> list[dict]:
    return [json.loads(line) for line in (TALKS / name).read_text(encoding="utf-8").splitlines()]


FITTED, HELD = asked("questions.jsonl"), asked("held.jsonl")
QUESTIONS = [*FITTED, *HELD]


@pytest.mark.parametrize("id", sorted(TRANSCRIPTS))
def test_what_is_quoted_stands_in_the_turns(id: str) -> None:
    turns = TRANSCRIPTS[id]["turns"]
    for q in (q for q in QUESTIONS if q["transcript_id"] == id):
        gold = [turns[i] for i in q["gold_turns"]]
        assert all(any(quote in turn["text"] for turn in gold) for quote in q["quotes"]), q["query_id"]
        assert all(any(quote in turn["text"] for quote in q["quotes"]) for turn in gold), q["query_id"]
        assert set(q["speakers"]) == {turn["speaker"] for turn in gold}, q["query_id"]


def test_only_what_has_an_answer_has_gold_turns() -> None:
    for q in QUESTIONS:
        assert q["status"] in STATUSES
        assert q["answerable"] is (q["status"] == "answered") is bool(q["gold_turns"]), q["query_id"]
        assert not (q["answerable"] and q["discussed_turns"]), q["query_id"]


def test_the_talks_that_are_held_apart_have_no_other_questions() -> None:
    held = {q["transcript_id"] for q in HELD}
    assert len(held) >= len(TRANSCRIPTS) / 10
    assert held.isdisjoint(q["transcript_id"] for q in FITTED)
    assert {q["transcript_id"] for q in QUESTIONS} == set(TRANSCRIPTS)


def test_no_question_is_there_twice_and_all_kinds_are() -> None:
    assert len({q["query_id"] for q in QUESTIONS}) == len(QUESTIONS)
    assert len({(q["transcript_id"], q["query"]) for q in QUESTIONS}) == len(QUESTIONS)
    assert set(Counter(q["kind"] for q in QUESTIONS)) == {
        "fact", "reason", "view", "who-said", "each", "near", "wrong-speaker", "absent", "left-open",
    }  # fmt: skip


@pytest.mark.parametrize("id", sorted(TRANSCRIPTS)[::8])
def test_the_talks_are_read_as_they_are_written(id: str) -> None:
    (reading,) = read_file(TALKS / "transcripts" / f"{id}.json")
    assert [turn.text for turn in reading.transcript.turns] == [turn["text"] for turn in TRANSCRIPTS[id]["turns"]]

"""The panels to learn from are what they say: quotes stand in their turns, gold is where an answer is, nowhere else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from panelbot.types import STATUSES

PANELS = Path(__file__).resolve().parents[2] / "benchmarks" / "panels"
TRANSCRIPTS = {
    panel["id"]: panel
    for panel in (json.loads(path.read_text(encoding="utf-8")) for path in (PANELS / "transcripts").glob("*.json"))
}
QUESTIONS = [json.loads(line) for line in (PANELS / "questions.jsonl").read_text(encoding="utf-8").splitlines()]
each_panel = pytest.mark.parametrize("id", sorted(TRANSCRIPTS))


def of(id: str) -> list[dict]:
    return [q for q in QUESTIONS if q["transcript_id"] == id]


@each_panel
def test_quotes_stand_in_the_turns_and_the_speakers_said_them(id: str) -> None:
    turns = TRANSCRIPTS[id]["turns"]
    for q in of(id):
        gold = [turns[i] for i in q["gold_turns"]]
        assert len(q["quotes"]) == len(gold), q["query_id"]
        assert all(quote in turn["text"] for quote, turn in zip(q["quotes"], gold, strict=True)), q["query_id"]
        assert set(q["speakers"]) == {turn["speaker"] for turn in gold}, q["query_id"]


@each_panel
def test_only_what_has_an_answer_has_gold_turns(id: str) -> None:
    for q in of(id):
        assert q["status"] in STATUSES
        assert q["answerable"] is (q["status"] == "answered") is bool(q["gold_turns"]), q["query_id"]
        passed_over = q["status"] in ("not_by_speaker", "asked_not_answered")
        assert bool(q["discussed_turns"]) is passed_over, q["query_id"]


@each_panel
def test_what_nobody_took_up_was_asked_by_no_panelist(id: str) -> None:
    roles = {s["name"]: s["role"] for s in TRANSCRIPTS[id]["speakers"]}
    turns = TRANSCRIPTS[id]["turns"]
    asking = [i for q in of(id) if q["status"] == "asked_not_answered" for i in q["discussed_turns"]]
    assert asking
    assert all(roles[turns[i]["speaker"]] != "panelist" for i in asking)


def test_every_question_is_of_a_panel_and_none_is_there_twice() -> None:
    assert {q["transcript_id"] for q in QUESTIONS} == set(TRANSCRIPTS)
    assert len({q["query_id"] for q in QUESTIONS}) == len(QUESTIONS) == 504

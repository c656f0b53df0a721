from __future__ import annotations

import json

import pytest

import panelbot
from evaluation.fakes import FakeBot, make_citation, make_hit, make_transcript
from panelbot.errors import QuestionsError
from panelbot.evaluation import load_questions
from panelbot.evaluation.rows import row_from_json, row_to_json
from panelbot.evaluation.run import ask_questions, rank_turns
from panelbot.types import Answer, Exchange

PANEL = make_transcript("panel", 6)
OTHER = make_transcript("other", 6)
QUESTIONS = [
    {"query_id": "a", "query": "one", "transcript_id": "panel", "gold_turns": [2], "evidence_turns": [2, 3]},
    {"query_id": "b", "query": "two", "transcript_id": "other", "gold_turns": [0], "history": ["before"]},
    {"query_id": "c", "query": "none", "transcript_id": "panel", "gold_turns": [], "answerable": False},
]


def make_bot() -> FakeBot:
    answer = Answer(status="answered", text="好[1]。", question="one", citations=(make_citation(PANEL, 2),))
    found = {"one": [("panel", 1), ("panel", 2), ("other", 2), ("panel", 3)]}
    return FakeBot([PANEL, OTHER], found, {"one": answer})


def test_the_function_is_what_the_package_exports():
    assert callable(panelbot.evaluate)
    assert panelbot.evaluate.__module__ == "panelbot.evaluation.run"


def test_every_question_has_a_row_with_its_measures():
    rows = panelbot.evaluate(make_bot(), QUESTIONS)
    assert [row.query_id for row in rows] == ["a", "b", "c"]
    assert [(item.rank, item.transcript_id, item.turn) for item in rows[0].ranked] == [
        (1, "panel", 1),
        (2, "panel", 2),
        (3, "panel", 3),
    ]
    assert rows[0].measures["RR"] == 1 / 2
    assert rows[0].measures["evidence AP"] == pytest.approx((1 / 2 + 2 / 3) / 2)
    assert set(rows[1].measures.values()) == {0.0}  # nothing found
    assert rows[2].measures == {}  # nothing to find
    assert all(row.answer is None and row.seconds["search"] >= 0 for row in rows)


def test_the_search_is_scoped_to_the_questions_transcript_unless_told_otherwise():
    bot = make_bot()
    panelbot.evaluate(bot, QUESTIONS)
    assert [call["transcripts"] for call in bot.calls] == [("panel",), ("other",), ("panel",)]
    assert bot.calls[1]["history"] == (Exchange(query="before"),)
    rows = panelbot.evaluate(bot, QUESTIONS, scope="corpus")
    assert [call["transcripts"] for call in bot.calls[3:]] == [None, None, None]
    assert [item.transcript_id for item in rows[0].ranked] == ["panel", "panel", "other", "panel"]


def test_answers_are_asked_for_and_judged_on_request():
    rows = panelbot.evaluate(make_bot(), QUESTIONS, answers=True)
    assert rows[0].answer is not None
    assert rows[0].answer.status == "answered"
    assert rows[0].measures["citation_precision"] == 1.0
    assert rows[2].measures == {"status": 1.0, "refusal_precision": 1.0, "refusal_recall": 1.0}
    assert all("ask" in row.seconds for row in rows)


def test_a_turn_stands_where_its_best_hit_stands():
    hits = [make_hit(PANEL, 3, 1, end=4), make_hit(PANEL, 3, 2), make_hit(PANEL, 0, 3), make_hit(PANEL, 1, 4)]
    ranked = rank_turns(hits, depth=2)
    assert [(item.rank, item.turn, item.end) for item in ranked] == [(1, 3, 4), (2, 0, len(PANEL.turns[0].text))]


def test_a_sample_is_the_same_for_the_same_seed():
    many = [{"query_id": str(i), "query": "x", "transcript_id": "panel", "gold_turns": [0]} for i in range(50)]
    samples = [
        tuple(row.query_id for row in panelbot.evaluate(make_bot(), many, limit=5, seed=seed)) for seed in (1, 1, 2)
    ]
    assert samples[0] == samples[1] != samples[2]
    assert list(samples[0]) == sorted(samples[0], key=int)


def test_rows_that_are_done_are_not_asked_again():
    bot = make_bot()
    questions = load_questions(QUESTIONS, bot.transcripts())
    first = ask_questions(bot, questions[:2], transcripts=bot.transcripts())
    bot.calls.clear()
    fresh = []
    rows = ask_questions(
        bot, questions, transcripts=bot.transcripts(), done={r.query_id: r for r in first}, on_row=fresh.append
    )
    assert [call["query"] for call in bot.calls] == ["none"]
    assert [row.query_id for row in fresh] == ["c"]
    assert rows[:2] == first


def test_progress_counts_the_questions():
    seen = []
    panelbot.evaluate(make_bot(), QUESTIONS, progress=lambda *step: seen.append(step))
    assert seen == [("questions", n, 3) for n in range(4)]


def test_faults_stop_the_evaluation_before_anything_is_asked():
    bot = make_bot()
    with pytest.raises(QuestionsError, match="gold_turns 9 out of range"):
        panelbot.evaluate(bot, [{"query": "x", "transcript_id": "panel", "gold_turns": [9]}])
    assert bot.calls == []


def test_rows_survive_json():
    rows = panelbot.evaluate(make_bot(), QUESTIONS, answers=True)
    assert tuple(row_from_json(json.loads(json.dumps(row_to_json(row)))) for row in rows) == rows

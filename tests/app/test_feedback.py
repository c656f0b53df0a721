"""A judgement becomes a line that evaluation reads."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fakes.panel_bot import PANEL, FakeBot, quoting
from panelbot.app.conversation import Entry
from panelbot.app.feedback import feedback_record
from panelbot.evaluation.questions import load_questions
from panelbot.types import Answer

ENTRIES = [
    Entry(query="客流呢", answer=quoting("客流呢", PANEL)),
    Entry(query="火星呢", answer=FakeBot().ask("火星呢")),
]


def record(**judged: object) -> dict[str, object]:
    made = feedback_record(ENTRIES, judged)
    assert made is not None
    load_questions([made], [PANEL])  # raises where it is no question
    return made


def test_a_good_answer_gives_its_citations_as_gold() -> None:
    kept = record(exchange=0, rating="good", reason="exact")
    assert (kept["gold_turns"], kept["speakers"], kept["answerable"], kept["status"]) == (
        [1],
        ["周启"],
        True,
        "answered",
    )
    assert kept["quotes"] == [PANEL.turns[1].text[7:20]]


def test_a_good_no_is_an_unanswerable_question() -> None:
    kept = record(exchange=1, rating="good")
    assert (kept["gold_turns"], kept["answerable"], kept["status"]) == ([], False, "not_discussed")
    assert kept["history"] == [{"query": "客流呢", "answer": ENTRIES[0].answer.text}]


def test_a_bad_answer_has_no_gold_but_what_the_reader_names() -> None:
    assert record(exchange=0, rating="bad")["gold_turns"] == []
    named = record(exchange=0, rating="bad", turn=2, reason="x" * 900)
    assert (named["gold_turns"], named["answerable"], named["rating"]) == ([2], True, "bad")
    assert len(str(named["reason"])) == 500


@pytest.mark.parametrize(
    "judged", [None, {}, {"exchange": 2, "rating": "good"}, {"exchange": 0, "rating": "so-so"}, {"exchange": "0"}]
)
def test_what_judges_nothing_is_not_kept(judged: object) -> None:
    assert feedback_record(ENTRIES, judged) is None


def test_a_mixed_answer_keeps_the_transcript_it_cites_most() -> None:
    cited = ENTRIES[0].answer.citations[0]
    others = (cited, replace(cited, number=2, transcript_id="x", turn=9), replace(cited, number=3, turn=2))
    answer = replace(ENTRIES[0].answer, citations=others)
    kept = feedback_record([Entry(query="客流呢", answer=answer)], {"exchange": 0, "rating": "good"})
    assert kept is not None
    assert (kept["transcript_id"], kept["gold_turns"]) == ("harbour", [1, 2])


def test_an_answer_without_quotes_names_no_transcript() -> None:
    entry = Entry(query="你好", answer=Answer(status="answered", text="你好！", question="你好"))
    kept = feedback_record([entry], {"exchange": 0, "rating": "bad"})
    assert kept is not None
    assert "transcript_id" not in kept

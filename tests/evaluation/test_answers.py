from __future__ import annotations

import pytest

from evaluation.fakes import make_citation, make_transcript
from panelbot.evaluation.answers import judge_answer
from panelbot.evaluation.questions import GoldQuestion
from panelbot.types import Answer

PANEL = make_transcript("panel", 6)  # 柏亮, 沈志峰, 胡伟, 柏亮, …
PANELS = {"panel": PANEL}


def ask(**values) -> GoldQuestion:
    return GoldQuestion(**{"query_id": "q", "query": "?", "transcript_id": "panel", **values})


def answered(*citations, text="好。", **values) -> Answer:
    return Answer(status="answered", text=text, question="?", citations=tuple(citations), **values)


def refused(status="not_discussed") -> Answer:
    return Answer(status=status, text="没有。", question="?")


def judge(question: GoldQuestion, answer: Answer) -> dict[str, float]:
    return judge_answer(question, answer, PANELS)


def test_citations_are_judged_against_gold_and_evidence():
    question = ask(gold_turns=(0, 1, 2), evidence_turns=(1, 4))
    measures = judge(
        question, answered(make_citation(PANEL, 1, 1), make_citation(PANEL, 2, 2), make_citation(PANEL, 5, 3))
    )
    assert measures["citation_precision"] == pytest.approx(2 / 3)
    assert measures["citation_recall"] == 1 / 2  # of the evidence turns, where the file names them


def test_citation_recall_falls_back_on_the_gold_turns():
    assert judge(ask(gold_turns=(0, 1)), answered(make_citation(PANEL, 1)))["citation_recall"] == 1 / 2


@pytest.mark.parametrize(
    ("changes", "exact"),
    [
        ({}, 1.0),
        ({"quote": "别的话"}, 0.0),
        ({"start": 1}, 0.0),
        ({"turn": 99}, 0.0),
        ({"turn": -1}, 0.0),
        ({"transcript_id": "elsewhere"}, 0.0),
        ({"quote": "", "start": 3, "end": 3}, 0.0),
    ],
)
def test_a_quote_is_looked_up_in_its_turn(changes, exact):
    measures = judge(ask(gold_turns=(1,)), answered(make_citation(PANEL, 1, **changes)))
    assert measures["quote_integrity"] == exact


def test_quotes_offered_with_a_no_are_checked_too():
    answer = Answer(status="not_discussed", text="", question="", nearest=(make_citation(PANEL, 1, quote="x"),))
    assert judge(ask(answerable=False), answer)["quote_integrity"] == 0.0


def test_a_citation_under_the_wrong_name_is_misattributed():
    wrong = make_citation(PANEL, 1, 2, speaker="胡伟")
    assert judge(ask(gold_turns=(1,)), answered(make_citation(PANEL, 1), wrong))["attribution"] == 1 / 2


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("沈志峰说客流恢复了[1]。", 1.0),
        ("沈志峰说客流恢复了。[1]", 1.0),
        ("胡伟说客流恢复了[1]。", 1 / 2),
        ("胡伟说客流恢复了。[1] 沈志峰也这么说[1]。", 2 / 3),
        ("胡伟没有谈到。沈志峰谈到了[1]。", 1.0),
        ("沈志峰：“胡伟说得对。我同意。”[1]", 1.0),
        ("没有说名字[1]。", 1.0),
    ],
)
def test_a_sentence_that_names_a_speaker_must_cite_that_speaker(text, share):
    measures = judge(ask(gold_turns=(1,)), answered(make_citation(PANEL, 1), text=text))
    assert measures["attribution"] == pytest.approx(share)


def test_latin_names_count_as_whole_words():
    panel = make_transcript("panel", 2, ("Ann", "Bo"))
    answer = answered(make_citation(panel, 1), text="Annual figures rose [1].")
    assert judge_answer(ask(gold_turns=(1,)), answer, {"panel": panel})["attribution"] == 1.0


def test_expected_speakers_may_be_named_by_alias():
    question = ask(gold_turns=(1, 2), speakers=("沈总", "胡伟"))
    measures = judge(question, answered(make_citation(PANEL, 1, 1), make_citation(PANEL, 0, 2)))
    assert (measures["speaker_coverage"], measures["speaker_precision"]) == (1 / 2, 1 / 2)


def test_verbatim_strings_are_found_in_the_quotes():
    question = ask(gold_turns=(1,), quotes=("要 点1", "要点2"))
    assert judge(question, answered(make_citation(PANEL, 1)))["strings_found"] == 1 / 2


def test_a_wrong_refusal_costs_recall_and_says_nothing_of_precision():
    measures = judge(ask(gold_turns=(1,), speakers=("沈志峰",), quotes=("要点1",)), refused())
    assert measures == {
        "status": 0.0,
        "refusal_precision": 0.0,
        "answered": 0.0,
        "false_unanswered": 0.0,
        "false_silence": 1.0,
        "first_citation": 0.0,
        "shown": 0.0,
        "citation_recall": 0.0,
        "speaker_coverage": 0.0,
        "strings_found": 0.0,
    }


@pytest.mark.parametrize(
    ("cited", "offered", "first", "shown"),
    [
        ((1, 2), (), 1.0, 1.0),
        ((2, 1), (), 0.0, 1.0),
        ((), (2, 1), 0.0, 1.0),
        ((2,), (3,), 0.0, 0.0),
        ((2,), (1,), 0.0, 1.0),
    ],
)
def test_what_is_shown_is_cited_or_offered(cited, offered, first, shown):
    answer = Answer(
        status="answered" if cited else "not_discussed",
        text="",
        question="",
        citations=tuple(make_citation(PANEL, turn) for turn in cited),
        **{"also" if cited else "nearest": tuple(make_citation(PANEL, turn) for turn in offered)},
    )
    measures = judge(ask(gold_turns=(0,), evidence_turns=(1,)), answer)
    assert (measures["first_citation"], measures["shown"]) == (first, shown)


@pytest.mark.parametrize(
    ("status", "unanswered", "silence"),
    [
        ("asked_not_answered", 1.0, 0.0),
        ("not_by_speaker", 0.0, 1.0),
        ("not_discussed", 0.0, 1.0),
        ("unknown_speaker", 0.0, 0.0),
        ("answered", 0.0, 0.0),
    ],
)
def test_a_no_that_says_something_false_of_the_panel_is_counted_by_what_it_says(status, unanswered, silence):
    measures = judge(ask(gold_turns=(1,)), Answer(status=status, text="", question=""))
    assert (measures["false_unanswered"], measures["false_silence"]) == (unanswered, silence)
    assert not measures.keys() & {"refusal_recall"}
    assert "false_silence" not in judge(ask(answerable=False), Answer(status=status, text="", question=""))


def test_a_right_refusal_of_the_wrong_kind():
    question = ask(answerable=False, status="unknown_speaker")
    assert judge(question, refused()) == {"status": 0.0, "refusal_precision": 1.0, "refusal_recall": 1.0}
    assert judge(question, refused("unknown_speaker"))["status"] == 1.0


def test_any_refusal_is_right_where_no_status_is_expected():
    assert judge(ask(answerable=False), refused("asked_not_answered"))["status"] == 1.0


def test_an_answer_to_the_unanswerable_costs_refusal_recall_only():
    measures = judge(ask(answerable=False), answered(make_citation(PANEL, 1)))
    assert measures == {"status": 0.0, "refusal_recall": 0.0, "quote_integrity": 1.0, "attribution": 1.0}

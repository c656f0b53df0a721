from __future__ import annotations

import json
from pathlib import Path

import pytest

from evaluation.fakes import make_transcript
from panelbot.errors import QuestionsError
from panelbot.evaluation import load_questions
from panelbot.evaluation.questions import parse_questions
from panelbot.types import Exchange

PANEL = make_transcript("panel", 6)
OTHER = make_transcript("other", 3)


def write(folder: Path, *lines: object) -> Path:
    file = folder / "questions.jsonl"
    file.write_text(
        "\n".join(line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines),
        encoding="utf-8",
    )
    return file


def faults_of(*sources, transcripts=(PANEL, OTHER)) -> tuple[str, ...]:
    with pytest.raises(QuestionsError) as caught:
        load_questions(sources, transcripts)
    assert all(fault in str(caught.value) for fault in caught.value.faults)
    return caught.value.faults


def test_a_full_line_is_read(tmp_path):
    line = {
        "query_id": "a",
        "transcript_id": "panel",
        "query": "那小米呢?",
        "gold_turns": [2, 1, 2],
        "evidence_turns": [1],
        "speakers": ["胡伟"],
        "quotes": ["要点"],
        "answerable": True,
        "history": ["银行呢?", {"query": "律师呢?", "answer": "谈了。"}],
        "kind": "follow-up",
        "note": {"by": "us"},
    }
    (question,) = load_questions([write(tmp_path, line)], [PANEL, OTHER])
    assert question.gold_turns == (2, 1)
    assert question.history == (Exchange(query="银行呢?"), Exchange(query="律师呢?", answer="谈了。"))
    assert question.extra == {"note": {"by": "us"}}
    assert (question.language, question.answerable, question.status) == ("zh", True, "")


def test_every_fault_of_every_line_is_listed(tmp_path):
    file = write(
        tmp_path,
        {"query": "ok", "gold_turns": [0], "transcript_id": "panel"},
        '{"query": "broken", ',
        "",
        {"transcript_id": "panel"},
        [1, 2],
        {"query": "x", "gold_turns": [0, 6, -1], "transcript_id": "panel", "evidence_turns": [9]},
        {"query": "x", "gold_turns": [0], "transcript_id": "nowhere"},
        {"query": " ", "gold_turns": ["3"], "transcript_id": "panel", "answerable": "yes", "status": "maybe"},
        {"query": "no panel named", "gold_turns": [0]},
    )
    faults = [fault.removeprefix(f"{file}:") for fault in faults_of(file)]
    assert [fault.split(":")[0] for fault in faults] == ["2", "4", "4", "5", "8", "8", "8", "8", "6", "6", "7", "9"]
    assert faults[0].startswith("2: not JSON (")
    assert faults[1:3] == ["4: query is missing", "4: gold_turns or quotes are missing"]
    assert faults[8] == "6: gold_turns 6, -1 out of range: the transcript has turns 0 to 5"
    assert faults[9] == "6: evidence_turns 9 out of range: the transcript has turns 0 to 5"
    assert faults[10] == "7: there is no transcript 'nowhere'; there is other, panel"


def test_a_question_id_is_used_once_in_all_files(tmp_path):
    line = {"query_id": "a", "query": "x", "gold_turns": [], "transcript_id": "panel"}
    first = write(tmp_path, line)
    second = tmp_path / "more.jsonl"
    second.write_text(json.dumps(line), encoding="utf-8")
    assert faults_of(first, second) == (f"{second}:1: query_id 'a' is already used by {first}:1",)


def test_of_two_judgements_with_one_id_the_last_counts(tmp_path):
    judged = {"query_id": "f", "query": "x", "gold_turns": [0], "transcript_id": "panel", "kind": "feedback"}
    again = {**judged, "gold_turns": [2]}
    unsaid = {**judged, "gold_turns": [], "unjudged": True}
    assert [q.gold_turns for q in parse_questions([write(tmp_path, judged, again)]).questions] == [(2,)]
    assert parse_questions([write(tmp_path, unsaid, judged)]).unjudged == ()
    assert parse_questions([write(tmp_path, again, judged, unsaid)]).questions == ()
    for other in ({**again, "query": "y"}, {**again, "kind": ""}):
        assert "is already used by" in parse_questions([write(tmp_path, judged, other)]).faults[0]


def test_a_file_that_cannot_be_read_is_one_fault_among_others(tmp_path):
    latin = tmp_path / "latin.jsonl"
    latin.write_bytes('{"query": "é"}'.encode("latin-1"))
    faults = faults_of(tmp_path / "absent.jsonl", latin)
    assert [fault.split(": ", 1)[1] for fault in faults] == [
        "cannot be read (No such file or directory)",
        "cannot be read (not UTF-8 text)",
    ]


def test_an_empty_file_is_a_fault(tmp_path):
    assert faults_of(write(tmp_path, "")) == ("there is no question in them",)


def test_a_line_that_says_nothing_of_the_right_answer_is_left_out_and_named(caplog):
    judged = {"query": "x", "gold_turns": [0], "unjudged": False}
    lost = [{"query_id": f"f{n}", "query": "x", "gold_turns": [], "unjudged": True} for n in range(6)]
    (question,) = load_questions([lost[0], judged], [PANEL])
    assert (question.query_id, question.extra) == ("q2", {})
    assert caplog.messages == ["1 line says nothing of the right answer (unjudged) and is left out: f0."]
    load_questions([*lost, judged], [PANEL])
    assert caplog.messages[1] == (
        "6 lines say nothing of the right answer (unjudged) and are left out: f0, f1, f2, f3, f4 and 1 more."
    )


def test_a_file_of_unjudged_lines_alone_is_one_clear_fault(tmp_path):
    file = write(tmp_path, {"query": "x", "gold_turns": [], "unjudged": True})
    assert faults_of(file) == ("all are unjudged: none says what the right answer is",)
    assert "unjudged must be true or false" in faults_of({"query": "x", "gold_turns": [], "unjudged": "yes"})[0]


def test_the_only_transcript_is_the_default():
    (question,) = load_questions([{"query": "x", "gold_turns": [5]}], [PANEL])
    assert question.transcript_id == "panel"


def test_answerable_follows_from_status_and_gold_where_it_is_not_given():
    questions = load_questions(
        [
            {"query": "a", "gold_turns": []},
            {"query": "b", "gold_turns": [1]},
            {"query": "c", "gold_turns": [1], "status": "asked_not_answered"},
        ],
        [PANEL],
    )
    assert [question.answerable for question in questions] == [False, True, False]


def test_mappings_are_named_by_their_place():
    assert faults_of({"query": "x", "gold_turns": []}, {"gold_turns": []}) == ("question 2: query is missing",)


def test_a_line_separator_inside_a_string_is_no_line_end(tmp_path):
    file = tmp_path / "q.jsonl"
    file.write_text('{"query": "a\u2028b", "gold_turns": []}', encoding="utf-8")
    assert load_questions([file], [PANEL])[0].query == "a\u2028b"

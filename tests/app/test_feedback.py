"""A judgement becomes a line that evaluation reads."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from fakes.panel_bot import PANEL, SECOND, FakeBot, quoting
from panelbot.app.conversation import Entry, to_plain
from panelbot.app.feedback import NOS, feedback_record, keep_judgement
from panelbot.bot import PanelBot
from panelbot.cli import main
from panelbot.config import Settings
from panelbot.evaluation import load_questions
from panelbot.types import Answer
from panels import write_panels

PANELS = {PANEL.id: PANEL, SECOND.id: SECOND}
ENTRIES = [
    Entry(query="客流呢", answer=quoting("客流呢", PANEL)),
    Entry(query="火星呢", answer=FakeBot().ask("火星呢")),
]


def record(**judged: object) -> dict[str, object]:
    made = feedback_record(ENTRIES, judged, PANELS, "en")
    assert made is not None
    if not made.get("unjudged"):
        load_questions([made], [PANEL, SECOND])  # raises where it is no question
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


def test_a_bad_answer_has_the_turn_that_the_reader_names_in_the_transcript_beside_it() -> None:
    kept = record(exchange=0, rating="bad", right="turn", transcript="orchard", turn=0, reason="x" * 900)
    assert (kept["transcript_id"], kept["gold_turns"], kept["speakers"]) == ("orchard", [0], ["Rosa Field"])
    assert (kept["answerable"], kept["status"], kept["rating"]) == (True, "answered", "bad")
    assert len(str(kept["reason"])) == 500


@pytest.mark.parametrize("status", NOS)
def test_a_bad_answer_that_should_have_been_a_no_is_an_unanswerable_question(status: str) -> None:
    kept = record(exchange=0, rating="bad", right=status, turn=2, transcript="harbour")
    assert (kept["gold_turns"], kept["answerable"], kept["status"]) == ([], False, status)
    assert kept["transcript_id"] == "harbour"


@pytest.mark.parametrize("right", ["", None, "answered", "so-so", 7])
def test_a_bad_answer_with_a_reason_alone_is_left_out_of_evaluation(right: object) -> None:
    kept = record(exchange=0, rating="bad", right=right, turn=2, reason="too long")
    assert (kept["unjudged"], kept["gold_turns"], kept["reason"]) == (True, [], "too long")
    assert not {"answerable", "status", "transcript_id"} & set(kept)


def test_a_no_of_chosen_speakers_is_left_out_as_evaluation_asks_everybody() -> None:
    no = replace(ENTRIES[1], speakers=("周启",))
    kept = feedback_record([no], {"exchange": 0, "rating": "good"}, PANELS, "en")
    assert kept is not None
    assert kept["unjudged"]


@pytest.mark.parametrize(
    ("named", "sentence"),
    [
        ({"transcript": "harbour", "turn": 4}, "The turns of this transcript are numbered 1 to 4."),
        ({"transcript": "harbour", "turn": -1}, "The turns of this transcript are numbered 1 to 4."),
        ({"transcript": "harbour", "turn": None}, "Give the number of the turn, or click it in the transcript."),
        ({"transcript": "gone", "turn": 1}, "Give the number of the turn, or click it in the transcript."),
    ],
)
def test_a_turn_that_is_not_there_is_told_in_the_form_and_not_kept(named: dict[str, object], sentence: str) -> None:
    bot = FakeBot()
    stored = [to_plain(entry) for entry in ENTRIES]
    judged = {"exchange": 0, "rating": "bad", "right": "turn", **named}
    assert keep_judgement(bot, stored, judged, "en") == {"fault": sentence}  # type: ignore[arg-type]
    assert bot.records == []


def test_a_judgement_that_cannot_be_written_is_told_in_the_form(monkeypatch: pytest.MonkeyPatch) -> None:
    bot = FakeBot()
    monkeypatch.setattr(bot, "feedback", lambda _: (_ for _ in ()).throw(OSError("disk full")))
    stored = [to_plain(entry) for entry in ENTRIES]
    told = keep_judgement(bot, stored, {"exchange": 0, "rating": "good"}, "zh")  # type: ignore[arg-type]
    assert told == {"fault": "没能记下你的评价，请再试一次。"}


def test_whatever_was_judged_the_file_is_evaluated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], reads_here: None
) -> None:
    monkeypatch.setenv("PANELBOT_EMBEDDING_MODEL", "hash")
    index = tmp_path / "index"
    assert main(["add", str(write_panels(tmp_path / "corpus")), "--index", str(index)]) == 0
    bot = PanelBot.open(index, settings=Settings(embedding_model="hash"))
    questions = ("网点客流量恢复得怎么样？", "火星移民呢？", "潮声科技呢？")
    stored = [to_plain(Entry(query=query, answer=bot.ask(query))) for query in questions]
    first = bot.transcripts()[0].id
    named = {"right": "turn", "transcript": first, "turn": 1}
    judged = [
        {"exchange": number, "rating": rating, **right}
        for number in range(len(stored))
        for rating, right in [("good", {}), ("bad", {}), ("bad", named), *(("bad", {"right": no}) for no in NOS)]
    ]
    for each in judged:
        assert keep_judgement(bot, stored, each, "en")["fault"] == ""
    bot.close()
    capsys.readouterr()
    assert main(["evaluate", str(index / "feedback.jsonl"), "--index", str(index), "--answers", "--json"]) == 0
    out, err = capsys.readouterr()
    done = json.loads(out)
    assert "3 lines say nothing of the right answer (unjudged) and are left out: feedback-" in err
    assert len(done["run"]["unjudged"]) == 3
    assert done["run"]["n_questions"] == len(judged) - 3


@pytest.mark.parametrize(
    "judged", [None, {}, {"exchange": 2, "rating": "good"}, {"exchange": 0, "rating": "so-so"}, {"exchange": "0"}]
)
def test_what_judges_nothing_is_not_kept(judged: object) -> None:
    assert feedback_record(ENTRIES, judged, PANELS, "en") is None


def test_a_mixed_answer_keeps_the_transcript_it_cites_most() -> None:
    cited = ENTRIES[0].answer.citations[0]
    others = (cited, replace(cited, number=2, transcript_id="x", turn=9), replace(cited, number=3, turn=2))
    answer = replace(ENTRIES[0].answer, citations=others)
    kept = feedback_record([Entry(query="客流呢", answer=answer)], {"exchange": 0, "rating": "good"}, PANELS, "en")
    assert kept is not None
    assert (kept["transcript_id"], kept["gold_turns"]) == ("harbour", [1, 2])


def test_an_answer_without_quotes_names_no_transcript() -> None:
    entry = Entry(query="你好", answer=Answer(status="answered", text="你好！", question="你好"))
    kept = feedback_record([entry], {"exchange": 0, "rating": "good"}, PANELS, "en")
    assert kept is not None
    assert "transcript_id" not in kept

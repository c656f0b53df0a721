"""The sample panels read as they were written, and the sample questions quote what they say."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from panelbot.readers import read_file
from panelbot.types import Transcript

CORPUS = Path(__file__).resolve().parents[2] / "corpus"

PANELS = {
    "banking-after-the-epidemic.txt": ("2023-04-11", 40, {"贺知微", "裴仲宁", "卢漪澄", "滕一川", "邬静言"}),
    "county-canteen.txt": ("2024-05-19", 44, {"姜若楠", "司徒维安", "祝海棠", "仇明达", "晏小川", "俞桂枝"}),
    "harbour-wind-farm.vtt": (
        "2024-10-17",
        48,
        {"Imogen Tarrowby", "Callum Brankside", "Petra Lindqvale", "Odalys Fenwright", "Joss Pellinger"},
    ),
    "libraries-and-machines.json": (
        "2025-02-13",
        48,
        {
            "Dorothea Plimsworth",
            "Nkechi Dunmarrow",
            "Bram Castellow",
            "Samira Quenneville",
            "Rasmus Holtveld",
            "Hattie Ormsbridge",
        },
    ),
}
FURNITURE = (
    "责任编辑",
    "版权声明",
    "相关阅读",
    "上一篇",
    "网友评论",
    "浏览：",
    "关键词：",
    "热门排行",
    "页面生成",
    "听众代表：",
)
QUESTIONS = [json.loads(line) for line in (CORPUS / "questions.jsonl").read_text(encoding="utf-8").splitlines()]

each_panel = pytest.mark.parametrize("name", PANELS)
each_question = pytest.mark.parametrize("question", QUESTIONS, ids=[q["query_id"] for q in QUESTIONS])


@cache
def read(name: str) -> Transcript:
    (reading,) = read_file(CORPUS / name)
    assert reading.warnings == ()
    return reading.transcript


def panel_of(question: dict) -> Transcript:
    (name,) = [name for name in PANELS if Path(name).stem == question["transcript_id"]]
    return read(name)


def test_every_transcript_in_the_folder_is_listed_here_and_in_its_readme() -> None:
    beside = {"README.md", "questions.jsonl", "expected.json"}
    assert {path.name for path in CORPUS.iterdir()} - beside == set(PANELS)
    readme = (CORPUS / "README.md").read_text(encoding="utf-8")
    assert [name for name in PANELS if f"`{name}`" not in readme] == []


@each_panel
def test_id_date_turns_and_speakers(name: str) -> None:
    date, n_turns, speakers = PANELS[name]
    transcript = read(name)
    assert transcript.id == Path(name).stem
    assert transcript.title
    assert transcript.date == date
    assert len(transcript.turns) == n_turns
    assert {turn.speaker for turn in transcript.turns} == speakers


@each_panel
def test_says_that_it_is_fictional_outside_the_turns(name: str) -> None:
    text = (CORPUS / name).read_text(encoding="utf-8")
    notices = [word for word in ("虚构", "fictional", "Fictional") if word in text]
    spoken = " ".join(turn.text for turn in read(name).turns)
    assert len(notices) == 1
    assert notices[0] not in spoken


@each_panel
def test_no_furniture_in_any_turn(name: str) -> None:
    found = [(turn.index, word) for turn in read(name).turns for word in FURNITURE if word in turn.text]
    assert found == []


@pytest.mark.parametrize("name", ["harbour-wind-farm.vtt", "libraries-and-machines.json"])
def test_times_run_forward(name: str) -> None:
    times = [time for turn in read(name).turns for time in (turn.start, turn.end)]
    assert None not in times
    assert times == sorted(times)


def test_paragraphs_of_a_speech_stay_in_one_turn() -> None:
    bank = read("banking-after-the-epidemic.txt").turns[1]
    assert bank.text.startswith("谢谢主持人。先报一组数。")
    assert bank.text.endswith("可办的事情跟从前已经不是一回事了。")
    assert [p for p in bank.text.split("\n") if p][1].startswith("来的人也不一样了。")


def test_markup_that_is_spoken_about_stays() -> None:
    assert any("<b>一分钟开户</b>" in turn.text for turn in read("banking-after-the-epidemic.txt").turns)


@each_question
def test_each_quote_is_in_exactly_one_gold_turn_and_each_gold_turn_is_quoted(question: dict) -> None:
    turns = panel_of(question).turns
    found = [[turn.index for turn in turns if quote in turn.text] for quote in question["quotes"]]
    assert all(len(indices) == 1 for indices in found), found
    assert sorted({index for indices in found for index in indices}) == question["gold_turns"]


@each_question
def test_speakers_are_those_of_the_gold_turns(question: dict) -> None:
    turns = panel_of(question).turns
    assert set(question["speakers"]) == {turns[index].speaker for index in question["gold_turns"]}


@each_question
def test_whoever_a_no_names_is_on_the_panel(question: dict) -> None:
    transcript = panel_of(question)
    speakers = {turn.speaker for turn in transcript.turns}
    assert {*question.get("discussed_by", ()), *question.get("candidates", ())} <= speakers
    if "asked_turn" in question:
        assert transcript.turns[question["asked_turn"]].speaker in {
            "贺知微",
            "姜若楠",
            "Imogen Tarrowby",
            "Dorothea Plimsworth",
        }

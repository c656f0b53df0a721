"""Corrections: stored with what they replace, made again when the file is read anew, found and cited afterwards."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from fakes.panel_bot import PANEL
from panelbot.bot import PanelBot
from panelbot.bot.desk.doubts import decided, find_doubts
from panelbot.bot.desk.places import as_it_stands
from panelbot.config import Settings
from panelbot.errors import InputError, NotFoundError
from panelbot.register import former_texts
from panelbot.types import Evidence, Speaker, Turn

TALK = "张明：灯塔修好了吗？\n\n周启：灯塔修好了，花了三十万。\n\n张明：谢谢。\n"
WAS = "灯塔修好了，花了三十万。"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "夜谈.txt"
    path.write_text(TALK, encoding="utf-8")
    return path


@pytest.fixture
def bot(tmp_path: Path, file: Path) -> PanelBot:
    bot = PanelBot.open(tmp_path / "index", settings=Settings(embedding_model="hash"))
    bot.add([file])
    return bot


def correct(bot: PanelBot, text: str, *, turn: int = 1, was: str = WAS) -> None:
    bot.edit("夜谈", [{"edit": "text", "turn": turn, "was": was, "text": text}])


def test_a_corrected_turn_is_found_by_its_new_words_and_keeps_the_old(bot: PanelBot, tmp_path: Path) -> None:
    correct(bot, "灯塔修好了，花了四十万元，还添了雾笛。")
    for each in (bot, PanelBot.open(tmp_path / "index", settings=Settings(embedding_model="hash"))):
        hit = each.search("雾笛")[0]
        assert (hit.turn, "雾笛" in hit.text) == (1, True)
        transcript = each.transcript("夜谈")
        assert transcript.turns[1].text[hit.start : hit.end] == hit.text
        assert former_texts(transcript, each.edits_of("夜谈")) == ({1: (WAS,)}, ())


def test_a_correction_of_what_says_something_else_by_now_is_refused(bot: PanelBot) -> None:
    correct(bot, "花了四十万。")
    with pytest.raises(NotFoundError, match="says something else by now"):
        correct(bot, "花了五十万。")
    for edit in (
        {"edit": "text", "turn": 1, "was": "花了四十万。", "text": " "},
        {"edit": "text", "turn": "1", "was": "花了四十万。", "text": "好"},
        {"edit": "head", "field": "id", "value": "x"},
        {"edit": "head", "field": "title", "value": "x" * 501},
        {"edit": "turn", "turn": 1, "text": "花了四十万。", "speaker": " "},
    ):
        with pytest.raises(InputError):
            bot.edit("夜谈", [edit])
    assert bot.transcript("夜谈").turns[1].text == "花了四十万。"


def test_corrections_are_made_again_when_the_file_is_read_anew(bot: PanelBot, file: Path) -> None:
    correct(bot, "花了四十万。")
    correct(bot, "花了四十一万。", was="花了四十万。")
    bot.edit("夜谈", [{"edit": "head", "field": "title", "value": "港口夜谈"}, "周启.title=站长"])
    file.write_text(f"张明：各位晚上好。\n\n{TALK}", encoding="utf-8")
    assert bot.add([file]).updated == ("夜谈",)
    transcript = bot.transcript("夜谈")
    texts = [turn.text for turn in transcript.turns]
    assert "花了四十一万。" in texts
    assert WAS not in texts
    assert (transcript.title, transcript.speaker("周启").title) == ("港口夜谈", "站长")
    at = texts.index("花了四十一万。")
    assert former_texts(transcript, bot.edits_of("夜谈"))[0] == {at: (WAS, "花了四十万。")}
    hit = bot.search("四十一万")[0]
    assert hit.turn == at
    bot.add([], rebuild=True)
    assert bot.transcript("夜谈") == transcript


def test_a_correction_that_no_longer_fits_is_shown_for_a_decision(bot: PanelBot, file: Path) -> None:
    correct(bot, "花了四十万。")
    file.write_text(TALK.replace("三十万", "三十五万"), encoding="utf-8")
    bot.add([file])
    transcript = bot.transcript("夜谈")
    (doubt,) = find_doubts(transcript, bot.edits_of("夜谈"))
    assert (doubt.kind, doubt.text) == ("lost", "花了四十万。")
    bot.edit("夜谈", [decided(transcript, doubt)])
    assert find_doubts(bot.transcript("夜谈"), bot.edits_of("夜谈")) == ()


def test_corrections_by_several_at_once_are_all_kept(bot: PanelBot) -> None:
    said = [turn.text for turn in bot.transcript("夜谈").turns]
    threads = [
        threading.Thread(target=correct, args=(bot, f"{text}（更正）"), kwargs={"turn": n, "was": text})
        for n, text in enumerate(said)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [turn.text for turn in bot.transcript("夜谈").turns] == [f"{text}（更正）" for text in said]


def test_citations_move_with_their_words(bot: PanelBot) -> None:
    answer = bot.ask("灯塔花了多少钱？")
    cited = answer.citations[0]
    correct(bot, f"这个我说一下。{WAS}")
    texts = {"夜谈": bot.transcript("夜谈")}
    moved = as_it_stands(answer, texts).citations[0]
    assert moved.start == cited.start + len("这个我说一下。")
    assert texts["夜谈"].turns[moved.turn].text[moved.start : moved.end] == moved.quote == cited.quote
    correct(bot, "花了四十万。", was=f"这个我说一下。{WAS}")
    assert as_it_stands(answer, {"夜谈": bot.transcript("夜谈")}).citations[0] == cited


def test_every_kind_of_doubt_is_found_and_decided_once() -> None:
    told = Evidence(field="name", source="address", text="谢谢罗姗。", turn=4)
    speakers = tuple(
        Speaker(name=name, evidence=(told,) if name == "罗姗" else ())
        for name in ("林澜", "发言人3", "补充说明", "罗姗", "", "Dirk Halvard", "Drik Halvard")
    )
    turns = tuple(Turn(index=n, speaker=s.name, text=f"第{n}句。") for n, s in enumerate(speakers))
    transcript = replace(PANEL, speakers=speakers, turns=turns)
    doubts = {doubt.kind: doubt for doubt in find_doubts(transcript, ())}
    assert {kind: (doubt.speaker, doubt.turn) for kind, doubt in doubts.items()} == {
        "numbered": ("发言人3", 1), "label": ("补充说明", 2), "named": ("罗姗", 4),
        "merge": (doubts["merge"].speaker, doubts["merge"].turn), "unnamed": ("", 4),
    }  # fmt: skip
    assert decided(transcript, doubts["merge"], yes=True)["edit"] == "merge"
    assert decided(transcript, doubts["numbered"], name="林澜") == {
        "edit": "merge",
        "speaker": "发言人3",
        "into": "林澜",
    }
    assert decided(transcript, doubts["label"], name="罗岚")["value"] == "罗岚"
    assert decided(transcript, doubts["unnamed"], name="罗岚") == {
        "edit": "turn", "turn": 4, "text": "第4句。", "speaker": "罗岚",
    }  # fmt: skip
    with pytest.raises(InputError):
        decided(transcript, doubts["numbered"], yes=True)
    kept = [decided(transcript, doubt) for doubt in doubts.values()]
    assert find_doubts(transcript, kept) == ()


def test_an_unnamed_turn_gets_its_speaker_and_keeps_it(tmp_path: Path) -> None:
    bot = PanelBot.open(tmp_path / "index", settings=Settings(embedding_model="hash"))
    document = {"id": "t", "turns": [{"speaker": "", "text": "灯塔修好了。"}, {"speaker": "张明", "text": "好。"}]}
    file = tmp_path / "t.json"

    file.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    bot.add([file])
    transcript = bot.transcript("t")
    doubt = next(d for d in find_doubts(transcript, ()) if d.kind == "unnamed")
    bot.edit("t", [decided(transcript, doubt, name="周启")])
    assert [turn.speaker for turn in bot.transcript("t").turns] == ["周启", "张明"]
    assert "" not in [speaker.name for speaker in bot.transcript("t").speakers]
    bot.edit_speakers("t", ["周启.title=站长"])
    assert bot.search("灯塔", speakers=["周启"])[0].speaker.title == "站长"

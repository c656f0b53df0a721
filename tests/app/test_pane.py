"""What the page's script asks for: transcripts, the panel, changes of the register."""

from __future__ import annotations

from pathlib import Path

import pytest

from fakes.panel_bot import PANEL, SECOND, FakeBot
from panelbot.app.adding import add_all, preview_all
from panelbot.app.chat import Scope
from panelbot.app.pane import edit_speaker, read_transcript, server_functions
from panelbot.app.views.frame import scope_view
from panelbot.app.words import WORDS, say
from panelbot.bot import PanelBot
from panelbot.config import Settings

FORM = {
    "transcript": "harbour",
    "speaker": "周启",
    "name": "周启",
    "organization": "东港银行",
    "title": "副行长",
    "role": "panelist",
    "aliases": "周行长",
    "merge": "",
}


def test_the_first_transcript_is_read_where_none_is_named() -> None:
    bot = FakeBot([PANEL, SECOND])
    assert read_transcript(bot, "", "en")["id"] == "harbour"  # type: ignore[arg-type]
    assert read_transcript(bot, SECOND.id, "en")["id"] == SECOND.id  # type: ignore[arg-type]
    assert "no longer here" in read_transcript(bot, "gone", "en")["error"]  # type: ignore[arg-type]
    assert "no transcript yet" in read_transcript(FakeBot([]), "", "en")["error"]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "edits"),
    [
        ({}, []),
        ({"organization": " 西港银行 "}, [("organization", "西港银行")]),
        ({"name": "周启明", "title": ""}, [("title", ""), ("name", "周启明")]),
    ],
)
def test_only_what_differs_is_edited(changes: dict[str, str], edits: list[tuple[str, str]]) -> None:
    bot = FakeBot()
    edit_speaker(bot, FORM | changes)  # type: ignore[arg-type]
    made = [{"edit": "set", "speaker": "周启", "field": field, "value": value} for field, value in edits]
    assert bot.edits == ([("harbour", made)] if made else [])


def test_other_names_are_listed_with_any_comma_and_merging_goes_before_all_else() -> None:
    bot = FakeBot()
    edit_speaker(bot, FORM | {"aliases": "周行长，老周、 Zhou"})  # type: ignore[arg-type]
    assert bot.transcript("harbour").speakers[1].aliases == ("周行长", "老周", "Zhou")
    edit_speaker(bot, FORM | {"merge": "Ada Moss", "title": "x"})  # type: ignore[arg-type]
    assert [speaker.name for speaker in bot.transcript("harbour").speakers] == ["林澜", "Ada Moss"]


@pytest.mark.parametrize(
    "name", ["merge:a=b", "a=b", "Q: who", "x.title=y", "关键词", "<b>x</b>", "Speaker  3", "小 米"]
)
def test_a_speaker_of_any_name_is_edited_renamed_and_merged(name: str, tmp_path: Path) -> None:
    bot = PanelBot.open(tmp_path / "index", settings=Settings(embedding_model="hash"))
    report = bot.add_text("张明：网点都还在。\n\n周启：是的，都在。", name="夜谈")
    form = {"transcript": report.added[0], "speaker": name, "name": name, "merge": ""}
    edit_speaker(bot, form | {"speaker": "张明"})
    edit_speaker(bot, form | {"title": "a.b=c", "aliases": "merge:x=y"})
    speaker = bot.transcript(report.added[0]).speaker(name)
    assert (speaker.title, speaker.aliases) == ("a.b=c", ("merge:x=y",))
    edit_speaker(bot, form | {"name": f"{name}.name=z"})
    assert bot.transcript(report.added[0]).turns[0].speaker == f"{name}.name=z"
    edit_speaker(bot, form | {"speaker": "周启", "name": "周启", "merge": f"{name}.name=z"})
    assert [turn.speaker for turn in bot.transcript(report.added[0]).turns] == [f"{name}.name=z"] * 2


def test_a_page_that_is_read_only_has_no_functions_that_change() -> None:
    def names(*, read_only: bool) -> list[str]:
        return [each.__name__ for each in server_functions(FakeBot(), read_only=read_only)]  # type: ignore[arg-type]

    assert names(read_only=True) == ["read", "panel"]
    assert names(read_only=False) == ["read", "panel", "edit", "remove"]


def test_adding_tells_of_every_mistake_and_keeps_the_rest() -> None:
    bot = FakeBot()

    def bar(*_done: object, **_words: object) -> None:
        """No bar."""

    shown, stored = add_all(bot, [], "甲：好", "夜谈", "zh", bar)  # type: ignore[arg-type]
    assert stored
    assert "已添加：夜谈" in shown
    shown, stored = add_all(bot, [], "nobody", "", "en", bar)  # type: ignore[arg-type]
    assert not stored
    assert "No turns can be found" in shown
    assert "Choose a file" in preview_all(bot, [], " ", "", "en")  # type: ignore[arg-type]


def test_progress_goes_from_reading_to_storing_in_the_visitors_words(tmp_path: Path) -> None:
    bot = PanelBot.open(tmp_path / "index", settings=Settings(embedding_model="hash"))
    file = tmp_path / "夜谈.txt"
    file.write_text(
        "\n\n".join(f"张明：第{n}盏灯也修好了。\n\n周启：第{n}个网点还在。" for n in range(40)), encoding="utf-8"
    )
    seen: list[tuple[tuple[int, int], str]] = []
    add_all(bot, [str(file)], "", "", "zh", lambda done, desc: seen.append((done, desc)))
    assert list(dict.fromkeys(words for _, words in seen)) == ["读取", "建立索引", "保存"]
    assert ((80, 80), "建立索引") in seen


def test_the_scope_is_told_only_where_there_is_one() -> None:
    assert scope_view([PANEL, SECOND], Scope(), "en") == ""
    told = scope_view([PANEL, SECOND], Scope(transcripts=("orchard",), speakers=("Tom Ash",)), "en")
    assert "Asking The orchard in winter, only Tom Ash" in told


def test_every_word_is_there_in_both_languages() -> None:
    for key, (english, chinese) in WORDS.items():
        assert english, key
        assert chinese, key
        assert english.count("{") == chinese.count("{"), key
    assert say("turn", "zh", number=7) == "发言 #7"

"""What the page's script asks for: transcripts, the panel, changes of the register."""

from __future__ import annotations

from pathlib import Path

import pytest

from fakes.panel_bot import PANEL, SECOND, FakeBot
from panelbot.app.adding import add_all, add_steps, preview_all, uploads
from panelbot.app.chat import Scope
from panelbot.app.pane import edit_speaker, find_words, functions, read_transcript
from panelbot.app.shelf import shelf_rows
from panelbot.app.views.welcome import scope_view, welcome_view
from panelbot.app.words import WORDS, say
from panelbot.bot import PanelBot
from panelbot.config import Settings
from panelbot.types import Listed, no_progress

BOTH = [Listed.of(PANEL), Listed.of(SECOND)]
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


def test_the_newest_transcript_is_read_where_none_is_named() -> None:
    bot = FakeBot([PANEL, SECOND])
    assert read_transcript(bot, "", "en")["id"] == "orchard"  # type: ignore[arg-type]
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
    def names(*, read_only: bool) -> set[str]:
        return {each.__name__ for each in functions(FakeBot(), read_only=read_only)}  # type: ignore[arg-type]

    changing = {"edit", "remove", "judge", "preview"}
    assert not names(read_only=True) & changing
    assert names(read_only=False) == names(read_only=True) | changing


def test_adding_tells_of_every_mistake_and_keeps_the_rest() -> None:
    bot = FakeBot()
    told = add_all(bot, [], "甲：好", "夜谈", "zh", no_progress)  # type: ignore[arg-type]
    assert (told["stored"], told["ids"]) == (True, ["夜谈"])
    assert "已添加：夜谈" in told["html"]
    told = add_all(bot, [], "nobody", "", "en", no_progress)  # type: ignore[arg-type]
    assert (told["stored"], told["ids"]) == (False, [])
    assert "no turns found in Pasted transcript" in told["html"]
    assert "Choose a file" in preview_all(bot, [], " ", "", "en")  # type: ignore[arg-type]


def test_progress_goes_from_reading_to_storing_in_the_visitors_words(tmp_path: Path) -> None:
    bot = PanelBot.open(tmp_path / "index", settings=Settings(embedding_model="hash"))
    text = "\n\n".join(f"张明：第{n}盏灯也修好了。\n\n周启：第{n}个网点还在。" for n in range(40))
    *steps, last = add_steps(bot, {"text": text, "name": "夜谈"}, "zh")
    assert {step["words"] for step in steps} <= {"读取", "建立索引", "保存"}
    assert all(step["share"] is None or 0 <= step["share"] <= 1 for step in steps)
    assert last["ids"] == [transcript.id for transcript in bot.transcripts()]


def test_a_fault_after_storing_ends_the_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    bot = FakeBot()
    monkeypatch.setattr(bot, "edits_of", lambda _: 1 // 0)
    (*_, last) = add_steps(bot, {"text": "甲：好", "name": "夜谈"}, "zh")  # type: ignore[arg-type]
    assert last["stored"] is False
    assert "服务器出了点问题" in last["html"]


def test_only_files_that_were_uploaded_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, outside = tmp_path / "uploads", tmp_path / "secret.txt"
    folder.mkdir()
    monkeypatch.setenv("PANELBOT_CACHE", str(tmp_path))
    for file in (folder / "a.txt", outside):
        file.write_text("甲：好", encoding="utf-8")
    (folder / "link.txt").symlink_to(outside)
    sent = [str(folder / "a.txt"), str(outside), f"{folder}/../secret.txt", str(folder / "link.txt"), 7, str(folder)]
    assert uploads(sent) == [str(folder / "a.txt")]
    assert uploads("/etc/passwd") == []


def test_the_shelf_tells_what_transcripts_are_found_by_the_newest_first() -> None:
    rows = shelf_rows(FakeBot([PANEL, SECOND]))  # type: ignore[arg-type]
    assert [row["id"] for row in rows] == ["orchard", "harbour"]
    assert (rows[1]["date"], rows[1]["n_turns"], rows[1]["n_people"]) == ("2021-03-04", 4, 3)
    assert "周启 东港银行" in rows[1]["words"]


def test_words_are_found_in_all_transcripts_and_marked() -> None:
    html = find_words(FakeBot([PANEL, SECOND]), {"words": "網點"}, "en")["html"]  # type: ignore[arg-type]
    assert "2 turns, transcripts: 1" in html
    assert html.count("<mark>网点</mark>") >= 2
    assert 'data-turn="1" data-start="7" data-end="9"' in html
    assert "Nobody said this" in find_words(FakeBot(), {"words": "penguins"}, "en")["html"]  # type: ignore[arg-type]


def test_words_are_found_in_the_transcript_that_is_read_and_no_mark_lies_in_another() -> None:
    bot = FakeBot([PANEL, SECOND])
    text = PANEL.turns[1].text
    found = find_words(bot, {"words": "網点的 点的 网点的客流", "id": "harbour"}, "en")["places"]  # type: ignore[arg-type]
    assert [turn for turn, _ in found] == [0, 1]
    assert [text[start:end] for start, end in dict(found)[1]] == ["网点的客流"]
    assert find_words(bot, {"words": "网点", "id": "orchard"}, "en") == {"places": []}  # type: ignore[arg-type]


def test_the_first_screen_shows_what_is_on_the_shelf() -> None:
    html = welcome_view(BOTH, ["Who?"], "en")
    for fact in ("2 transcripts", "5 people", "64 turns", "1 in Chinese, 1 in English", 'data-query="Who?"'):
        assert fact in html


def test_the_scope_is_told_only_where_there_is_one() -> None:
    assert scope_view(BOTH, Scope(), "en") == ""
    told = scope_view(BOTH, Scope(transcripts=("orchard",), speakers=("Tom Ash",)), "en")
    assert "Asking The orchard in winter, only Tom Ash" in told


def test_every_word_is_there_in_both_languages() -> None:
    for key, (english, chinese) in WORDS.items():
        assert english, key
        assert chinese, key
        assert english.partition("|")[0].count("{") == chinese.count("{"), key
    assert [say("n_turns", "en", number=n) for n in (0, 1, 2)] == ["0 turns", "1 turn", "2 turns"]
    assert say("turn", "zh", number=7) == "发言 #7"

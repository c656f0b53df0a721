"""What the library says of a file or an edit is told in the language of the page, and without commands to type."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from panelbot.app.adding import add_all, preview_all
from panelbot.app.plain import explain, plain, without_commands
from panelbot.app.plain_words import SENTENCES
from panelbot.bot import PanelBot
from panelbot.config import Settings
from panelbot.errors import EmbedderError, PanelbotError, StoreError
from panelbot.types import no_progress

SOURCE = Path(__file__).resolve().parents[2] / "src" / "panelbot"
ERRORS = {"InputError", "ReadError", "NotFoundError"}
# What nobody at the page can cause: it has no settings, no syntax of edits, no folder and no counts of its own.
ELSEWHERE = re.compile(
    r"There is no index in|This installation|An earlier question must|k must be|The edit|.* is no edit of speakers"
    r"|.* is no field of a speaker|.* is no part of a transcript's head"
)


def nodes(*parts: str) -> Iterator[ast.AST]:
    for part in parts:
        place = SOURCE / part
        for file in [place] if place.is_file() else sorted(place.rglob("*.py")):
            yield from ast.walk(ast.parse(file.read_text(encoding="utf-8")))


def sentences() -> Iterator[str]:
    """What is raised where files are read, registers edited and questions taken, ``{}`` for each value."""
    for node in nodes("readers", "register", "bot", "store/catalogue.py", "app/kept.py"):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ERRORS:
            yield from filter(None, map(_template, node.args[:1]))


def _template(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return ""


def test_every_sentence_a_visitor_can_cause_is_told_in_chinese() -> None:
    raised = {sentence for sentence in sentences() if not ELSEWHERE.match(sentence)}
    assert len(raised) > 40
    assert raised - SENTENCES.keys() == set()


def test_every_note_of_a_reader_is_told_in_chinese() -> None:
    made = {_template(node) for node in nodes("readers") if isinstance(node, ast.JoinedStr)}
    notes = {text.removeprefix("{}: ") for text in made - SENTENCES.keys() if re.match(r"\{\}: .*[a-z]", text)}
    assert len(notes) > 12
    assert notes - SENTENCES.keys() == set()


def test_what_a_visitor_cannot_cure_is_told_without_commands_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    damaged = StoreError("The index /srv/index is damaged: run `panelbot add --rebuild`.")
    down = EmbedderError("The embedding model cannot be reached; see that its server runs at embedding_base_url.")
    for error, english, chinese in ((damaged, "The index cannot be read", "索引"), (down, "The model", "模型")):
        assert explain(error, "en").startswith(english)
        assert chinese in explain(error, "zh")
        assert str(error) in caplog.text
        assert not re.search(r"`|--|_url|/srv", explain(error, "en") + explain(error, "zh"))


@pytest.mark.parametrize("english", SENTENCES)
def test_each_translation_holds_the_values_and_no_command(english: str) -> None:
    values = [f"<{number}>" for number in range(english.count("{}"))]
    told = plain(english.format(*values), "zh")
    assert re.search(r"[\u4e00-\u9fff]|^(PDF)$", told)
    assert not re.search(r"panelbot|--|merge:", told)
    if values and "次最多" not in told:
        assert values[0] in told or "<1>" in told


TALK = """港口夜话
时间：2024年5月1日

钟山：码头的夜班增加了，大家怎么看？
陆远：灯塔也修好了，晚上能看清。
关键在于：没有人愿意值夜班。
记住一点：安全第一。
陆元：我同意。
[掌声]
发言人3：我有个问题，谁来付钱？
钟山：好问题。
陆远：市里出一半。
"""


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> PanelBot:
    return PanelBot.open(tmp_path_factory.mktemp("index"), settings=Settings(embedding_model="hash"))


def test_a_preview_tells_how_a_file_was_read_and_what_is_left_to_decide(bot: PanelBot) -> None:
    zh, en = (words_of(preview_all(bot, [], TALK, "夜话", language)) for language in ("zh", "en"))
    assert "有 1 行像是发言人标签，暂作未署名的发言（7: 记住一点）" in zh
    assert "不作为发言略去：开头 2 行（第 1-2 行）" in zh
    assert "“发言人3”是谁？" in zh
    assert "不清楚是谁说的：" in zh
    assert not re.search(r"[a-z]{3}", zh)
    assert "1 line looks like a label and opens a turn of nobody (7: 记住一点)" in en
    assert "--" not in en


def test_what_is_added_leads_to_what_is_left_to_decide(bot: PanelBot) -> None:
    added = add_all(bot, [], TALK, "夜话", "zh", no_progress)
    assert 'data-do="open" data-id="夜话"' in added["html"]
    assert re.search(r"港口夜话：\d+ 处待确认", words_of(added["html"]))


def words_of(html: str) -> str:
    """The text of a view."""
    return re.sub("<[^>]+>", " ", html)


BROKEN = {
    "damaged.docx": (b"PK\x03\x04 not a document", "damaged.docx是打不开的 Word 文档，可能已损坏，请重新另存为 .docx"),
    "empty.txt": (b"", "empty.txt是空的，没有可读的文字"),
    "scan.txt": (b"%PDF-1.7 x", "scan.txt是PDF，不是文字记录：请把文字另存为 .txt 或 .docx"),
    "prose.txt": ("一段话，没有人名。".encode(), "prose.txt里没有找到发言"),
    "torn.json": (b'{"turns": [', "torn.json不是有效的 JSON（第 1 行），请重新导出或改正"),
    "torn.xml": (b"<a>\n<b></a>", "torn.xml的 XML 格式有误（第 2 行），请重新导出"),
    "torn.vtt": (b"WEBVTT\n\n00:00:xx --> 00:00:05\nhello\n", "torn.vtt里没有找到发言：文字记录要有"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_that_cannot_be_read_is_told_what_it_is(bot: PanelBot, tmp_path: Path, name: str) -> None:
    content, words = BROKEN[name]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(PanelbotError) as caught:
        bot.preview(tmp_path / name)
    assert words in plain(str(caught.value), "zh")


def test_offers_tell_who_may_be_who() -> None:
    offered = "Mei may be Mei Lin (the same given name); if so, merge:Mei=Mei Lin"
    assert plain(offered, "zh") == "Mei和Mei Lin可能是同一人（名字相同）"
    assert plain(offered, "en") == without_commands(offered) == "Mei may be Mei Lin (the same given name)"
    assert plain("What nobody translated; run `panelbot list`.", "zh") == "What nobody translated."

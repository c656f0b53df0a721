"""What is saved: the conversation as Markdown, the quotes as a sheet that runs nothing."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

from fakes.panel_bot import PANEL, FakeBot, quoting
from panelbot.app.conversation import Entry
from panelbot.app.export import conversation_markdown, exchange_markdown, export_file

ANSWER = quoting("客流呢", PANEL)
ENTRY = Entry(query="客流呢", answer=ANSWER)


def test_the_conversation_holds_question_answer_and_quotes_with_their_place() -> None:
    text = conversation_markdown([ENTRY, ENTRY])
    assert text.count("**客流呢**") == 2
    assert "> 网点的客流已经恢复到八成。\n>\n> — [1] 周启, 东港银行, 副行长 (harbour, turn 2)" in text


def test_markdown_in_a_quote_stays_text() -> None:
    quote = "# 标题 <script> *重点*\n第二行"
    cited = replace(ANSWER.citations[0], quote=quote)
    text = exchange_markdown("[x](y)", replace(ANSWER, citations=(cited,)))
    assert "> \\# 标题 \\<script\\> \\*重点\\*\n> 第二行" in text


def test_the_quote_sheet_has_the_place_and_is_no_formula() -> None:
    cited = replace(ANSWER.citations[0], quote="=HYPERLINK(1)")
    made = export_file(FakeBot(), "csv", [replace(ENTRY, answer=replace(ANSWER, citations=(cited,)))])  # type: ignore[arg-type]
    assert made["text"].startswith("\ufeff")
    row = next(csv.DictReader(io.StringIO(made["text"][1:])))
    assert row["quote"] == "'=HYPERLINK(1)"
    assert (row["transcript_id"], row["title"], row["turn"]) == ("harbour", PANEL.title, "1")
    assert (row["start"], row["end"]) == ("7", "20")


def test_each_kind_has_its_name_and_type() -> None:
    made = [export_file(FakeBot(), kind, [ENTRY]) for kind in ("conversation", "csv", "markdown")]  # type: ignore[arg-type]
    assert [file["name"] for file in made] == ["panelbot.md", "panelbot-quotes.csv", "panelbot-quotes.md"]
    assert [file["type"] for file in made] == ["text/markdown", "text/csv", "text/markdown"]

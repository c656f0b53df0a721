"""Notes: a quote pinned from an answer and from selected words, put in order, commented, grouped, exported, undone."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import docx
import pytest
from playwright.sync_api import expect

from browser.conftest import PHONE, WAIT, Site, Visit, Visitor
from browser.test_look import axe_findings, fits
from fakes.panel_bot import PANEL

QUOTE = PANEL.turns[1].text[7:20]


def select(visitor: Visitor, turn: int, start: int, end: int) -> None:
    """Select characters (UTF-16 units) of a turn's first paragraph."""
    visitor.find(f".pb-turn[data-turn='{turn}'] p").first.evaluate(
        "(p, [a, b]) => { const r = document.createRange(); r.setStart(p.firstChild, a); r.setEnd(p.firstChild, b);"
        " getSelection().removeAllRanges(); getSelection().addRange(r); }",
        [start, end],
    )
    expect(visitor.find("#pb-selection")).to_be_visible()


def saved(visitor: Visitor, kind: str) -> bytes:
    with visitor.page.expect_download(timeout=WAIT) as download:
        visitor.find(f"[data-do=notes_file][data-kind={kind}]").click()
    return Path(download.value.path()).read_bytes()


SAID = {"en-US": "Zhou Qi (周启)", "zh-CN": "周启"}
COPIED = {
    "en-US": "“😀” — Zhou Qi (周启), 副行长, 东港银行, 2021-03-04",
    "zh-CN": "「😀」——周启，东港银行副行长，2021-03-04",
}


@pytest.mark.point(8)
def test_quotes_are_pinned_ordered_commented_and_exported(visit: Visit, site: Site, locale: str) -> None:
    visitor = visit(site.address, locale=locale).arrive("?transcript=harbour")
    visitor.ask("网点的客流").locator("[data-do=pin]").click()
    expect(visitor.find("#pb-toast-words")).to_have_text(visitor.word("pinned"))
    select(visitor, 1, 6, 8)  # one character outside the BMP, two units of a browser's text
    visitor.find("#pb-selection [data-do=copy_quote]").click()
    expect(visitor.find("#pb-toast-words")).to_have_text(visitor.word("copied"))
    assert visitor.page.evaluate("navigator.clipboard.readText()") == COPIED[locale]
    select(visitor, 2, 4, 27)
    visitor.find("#pb-selection [data-do=pin]").click()
    visitor.tab("notes")
    expect(visitor.find(".pb-note q")).to_have_text([QUOTE, "phone payments doubled"])
    note = visitor.find(".pb-note").nth(1)
    note.get_by_label(visitor.word("comment")).fill("ask for the figures")
    note.get_by_label(visitor.word("theme")).fill("Payments")
    visitor.press("note_up", note)
    expect(visitor.find(".pb-note q")).to_have_text(["phone payments doubled", QUOTE])
    visitor.page.reload()
    visitor.tab("notes")
    expect(visitor.find(".pb-note textarea").first).to_have_value("ask for the figures")
    visitor.find("#pb-notes-group").select_option("theme")
    expect(visitor.find(".pb-notes h3")).to_have_text(["Payments", visitor.word("no_group")])
    rows = list(csv.DictReader(io.StringIO(saved(visitor, "csv").decode("utf-8-sig"))))
    assert [(row["speaker"], row["turn"], row["comment"]) for row in rows] == [
        ("Ada Moss", "3", "ask for the figures"), (SAID[locale], "2", ""),
    ]  # fmt: skip
    assert rows[1]["link"].startswith(site.address)
    assert b"## Payments" in saved(visitor, "markdown")
    document = docx.Document(io.BytesIO(saved(visitor, "docx")))
    assert "phone payments doubled" in [paragraph.text for paragraph in document.paragraphs]
    assert axe_findings(visitor) == []
    visitor.find(".pb-note-quote", has_text=QUOTE).click()
    expect(visitor.find("mark.pb-mark")).to_have_text(QUOTE)


@pytest.mark.point(8)
def test_on_a_phone_in_the_dark_two_tabs_lose_no_note(visit: Visit, site: Site) -> None:
    visitor = visit(site.address, viewport=PHONE, dark=True).arrive("?transcript=harbour")
    exchange = visitor.ask("网点的客流")
    assert fits(visitor)
    other = visitor.context.new_page()
    other.goto(f"{site.address}?transcript=harbour")
    other.locator(".pb-turn").first.wait_for(state="attached")
    exchange.locator("[data-do=pin]").click()
    expect(visitor.find("#pb-toast-words")).to_have_text("已收进笔记。")
    other.locator("#pb-thread [data-do=pin]").click()
    expect(other.locator("#pb-toast-words")).to_have_text("笔记里已经有这段了。")
    other.close()
    visitor.find("[data-pane=side]").click()
    visitor.tab("notes")
    expect(visitor.find(".pb-note")).to_have_count(1)
    visitor.find(".pb-note").get_by_role("button", name="删除").click()
    expect(visitor.find(".pb-note")).to_have_count(0)
    visitor.find("#pb-toast button").click()
    expect(visitor.find(".pb-note q")).to_have_text(QUOTE)
    assert fits(visitor)
    assert axe_findings(visitor) == []


@pytest.mark.point(8)
def test_a_copied_answer_has_no_markdown(visit: Visit, site: Site, locale: str) -> None:
    visitor = visit(site.address, locale=locale).arrive("?transcript=harbour")
    visitor.ask("网点的客流").locator("[data-do=copy]").click()
    expect(visitor.find("#pb-toast-words")).to_have_text(visitor.word("copied"))
    copied = visitor.page.evaluate("navigator.clipboard.readText()")
    source = {"zh-CN": f"周启，东港银行副行长，2021-03-04，《{PANEL.title}》"}
    source["en-US"] = f"Zhou Qi (周启), 副行长, 东港银行, 2021-03-04, “{PANEL.title}”"
    assert copied == f"周启（东港银行）：{QUOTE}\n\n{source[locale]}\n"

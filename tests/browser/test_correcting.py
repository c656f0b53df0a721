"""Correcting in the page: a turn with its old words kept and quotes that follow, the head, and what was in doubt."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from browser.conftest import PHONE, Site, Visit
from browser.test_look import axe_findings, fits
from fakes.panel_bot import PANEL, FakeBot
from fakes.serving import serving
from panelbot.app.desk import desk_functions
from panelbot.types import Speaker, Turn

QUOTE = PANEL.turns[1].text[7:20]
DOUBTFUL = replace(
    PANEL,
    speakers=(*PANEL.speakers, Speaker(name="发言人3"), Speaker(name="")),
    turns=(*PANEL.turns, Turn(index=4, speaker="发言人3", text="我补一句。"), Turn(index=5, speaker="", text="掌声。")),
)


@pytest.mark.point(14)
def test_a_turn_is_corrected_and_quotes_of_it_follow_or_are_marked(visit: Visit, site: Site, locale: str) -> None:
    visitor = visit(site.address, locale=locale).arrive("?transcript=harbour&no=1")
    quote = visitor.ask("网点的客流").locator(".pb-quote")
    turn = visitor.find(".pb-turn[data-turn='1']")
    visitor.press("edit_turn", turn, number=2)
    words = turn.get_by_label(visitor.word("turn_words"))
    expect(words).to_have_value(PANEL.turns[1].text)
    assert axe_findings(visitor) == []
    words.fill(f"好的。{PANEL.turns[1].text}")
    visitor.press("save", turn)
    expect(turn.locator(".pb-edited summary")).to_have_text(visitor.word("turn_edited"))
    turn.locator(".pb-edited summary").click()
    expect(turn.locator(".pb-edited div")).to_have_text(PANEL.turns[1].text)
    expect(quote).to_have_attribute("data-start", "10")
    quote.click()
    expect(visitor.find("mark.pb-mark")).to_have_text(QUOTE)
    visitor.press("edit_turn", turn, number=2)
    words.fill("客流恢复到九成。")
    visitor.press("save", turn)
    expect(quote.locator(".pb-flag")).to_have_text(visitor.word("note_changed"))


@pytest.mark.point(14)
def test_doubts_are_decided_and_the_head_is_corrected_on_a_phone(visit: Visit, site: Site, locale: str) -> None:
    site.bot.reset([DOUBTFUL])
    visitor = visit(site.address, locale=locale, viewport=PHONE, dark=True).arrive()
    visitor.find("[data-pane=side]").click()
    doubts = visitor.find(".pb-doubts > ul > li")
    expect(doubts).to_have_count(2)
    assert fits(visitor)
    assert axe_findings(visitor) == []
    visitor.press("save", doubts.nth(0))
    expect(doubts.nth(0).locator(".pb-form-error")).to_have_text(visitor.word("doubt_who"))
    doubts.nth(0).get_by_label(visitor.word("doubt_name")).fill("周启")
    visitor.press("save", doubts.nth(0))
    expect(doubts).to_have_count(1)
    expect(doubts.nth(0)).to_be_in_viewport()
    expect(visitor.find(".pb-turn[data-turn='4'] .pb-who b")).to_have_text("周启")
    visitor.press("leave_unnamed", doubts.nth(0))
    expect(doubts).to_have_count(0)
    head = visitor.find(".pb-head-edit")
    head.locator("summary").click()
    head.get_by_label(visitor.word("head_title")).fill("港口的银行")
    head.get_by_label(visitor.word("head_location")).fill("东港")
    visitor.press("save", head)
    expect(visitor.find(".pb-transcript h2")).to_have_text("港口的银行")
    expect(visitor.find(".pb-transcript > header p")).to_contain_text("东港")
    assert not any("merge:" in text or "panelbot " in text for text in visitor.find("body").all_inner_texts())


def test_nothing_is_corrected_on_a_page_that_is_read_only(visit: Visit) -> None:
    with serving([DOUBTFUL], read_only=True) as (_, address):
        visitor = visit(address).arrive()
        expect(visitor.find(".pb-overview")).to_be_attached()
        expect(visitor.find(".pb-doubts, .pb-head-edit")).to_have_count(0)
        expect(visitor.find("[data-do=edit_turn]").first).to_be_hidden()
    names = {each.__name__ for each in desk_functions(FakeBot(), read_only=True)}  # type: ignore[arg-type]
    assert not {"correct_turn", "correct_head", "decide", "link_recording", "unlink_recording"} & names

"""Correcting in the page: a turn with its old words kept and quotes that follow, the head, and what was in doubt."""

from __future__ import annotations

from dataclasses import replace

from playwright.sync_api import expect

from browser.conftest import PHONE, WAIT, Site, Visit
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


def test_a_turn_is_corrected_and_quotes_of_it_follow_or_are_marked(visit: Visit, site: Site) -> None:
    visitor = visit(site.address, locale="en-US").arrive("?transcript=harbour&no=1")
    quote = visitor.ask("网点的客流").locator(".pb-quote")
    turn = visitor.find(".pb-turn[data-turn='1']")
    turn.get_by_role("button", name="Correct turn 2").click()
    words = turn.get_by_label("What was said")
    expect(words).to_have_value(PANEL.turns[1].text)
    assert axe_findings(visitor) == []
    words.fill(f"好的。{PANEL.turns[1].text}")
    turn.get_by_role("button", name="Save").click()
    expect(turn.locator(".pb-edited summary")).to_have_text("Corrected; show what stood here before", timeout=WAIT)
    turn.locator(".pb-edited summary").click()
    expect(turn.locator(".pb-edited div")).to_have_text(PANEL.turns[1].text)
    expect(quote).to_have_attribute("data-start", "10")
    quote.click()
    expect(visitor.find("mark.pb-mark")).to_have_text(QUOTE)
    turn.get_by_role("button", name="Correct turn 2").click()
    turn.get_by_label("What was said").fill("客流恢复到九成。")
    turn.get_by_role("button", name="Save").click()
    expect(quote.locator(".pb-flag")).to_contain_text("corrected since", timeout=WAIT)


def test_doubts_are_decided_and_the_head_is_corrected_on_a_phone(visit: Visit, site: Site) -> None:
    site.bot.reset([DOUBTFUL])
    visitor = visit(site.address, viewport=PHONE, dark=True).arrive()
    visitor.find("[data-pane=side]").click()
    doubts = visitor.find(".pb-doubts > ul > li")
    expect(doubts).to_have_count(2, timeout=WAIT)
    assert fits(visitor)
    assert axe_findings(visitor) == []
    doubts.nth(0).get_by_role("button", name="保存").click()
    expect(doubts.nth(0).locator(".pb-form-error")).to_have_text("请先写明是谁。")
    doubts.nth(0).get_by_label("姓名").fill("周启")
    doubts.nth(0).get_by_role("button", name="保存").click()
    expect(doubts).to_have_count(1, timeout=WAIT)
    expect(visitor.find(".pb-turn[data-turn='4'] .pb-who b")).to_have_text("周启")
    doubts.nth(0).get_by_role("button", name="先不管").click()
    expect(doubts).to_have_count(0, timeout=WAIT)
    visitor.find(".pb-head-edit summary").click()
    visitor.find(".pb-head-edit").get_by_label("标题").fill("港口的银行")
    visitor.find(".pb-head-edit").get_by_label("地点").fill("东港")
    visitor.find(".pb-head-edit").get_by_role("button", name="保存").click()
    expect(visitor.find(".pb-transcript h2")).to_have_text("港口的银行", timeout=WAIT)
    expect(visitor.find(".pb-transcript > header p")).to_contain_text("东港")
    assert not any("merge:" in text or "panelbot " in text for text in visitor.find("body").all_inner_texts())


def test_nothing_is_corrected_on_a_page_that_is_read_only(visit: Visit) -> None:
    with serving([DOUBTFUL], read_only=True) as (_, address):
        visitor = visit(address).arrive()
        expect(visitor.find(".pb-overview")).to_be_attached(timeout=WAIT)
        expect(visitor.find(".pb-doubts, .pb-head-edit")).to_have_count(0)
        expect(visitor.find("[data-do=edit_turn]").first).to_be_hidden()
    names = {each.__name__ for each in desk_functions(FakeBot(), read_only=True)}  # type: ignore[arg-type]
    assert not {"correct_turn", "correct_head", "decide", "link_recording", "unlink_recording"} & names

"""Who stands where: a table of the panel by the questions that were put, one's own questions, blanks said."""

from __future__ import annotations

from playwright.sync_api import expect

from browser.conftest import PHONE, WAIT, Site, Visit
from browser.test_look import axe_findings, fits
from fakes.panel_bot import PANEL


def test_the_table_says_who_spoke_and_who_did_not(visit: Visit, site: Site) -> None:
    site.bot.reset([PANEL])
    visitor = visit(site.address, locale="en-US").arrive()
    visitor.find("[data-do=stances]").click()
    rows = visitor.find(".pb-stances tbody tr")
    expect(rows.nth(0).locator("th")).to_contain_text("网点的客流恢复得怎么样？", timeout=WAIT)
    expect(rows.nth(0).locator("td")).to_have_text([PANEL.turns[1].text[7:20], "nothing found"], timeout=WAIT)
    visitor.find(".pb-who-stands [name=question]").fill("手机支付")
    visitor.find(".pb-who-stands").get_by_role("button", name="Add a question").click()
    expect(rows).to_have_count(2)
    expect(rows.nth(0).locator("td .pb-put")).to_have_text(PANEL.turns[1].text[7:20], timeout=WAIT)
    assert axe_findings(visitor) == []
    rows.nth(0).locator(".pb-put").click()
    expect(visitor.find("mark.pb-mark")).to_have_text(PANEL.turns[1].text[7:20])


def test_on_a_phone_in_the_dark_only_the_table_scrolls_sideways(visit: Visit, site: Site) -> None:
    site.bot.reset([PANEL])
    visitor = visit(site.address, viewport=PHONE, dark=True).arrive()
    visitor.find("[data-pane=side]").click()
    visitor.find("[data-do=stances]").click()
    expect(visitor.find(".pb-stances tbody td").nth(1)).to_have_text("没有找到", timeout=WAIT)
    assert fits(visitor)
    assert axe_findings(visitor) == []

"""Who stands where: a table of the panel by the questions that were put, one's own questions, blanks said."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from browser.conftest import PHONE, Site, Visit
from browser.test_look import axe_findings, fits
from fakes.panel_bot import PANEL


@pytest.mark.point(10)
def test_the_table_says_who_spoke_and_who_did_not(visit: Visit, site: Site, locale: str) -> None:
    site.bot.reset([PANEL])
    visitor = visit(site.address, locale=locale).arrive()
    visitor.press("stances")
    rows = visitor.find(".pb-stances tbody tr")
    expect(rows.nth(0).locator("th")).to_contain_text("网点的客流恢复得怎么样？")
    expect(rows.nth(0).locator("td")).to_have_text([PANEL.turns[1].text[7:20], visitor.word("stance_none")])
    visitor.find(".pb-who-stands [name=question]").fill("手机支付")
    visitor.press("stance_add")
    expect(rows).to_have_count(2)
    expect(rows.nth(0).locator("td .pb-put")).to_have_text(PANEL.turns[1].text[7:20])
    assert axe_findings(visitor) == []
    rows.nth(0).locator(".pb-put").click()
    expect(visitor.find("mark.pb-mark")).to_have_text(PANEL.turns[1].text[7:20])


def test_on_a_phone_in_the_dark_only_the_table_scrolls_sideways(visit: Visit, site: Site) -> None:
    site.bot.reset([PANEL])
    visitor = visit(site.address, viewport=PHONE, dark=True).arrive()
    visitor.find("[data-pane=side]").click()
    visitor.find("[data-do=stances]").click()
    expect(visitor.find(".pb-stances tbody td").nth(1)).to_have_text("没有找到")
    assert fits(visitor)
    assert axe_findings(visitor) == []

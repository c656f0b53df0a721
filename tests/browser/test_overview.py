"""The overview over a transcript's turns: people, topics, what was asked; each leads to its turn."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from browser.conftest import PHONE, Site, Visit
from browser.test_look import axe_findings, fits
from fakes.panel_bot import PANEL, hostile
from panelbot.types import Turn

SAID = (
    ("林澜", "周行长，网点的客流怎么样？"),
    ("周启", "网点的客流恢复到八成。"),
    ("Ada Moss", "网点以外，手机支付翻了一番。"),
    ("林澜", "网点会关掉吗？"),
    ("周启", "网点不关，老年客户还要来。"),
)
TALK = replace(PANEL, turns=tuple(Turn(index=n, speaker=who, text=text) for n, (who, text) in enumerate(SAID)))


@pytest.mark.point(9)
def test_the_overview_leads_to_people_questions_replies_and_words(visit: Visit, site: Site, locale: str) -> None:
    site.bot.reset([TALK])
    visitor = visit(site.address, locale=locale).arrive()
    over = visitor.find(".pb-overview")
    expect(over.locator(".pb-part").first).to_contain_text("周启")
    expect(over.locator("h3")).to_have_text([visitor.word(key) for key in ("people_of", "topics_of", "questions_of")])
    expect(over.locator(".pb-put")).to_have_text(["周行长，网点的客流怎么样？", "网点会关掉吗？"])
    over.locator(".pb-asked li", has_text="怎么样").get_by_role("button", name="Ada Moss").click()
    expect(visitor.find(".pb-turn[data-turn='2']")).to_contain_class("pb-turn pb-c2 pb-here")
    over.locator(".pb-put").nth(1).click()
    expect(visitor.find("mark.pb-mark")).to_have_text("网点会关掉吗？")
    over.locator(".pb-topics button", has_text="网点").click()
    expect(visitor.find("#pb-find")).to_have_value("网点")
    expect(visitor.find(".pb-turn mark.pb-find")).to_have_count(5)
    assert axe_findings(visitor) == []
    over.locator("> summary").click()
    visitor.page.wait_for_function("panelbot.browser.get('overview') === 'closed'")
    visitor.page.reload()
    expect(visitor.find(".pb-overview")).to_be_attached()
    expect(visitor.find(".pb-part").first).to_be_hidden()


def test_on_a_phone_in_the_dark_a_link_stays_on_its_turn(visit: Visit, site: Site) -> None:
    turns = tuple(replace(turn, index=n) for n, turn in enumerate(TALK.turns * 8))
    site.bot.reset([replace(TALK, turns=turns)])
    visitor = visit(site.address, viewport=PHONE, dark=True).arrive("?transcript=harbour&no=31")
    expect(visitor.find(".pb-overview")).to_be_attached()
    expect(visitor.find(".pb-turn.pb-here")).to_be_in_viewport()
    visitor.find(".pb-turns").evaluate("turns => { turns.scrollTop = 0; }")
    expect(visitor.find(".pb-overview > summary")).to_have_text("概览")
    assert fits(visitor)
    assert axe_findings(visitor) == []


def test_markup_in_an_overview_stays_text(visit: Visit, site: Site) -> None:
    payload = "<img src=x onerror=window.hacked=1>"
    bad = hostile(payload)
    turns = tuple(replace(turn, text=f"{payload}网点好吗？") for turn in bad.turns)
    site.bot.reset([replace(bad, turns=turns)])
    visitor = visit(site.address).arrive()
    expect(visitor.find(".pb-put").first).to_contain_text(payload)
    assert visitor.page.evaluate("window.hacked") is None


@pytest.mark.point(9)
def test_a_summary_is_written_where_a_model_is_set(visit: Visit, site: Site, locale: str) -> None:
    site.bot.reset([TALK], llm_base_url="http://127.0.0.1:9/v1")
    visitor = visit(site.address, locale=locale).arrive()
    visitor.press("summarise")
    expect(visitor.find(".pb-summary .pb-text")).to_contain_text(TALK.turns[1].text)
    expect(visitor.find(".pb-summary .pb-hint")).to_have_text(visitor.word("summary_hint"))
    visitor.find(".pb-summary .pb-quote").click()
    expect(visitor.find("mark.pb-mark")).to_have_text(TALK.turns[1].text)

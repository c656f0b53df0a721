"""Translation: names in both scripts, a quote explained or translated under the original."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from browser.conftest import PHONE, Site, Visit
from browser.test_look import axe_findings, fits
from browser.test_notes import select
from fakes.panel_bot import PANEL


@pytest.mark.point(12)
@pytest.mark.parametrize("locale", ["en-US"])
def test_an_english_reader_has_names_in_letters_and_key_words(visit: Visit, site: Site, locale: str) -> None:
    visitor = visit(site.address, locale=locale).arrive("?transcript=harbour&no=1")
    exchange = visitor.ask("网点的客流")
    expect(exchange.locator(".pb-said .pb-roman")).to_have_text("Zhou Qi")
    expect(visitor.find(".pb-turn[data-turn='1'] .pb-roman")).to_have_text("Zhou Qi")
    expect(visitor.find(".pb-turn[data-turn='2'] .pb-roman")).to_have_count(0)
    exchange.locator("[data-do=translate]").click()
    rendering = exchange.locator(".pb-rendering")
    expect(rendering).to_contain_text(visitor.word("glossed"))
    expect(rendering.locator("li", has_text="恢复")).to_be_visible()
    expect(exchange.locator(".pb-quote q")).to_have_text(PANEL.turns[1].text[7:20])
    select(visitor, 2, 0, 20)
    expect(visitor.find("#pb-selection [data-do=translate]")).to_be_hidden()
    assert axe_findings(visitor) == []


@pytest.mark.point(12)
@pytest.mark.parametrize("locale", ["zh-CN"])
def test_a_chinese_reader_has_names_as_they_are_and_key_words(visit: Visit, site: Site, locale: str) -> None:
    visitor = visit(site.address, locale=locale).arrive("?transcript=harbour&no=1")
    expect(visitor.ask("网点的客流").locator("[data-do=translate]")).to_be_hidden()
    select(visitor, 2, 0, 39)
    visitor.find("#pb-selection [data-do=translate]").click()
    rendering = visitor.find(".pb-turn[data-turn='2'] .pb-rendering")
    expect(rendering).to_contain_text(visitor.word("glossed"))
    expect(rendering.locator("li", has_text="doubled")).to_contain_text("双")
    expect(visitor.find(".pb-roman")).to_have_count(0)


@pytest.mark.point(12)
@pytest.mark.parametrize(("locale", "turn"), [("zh-CN", 2), ("en-US", 1)])
def test_a_translation_says_that_it_is_a_machines(visit: Visit, site: Site, locale: str, turn: int) -> None:
    site.bot.reset([PANEL], llm_base_url="http://127.0.0.1:9/v1")
    visitor = visit(site.address, locale=locale, viewport=PHONE, dark=True).arrive()
    visitor.find("[data-pane=side]").click()
    select(visitor, turn, 0, 18)
    visitor.find("#pb-selection [data-do=translate]").click()
    rendering = visitor.find(f".pb-turn[data-turn='{turn}'] .pb-rendering")
    expect(rendering).to_contain_text(visitor.word("machine"))
    expect(rendering).to_contain_text("译文")
    assert fits(visitor)
    assert axe_findings(visitor) == []

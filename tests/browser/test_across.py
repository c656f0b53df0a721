"""Reading across languages: names in both scripts, a quote explained or translated under the original."""

from __future__ import annotations

from playwright.sync_api import expect

from browser.conftest import PHONE, WAIT, Site, Visit
from browser.test_look import axe_findings, fits
from browser.test_notes import select
from fakes.panel_bot import PANEL


def test_an_english_reader_has_names_in_letters_and_key_words(visit: Visit, site: Site) -> None:
    visitor = visit(site.address, locale="en-US").arrive("?transcript=harbour&no=1")
    exchange = visitor.ask("网点的客流")
    expect(exchange.locator(".pb-said .pb-roman")).to_have_text("Zhou Qi")
    expect(visitor.find(".pb-turn[data-turn='1'] .pb-roman")).to_have_text("Zhou Qi")
    expect(visitor.find(".pb-turn[data-turn='2'] .pb-roman")).to_have_count(0)
    exchange.locator("[data-do=translate]").click()
    rendering = exchange.locator(".pb-rendering")
    expect(rendering).to_contain_text("Key words, from the dictionary", timeout=WAIT)
    expect(rendering.locator("li", has_text="恢复")).to_be_visible()
    expect(exchange.locator(".pb-quote q")).to_have_text(PANEL.turns[1].text[7:20])
    select(visitor, 2, 0, 20)
    expect(visitor.find("#pb-selection [data-do=translate]")).to_be_hidden()
    assert axe_findings(visitor) == []


def test_a_chinese_reader_gets_a_translation_that_says_it_is_a_machines(visit: Visit, site: Site) -> None:
    site.bot.reset([PANEL], llm_base_url="http://127.0.0.1:9/v1")
    visitor = visit(site.address, viewport=PHONE, dark=True).arrive()
    visitor.find("[data-pane=side]").click()
    select(visitor, 2, 0, 39)
    visitor.find("#pb-selection [data-do=translate]").click()
    rendering = visitor.find(".pb-turn[data-turn='2'] .pb-rendering")
    expect(rendering).to_contain_text("机器翻译", timeout=WAIT)
    expect(rendering).to_contain_text("译文")
    expect(visitor.find(".pb-roman")).to_have_count(0)
    assert fits(visitor)
    assert axe_findings(visitor) == []

"""Languages, light and dark, a phone, the keyboard alone, assistive technology, and markup that must stay text."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import expect

from browser.conftest import DESKTOP, PHONE, Site, Visit, Visitor
from fakes.panel_bot import PANEL, hostile
from panelbot.types import Speaker, Turn

PAYLOADS = (
    "<script>window.hacked=1</script><img src=x onerror=window.hacked=1>",
    "\"'><svg onload=window.hacked=1> [x](javascript:window.hacked=1)",
    "${window.hacked=1}{{window.hacked=1}} $$\\href{javascript:window.hacked=1}{x}$$",
    "</style></title><iframe srcdoc='<script>parent.hacked=1</script>'></iframe>",
)


def fits(visitor: Visitor) -> bool:
    """Nothing makes the page scroll sideways."""
    return visitor.page.evaluate(
        "() => document.documentElement.scrollWidth <= innerWidth && document.body.scrollWidth <= innerWidth"
    )


def luminance(visitor: Visitor, selector: str) -> float:
    """The brightness of an element's ground, 0 black to 255 white."""
    colour = visitor.find(selector).evaluate("element => getComputedStyle(element).backgroundColor")
    red, green, blue = (float(part) for part in colour[colour.index("(") + 1 : -1].split(",")[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("locale", "words"), [("zh-CN", "新对话"), ("zh-TW", "新对话"), ("fr-FR", "New conversation")])
def test_the_interface_speaks_the_browsers_language(visit: Visit, site: Site, locale: str, words: str) -> None:
    visitor = visit(site.address, locale=locale).arrive()
    expect(visitor.page.get_by_role("button", name=words, exact=True)).to_be_visible()
    ask = "提问" if locale.startswith("zh") else "Ask"
    expect(visitor.find("#pb-send")).to_have_text(ask)
    assert visitor.page.evaluate("document.documentElement.lang") == ("zh-CN" if ask == "提问" else "en")


def test_the_language_is_switched_and_stays(visit: Visit, site: Site) -> None:
    visitor = visit(site.address).arrive()
    visitor.ask("网点的客流")
    visitor.find("[data-do=language]").click()
    expect(visitor.find("#pb-send")).to_have_text("Ask")
    expect(visitor.answer(0).get_by_role("button", name="Ask again")).to_be_visible()
    visitor.page.reload()
    expect(visitor.find("#pb-send")).to_have_text("Ask")
    expect(visitor.find("#pb-question textarea")).to_have_attribute("placeholder", "Ask who said what…")


def test_dark_follows_the_system_and_the_switch(visit: Visit, site: Site) -> None:
    visitor = visit(site.address, dark=True).arrive()
    assert luminance(visitor, "#pb-chat") < 64
    visitor.find("[data-do=theme]").click()
    assert luminance(visitor, "#pb-chat") > 192
    visitor.page.reload()
    expect(visitor.find(".pb-turn").first).to_be_attached()
    assert luminance(visitor, "#pb-chat") > 192


def test_a_phone_shows_one_pane_at_a_time_and_never_scrolls_sideways(visit: Visit, site: Site) -> None:
    visitor = visit(site.address, viewport=PHONE).arrive()
    expect(visitor.find("#pb-side")).to_be_hidden()
    quote = visitor.ask("银行网点的客流").locator(".pb-quote")
    assert fits(visitor)
    quote.click()
    expect(visitor.find("#pb-chat")).to_be_hidden()
    expect(visitor.find("mark.pb-mark")).to_be_in_viewport()
    assert fits(visitor)
    for tab in ("shelf", "add"):
        visitor.tab(tab)
        expect(visitor.find(f"#pb-tab-{tab}")).to_be_visible()
        assert fits(visitor)
    visitor.find("[data-pane=chat]").click()
    expect(visitor.find("#pb-chat")).to_be_visible()


def test_every_pane_fits_every_screen(visit: Visit, site: Site, locale: str) -> None:
    visitor = visit(site.address, locale=locale).arrive()
    visitor.ask("银行网点的客流").locator("[data-do=pin]").first.click()
    visitor.find("[data-do=conversations].pb-tool").click()
    for width in (390, 820, 1440, 1920):
        visitor.page.set_viewport_size({"width": width, "height": 900})
        assert fits(visitor), width
        for tab in ("transcript", "shelf", "notes", "add"):
            visitor.page.evaluate("name => { panelbot.pane('side'); panelbot.goTo(name); }", tab)
            assert fits(visitor), (width, tab)
            panel = visitor.find(f"#pb-tab-{tab}")
            assert panel.evaluate("element => element.scrollWidth <= element.clientWidth"), (width, tab)
        visitor.page.evaluate("panelbot.pane('chat')")
        assert visitor.find("#pb-chat").evaluate("element => element.scrollWidth <= element.clientWidth"), width


LONG = "Maximiliana Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh"


def test_what_is_long_stays_within_what_holds_it_on_a_phone(visit: Visit, site: Site) -> None:
    speaker = Speaker(name=LONG, organization=LONG, title=LONG, role="moderator")
    turns = tuple(Turn(index=index, speaker=LONG, text="网点" + "x" * 300) for index in range(3))
    site.bot.reset([replace(PANEL, title=LONG, speakers=(speaker,), turns=turns)])
    visitor = visit(site.address, viewport=PHONE, locale="en-US").arrive()
    exchange = visitor.ask("网点")
    exchange.get_by_role("button", name="Bad answer").click()
    exchange.get_by_label("What would have been right?").select_option("turn")
    for inside in (".pb-question", ".pb-quote", ".pb-quote q", ".pb-form select", ".pb-turn-number"):
        assert within(visitor, inside, "#pb-chat"), inside
    visitor.find("[data-pane=side]").click()
    assert within(visitor, ".pb-turn header", "#pb-side")
    visitor.tab("shelf")
    visitor.find(".pb-edit summary").click()
    for inside in (".pb-person", ".pb-person .pb-who", ".pb-edit summary", ".pb-edit select"):
        assert within(visitor, inside, "#pb-shelf"), inside


def within(visitor: Visitor, selector: str, holder: str) -> bool:
    """The first such element that can be seen stays between the edges of ``holder``."""
    inner = visitor.find(f"{selector}:visible").first.bounding_box()
    outer = visitor.find(holder).bounding_box()
    assert inner is not None
    assert outer is not None
    return outer["x"] <= inner["x"] and inner["x"] + inner["width"] <= outer["x"] + outer["width"]


def test_the_keyboard_is_enough(visit: Visit, site: Site) -> None:
    visitor = visit(site.address, locale="en-US").arrive()
    press = visitor.page.keyboard.press
    reach(visitor, "#pb-question textarea")
    visitor.page.keyboard.type("概括一下")
    press("Enter")
    visitor.answer(0)
    reach(visitor, "button.pb-chip", backwards=True)
    expect(visitor.find("#pb-hover")).to_contain_text(PANEL.turns[1].text[7:20])
    press("Enter")
    expect(visitor.find("mark.pb-mark")).to_have_text(PANEL.turns[1].text[7:20])
    reach(visitor, ".pb-strip")
    press("ArrowRight")
    expect(visitor.find(".pb-strip")).to_have_attribute("aria-valuenow", "3")
    reach(visitor, "#pb-tabs [role=tab]", backwards=True)
    press("ArrowRight")
    expect(visitor.find("#pb-tab-shelf")).to_be_visible()
    reach(visitor, "#pb-question textarea", backwards=True)
    visitor.page.keyboard.type("银行网点的客流")
    press("Enter")
    visitor.answer(1)
    reach(visitor, ".pb-reference summary", backwards=True)
    press("Enter")
    expect(visitor.find(".pb-reference > ul")).to_be_visible()
    press("Escape")
    expect(visitor.find(".pb-reference > ul")).to_be_hidden()


def reach(visitor: Visitor, selector: str, *, backwards: bool = False) -> None:
    """Press Tab until the focus is where it can be seen to be."""
    for _ in range(60):
        visitor.page.keyboard.press("Shift+Tab" if backwards else "Tab")
        if visitor.page.evaluate("selector => document.activeElement.matches(selector)", selector):
            outline = visitor.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            inside = visitor.page.evaluate("document.activeElement.matches('textarea')")
            assert inside or outline != "none"
            return
    pytest.fail(f"{selector} cannot be reached by Tab")


@pytest.mark.point(13)
@pytest.mark.parametrize(("locale", "dark"), [("zh-CN", False), ("en-US", True)])
def test_axe_finds_nothing(visit: Visit, site: Site, locale: str, *, dark: bool) -> None:
    visitor = visit(site.address, locale=locale, dark=dark).arrive()
    found = axe_findings(visitor)
    exchange = visitor.ask("银行网点的客流")
    exchange.locator(".pb-quote").click()
    visitor.press("bad", exchange)
    exchange.get_by_label(visitor.word("right")).select_option("turn")
    visitor.ask("那位说了什么")
    found += axe_findings(visitor)
    visitor.tab("shelf")
    visitor.find(".pb-edit summary").first.click()
    found += axe_findings(visitor)
    visitor.find("[data-do=conversations].pb-tool").click()
    expect(visitor.find("#pb-list .pb-conversation")).to_be_visible()
    visitor.tab("transcript")
    visitor.find("#pb-find").fill("pruning")
    visitor.find("#pb-find-all").check()
    expect(visitor.find(".pb-found-place").first).to_be_visible()
    found += axe_findings(visitor)
    visitor.page.keyboard.press("Escape")
    exchange.locator("[data-do=pin]").first.click()
    visitor.tab("notes")
    expect(visitor.find(".pb-note")).to_be_visible()
    found += axe_findings(visitor)
    visitor.tab("add")
    expect(visitor.find("#pb-files")).to_be_visible()
    found += axe_findings(visitor)
    visitor.find("#pb-paste textarea").fill("钟山：码头的夜班增加了。\n陆远：灯塔也修好了。")
    visitor.find("#pb-preview").click()
    expect(visitor.find(".pb-preview")).to_be_visible()
    found += axe_findings(visitor)
    assert found == []


def axe_findings(visitor: Visitor) -> list[str]:
    """What axe finds, of whatever impact: rule and elements."""
    violations = Axe().run(visitor.page, options={"resultTypes": ["violations"]})["violations"]
    return [f"{each['id']}: {json.dumps([node['target'] for node in each['nodes']][:4])}" for each in violations]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_markup_in_a_transcript_stays_text(visit: Visit, site: Site, payload: str) -> None:
    site.bot.reset([hostile(payload)])
    visitor = visit(site.address, viewport=DESKTOP).arrive()
    exchange = visitor.ask(payload)
    expect(exchange.locator(".pb-quote q")).to_contain_text(payload)
    exchange.locator(".pb-quote").click()
    expect(visitor.find(".pb-turn.pb-here")).to_contain_text(payload)
    visitor.tab("shelf")
    expect(visitor.find(".pb-person")).to_contain_text(payload)
    visitor.page.reload()
    expect(visitor.answer(0).locator(".pb-quote q")).to_contain_text(payload)
    assert visitor.page.evaluate("window.hacked") is None
    assert visitor.page.locator("iframe, #pb-app img, #pb-app svg[onload]").count() == 0

"""Nothing is lost and everything can be stopped: conversations, tabs, retrying, a server that goes away, scrolling."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import Route, expect

from browser.conftest import LOCALES, PHONE, Site, Visit, Visitor
from fakes.panel_bot import PANEL, SECOND
from fakes.serving import serving

OTHER = dict(zip(LOCALES, reversed(LOCALES), strict=True))


def listed(visitor: Visitor, *titles: str) -> None:
    """The conversations in the list, which is opened for it, come to be called so."""
    if not visitor.find("#pb-conversations").is_visible():
        visitor.find("[data-do=conversations].pb-tool").click()
    expect(visitor.find("#pb-list .pb-conversation b")).to_have_text(list(titles))


@pytest.mark.point(1)
def test_conversations_are_listed_renamed_deleted_and_taken_back(visit: Visit, site: Site, locale: str) -> None:
    visitor = visit(site.address, locale=locale).arrive()
    visitor.ask("网点的客流")
    visitor.press("new_conversation")
    expect(visitor.find("#pb-thread .pb-exchange")).to_have_count(0)
    visitor.ask("柜台业务呢")
    visitor.press("conversations")
    listed(visitor, "柜台业务呢", "网点的客流")
    visitor.press("rename", visitor.find("#pb-list li", has_text="网点的客流"))
    visitor.find("#pb-list input").fill("客流的报道")
    visitor.page.keyboard.press("Enter")
    expect(visitor.find("#pb-list")).to_contain_text("客流的报道")
    visitor.press("delete", visitor.find("#pb-list li", has_text="柜台业务呢"))
    expect(visitor.find("#pb-list .pb-conversation")).to_have_count(1)
    visitor.press("undo")
    expect(visitor.find("#pb-list .pb-conversation")).to_have_count(2)
    expect(visitor.find("#pb-thread .pb-question")).to_contain_text(["柜台业务呢"])
    visitor.find("#pb-list button", has_text="客流的报道").click()
    expect(visitor.find("#pb-thread .pb-question")).to_contain_text(["网点的客流"])
    expect(visitor.find("#pb-conversations")).to_be_hidden()


@pytest.mark.point(1)
def test_two_tabs_keep_each_others_answers_and_a_language_switch_the_draft(
    visit: Visit, site: Site, locale: str
) -> None:
    first = visit(site.address, locale=locale).arrive()
    first.ask("网点的客流")
    page = first.context.new_page()
    second = replace(first, page=page).arrive()
    expect(second.find("#pb-thread .pb-question")).to_contain_text(["网点的客流"])
    second.ask("柜台业务呢")
    expect(first.find("#pb-thread .pb-question")).to_contain_text(["网点的客流", "柜台业务呢"])
    listed(second, "网点的客流")
    second.find("#pb-list li button").nth(1).click()
    second.find("#pb-list input").fill("客流的报道")
    page.keyboard.press("Enter")
    expect(second.find("#pb-list .pb-conversation")).to_contain_text("客流的报道")
    first.ask("老年客户呢")
    listed(first, "客流的报道")  # what another tab called it stays
    page.keyboard.press("Escape")
    page.reload()
    expect(second.find("#pb-thread .pb-exchange")).to_have_count(3)
    second.find("#pb-question textarea").fill("还没写完的")
    second.find("[data-do=language]").click()
    other = replace(second, locale=OTHER[locale])
    expect(second.find("#pb-send")).to_have_text(other.word("send"))
    expect(second.find("#pb-question textarea")).to_have_value("还没写完的")


@pytest.mark.point(1)
def test_a_login_keeps_its_conversations_on_the_server_and_nobody_elses(visit: Visit, locale: str) -> None:
    with serving([PANEL, SECOND], auth=[("mei", "a"), ("lin", "b")]) as (_, address):
        logged_in(visit(address, locale=locale), "mei", "a").ask("网点的客流")
        elsewhere = logged_in(visit(address, locale=OTHER[locale]), "mei", "a")
        listed(elsewhere, "网点的客流")
        elsewhere.find("#pb-list .pb-conversation").click()
        expect(elsewhere.find("#pb-thread .pb-question")).to_contain_text(["网点的客流"])
        another = logged_in(visit(address, locale=locale), "lin", "b")
        another.press("conversations")
        expect(another.find("#pb-list .pb-hint")).to_have_text(another.word("no_conversations"))


def logged_in(visitor: Visitor, user: str, password: str) -> Visitor:
    """The visitor behind the login."""
    form = {"username": user, "password": password}
    assert visitor.context.request.post(f"{visitor.address}login", form=form).ok
    return visitor.arrive()


@pytest.mark.point(2)
def test_an_answer_appears_in_stages_is_stopped_and_a_second_question_waits(
    visit: Visit, site: Site, locale: str
) -> None:
    visitor = visit(site.address, locale=locale).arrive()
    box = visitor.find("#pb-question textarea")
    expect(visitor.find("#pb-stop")).to_be_hidden()
    site.bot.hold(held=True)
    box.fill("网点的客流")
    box.press("Enter")
    expect(visitor.find("#pb-live .pb-text")).to_contain_text("周启")
    box.fill("柜台业务呢")
    box.press("Enter")
    expect(visitor.find("#pb-notices .pb-next")).to_contain_text("柜台业务呢")
    expect(box).to_have_value("")
    visitor.press("stop")
    expect(visitor.find("#pb-toast")).to_contain_text(visitor.word("stopped"))
    expect(box).to_have_value("网点的客流")
    site.bot.hold(held=False)
    expect(visitor.answer(0).locator(".pb-question")).to_contain_text("柜台业务呢")
    expect(visitor.find("#pb-notices .pb-next")).to_have_count(0)
    expect(visitor.find("#pb-stop")).to_be_hidden()


@pytest.mark.point(2)
def test_what_waits_stays_in_its_conversation_and_a_reload_asks_it_again(visit: Visit, site: Site, locale: str) -> None:
    visitor = visit(site.address, locale=locale).arrive()
    box = visitor.find("#pb-question textarea")
    site.bot.hold(held=True)
    for question in ("网点的客流", "柜台业务呢"):
        box.fill(question)
        box.press("Enter")
    expect(visitor.find("#pb-notices .pb-next")).to_contain_text("柜台业务呢")
    visitor.press("new_conversation")
    expect(visitor.find("#pb-live .pb-exchange")).to_have_count(0)
    visitor.page.reload()
    expect(visitor.find("#pb-live .pb-question")).to_contain_text("网点的客流")
    expect(visitor.find("#pb-notices .pb-next")).to_contain_text("柜台业务呢")
    visitor.press("new_conversation")
    site.bot.hold(held=False)
    expect(visitor.find("#pb-stop")).to_be_hidden()
    expect(visitor.find("#pb-thread .pb-exchange")).to_have_count(0)
    listed(visitor, "网点的客流")
    visitor.find("#pb-list .pb-conversation").click()
    expect(visitor.find("#pb-thread .pb-question")).to_contain_text(["网点的客流", "柜台业务呢"])
    assert [each["query"] for each in site.bot.calls[-1]["history"]] == ["网点的客流"]


@pytest.mark.point(2)
def test_a_question_is_asked_again_and_edited_in_its_place(visit: Visit, site: Site, locale: str) -> None:
    visitor = visit(site.address, locale=locale).arrive()
    visitor.ask("网点的客流")
    visitor.ask("柜台业务呢")
    first = visitor.find("#pb-thread .pb-exchange").first
    visitor.press("edit_question", first)
    expect(visitor.find("#pb-notices")).to_contain_text(visitor.word("editing"))
    box = visitor.find("#pb-question textarea")
    expect(box).to_have_value("网点的客流")
    box.fill("老年客户呢")
    box.press("Enter")
    expect(visitor.find("#pb-thread .pb-question")).to_contain_text(["老年客户呢", "柜台业务呢"])
    expect(visitor.find("#pb-toast")).to_contain_text(visitor.word("replaced"))
    assert site.bot.calls[-1]["history"] == []
    visitor.find("#pb-toast button").click()
    expect(visitor.find("#pb-thread .pb-question")).to_contain_text(["网点的客流", "柜台业务呢"])
    n_before = len(site.bot.calls)
    visitor.press("again", visitor.find("#pb-thread .pb-exchange").nth(1))
    expect(visitor.find("#pb-toast")).to_contain_text(visitor.word("replaced"))
    assert [each["query"] for each in site.bot.calls[n_before:]] == ["柜台业务呢"]
    expect(visitor.find("#pb-thread .pb-exchange")).to_have_count(2)


@pytest.mark.point(3)
@pytest.mark.parametrize(("locale", "words"), [("en-US", "cannot be reached"), ("zh-CN", "连不上服务器")])
def test_the_server_goes_away_and_the_question_is_asked_when_it_is_back(
    visit: Visit, site: Site, locale: str, words: str
) -> None:
    visitor = visit(site.address, locale=locale).arrive()
    visitor.ask("柜台业务呢")
    visitor.awaited.append("ERR_CONNECTION_REFUSED")
    visitor.page.route("**/gradio_api/**", lambda route: route.abort("connectionrefused"))
    visitor.find("#pb-question textarea").fill("网点的客流")
    visitor.page.keyboard.press("Enter")
    expect(visitor.find("#pb-live [role=alert]")).to_contain_text(words)
    expect(visitor.find("#pb-question textarea")).to_have_value("网点的客流")
    expect(visitor.find(".pb-wait")).to_have_count(0)
    visitor.page.unroute("**/gradio_api/**")
    expect(visitor.answer(1).locator(".pb-question")).to_contain_text("网点的客流")
    expect(visitor.find("#pb-question textarea")).to_have_value("")


def test_an_answer_that_breaks_off_is_asked_again(visit: Visit, site: Site) -> None:
    visitor = visit(site.address).arrive()
    cut: list[Route] = []

    def break_off(route: Route) -> None:
        cut.append(route)
        if len(cut) == 1:
            route.fulfill(status=200, content_type="text/event-stream", body="event: heartbeat\ndata: null\n\n")
        else:
            route.continue_()

    visitor.page.route("**/call/page_ask/*", break_off)
    expect(visitor.ask("网点的客流").locator("q")).to_have_text(PANEL.turns[1].text[7:20])
    assert len(cut) == 2


@pytest.mark.point(4)
@pytest.mark.parametrize(("locale", "viewport"), [("en-US", PHONE), ("zh-CN", {"width": 1440, "height": 600})])
def test_scrolling_belongs_to_the_reader(visit: Visit, site: Site, locale: str, viewport: dict[str, int]) -> None:
    visitor = visit(site.address, locale=locale, viewport=viewport).arrive()
    for number in range(4):
        visitor.ask(f"网点的客流{number}")
    last = visitor.find("#pb-thread .pb-exchange").last
    top = visitor.find("#pb-scroll").evaluate("element => element.getBoundingClientRect().top")
    assert abs(last.evaluate("element => element.getBoundingClientRect().top") - top - 16) < 3
    first = visitor.find("#pb-thread .pb-exchange").first
    first.scroll_into_view_if_needed()
    before = visitor.find("#pb-scroll").evaluate("element => element.scrollTop")
    visitor.press("bad", first)
    expect(first.locator(".pb-form")).to_be_in_viewport()
    visitor.find("#pb-scroll").evaluate(f"element => {{ element.scrollTop = {before}; }}")
    visitor.page.keyboard.press("Escape")
    first.get_by_label(visitor.word("right")).select_option("turn")
    assert visitor.find("#pb-scroll").evaluate("element => element.scrollTop") == before
    expect(visitor.find("#pb-down")).to_be_visible()
    visitor.find("#pb-down").click()
    expect(last).to_be_in_viewport()

"""Nothing is lost and everything can be stopped: conversations, tabs, retrying, a server that goes away, scrolling."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route, expect

from browser.conftest import PHONE, WAIT, Site, Visit, Visitor
from fakes.panel_bot import PANEL, SECOND
from fakes.serving import serving

NAMES = {"en-US": ("Conversations", "New conversation", "Undo"), "zh-CN": ("历次对话", "新对话", "撤销")}


def titles(visitor: Visitor) -> list[str]:
    """The conversations in the list, which is opened for it."""
    opened = visitor.find("#pb-conversations").is_visible()
    if not opened:
        visitor.find("[data-do=conversations].pb-tool").click()
    expect(visitor.find("#pb-list li").first).to_be_visible()
    return visitor.find("#pb-list .pb-conversation b").all_inner_texts()


@pytest.mark.parametrize("locale", NAMES)
def test_conversations_are_listed_renamed_deleted_and_taken_back(visit: Visit, site: Site, locale: str) -> None:
    listed, new, undo = NAMES[locale]
    visitor = visit(site.address, locale=locale).arrive()
    visitor.ask("网点的客流")
    visitor.page.get_by_role("button", name=new, exact=True).click()
    expect(visitor.find("#pb-thread .pb-exchange")).to_have_count(0)
    visitor.ask("柜台业务呢")
    visitor.page.get_by_role("button", name=listed, exact=True).click()
    assert titles(visitor) == ["柜台业务呢", "网点的客流"]
    row = visitor.find("#pb-list li", has_text="网点的客流")
    row.get_by_role("button").nth(1).click()
    visitor.find("#pb-list input").fill("客流的报道")
    visitor.page.keyboard.press("Enter")
    expect(visitor.find("#pb-list")).to_contain_text("客流的报道")
    visitor.find("#pb-list li", has_text="柜台业务呢").get_by_role("button").nth(2).click()
    expect(visitor.find("#pb-list .pb-conversation")).to_have_count(1)
    visitor.find("#pb-toast button", has_text=undo).click()
    expect(visitor.find("#pb-list .pb-conversation")).to_have_count(2)
    expect(visitor.find("#pb-thread .pb-question")).to_contain_text(["柜台业务呢"])
    visitor.find("#pb-list button", has_text="客流的报道").click()
    expect(visitor.find("#pb-thread .pb-question")).to_contain_text(["网点的客流"])
    expect(visitor.find("#pb-conversations")).to_be_hidden()


def test_two_tabs_keep_each_others_answers_and_a_language_switch_the_draft(visit: Visit, site: Site) -> None:
    first = visit(site.address).arrive()
    first.ask("网点的客流")
    page = first.context.new_page()
    second = Visitor(page=page, context=first.context, address=site.address, foreign=[], errors=first.errors).arrive()
    expect(second.find("#pb-thread .pb-question")).to_contain_text(["网点的客流"])
    second.ask("柜台业务呢")
    expect(first.find("#pb-thread .pb-question")).to_contain_text(["网点的客流", "柜台业务呢"], timeout=WAIT)
    assert titles(second) == ["网点的客流"]
    second.find("#pb-list li button").nth(1).click()
    second.find("#pb-list input").fill("客流的报道")
    page.keyboard.press("Enter")
    expect(second.find("#pb-list .pb-conversation")).to_contain_text("客流的报道")
    first.ask("老年客户呢")
    assert titles(first) == ["客流的报道"]  # what another tab called it stays
    page.keyboard.press("Escape")
    page.reload()
    expect(second.find("#pb-thread .pb-exchange")).to_have_count(3, timeout=WAIT)
    second.find("#pb-question textarea").fill("还没写完的")
    second.find("[data-do=language]").click()
    expect(second.find("#pb-send")).to_have_text("Ask", timeout=WAIT)
    expect(second.find("#pb-question textarea")).to_have_value("还没写完的")


def test_a_login_keeps_its_conversations_on_the_server_and_nobody_elses(visit: Visit) -> None:
    with serving([PANEL, SECOND], auth=[("mei", "a"), ("lin", "b")]) as (_, address):
        asked = [logged_in(visit(address), "mei", "a"), logged_in(visit(address), "lin", "b")]
        asked[0].ask("网点的客流")
        elsewhere = logged_in(visit(address, locale="en-US"), "mei", "a")
        assert titles(elsewhere) == ["网点的客流"]
        elsewhere.find("#pb-list .pb-conversation").click()
        expect(elsewhere.find("#pb-thread .pb-question")).to_contain_text(["网点的客流"])
        asked[1].find("[data-do=conversations].pb-tool").click()
        expect(asked[1].find("#pb-list .pb-hint")).to_be_visible()


def logged_in(visitor: Visitor, user: str, password: str) -> Visitor:
    """The visitor behind the login."""
    form = {"username": user, "password": password}
    assert visitor.context.request.post(f"{visitor.address}login", form=form).ok
    return visitor.arrive()


@pytest.mark.parametrize(("locale", "stop", "stopped"), [("en-US", "Stop", "Stopped."), ("zh-CN", "停止", "已停止")])
def test_an_answer_appears_in_stages_is_stopped_and_a_second_question_waits(
    visit: Visit, site: Site, locale: str, stop: str, stopped: str
) -> None:
    visitor = visit(site.address, locale=locale).arrive()
    box = visitor.find("#pb-question textarea")
    expect(visitor.find("#pb-stop")).to_be_hidden()
    site.bot.hold(held=True)
    box.fill("网点的客流")
    box.press("Enter")
    expect(visitor.find("#pb-live .pb-text")).to_contain_text("周启", timeout=WAIT)
    box.fill("柜台业务呢")
    box.press("Enter")
    expect(visitor.find("#pb-notices .pb-next")).to_contain_text("柜台业务呢")
    expect(box).to_have_value("")
    visitor.page.get_by_role("button", name=stop, exact=True).click()
    expect(visitor.find("#pb-toast")).to_contain_text(stopped)
    expect(box).to_have_value("网点的客流")
    site.bot.hold(held=False)
    expect(visitor.answer(0).locator(".pb-question")).to_contain_text("柜台业务呢")
    expect(visitor.find("#pb-notices .pb-next")).to_have_count(0)
    expect(visitor.find("#pb-stop")).to_be_hidden()


def test_what_waits_stays_in_its_conversation_and_a_reload_asks_it_again(visit: Visit, site: Site) -> None:
    visitor = visit(site.address).arrive()
    box = visitor.find("#pb-question textarea")
    site.bot.hold(held=True)
    for question in ("网点的客流", "柜台业务呢"):
        box.fill(question)
        box.press("Enter")
    expect(visitor.find("#pb-notices .pb-next")).to_contain_text("柜台业务呢")
    visitor.page.get_by_role("button", name="新对话", exact=True).click()
    expect(visitor.find("#pb-live .pb-exchange")).to_have_count(0)
    visitor.page.reload()
    expect(visitor.find("#pb-live .pb-question")).to_contain_text("网点的客流", timeout=WAIT)
    expect(visitor.find("#pb-notices .pb-next")).to_contain_text("柜台业务呢")
    visitor.page.get_by_role("button", name="新对话", exact=True).click()
    site.bot.hold(held=False)
    expect(visitor.find("#pb-stop")).to_be_hidden(timeout=WAIT)
    expect(visitor.find("#pb-thread .pb-exchange")).to_have_count(0)
    assert titles(visitor) == ["网点的客流"]
    visitor.find("#pb-list .pb-conversation").click()
    expect(visitor.find("#pb-thread .pb-question")).to_contain_text(["网点的客流", "柜台业务呢"])
    assert [each["query"] for each in site.bot.calls[-1]["history"]] == ["网点的客流"]


def test_a_question_is_asked_again_and_edited_in_its_place(visit: Visit, site: Site) -> None:
    visitor = visit(site.address, locale="en-US").arrive()
    visitor.ask("网点的客流")
    visitor.ask("柜台业务呢")
    first = visitor.find("#pb-thread .pb-exchange").first
    first.get_by_role("button", name="Edit").click()
    expect(visitor.find("#pb-notices")).to_contain_text("takes the place")
    box = visitor.find("#pb-question textarea")
    expect(box).to_have_value("网点的客流")
    box.fill("老年客户呢")
    box.press("Enter")
    expect(visitor.find("#pb-thread .pb-question")).to_contain_text(["老年客户呢", "柜台业务呢"], timeout=WAIT)
    expect(visitor.find("#pb-toast")).to_contain_text("replaced", timeout=WAIT)
    assert site.bot.calls[-1]["history"] == []
    visitor.find("#pb-toast button").click()
    expect(visitor.find("#pb-thread .pb-question")).to_contain_text(["网点的客流", "柜台业务呢"], timeout=WAIT)
    n_before = len(site.bot.calls)
    visitor.find("#pb-thread .pb-exchange").nth(1).get_by_role("button", name="Ask again").click()
    expect(visitor.find("#pb-toast")).to_contain_text("replaced", timeout=WAIT)
    assert [each["query"] for each in site.bot.calls[n_before:]] == ["柜台业务呢"]
    expect(visitor.find("#pb-thread .pb-exchange")).to_have_count(2)


@pytest.mark.parametrize(("locale", "words"), [("en-US", "cannot be reached"), ("zh-CN", "连不上服务器")])
def test_the_server_goes_away_and_the_question_is_asked_when_it_is_back(
    visit: Visit, site: Site, locale: str, words: str
) -> None:
    visitor = visit(site.address, locale=locale).arrive()
    visitor.ask("柜台业务呢")
    visitor.page.route("**/gradio_api/**", lambda route: route.abort("connectionrefused"))
    visitor.find("#pb-question textarea").fill("网点的客流")
    visitor.page.keyboard.press("Enter")
    expect(visitor.find("#pb-live [role=alert]")).to_contain_text(words)
    expect(visitor.find("#pb-question textarea")).to_have_value("网点的客流")
    expect(visitor.find(".pb-wait")).to_have_count(0)
    visitor.page.unroute("**/gradio_api/**")
    expect(visitor.answer(1).locator(".pb-question")).to_contain_text("网点的客流")
    expect(visitor.find("#pb-question textarea")).to_have_value("")
    visitor.errors[:] = [each for each in visitor.errors if "ERR_CONNECTION_REFUSED" not in each]


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


@pytest.mark.parametrize("viewport", [PHONE, {"width": 1440, "height": 600}])
def test_scrolling_belongs_to_the_reader(visit: Visit, site: Site, viewport: dict[str, int]) -> None:
    visitor = visit(site.address, locale="en-US", viewport=viewport).arrive()
    for number in range(4):
        visitor.ask(f"网点的客流{number}")
    last = visitor.find("#pb-thread .pb-exchange").last
    top = visitor.find("#pb-scroll").evaluate("element => element.getBoundingClientRect().top")
    assert abs(last.evaluate("element => element.getBoundingClientRect().top") - top - 16) < 3
    first = visitor.find("#pb-thread .pb-exchange").first
    first.scroll_into_view_if_needed()
    before = visitor.find("#pb-scroll").evaluate("element => element.scrollTop")
    first.get_by_role("button", name="Bad answer").click()
    expect(first.locator(".pb-form")).to_be_in_viewport()
    visitor.find("#pb-scroll").evaluate(f"element => {{ element.scrollTop = {before}; }}")
    visitor.page.keyboard.press("Escape")
    first.get_by_label("What would have been right?").select_option("turn")
    assert visitor.find("#pb-scroll").evaluate("element => element.scrollTop") == before
    expect(visitor.find("#pb-down")).to_be_visible()
    visitor.find("#pb-down").click()
    expect(last).to_be_in_viewport()

"""Asking: answers with chips, the exact characters marked, each "no", other readings, two people at once."""

from __future__ import annotations

import time

import pytest
from gradio_client import Client
from gradio_client.client import Job
from gradio_client.utils import Status
from playwright.sync_api import expect

from browser.conftest import WAIT, Site, Visit
from fakes.panel_bot import PANEL
from fakes.serving import serving
from panelbot.app.api import N_AT_ONCE
from panelbot.bot import MAX_QUESTION

QUOTE = PANEL.turns[1].text[7:20]


@pytest.mark.point(13)
@pytest.mark.parametrize(
    ("locale", "question"),
    [("zh-CN", "网点的客流恢复得怎么样"), ("en-US", "how is the traffic in the branches")],
)
def test_an_answer_shows_its_quote_speaker_and_organization(
    visit: Visit, site: Site, locale: str, question: str
) -> None:
    exchange = visit(site.address, locale=locale).arrive().ask(question)
    expect(exchange.locator(".pb-question")).to_contain_text(question)
    said = exchange.locator(".pb-said")
    expect(said.locator("q")).to_have_text(QUOTE)
    expect(said).to_contain_text("周启")
    expect(said).to_contain_text("东港银行")


def test_hovering_a_chip_shows_the_quote_and_clicking_marks_it_in_its_turn(visit: Visit, site: Site) -> None:
    visitor = visit(site.address).arrive()
    chip = visitor.ask("概括一下网点的客流").locator(".pb-text .pb-chip").first
    chip.hover()
    expect(visitor.find("#pb-hover")).to_contain_text(QUOTE)
    expect(visitor.find("#pb-hover")).to_contain_text("东港银行")
    chip.click()
    mark = visitor.find(".pb-turn[data-turn='1'] mark.pb-mark")
    expect(mark).to_have_text(QUOTE)
    expect(mark).to_be_in_viewport()
    expect(visitor.find(".pb-strip [data-turn='1']")).to_contain_class("pb-c1 pb-cited pb-here")


def test_a_long_answer_streams(visit: Visit, site: Site) -> None:
    visitor = visit(site.address).arrive()
    site.bot.hold(held=True)
    visitor.find("#pb-question textarea").fill("网点的客流")
    visitor.page.keyboard.press("Enter")
    expect(visitor.find("#pb-live .pb-text")).to_contain_text("周启")
    expect(visitor.find("#pb-thread .pb-exchange")).to_have_count(0)
    site.bot.hold(held=False)
    visitor.answer(0)
    expect(visitor.find("#pb-live .pb-exchange")).to_have_count(0)


def test_a_follow_up_is_asked_with_the_conversation(visit: Visit, site: Site) -> None:
    visitor = visit(site.address).arrive()
    visitor.ask("网点的客流")
    exchange = visitor.ask("后来呢")
    assert [item["query"] for item in site.bot.calls[-1]["history"]] == ["网点的客流"]
    expect(exchange.locator(".pb-searched")).to_contain_text("网点的客流，后来呢")


def test_a_reference_can_be_changed(visit: Visit, site: Site) -> None:
    visitor = visit(site.address).arrive()
    reference = visitor.ask("银行怎么看手机支付").locator(".pb-reference")
    expect(reference.locator("summary")).to_contain_text("周启, 东港银行")
    reference.locator("summary").click()
    reference.get_by_role("button", name="Ada Moss").click()
    expect(visitor.answer(1).locator(".pb-question")).to_contain_text("Ada Moss怎么看手机支付")


def test_each_no_is_told_in_its_own_words_with_what_is_nearest(visit: Visit, site: Site, locale: str) -> None:
    visitor = visit(site.address, locale=locale).arrive()
    nowhere = visitor.ask("火星呢")
    expect(nowhere.locator(".pb-verdict")).to_have_text(visitor.word("not_discussed"))
    expect(nowhere.locator(".pb-quotes q")).to_have_text(QUOTE)
    unsure = visitor.ask("那位说了什么")
    expect(unsure.locator(".pb-verdict")).to_have_text(visitor.word("ambiguous_speaker"))
    unsure.locator(".pb-offers button", has_text="Ada Moss").click()
    expect(visitor.answer(2).locator(".pb-question")).to_contain_text("Ada Moss说了什么")


@pytest.mark.point(13)
def test_what_is_on_the_shelf_is_there_at_once_and_an_example_is_asked_at_a_click(
    visit: Visit, site: Site, locale: str
) -> None:
    site.bot.hold(held=True)  # questions to begin with take long to find
    visitor = visit(site.address, locale=locale).arrive()
    expect(visitor.find(".pb-facts")).to_contain_text(visitor.word("n_transcripts", number=2))
    expect(visitor.find(".pb-example")).to_have_count(0)
    site.bot.hold(held=False)
    example = visitor.find(".pb-example").first
    words = example.inner_text()
    example.click()
    expect(visitor.answer(0).locator(".pb-question")).to_contain_text(words)
    expect(visitor.find(".pb-welcome")).to_be_hidden()


def test_two_visitors_have_two_conversations(visit: Visit, site: Site) -> None:
    first, second = visit(site.address).arrive(), visit(site.address, locale="en-US").arrive()
    first.ask("网点的客流")
    second.ask("phone payments")
    first.ask("柜台呢")
    expect(first.find("#pb-thread .pb-question")).to_contain_text(["网点的客流", "柜台呢"])
    expect(second.find("#pb-thread .pb-question")).to_contain_text(["phone payments"])


@pytest.mark.point(2)
@pytest.mark.parametrize(("locale", "words"), [("en-US", "Too many people are waiting"), ("zh-CN", "排不上队了")])
def test_a_full_queue_is_told_in_one_sentence_and_nothing_is_lost(visit: Visit, locale: str, words: str) -> None:
    with serving([PANEL], max_waiting=2) as (bot, address):
        visitor = visit(address, locale=locale).arrive()
        visitor.awaited.append("503")  # the refusal itself
        visitor.ask("柜台业务呢")
        client = Client(address, verbose=False)
        bot.hold(held=True)
        waiting = [submit(client, until=Status.PROCESSING) for _ in range(N_AT_ONCE)]
        waiting += [submit(client, until=Status.IN_QUEUE) for _ in range(2)]
        visitor.find("#pb-question textarea").fill("网点的客流")
        visitor.page.keyboard.press("Enter")
        told = visitor.find("#pb-toast")
        expect(told).to_contain_text(words)
        expect(visitor.find("#pb-question textarea")).to_have_value("网点的客流")
        expect(visitor.find("#pb-thread .pb-exchange")).to_have_count(1)
        bot.hold(held=False)
        assert all(job.result() for job in waiting)
        client.close()
        visitor.page.keyboard.press("Enter")
        expect(visitor.answer(1).locator(".pb-question")).to_contain_text("网点的客流")


def submit(client: Client, *, until: Status) -> Job:
    """A search, once it is being worked on or waits: a burst would fill the queue before its first is taken out."""
    job = client.submit("x", api_name="/search")
    deadline = time.monotonic() + WAIT / 1000
    while job.status().code is not until:
        assert time.monotonic() < deadline, job.status()
        time.sleep(0.05)
    return job


def test_questions_that_cannot_be_asked_are_told_so_in_the_pages_language(
    visit: Visit, site: Site, locale: str
) -> None:
    visitor = visit(site.address, locale=locale).arrive()
    visitor.find("#pb-send").click()
    expect(visitor.find("#pb-notices [role=alert]")).to_have_text(visitor.word("empty_question"))
    for question, words in (
        ("客" * (MAX_QUESTION + 1), visitor.word("long_question", limit=MAX_QUESTION)),
        ("索引坏了", visitor.word("index_fault")),
    ):
        visitor.find("#pb-question textarea").fill(question)
        visitor.page.keyboard.press("Enter")
        expect(visitor.find("#pb-live [role=alert]")).to_have_text(words)

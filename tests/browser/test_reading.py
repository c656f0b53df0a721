"""The transcript pane: deep links, the strip, searching within; and what a refresh keeps."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from browser.conftest import Site, Visit
from fakes.panel_bot import PANEL, SECOND

QUOTE = PANEL.turns[1].text[7:20]


def test_a_refresh_keeps_the_conversation_its_citations_and_the_place(visit: Visit, site: Site) -> None:
    visitor = visit(site.address).arrive()
    visitor.ask("网点的客流").locator(".pb-quote").click()
    expect(visitor.find("mark.pb-mark")).to_have_text(QUOTE)
    visitor.page.reload()
    expect(visitor.answer(0).locator(".pb-quote q")).to_have_text(QUOTE)
    expect(visitor.find("mark.pb-mark")).to_have_text(QUOTE)
    expect(visitor.find(".pb-strip [data-turn='1']")).to_contain_class("pb-c1 pb-here pb-cited")
    visitor.find("#pb-thread .pb-quote").click()
    expect(visitor.find("mark.pb-mark")).to_be_in_viewport()


def test_what_is_marked_stays_marked_where_the_transcript_is_drawn_anew(visit: Visit, site: Site) -> None:
    visitor = visit(site.address).arrive()
    visitor.ask("网点的客流").locator(".pb-quote").click()
    expect(visitor.find("mark.pb-mark")).to_have_text(QUOTE)
    visitor.page.evaluate("panelbot.refresh()")
    expect(visitor.find("mark.pb-mark")).to_have_text(QUOTE)
    expect(visitor.find(".pb-turn.pb-here")).to_have_attribute("data-turn", "1")
    visitor.find(".pb-choose").select_option(SECOND.id)
    expect(visitor.find(".pb-transcript h2")).to_have_text(SECOND.title)
    expect(visitor.find("mark.pb-mark, .pb-turn.pb-here")).to_have_count(0)


@pytest.mark.parametrize("slow", [PANEL.id, SECOND.id])
def test_what_was_asked_for_last_is_shown_whatever_comes_last(visit: Visit, site: Site, slow: str) -> None:
    """One transcript is drawn anew, another opened meanwhile, and the shelf comes again: the opened one stays."""
    visitor = visit(site.address).arrive(f"?transcript={PANEL.id}&no=1")
    visitor.page.evaluate(
        """async ([old, other, slow]) => {
            const call = panelbot.call;
            panelbot.call = async (name, asked) => {
                const reply = await call(name, asked);
                if (name === "read" && asked.id === slow) await new Promise((done) => setTimeout(done, 1500));
                return reply;
            };
            const redrawn = panelbot.open(old, null, null, { again: true });
            await Promise.all([redrawn, panelbot.open(other), panelbot.refresh()]);
        }""",
        [PANEL.id, SECOND.id, slow],
    )
    expect(visitor.find(".pb-transcript h2")).to_have_text(SECOND.title)
    assert visitor.page.evaluate("panelbot.shown()") == SECOND.id


def test_a_transcript_does_not_scroll_on_under_the_readers_hand(visit: Visit, site: Site) -> None:
    """The way to a turn is gone over some frames; who puts a finger on something meanwhile keeps it there."""
    visitor = visit(site.address).arrive(f"?transcript={SECOND.id}&turn=0")
    far = SECOND.turns[-5].index
    top = visitor.page.evaluate(
        """async (far) => {
            const list = document.querySelector(".pb-turns");
            panelbot.open(panelbot.shown(), far);
            list.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
            list.scrollTop = 0;
            for (let n = 0; n < 20; n += 1) await new Promise(requestAnimationFrame);
            return list.scrollTop;
        }""",
        far,
    )
    assert top == 0


def test_a_link_opens_a_turn_and_survives_reload(visit: Visit, site: Site) -> None:
    last = SECOND.turns[-1]
    visitor = visit(site.address).arrive(f"?transcript={SECOND.id}&turn={last.index}")
    here = visitor.find(".pb-turn.pb-here")
    expect(here).to_contain_text(last.text)
    expect(here).to_be_in_viewport()
    visitor.page.reload()
    expect(here).to_contain_text(last.text)
    expect(here).to_be_in_viewport()


@pytest.mark.point(7)
@pytest.mark.parametrize(("locale", "words"), [("en-US", "no longer here"), ("zh-CN", "已经不在了")])
def test_a_link_to_what_is_gone_says_so_and_keeps_the_picker(visit: Visit, site: Site, locale: str, words: str) -> None:
    visitor = visit(site.address, locale=locale)
    visitor.page.goto(f"{site.address}?transcript=gone&no=1")
    expect(visitor.find("#pb-transcript .pb-notice")).to_contain_text(words)
    visitor.find(".pb-choose").select_option(PANEL.id)
    expect(visitor.find(".pb-transcript h2")).to_have_text(PANEL.title)
    visitor.page.goto(f"{site.address}?transcript={PANEL.id}&no=99")
    expect(visitor.find("#pb-toast")).to_contain_text(words)
    expect(visitor.find(".pb-turn")).to_have_count(len(PANEL.turns))


def test_the_strip_goes_to_a_turn_at_a_click_and_by_arrow_keys(visit: Visit, site: Site) -> None:
    visitor = visit(site.address).arrive(f"?transcript={SECOND.id}&turn=0")
    far = SECOND.turns[-5].index
    visitor.find(f".pb-strip [data-turn='{far}']").click()
    expect(visitor.find(f".pb-turn[data-turn='{far}']")).to_be_in_viewport()
    strip = visitor.find(".pb-strip")
    strip.focus()
    visitor.page.keyboard.press("ArrowRight")
    expect(strip).to_have_attribute("aria-valuenow", str(far + 2))
    expect(visitor.find(f".pb-turn[data-turn='{far + 1}']")).to_be_in_viewport()
    expect(visitor.page).to_have_url(re.compile(f"no={far + 2}$"))


def test_searching_within_goes_from_place_to_place(visit: Visit, site: Site) -> None:
    visitor = visit(site.address).arrive(f"?transcript={PANEL.id}&turn=0")
    visitor.find(".pb-find-box").fill("网点")
    expect(visitor.find("mark.pb-find")).to_have_count(3)
    expect(visitor.find(".pb-found")).to_have_text("1/3")
    visitor.page.keyboard.press("Enter")
    expect(visitor.find(".pb-found")).to_have_text("2/3")
    visitor.find(".pb-find-box").fill("網點")  # as the search of all transcripts takes it
    expect(visitor.find(".pb-found")).to_have_text("1/3")
    expect(visitor.find(".pb-strip .pb-hit")).to_have_count(2)
    visitor.find(".pb-find-box").fill("[没有")
    expect(visitor.find(".pb-found")).to_have_text("0")
    visitor.find(".pb-find-box").fill("")
    expect(visitor.find("mark.pb-find")).to_have_count(0)


def test_another_transcript_can_be_chosen_to_read(visit: Visit, site: Site) -> None:
    visitor = visit(site.address).arrive()
    visitor.find(".pb-choose").select_option(SECOND.id)
    expect(visitor.find(".pb-transcript h2")).to_have_text(SECOND.title)

"""Finding and choosing: a shelf of many transcripts, words in all of them, links to turns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import expect

from browser.conftest import Site, Visit, Visitor
from fakes.panel_bot import PANEL, SECOND
from fakes.serving import serving
from panelbot.types import Turn

MANY = 500


@pytest.fixture(scope="module")
def shelf() -> Iterator[str]:
    """A page over five hundred transcripts."""
    talks = [
        replace(SECOND, id=f"talk-{n:03}", title=f"Evening {n:03} on the quay", date=f"20{n // 12:02}-{1 + n % 12:02}")
        for n in range(MANY - 1)
    ]
    with serving([*talks, PANEL]) as (_, address):
        yield address


FIRST_BY_TITLE = {"en-US": "Evening 000 on the quay", "zh-CN": PANEL.title}


def cards(visitor: Visitor) -> list[str]:
    """The titles on the shelf, those out of sight too, which are not drawn."""
    return visitor.find("#pb-shelf .pb-card > header b").all_text_contents()


@pytest.mark.point(5)
def test_a_shelf_of_five_hundred_is_searched_ordered_and_chosen_from(visit: Visit, shelf: str, locale: str) -> None:
    visitor = visit(shelf, locale=locale).arrive()
    expect(visitor.find(".pb-transcript h2")).to_have_text(PANEL.title)  # the newest
    expect(visitor.find(".pb-facts")).to_contain_text(visitor.word("n_transcripts", number=MANY))
    visitor.tab("shelf")
    expect(visitor.find("#pb-shelf .pb-card")).to_have_count(MANY)
    assert cards(visitor)[0] == PANEL.title
    visitor.find("#pb-shelf-sort").select_option("title")
    assert cards(visitor)[0] == FIRST_BY_TITLE[locale]
    visitor.find("#pb-shelf-find").fill("quay 307")
    expect(visitor.find("#pb-shelf .pb-card")).to_have_count(1)
    visitor.find("#pb-shelf-find").fill("东港银行")
    expect(visitor.find("#pb-shelf .pb-card b").first).to_have_text(PANEL.title)
    visitor.press("only_this")
    expect(visitor.find("#pb-shelf-count")).to_have_text(visitor.word("n_chosen", number=1, total=MANY))
    expect(visitor.find("#pb-shelf .pb-person")).to_have_count(3)
    expect(visitor.find(".pb-example")).to_have_count(1)
    visitor.find("#pb-shelf-find").fill("2040")
    visitor.press("choose_all")
    expect(visitor.find("#pb-shelf-count")).to_have_text(visitor.word("n_chosen", number=13, total=MANY))
    visitor.find("#pb-shelf-find").fill("")
    visitor.press("choose_none")
    visitor.find("#pb-question textarea").fill("网点的客流")
    visitor.page.keyboard.press("Enter")
    expect(visitor.find("#pb-toast")).to_contain_text(visitor.word("none_chosen"))
    expect(visitor.find("#pb-question textarea")).to_have_value("网点的客流")


def test_the_shelf_opens_at_once(visit: Visit, shelf: str) -> None:
    visitor = visit(shelf).arrive()
    expect(visitor.find("#pb-shelf .pb-card")).to_have_count(MANY)
    visitor.find("#pb-shelf-find").evaluate(
        "box => { box.value = '00'; box.dispatchEvent(new Event('input', { bubbles: true })); }"
    )
    expect(visitor.find("#pb-shelf .pb-card").first).to_be_attached()
    assert 0 < len(cards(visitor)) < MANY


def drop(visitor: Visitor, *folders: Path) -> None:
    """Drag folders from outside over where files are dropped, and let them go."""
    box = visitor.find("#pb-files").bounding_box()
    assert box is not None
    data = {"items": [], "files": [str(folder) for folder in folders], "dragOperationsMask": 1}
    browser = visitor.context.new_cdp_session(visitor.page)
    for kind in ("dragEnter", "dragOver", "drop"):
        event = {"type": kind, "x": box["x"] + 20, "y": box["y"] + 20, "data": data}
        browser.send("Input.dispatchDragEvent", event)


@pytest.mark.point(5)
def test_a_folder_is_added_tagged_and_stands_on_top(visit: Visit, site: Site, tmp_path: Path, locale: str) -> None:
    first, second = tmp_path / "码头系列", tmp_path / "again"
    for folder, numbers in ((first, (0, 1, 2)), (second, (0, 3))):  # a file of one name and text lies in both
        folder.mkdir()
        for number in numbers:
            (folder / f"夜谈{number}.txt").write_text(f"钟山：第{number}盏灯修好了。\n陆远：是的。", encoding="utf-8")
    visitor = visit(site.address, locale=locale).arrive()
    visitor.tab("add")
    if locale == "zh-CN":
        visitor.find("#pb-choose-folder").set_input_files(first)
        expect(visitor.find(".pb-chosen-files li")).to_have_count(3)
        visitor.find("#pb-choose-folder").set_input_files(second)
    else:
        drop(visitor, first, second)
        expect(visitor.find(".pb-chosen-files li")).to_have_count(5)
        drop(visitor, first)  # what is there already is not taken twice
    expect(visitor.find(".pb-chosen-files li")).to_have_count(5)
    visitor.find("#pb-store").click()
    expect(visitor.find(".pb-done")).to_contain_text("夜谈2")
    expect(visitor.find(".pb-chosen-files li")).to_have_count(0)
    visitor.tab("shelf")
    visitor.find("#pb-shelf-sort").select_option("title")
    expect(visitor.find("#pb-shelf .pb-card").nth(2).locator("em")).to_have_text(visitor.word("just_added"))
    assert set(cards(visitor)[:4]) == {"夜谈0", "夜谈1", "夜谈2", "夜谈3"}
    for tag, numbers in (("again", (0, 3)), ("码头系列", (0, 1, 2))):
        visitor.find("#pb-shelf-tag").select_option(tag)
        expect(visitor.find("#pb-shelf .pb-card")).to_have_count(len(numbers))
        assert set(cards(visitor)) == {f"夜谈{number}" for number in numbers}
    visitor.find("#pb-shelf .pb-card", has_text="夜谈1").locator("[data-do=open]").click()
    expect(visitor.find(".pb-transcript h2")).to_have_text("夜谈1")
    visitor.page.goto(site.address)  # what was read last is opened next time
    expect(visitor.find(".pb-transcript h2")).to_have_text("夜谈1")


@pytest.mark.point(6)
def test_words_are_found_in_all_transcripts_and_on_the_strip(visit: Visit, site: Site, locale: str) -> None:
    visitor = visit(site.address, locale=locale).arrive()
    way, exact = visitor.word("find_where"), visitor.word("find_exact")
    visitor.find("#pb-find").fill("pruning 41")
    visitor.page.get_by_label(way).check()
    found = visitor.find("#pb-everywhere .pb-found-place")
    expect(found).to_have_count(1)
    expect(visitor.find("#pb-everywhere h3")).to_contain_text(SECOND.title)
    expect(found).to_contain_text("Tom Ash")
    expect(found).to_contain_text("42")
    visitor.page.get_by_label(exact).check()
    expect(found).to_have_count(0)
    visitor.page.get_by_label(exact).uncheck()
    visitor.find("#pb-find").fill("")  # nothing to look for: the transcript is there again
    expect(visitor.find(".pb-transcript h2")).to_be_visible()
    visitor.find("#pb-find").fill("網點")
    expect(visitor.find("#pb-everywhere mark")).to_have_count(3)
    found.first.click()
    expect(visitor.find(".pb-transcript h2")).to_have_text(PANEL.title)
    expect(visitor.find("mark.pb-mark")).to_have_text("网点")
    visitor.find("#pb-find").fill("网点")
    expect(visitor.find(".pb-found")).to_have_text("1/3")
    assert [visitor.find(".pb-strip .pb-hit").nth(n).get_attribute("data-turn") for n in range(2)] == ["0", "1"]
    counter, box = visitor.find(".pb-found").bounding_box(), visitor.find("#pb-find").bounding_box()
    assert counter is not None
    assert box is not None
    assert counter["x"] >= box["x"] + box["width"]


@pytest.mark.point(7)
def test_a_turns_number_copies_its_link(visit: Visit, site: Site, locale: str) -> None:
    visitor = visit(site.address, locale=locale).arrive(f"?transcript={PANEL.id}")
    visitor.find(".pb-turn[data-turn='1'] .pb-link").click()
    expect(visitor.find("#pb-toast")).to_have_text(visitor.word("link_copied", number=2))
    link = visitor.page.evaluate("navigator.clipboard.readText()")
    assert link == f"{site.address}?transcript={PANEL.id}&no=2"
    visitor.page.goto(link)
    expect(visitor.find(".pb-turn.pb-here")).to_have_attribute("data-turn", "1")


@pytest.mark.point(7)
def test_the_speaker_stays_in_sight_in_a_long_turn(visit: Visit, site: Site, locale: str) -> None:
    long = Turn(index=0, speaker="周启", text="\n\n".join(f"第{n}段，网点还在。" * 12 for n in range(40)))
    site.bot.reset([replace(PANEL, turns=(long, *PANEL.turns[1:]))])
    visitor = visit(site.address, locale=locale).arrive()
    visitor.find(".pb-turn[data-turn='0'] p").nth(30).scroll_into_view_if_needed()
    expect(visitor.find(".pb-turn[data-turn='0'] header b")).to_be_in_viewport()

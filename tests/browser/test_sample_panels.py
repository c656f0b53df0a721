"""The sample panels with the real bot and its built-in model; and the screenshots of the docs.

``SCREENSHOTS=docs/screenshots pytest tests/browser/test_sample_panels.py`` renews the pictures.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from browser.conftest import DESKTOP, PHONE, WAIT, Visit, Visitor
from fakes.serving import serving_index

pytestmark = pytest.mark.model

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
FILES = ("banking-after-the-epidemic.txt", "harbour-wind-farm.vtt")
TRAFFIC = {"zh-CN": "银行网点客流恢复得怎么样", "en-US": "what did the bank say about branch traffic"}

SECOND = {"zh-CN": "律师对拦下转账有什么提醒", "en-US": "what did the harbour master say about dredging"}


@pytest.fixture(scope="module")
def panels(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A page over two of the sample panels."""
    folder = str(tmp_path_factory.mktemp("index"))
    with serving_index(folder, [str(CORPUS / name) for name in FILES]) as address:
        yield address


def marked(visitor: Visitor, quote: Locator) -> None:
    """A quote that is clicked is marked and in sight, over paragraphs; how lines end is left out."""
    quote.click()
    marks, words = visitor.find("mark.pb-mark"), "".join(quote.locator("q").inner_text().split())
    visitor.until(lambda: "".join("".join(marks.all_text_contents()).split()) == words)
    expect(marks.first).to_be_in_viewport()


@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
def test_the_banks_panelist_is_quoted_and_marked_in_both_languages(visit: Visit, panels: str, locale: str) -> None:
    visitor = visit(panels, locale=locale).arrive()
    exchange = visitor.ask(TRAFFIC[locale])
    quotes = exchange.locator(".pb-quote").and_(exchange.locator(":not(.pb-also *)"))
    expect(exchange.locator(".pb-said").first).to_contain_text("裴仲宁")
    expect(exchange.locator(".pb-said").first).to_contain_text("霁川银行")
    for quote in quotes.locator("q").all_inner_texts():  # one of the answers only comes closest; it says so once
        assert exchange.inner_text().count(quote) == 1
    for place in range(quotes.count()):
        marked(visitor, quotes.nth(place))


def test_a_file_is_uploaded_and_asked_about(visit: Visit, panels: str, tmp_path: Path) -> None:
    file = tmp_path / "lighthouse.txt"
    lines = (
        "Ida Quill: Who paints the lighthouse?",
        "Sol Rask: The keepers repaint the lighthouse lantern every April.",
    )
    file.write_text("\n\n".join(lines * 3), encoding="utf-8")
    visitor = visit(panels, locale="en-US").arrive()
    visitor.tab("add")
    visitor.find("#pb-choose-files").set_input_files(file)
    expect(visitor.find("#pb-files")).to_contain_text("lighthouse")
    visitor.find("#pb-store").click()
    expect(visitor.find(".pb-done")).to_contain_text("Added", timeout=4 * WAIT)
    exchange = visitor.ask("When do the keepers repaint the lighthouse lantern?")
    expect(exchange.locator(".pb-quote").first).to_contain_text("every April")
    expect(exchange.locator(".pb-said").first).to_contain_text("Sol Rask")
    visitor.tab("shelf")
    visitor.find(".pb-card", has_text="Sol Rask").get_by_role("button", name="Remove").click()
    visitor.find("#pb-confirm-yes").click()
    expect(visitor.find(".pb-card")).to_have_count(len(FILES))


BAD = {  # what is wrong with a file, as the page says it
    "damaged.docx": (b"PK\x03\x04 torn", "not a Word document that can be opened", "打不开的 Word 文档"),
    "empty.txt": (b"", "is empty", "是空的"),
    "summary.txt": ("会议研究了预算，决定下月再议。".encode(), "no turns found in", "里没有找到发言"),
    "large.txt": ("甲：好。\n".encode() * 150_001, "150,000 at most", "最多 150,000 行"),
    "torn.json": (b'{"turns": [', "not valid JSON", "不是有效的 JSON（第 1 行）"),
}


@pytest.mark.point(14)
def test_a_file_that_cannot_be_read_is_told_what_it_is(visit: Visit, panels: str, tmp_path: Path, locale: str) -> None:
    for name, (content, *_) in BAD.items():
        (tmp_path / name).write_bytes(content)
    visitor = visit(panels, locale=locale).arrive()
    visitor.tab("add")
    visitor.find("#pb-choose-files").set_input_files([tmp_path / name for name in BAD])
    visitor.find("#pb-store").click()
    told = visitor.find("#pb-added [role=alert]")
    expect(told).to_have_count(len(BAD))
    for _, english, chinese in BAD.values():
        expect(told.filter(has_text=chinese if locale == "zh-CN" else english)).to_have_count(1)
    visitor.tab("transcript")
    visitor.find("#pb-recording-file").set_input_files(tmp_path / "summary.txt")
    expect(visitor.find("#pb-toast")).to_contain_text("不是浏览器能播放的" if locale == "zh-CN" else "is no recording")
    shown = [*told.all_inner_texts(), visitor.find("#pb-toast").inner_text()]
    assert not [words for words in shown if re.search(r"--\w|`|panelbot ", words)]
    assert locale == "en-US" or not [words for words in shown if re.search(r"[a-z]+ [a-z]+ [a-z]+", words)]


def test_a_turn_nobody_spoke_is_not_made_up(visit: Visit, panels: str) -> None:
    visitor = visit(panels, locale="en-US").arrive()
    exchange = visitor.ask("What did Professor Zanzibar say about penguins?")
    expect(exchange.locator(".pb-verdict")).to_have_text("Nobody of that name")
    expect(exchange.locator(".pb-offers button").first).to_be_visible()


PICTURES = {
    "chat-zh": ("zh-CN", False, DESKTOP),
    "chat-en-dark": ("en-US", True, DESKTOP),
    "phone-zh-dark": ("zh-CN", True, PHONE),
    "phone-en": ("en-US", False, PHONE),
}


@pytest.mark.parametrize("name", PICTURES)
def test_pictures_of_an_answer_beside_its_transcript(visit: Visit, panels: str, tmp_path: Path, name: str) -> None:
    locale, dark, viewport = PICTURES[name]
    folder = Path(os.environ.get("SCREENSHOTS", tmp_path))
    visitor = visit(panels, locale=locale, dark=dark, viewport=viewport).arrive()
    exchange = visitor.ask(TRAFFIC[locale])
    if viewport == DESKTOP:
        exchange = visitor.ask(SECOND[locale])
    else:
        save(visitor, folder / f"{name}-chat.png")
    marked(visitor, exchange.locator(".pb-quote").first)
    save(visitor, folder / f"{name}.png")
    if name == "chat-zh":
        visitor.find(".pb-turns").evaluate("turns => { turns.scrollTop = 0; }")
        expect(visitor.find(".pb-over")).to_be_in_viewport()
        save(visitor, folder / "overview-zh.png")
        visitor.press("pin", exchange)
        expect(visitor.find("#pb-toast")).to_be_visible()
        visitor.find("#pb-toast").evaluate("toast => { toast.hidden = true; }")
        visitor.tab("notes")
        expect(visitor.find(".pb-note")).to_be_visible()
        save(visitor, folder / "notes-zh.png")


def test_pictures_of_the_start_and_of_the_panel(visit: Visit, panels: str, tmp_path: Path) -> None:
    folder = Path(os.environ.get("SCREENSHOTS", tmp_path))
    visitor = visit(panels, locale="en-US").arrive()
    expect(visitor.find(".pb-example").first).to_be_visible()
    visitor.tab("shelf")
    expect(visitor.find(".pb-card")).to_have_count(len(FILES))
    save(visitor, folder / "shelf-en.png")


def save(visitor: Visitor, file: Path) -> None:
    """A picture of what the visitor sees."""
    visitor.page.screenshot(path=file, animations="disabled")
    assert file.stat().st_size > 10_000

"""A served page and visitors to it. Every visit is watched: no error, and no request to any host but the server's."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

from fakes.panel_bot import PANEL, SECOND
from fakes.serving import Remote, serving

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# What Gradio says of requests that a reload or the end of a visit cuts off.
CUT_OFF = re.compile("Failed to fetch|network error|ERR_ABORTED|aborted|AbortError|dynamically imported", re.IGNORECASE)
WAIT = 15_000  # milliseconds; a machine under load is slow, a page that does not answer is wrong
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser."""
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A served page and the bot behind it."""

    bot: Remote
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """A person at the page, in a browser of their own."""

    page: Page
    context: BrowserContext
    address: str
    foreign: list[str]
    errors: list[str]

    def find(self, selector: str, **options: Any) -> Locator:
        """The elements for a selector, and ``has_text`` where it is given."""
        return self.page.locator(selector, **options)

    def arrive(self, query: str = "") -> Visitor:
        """Open the page and wait until it can be used."""
        self.page.goto(f"{self.address}{query}")
        expect(self.find(".pb-turn").first).to_be_attached(timeout=WAIT)
        expect(self.find("#pb-question textarea").first).to_be_attached()
        return self

    def ask(self, question: str) -> Locator:
        """Type a question and press Enter; the finished exchange."""
        n_before = self.find("#pb-thread .pb-exchange").count()
        self.find("#pb-question textarea").fill(question)
        self.page.keyboard.press("Enter")
        return self.answer(n_before)

    def answer(self, number: int) -> Locator:
        """The finished exchange at a 0-based place of the conversation."""
        exchange = self.find("#pb-thread .pb-exchange").nth(number)
        expect(exchange).to_be_visible(timeout=WAIT)
        return exchange

    def tab(self, name: str) -> None:
        """Go to a tab of the side pane."""
        self.find(f"#pb-tab-{name}-button").click()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, one for all tests."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("Chromium is not installed (apt-get install chromium)")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield chromium
        chromium.close()


Visit = Callable[..., Visitor]


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Makes visitors; when the test ends, what their browsers asked for and complained about is checked."""
    visitors: list[Visitor] = []

    def make(address: str, *, locale: str = "zh-CN", viewport: dict[str, int] = DESKTOP, dark: bool = False) -> Visitor:
        context = browser.new_context(
            locale=locale,
            viewport=viewport,  # type: ignore[arg-type]
            color_scheme="dark" if dark else "light",
            permissions=["clipboard-read", "clipboard-write"],
        )
        page = context.new_page()
        visitor = Visitor(page=page, context=context, address=address, foreign=[], errors=[])
        own = urlsplit(address).netloc
        context.on("request", lambda request: _note_foreign(request.url, own, visitor.foreign))
        page.on("pageerror", lambda error: _note_error(str(error), visitor.errors))
        page.on("console", lambda message: message.type == "error" and _note_error(message.text, visitor.errors))
        visitors.append(visitor)
        return visitor

    yield make
    for visitor in visitors:
        seen = list(visitor.errors)  # closing a window is no visit
        visitor.context.close()
        assert seen == []
        assert visitor.foreign == []


def _note_error(words: str, found: list[str]) -> None:
    if not CUT_OFF.search(words):
        found.append(words)


def _note_foreign(url: str, own: str, found: list[str]) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("data", "blob") and parts.netloc != own:
        found.append(url)


@pytest.fixture(scope="session")
def fake_site() -> Iterator[Site]:
    """A page over the fake bot."""
    with serving([PANEL, SECOND]) as (bot, address):
        yield Site(bot=bot, address=address)


@pytest.fixture
def site(fake_site: Site) -> Site:
    """The page over the fake bot, as new."""
    fake_site.bot.reset([PANEL, SECOND])
    return fake_site

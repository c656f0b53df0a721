"""A served page and visitors to it. Every visit is watched: no error, and no request to any host but the server's."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

from fakes.panel_bot import PANEL, SECOND
from fakes.serving import Remote, serving
from panelbot.app.words import say

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
expect.set_options(timeout=WAIT)
LOCALES = ("en-US", "zh-CN")
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
    locale: str
    foreign: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    awaited: list[str] = field(default_factory=list)  # words of errors that the test makes itself

    def find(self, selector: str, **options: Any) -> Locator:
        """The elements for a selector, and ``has_text`` where it is given."""
        return self.page.locator(selector, **options)

    def word(self, key: str, /, **values: str | int) -> str:
        """The words of the interface for ``key``, as this visitor reads them."""
        return say(key, "zh" if self.locale.startswith("zh") else "en", **values)

    def press(self, key: str, within: Locator | None = None, /, **values: str | int) -> None:
        """Click the button called by the words for ``key``; within an element, one whose name holds them."""
        name = self.word(key, **values)
        (within or self.page).get_by_role("button", name=name, exact=within is None).click()

    def until(self, is_so: Callable[[], object]) -> None:
        """Wait for what no element shows; what the browser sends meanwhile is dealt with."""
        deadline = time.monotonic() + WAIT / 1000
        while not is_so():
            assert time.monotonic() < deadline
            self.page.wait_for_timeout(50)

    def arrive(self, query: str = "") -> Visitor:
        """Open the page and wait until it can be used."""
        self.page.goto(f"{self.address}{query}")
        expect(self.find(".pb-turn").first).to_be_attached()
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
        expect(exchange).to_be_visible()
        return exchange

    def tab(self, name: str) -> None:
        """Go to a tab of the side pane."""
        self.find(f"#pb-tab-{name}-button").click()


@pytest.fixture(params=LOCALES)
def locale(request: pytest.FixtureRequest) -> str:
    """The visitor's language: a test that asks for it runs in each."""
    return request.param


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
        visitor = Visitor(page=page, context=context, address=address, locale=locale)
        own = urlsplit(address).netloc
        context.on("request", lambda request: _note_foreign(request.url, own, visitor.foreign))
        page.on("pageerror", lambda error: _note_error(str(error), visitor.errors))
        page.on("console", lambda message: message.type == "error" and _note_error(message.text, visitor.errors))
        visitors.append(visitor)
        return visitor

    yield make
    for visitor in visitors:
        # closing a window is no visit
        seen = [error for error in visitor.errors if not any(words in error for words in visitor.awaited)]
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

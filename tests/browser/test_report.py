"""The evaluation report as a person reads it: on a screen, on a phone, on paper."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from panelbot.cli import main
from panels import write_panels

HOSTILE = '<img src="https://example.com/x.png" onerror="document.title=1"> banker'


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report whose worst question is hostile, and expects a turn that is not found first."""
    folder = tmp_path_factory.mktemp("evaluation")
    lines = [
        {"query_id": "a", "query": HOSTILE, "transcript_id": "harbour", "gold_turns": [6], "kind": "x"},
        {"query_id": "b", "query": "night bus", "transcript_id": "library", "gold_turns": [4], "kind": "y"},
    ]
    questions = folder / "questions.jsonl"
    questions.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    corpus = write_panels(folder / "corpus")
    arguments = ["--transcripts", str(corpus), "--answers", "--set", "embedding_model=hash"]
    assert main(["evaluate", str(questions), *arguments, "--report", str(folder / "report")]) == 0
    return folder / "report" / "index.html"


@pytest.fixture
def page(browser: Browser, report: Path) -> Iterator[Page]:
    """The report, opened; whatever it asks for or complains about fails the test."""
    context = browser.new_context()
    page = context.new_page()
    noticed: list[str] = []
    page.on("console", lambda message: noticed.append(message.text))
    page.on("pageerror", lambda error: noticed.append(str(error)))
    page.on("request", lambda request: noticed.append(request.url))
    page.goto(report.as_uri())
    yield page
    context.close()
    assert noticed == [report.as_uri()]


def test_what_was_asked_is_shown_as_text(page: Page) -> None:
    assert page.get_by_text(HOSTILE).count() >= 1
    assert page.locator("img, script").count() == 0
    assert page.title().startswith("Evaluation")


def test_a_question_opens_to_the_turns_expected_and_found(page: Page) -> None:
    worst = page.locator("details").filter(has_text="banker")
    turns = worst.locator(".turn")
    assert not turns.first.is_visible()
    worst.locator("summary").click()
    assert turns.first.is_visible()
    assert "谢谢两位" in (worst.locator(".sides > div").first.text_content() or "")


@pytest.mark.parametrize("width", [390, 768, 1280])
def test_nothing_leaves_the_page_sideways(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_plots_are_drawn_to_be_read(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    plots = page.locator("figure svg")
    assert plots.count() >= 4
    for number in range(plots.count()):
        box = plots.nth(number).bounding_box()
        assert box is not None
        assert box["width"] > 400


def test_on_paper_every_question_is_open_and_the_ink_is_dark(page: Page) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    page.set_viewport_size({"width": 680, "height": 1000})
    assert page.locator("details .turn").first.is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("document.documentElement.scrollWidth") <= 680

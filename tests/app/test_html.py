"""Markup is built here and nowhere else: every text is escaped."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.panel_bot import FakeBot, hostile
from panelbot.app.chat import ask
from panelbot.app.html import join, tag
from panelbot.app.views.transcript import transcript_view

PAYLOADS = (
    "<script>window.hacked=1</script>",
    "<img src=x onerror=window.hacked=1>",
    '"><svg onload=window.hacked=1>',
    "' onmouseover='window.hacked=1",
    "[x](javascript:window.hacked=1)",
    "${window.hacked=1}{{window.hacked=1}}",
    "$$\\href{javascript:window.hacked=1}{x}$$",
    "</textarea></title><iframe srcdoc='<script>parent.hacked=1</script>'>",
)


class _Elements(HTMLParser):
    """Collects the elements, attribute names and text of a piece of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes.update(key for key, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.text += data


def parse(markup: str) -> _Elements:
    elements = _Elements()
    elements.feed(str(markup))
    elements.close()
    return elements


@given(st.text())
def test_text_and_attributes_come_back_as_they_were(text: str) -> None:
    found: list[tuple[str, str | None]] = []
    parser = _Elements()
    parser.handle_starttag = lambda _, attrs: found.extend(attrs)  # type: ignore[method-assign]
    parser.feed(str(tag("p", "x", title=text)))
    assert found == [("title", text)]
    assert "<" not in tag("p", text).removeprefix("<p>").removesuffix("</p>")


def test_attributes_that_do_not_apply_are_left_out() -> None:
    assert (
        tag("input", cls="a", data_x=1, hidden=True, title=None, checked=False) == '<input class="a" data-x="1" hidden>'
    )
    assert join(["<", None, tag("b", 1)]) == "&lt;<b>1</b>"


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_hostile_transcript_becomes_text(payload: str) -> None:
    seen = parse(transcript_view(hostile(payload), "en"))
    assert not seen.names & {"script", "img", "svg", "iframe", "textarea", "title"}
    assert not any(name.startswith("on") for name in seen.attributes)
    assert seen.text.count(payload) >= 8


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_hostile_question_and_answer_become_text(payload: str) -> None:
    bot = FakeBot([hostile(payload)])
    for step in ask(bot, {"query": payload, "key": payload}, "zh"):  # type: ignore[arg-type]
        seen = parse(step["html"])
        assert not seen.names & {"script", "img", "iframe", "a", "title"}
        assert not any(name.startswith("on") for name in seen.attributes)

"""The frame around the chat: the header, and what is shown before the first question."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from panelbot.app.examples import example_questions
from panelbot.app.html import tag
from panelbot.app.words import both, say
from panelbot.types import Language, Transcript


def bilingual(key: str) -> Markup:
    """The words in both languages; the style sheet shows the visitor's. For what is made once for everybody."""
    words = both(key)
    return tag("span", tag("span", words["en"], lang="en"), tag("span", words["zh"], lang="zh-CN"), cls="pb-both")


def header_view() -> Markup:
    """The name of the page and its switches."""
    return tag(
        "header",
        tag("h1", "panelbot"),
        tag("p", bilingual("tagline")),
        tag("button", bilingual("new_conversation"), type="button", cls="pb-tool", data_do="clear"),
        tag("button", bilingual("switch_language"), type="button", cls="pb-tool", data_do="language"),
        tag(
            "button",
            "◐",
            tag("span", bilingual("switch_theme"), cls="pb-sr"),
            type="button",
            cls="pb-tool",
            data_do="theme",
        ),
        cls="pb-header",
    )


def welcome_view(transcripts: Sequence[Transcript], language: Language) -> Markup:
    """A greeting and questions to start from."""
    if not transcripts:
        return tag("p", say("no_transcripts", language), cls="pb-notice")
    examples = (
        tag("li", tag("button", text, type="button", cls="pb-example", data_do="ask", data_query=text))
        for text in example_questions(transcripts, language)
    )
    return tag(
        "section",
        tag("h2", say("welcome", language)),
        tag("p", say("welcome_hint", language)),
        tag("ul", *examples, aria_label=say("examples", language)),
        cls="pb-welcome",
    )

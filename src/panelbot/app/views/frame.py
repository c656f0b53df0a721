"""The frame around the chat: the header, what is shown before the first question, and whom one is asking."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from panelbot.app.chat import Scope
from panelbot.app.html import tag
from panelbot.app.words import both, say
from panelbot.types import Language, Transcript

_EXPORTS = (("conversation", "export_conversation"), ("csv", "export_csv"), ("markdown", "export_markdown"))


def bilingual(key: str) -> Markup:
    """The words in both languages; the style sheet shows the visitor's. For what is made once for everybody."""
    words = both(key)
    return tag("span", tag("span", words["en"], lang="en"), tag("span", words["zh"], lang="zh-CN"), cls="pb-both")


def header_view() -> Markup:
    """The name of the page and its tools."""
    exports = (
        tag("li", tag("button", bilingual(words), type="button", data_do="export", data_kind=kind))
        for kind, words in _EXPORTS
    )
    export = tag("details", tag("summary", bilingual("export"), cls="pb-tool"), tag("ul", *exports), cls="pb-menu")
    theme = (tag("span", "◐", aria_hidden="true"), tag("span", bilingual("switch_theme"), cls="pb-sr"))
    new = (tag("i", "＋", aria_hidden="true"), bilingual("new_conversation"))
    return tag(
        "header",
        tag("h1", "panelbot"),
        tag("p", bilingual("tagline")),
        _tool("clear", *new, cls="pb-tool pb-new"),
        export,
        _tool("language", bilingual("switch_language")),
        _tool("theme", *theme),
        cls="pb-header",
    )


def _tool(does: str, *inside: Markup, cls: str = "pb-tool") -> Markup:
    return tag("button", *inside, type="button", cls=cls, data_do=does)


def panes_view() -> Markup:
    """The switch between chat and transcript on a narrow screen, the hover card, and where short notices go."""
    switch = tag(
        "nav",
        tag("button", bilingual("chat"), type="button", data_do="pane", data_pane="chat", aria_pressed="true"),
        tag("button", bilingual("side"), type="button", data_do="pane", data_pane="side", aria_pressed="false"),
        cls="pb-switch",
    )
    return tag(
        "div",
        switch,
        tag("div", id="pb-hover", role="tooltip", hidden=True),
        tag("div", id="pb-toast", role="status", aria_live="polite"),
    )


def adding_hint() -> Markup:
    """What can be added."""
    return tag("p", bilingual("add_hint"), cls="pb-hint")


def welcome_view(questions: Sequence[str] | None, language: Language) -> Markup:
    """A greeting and questions to start from; None where there is nothing to ask about yet."""
    if questions is None:
        return tag("p", say("no_transcripts", language), cls="pb-notice")
    examples = (
        tag("li", tag("button", text, type="button", cls="pb-example", data_do="ask", data_query=text))
        for text in questions
    )
    return tag(
        "section",
        tag("h2", say("welcome", language)),
        tag("p", say("welcome_hint", language)),
        tag("ul", *examples, aria_label=say("examples", language)),
        cls="pb-welcome",
    )


def scope_view(transcripts: Sequence[Transcript], scope: Scope, language: Language) -> Markup:
    """Whom the next question goes to, where that is not everybody."""
    if scope == Scope():
        return Markup("")
    comma = "、" if language == "zh" else ", "
    titles = [each.title or each.id for each in transcripts if each.id in (scope.transcripts or ())]
    where = say("scope_some", language, names=comma.join(titles)) if titles else say("scope_all", language)
    heard = say("scope_speakers", language, names=comma.join(scope.speakers)) if scope.speakers else ""
    words = comma.join(part for part in (where, heard) if part)
    reset = tag("button", say("everything", language), type="button", cls="pb-small", data_do="everything")
    return tag("p", tag("span", words), reset, cls="pb-scope")

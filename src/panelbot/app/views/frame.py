"""The frame of the page: header, conversation, the tabs beside it. What fills them is the script's to ask for."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from panelbot.app.html import tag
from panelbot.app.views.icons import icon
from panelbot.app.views.sides import adding_frame, shelf_frame, transcript_frame
from panelbot.app.views.tools import selection_bar
from panelbot.app.words import WORDS, say
from panelbot.types import Language

TABS = (("transcript", "sources"), ("shelf", "shelf"), ("notes", "notes"), ("add", "add"))
"""The tabs of the side pane: name and word. ``#pb-tab-NAME`` is the panel of one; ``add`` changes the index."""

_EXPORTS = (("conversation", "export_conversation"), ("csv", "export_csv"), ("markdown", "export_markdown"))


def words_for_script(language: Language) -> dict[str, str]:
    """The words in the visitor's language; their ``{name}`` places are filled by the page's script."""
    return {key: words[language == "zh"] for key, words in WORDS.items()}


def frame_view(language: Language, *, read_only: bool) -> Markup:
    """Everything that stands on the page before anything is asked."""
    tabs = [(name, words) for name, words in TABS if not (read_only and name == "add")]
    return tag(
        "div",
        _header(language),
        tag("div", _chat(language), _side(tabs, language), id="pb-main"),
        _switch(language),
        tag("div", id="pb-hover", role="tooltip", hidden=True),
        selection_bar(language),
        tag("div", tag("span", id="pb-toast-words"), id="pb-toast", role="status", aria_live="polite", hidden=True),
        _confirming(language),
        cls="pb-frame",
        lang="zh-CN" if language == "zh" else "en",
    )


def _header(language: Language) -> Markup:
    exports = (
        tag("li", tag("button", say(words, language), type="button", data_do="export", data_kind=kind))
        for kind, words in _EXPORTS
    )
    export = tag("details", tag("summary", say("export", language), cls="pb-tool"), tag("ul", *exports), cls="pb-menu")
    theme = (tag("span", "◐", aria_hidden="true"), tag("span", say("switch_theme", language), cls="pb-sr"))
    return tag(
        "header",
        tag("h1", "panelbot"),
        tag("p", say("tagline", language)),
        _tool("conversations", icon("list"), tag("span", say("conversations", language)), aria_expanded="false"),
        _tool("clear", icon("add"), tag("span", say("new_conversation", language))),
        export,
        _tool("language", tag("span", say("switch_language", language), lang="en" if language == "zh" else "zh-CN")),
        _tool("theme", *theme),
        id="pb-header",
        cls="pb-header",
    )


def _tool(does: str, *inside: Markup, **more: str) -> Markup:
    return tag("button", *inside, type="button", cls=f"pb-tool pb-tool-{does}", **{"data_do": does, **more})


def _chat(language: Language) -> Markup:
    box = tag(
        "textarea",
        rows=1,
        aria_label=say("question", language),
        placeholder=say("question_hint", language),
        autocomplete="off",
        maxlength=20_000,
    )
    asking = tag(
        "form",
        tag("div", box, id="pb-question"),
        tag("button", icon("stop"), say("stop", language), type="button", id="pb-stop", data_do="stop", hidden=True),
        tag("button", say("send", language), type="submit", id="pb-send"),
        id="pb-ask",
        data_submit="ask",
    )
    newest = tag("button", "↓ ", say("to_bottom", language), type="button", id="pb-down", data_do="down", hidden=True)
    return tag(
        "section",
        _conversations(language),
        tag(
            "div",
            tag("div", id="pb-thread", role="log", aria_label=say("conversation", language)),
            tag("div", id="pb-live"),
            tag("div", id="pb-welcome"),
            id="pb-scroll",
            tabindex=0,
            role="region",
            aria_label=say("conversation", language),
        ),
        newest,
        tag("div", id="pb-notices"),
        tag("div", id="pb-scope"),
        asking,
        id="pb-chat",
        aria_label=say("chat", language),
    )


def _conversations(language: Language) -> Markup:
    """The list of earlier conversations; the page's script fills it."""
    close = tag(
        "button",
        icon("close"),
        tag("span", say("close", language), cls="pb-sr"),
        type="button",
        cls="pb-plain-button",
        data_do="conversations",
    )
    return tag(
        "section",
        tag("header", tag("h2", say("conversations", language)), close),
        tag("ol", id="pb-list"),
        tag("p", id="pb-where-kept", cls="pb-hint"),
        id="pb-conversations",
        aria_label=say("conversations", language),
        hidden=True,
    )


def _side(tabs: Sequence[tuple[str, str]], language: Language) -> Markup:
    buttons = (
        tag(
            "button",
            say(words, language),
            type="button",
            role="tab",
            id=f"pb-tab-{name}-button",
            aria_controls=f"pb-tab-{name}",
            aria_selected="false",
            tabindex=-1,
            data_do="tab",
            data_tab=name,
        )
        for name, words in tabs
    )
    inside = {"transcript": transcript_frame, "shelf": shelf_frame, "notes": _notes_frame, "add": adding_frame}
    panels = (
        tag(
            "div",
            tag("h2", say(words, language), cls="pb-sr"),
            inside[name](language),
            id=f"pb-tab-{name}",
            role="tabpanel",
            aria_labelledby=f"pb-tab-{name}-button",
            hidden=True,
        )
        for name, words in tabs
    )
    bar = tag("div", *buttons, id="pb-tabs", role="tablist", aria_label=say("side", language))
    return tag("section", bar, *panels, id="pb-side", aria_label=say("side", language))


def _notes_frame(_: Language) -> Markup:
    return tag("div", id="pb-notes")  # all in it depends on the notes


def _switch(language: Language) -> Markup:
    """Between chat and transcripts on a narrow screen."""
    return tag(
        "nav",
        tag("button", say("chat", language), type="button", data_do="pane", data_pane="chat", aria_pressed="true"),
        tag("button", say("side", language), type="button", data_do="pane", data_pane="side", aria_pressed="false"),
        cls="pb-switch",
    )


def _confirming(language: Language) -> Markup:
    """The page's own question before something cannot be taken back."""
    return tag(
        "dialog",
        tag("p", id="pb-confirm-words"),
        tag(
            "form",
            tag("button", say("cancel", language), cls="pb-small", value=""),
            tag("button", "", cls="pb-small pb-strong", value="yes", id="pb-confirm-yes"),
            method="dialog",
        ),
        id="pb-confirm",
        aria_labelledby="pb-confirm-words",
    )

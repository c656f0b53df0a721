"""What can be done with a quote, wherever it stands: beside it, over selected words, under a note. Knows no quote."""

from __future__ import annotations

from markupsafe import Markup

from panelbot.app.html import tag
from panelbot.app.views.icons import icon
from panelbot.app.words import say
from panelbot.types import Language

TOOLS = ("pin", "copy_quote", "play", "translate")
_ICONS = {"copy_quote": "copy"}


def quote_tools(language: Language, *, foreign: bool) -> Markup:
    """The tools under a quote of an answer: icons with their names."""
    buttons = (tool_button(name, language, cls="pb-tool") for name in TOOLS if name != "translate" or foreign)
    return tag("span", *buttons, cls="pb-quote-tools")


def selection_bar(language: Language) -> Markup:
    """The tools over selected words of a turn; the page's script shows it there."""
    buttons = (tool_button(name, language) for name in TOOLS)
    return tag("div", *buttons, id="pb-selection", role="toolbar", aria_label=say("selection", language), hidden=True)


def tool_button(name: str, language: Language, *, cls: str = "pb-small") -> Markup:
    """A tool with its name."""
    return tag(
        "button",
        icon(_ICONS.get(name, name)),
        tag("span", say(name, language)),
        type="button",
        cls=cls,
        data_do=name,
        hidden=name == "play",  # until it is known that there is something to play
    )

"""A passage in the reader's language as HTML: said to be by a machine, or words with their meanings."""

from __future__ import annotations

from markupsafe import Markup

from panelbot.app.html import tag
from panelbot.app.words import say
from panelbot.bot.desk.translation import Rendering
from panelbot.types import Language


def rendering_view(rendering: Rendering, language: Language) -> Markup:
    """What stands under the original, which stays."""
    lang = "zh-CN" if language == "zh" else "en"
    if rendering.text:
        told = (tag("p", rendering.text), tag("small", say("machine", language)))
    elif rendering.gloss:
        words = (tag("li", tag("b", word), " ", meaning) for word, meaning in rendering.gloss)
        told = (tag("small", say("glossed", language)), tag("ul", *words))
    else:
        told = (tag("small", say("no_gloss", language)),)
    return tag("div", *told, cls="pb-rendering", lang=lang, role="status")

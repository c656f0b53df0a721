"""What stands in the tabs beside the chat before anything is in them: a search, an order, a form.

Knows no transcript; the page's script fills what is listed.
"""

from __future__ import annotations

from markupsafe import Markup

from panelbot.app.html import join, tag
from panelbot.app.words import say
from panelbot.bot import taken
from panelbot.types import Language

_SORTS = ("newest", "title", "read", "date")


def transcript_frame(language: Language) -> Markup:
    """Which transcript is read, and the search in it or in all; the transcript itself comes below."""
    chooser = tag("select", cls="pb-choose", id="pb-choose", aria_label=say("choose_transcript", language))
    looked = say("find", language)
    box = tag(
        "input",
        type="search",
        cls="pb-find-box",
        id="pb-find",
        autocomplete="off",
        placeholder=looked,
        aria_label=looked,
    )
    steps = (
        tag("button", sign, type="button", data_do="find", data_step=step, aria_label=say(words, language))
        for sign, step, words in (("↑", -1, "find_previous"), ("↓", 1, "find_next"))
    )
    ways = (
        tag("label", tag("input", type="checkbox", id=f"pb-find-{way}"), say(f"find_{words}", language), cls="pb-way")
        for way, words in (("all", "where"), ("exact", "exact"))
    )
    finder = tag("div", box, tag("output", cls="pb-found", aria_live="polite"), *steps, cls="pb-finder", role="search")
    return join(
        [
            tag("div", tag("div", chooser, finder, cls="pb-bar"), tag("div", *ways, cls="pb-ways"), cls="pb-reading"),
            tag(
                "div",
                id="pb-everywhere",
                hidden=True,
                tabindex=0,
                role="region",
                aria_label=say("found_places", language),
            ),
            tag("div", id="pb-transcript"),
        ]
    )


def shelf_frame(language: Language) -> Markup:
    """What the shelf is searched and ordered by; the page's script fills the list."""
    sorts = (tag("option", say(f"sort_{each}", language), value=each) for each in _SORTS)
    return tag(
        "div",
        tag("p", say("shelf_hint", language), cls="pb-hint"),
        tag(
            "div",
            tag(
                "input",
                type="search",
                id="pb-shelf-find",
                placeholder=say("shelf_find", language),
                aria_label=say("shelf_find", language),
                autocomplete="off",
            ),
            tag("select", *sorts, id="pb-shelf-sort", aria_label=say("shelf_sort", language)),
            tag("select", id="pb-shelf-tag", aria_label=say("shelf_tag", language), hidden=True),
            cls="pb-shelf-bar",
        ),
        tag(
            "div",
            tag("output", id="pb-shelf-count", aria_live="polite"),
            tag("button", say("choose_all", language), type="button", cls="pb-small", data_do="choose_all"),
            tag("button", say("choose_none", language), type="button", cls="pb-small", data_do="choose_none"),
            cls="pb-shelf-chosen",
        ),
        tag("div", id="pb-shelf"),
        cls="pb-panel",
    )


def adding_frame(language: Language) -> Markup:
    """Files, folders and pasted text, to look at first and then to add."""
    files = tag("input", type="file", multiple=True, id="pb-choose-files", accept=",".join(taken()))
    folder = tag("input", type="file", multiple=True, webkitdirectory=True, id="pb-choose-folder")
    drop = tag(
        "div",
        tag("span", say("drop_here", language)),
        tag("label", files, say("choose_files", language), cls="pb-small"),
        tag("label", folder, say("choose_folder", language), cls="pb-small"),
        tag("ul", cls="pb-chosen-files"),
        id="pb-files",
        role="group",
        aria_label=say("files", language),
    )
    return tag(
        "form",
        tag("p", say("add_hint", language), cls="pb-hint"),
        drop,
        _field("paste", tag("textarea", rows=5, name="text", placeholder=say("paste_hint", language)), language),
        _field("paste-name", tag("input", type="text", name="name", autocomplete="off"), language),
        _field("pattern", tag("input", type="text", name="pattern", autocomplete="off"), language, hint="pattern_hint"),
        tag(
            "div",
            tag("button", say("preview", language), type="button", id="pb-preview", data_do="preview"),
            tag("button", say("store", language), type="submit", id="pb-store"),
            id="pb-add-buttons",
        ),
        tag("div", id="pb-added"),
        id="pb-add",
        data_submit="add",
    )


def _field(name: str, control: Markup, language: Language, *, hint: str = "") -> Markup:
    words = say(name.replace("-", "_"), language)
    told = tag("small", say(hint, language)) if hint else None
    return tag("label", tag("span", words), told, control, id=f"pb-{name}")

"""The notes as HTML: quotes with their speakers, each with its comment and theme to write. Knows no browser."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from panelbot.app.html import tag
from panelbot.app.views.common import who
from panelbot.app.views.tools import tool_button
from panelbot.app.words import say
from panelbot.bot.desk.note_files import place_words
from panelbot.bot.desk.notes import GROUPS, Group, Note, grouped, said_name
from panelbot.bot.desk.translation import is_foreign
from panelbot.types import Language

_FILES = (("docx", "notes_docx"), ("markdown", "notes_markdown"), ("csv", "notes_csv"))


def notes_view(notes: Sequence[Note], by: Group, language: Language) -> Markup:
    """All notes under the headings of their groups, with what can be done with them."""
    if not notes:
        return tag("p", say("no_notes", language), cls="pb-hint pb-no-notes")
    themes = (tag("option", value=theme) for theme in dict.fromkeys(note.pin.theme for note in notes) if theme)
    groups = (_group(name, found, by, language) for name, found in grouped(notes, by))
    return tag("div", _tools(by, language), *groups, tag("datalist", *themes, id="pb-themes"), cls="pb-notes")


def _tools(by: Group, language: Language) -> Markup:
    options = (
        tag("option", say(f"group_{group or 'none'}", language), value=group, selected=group == by) for group in GROUPS
    )
    group = tag("label", say("group_by", language), tag("select", *options, id="pb-notes-group"))
    files = (
        tag("button", say(words, language), type="button", cls="pb-small", data_do="notes_file", data_kind=kind)
        for kind, words in _FILES
    )
    return tag("div", group, tag("span", *files, cls="pb-note-files"), cls="pb-note-tools")


def _group(name: str, notes: Sequence[Note], by: Group, language: Language) -> Markup:
    heading = tag("h3", name or say("no_group", language)) if by else None
    return tag("section", heading, tag("ol", *(_note(note, language) for note in notes)))


def _note(note: Note, language: Language) -> Markup:
    pin, speaker = note.pin, note.speaker
    state = tag("p", say(f"note_{note.state}", language), cls="pb-flag") if note.state != "there" else None
    place = {
        "data_transcript": pin.transcript_id,
        "data_turn": note.turn,
        "data_start": note.start,
        "data_end": note.end,
    }
    quote = tag(
        "button", tag("q", pin.quote), type="button", cls="pb-note-quote", **(place if note.state == "there" else {})
    )
    fields = (
        tag(
            "label",
            tag("span", say("comment", language)),
            tag("textarea", pin.comment, name="comment", rows=1, maxlength=4000),
        ),
        tag(
            "label",
            tag("span", say("theme", language)),
            tag(
                "input", type="text", name="theme", value=pin.theme, maxlength=80, list="pb-themes", autocomplete="off"
            ),
        ),
    )
    head = tag(
        "header",
        who(speaker.name, speaker.organization, speaker.title, language),
        tag("span", place_words(note, language), cls="pb-note-place"),
    )
    return tag(
        "li", head, quote, state, tag("div", *fields, cls="pb-note-fields"), _actions(note, language),
        cls="pb-note pb-card", data_pin=pin.id,
    )  # fmt: skip


def _actions(note: Note, language: Language) -> Markup:
    """What can be done with one note; a quote that stands nowhere is copied by nobody as if it did."""
    of = f" {said_name(note.speaker.name, language)}"
    buttons = (
        _button("↑", "note_up", say("note_up", language) + of),
        _button("↓", "note_down", say("note_down", language) + of),
        tool_button("copy_quote", language) if note.state == "there" else None,
        tool_button("play", language) if note.state == "there" else None,
        tool_button("translate", language) if note.state == "there" and is_foreign(note.pin.quote, language) else None,
        _button(say("unpin", language), "unpin"),
    )
    return tag("div", *buttons, cls="pb-actions")


def _button(words: str, does: str, label: str = "") -> Markup:
    return tag("button", words, type="button", cls="pb-small", data_do=does, aria_label=label or None)

"""Notes from the page: pins come from the visitor, who keeps them; views and files go back."""

from __future__ import annotations

import base64
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from panelbot.app.conversation import decode
from panelbot.app.desk.asked import Function, Json, number, text
from panelbot.app.views.notes import notes_view
from panelbot.app.words import say
from panelbot.bot.desk.note_files import notes_csv, notes_docx, notes_markdown
from panelbot.bot.desk.notes import GROUPS, Group, Note, Pin, attributed, noted, pin_quote
from panelbot.types import Language

if TYPE_CHECKING:
    from panelbot.bot import PanelBot

MAX_PINS = 3000
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def note_functions(bot: PanelBot) -> list[Function]:
    """Pinning, showing and exporting notes, and copying one quote."""

    def pin(wanted: Json, _: Language) -> Json:
        return {"pin": asdict(_pin(bot, wanted))}

    def styled(wanted: Json, language: Language) -> Json:
        (note,) = _noted(bot, [_pin(bot, wanted)])
        return {"text": attributed(note.pin.quote, note.speaker, note.date, language)}

    def notes(wanted: Json, language: Language) -> Json:
        found = _noted(bot, pins_from(wanted.get("pins")))
        return {"html": notes_view(found, _group(wanted), language), "pins": [_moved(note) for note in found]}

    def notes_file(wanted: Json, language: Language) -> Json:
        found = _noted(bot, pins_from(wanted.get("pins")))
        if not found:
            return {"error": say("no_notes", language)}
        return as_file(found, text(wanted, "kind"), by=_group(wanted), base=text(wanted, "base"), language=language)

    return [pin, styled, notes, notes_file]


def pins_from(value: object) -> list[Pin]:
    """The pins a browser sent that can be read, in order; what comes may be old or forged."""
    found: dict[str, Pin] = {}
    for item in value[:MAX_PINS] if isinstance(value, list) else []:
        try:
            read = decode(Pin, item)
        except (KeyError, TypeError, ValueError):
            continue
        found.setdefault(read.id, read)
    return list(found.values())


def as_file(notes: list[Note], kind: str, *, by: Group, base: str, language: Language) -> dict[str, str]:
    """A file of the notes: its name, media type and bytes, the bytes in base 64."""
    if kind == "docx":
        data, kind_of = notes_docx(notes, by=by, base=base, language=language), _DOCX
    elif kind == "csv":  # the mark at the start tells spreadsheets that it is UTF-8
        data, kind_of = f"\ufeff{notes_csv(notes, base=base, language=language)}".encode(), "text/csv"
    else:
        data, kind_of = notes_markdown(notes, by=by, base=base, language=language).encode(), "text/markdown"
        kind = "md"
    return {"name": f"panelbot-notes.{kind}", "type": kind_of, "base64": base64.b64encode(data).decode()}


def _noted(bot: PanelBot, pins: list[Pin]) -> list[Note]:
    return list(noted(pins, bot.texts))


def _moved(note: Note) -> Json:
    return asdict(replace(note.pin, turn=note.turn, start=note.start, end=note.end, speaker=note.speaker.name))


def _group(wanted: Json) -> Group:
    found: list[Group] = [group for group in GROUPS if group == wanted.get("group")]
    return found[0] if found else ""


def _pin(bot: PanelBot, wanted: Json) -> Pin:
    transcript = bot.transcript(text(wanted, "transcript"))
    return pin_quote(
        transcript,
        number(wanted, "turn"),
        number(wanted, "start"),
        number(wanted, "end"),
        id=text(wanted, "id", most=40),
    )

"""Correcting a transcript from the page: its head, the words of a turn, and what its reading left in doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from panelbot.app.desk.asked import Function, Json, number, text
from panelbot.app.views.corrections import turn_form
from panelbot.app.words import say
from panelbot.bot.desk.doubts import decided, find_doubts
from panelbot.errors import InputError
from panelbot.types import Language

if TYPE_CHECKING:
    from panelbot.bot import PanelBot

HEAD = ("title", "date", "event", "location")
LONGEST = 200_000  # characters of a turn


def correcting_functions(bot: PanelBot) -> list[Function]:
    """What changes a transcript; none of it is offered on a page that is read only."""

    def turn_to_correct(wanted: Json, language: Language) -> Json:
        transcript, index = bot.transcript(text(wanted, "id")), number(wanted, "turn")
        if not 0 <= index < len(transcript.turns):
            raise InputError(say("gone_turn", language))
        return {"html": turn_form(transcript, transcript.turns[index], language)}

    def correct_turn(wanted: Json, _: Language) -> Json:
        transcript, index = bot.transcript(text(wanted, "id")), number(wanted, "turn")
        was, now = (text(wanted, key, most=LONGEST).replace("\r\n", "\n") for key in ("was", "text"))
        speaker = text(wanted, "speaker", most=200).strip()
        edits: list[Json] = []
        if now != was:
            edits.append({"edit": "text", "turn": index, "was": was, "text": now})
        if speaker and 0 <= index < len(transcript.turns) and speaker != transcript.turns[index].speaker:
            edits.append({"edit": "turn", "turn": index, "text": now, "speaker": speaker})
        if edits:
            bot.edit(transcript.id, edits)
        return {}

    def correct_head(wanted: Json, _: Language) -> Json:
        transcript = bot.transcript(text(wanted, "id"))
        given = {field: text(wanted, field).strip() for field in HEAD if isinstance(wanted.get(field), str)}
        changed = {field: value for field, value in given.items() if value != getattr(transcript, field)}
        if changed:
            edits = [{"edit": "head", "field": field, "value": value} for field, value in changed.items()]
            bot.edit(transcript.id, edits)
        return {}

    def decide(wanted: Json, language: Language) -> Json:
        transcript = bot.transcript(text(wanted, "id"))
        doubts = {doubt.key: doubt for doubt in find_doubts(transcript, bot.edits_of(transcript.id))}
        doubt = doubts.get(text(wanted, "key"))
        if doubt is None:
            raise InputError(say("doubt_gone", language))
        name, yes = text(wanted, "name", most=200), wanted.get("yes") is True
        if yes and not name.strip() and doubt.kind in ("unnamed", "numbered"):
            raise InputError(say("doubt_who", language))
        bot.edit(transcript.id, [decided(transcript, doubt, name=name, yes=yes)])
        return {}

    return [turn_to_correct, correct_turn, correct_head, decide]

"""Recordings for the page: which transcripts have one, where each turn is in it, and adding one from the browser."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from panelbot.app.adding import forget_files, uploads
from panelbot.app.desk.asked import Function, Json, number, text
from panelbot.app.media import PATH
from panelbot.app.views.media import player_view
from panelbot.app.words import say
from panelbot.bot.desk.clock import time_at
from panelbot.errors import InputError
from panelbot.types import Language

if TYPE_CHECKING:
    from panelbot.bot import PanelBot


def media_functions(bot: PanelBot, *, read_only: bool) -> list[Function]:
    """Playing; and unless ``read_only`` linking and taking away."""

    def recordings(_: Json, __: Language) -> Json:
        return {"ids": [each.id for each in bot.listing() if bot.recording(each.id)]}

    def recording(wanted: Json, language: Language) -> Json:
        transcript = bot.transcript(text(wanted, "id"))
        found = bot.recording(transcript.id)
        timed = [turn for turn in transcript.turns if turn.start is not None]
        source = f"{PATH.lstrip('/')}?{urlencode({'id': transcript.id})}" if found else ""
        return {
            "html": player_view(source, found.type if found else "", language, read_only=read_only, timed=bool(timed)),
            "times": [[turn.index, turn.start] for turn in timed],
        }

    def when(wanted: Json, language: Language) -> Json:
        turns, index = bot.transcript(text(wanted, "transcript")).turns, number(wanted, "turn")
        seconds = time_at(turns[index], number(wanted, "start")) if 0 <= index < len(turns) else None
        return {"error": say("no_time", language)} if seconds is None else {"seconds": seconds}

    def link_recording(wanted: Json, language: Language) -> Json:
        paths = uploads(wanted.get("paths"))
        if not paths:
            raise InputError(say("not_uploaded", language, name=say("recording", language)))
        try:
            bot.link_recording(text(wanted, "id"), Path(paths[0]), keep=True)
        finally:
            forget_files(paths)
        return {}

    def unlink_recording(wanted: Json, _: Language) -> Json:
        bot.link_recording(text(wanted, "id"), None)
        return {}

    playing = [recordings, recording, when]
    return playing if read_only else [*playing, link_recording, unlink_recording]

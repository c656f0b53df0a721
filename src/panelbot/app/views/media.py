"""The player of a transcript's recording as HTML, or the way to add one."""

from __future__ import annotations

from markupsafe import Markup

from panelbot.app.html import tag
from panelbot.app.words import say
from panelbot.bot.media import TYPES
from panelbot.types import Language


def player_view(source: str, kind: str, language: Language, *, read_only: bool, timed: bool) -> Markup:
    """``source`` is the recording's address, empty where there is none; ``timed`` says that turns have times."""
    if source:
        name = "video" if kind.startswith("video/") else "audio"
        label = say("recording", language)
        player = tag(name, controls=True, preload="metadata", src=source, aria_label=label, playsinline=True)
        away = tag(
            "button", say("unlink_recording", language), type="button", cls="pb-small", data_do="unlink_recording"
        )
        hint = None if timed else tag("p", say("untimed", language), cls="pb-hint")
        return tag("div", player, None if read_only else away, hint, cls="pb-player")
    if read_only or not timed:
        return tag("div", cls="pb-player", hidden=True)
    box = tag("input", type="file", accept=",".join(TYPES), cls="pb-sr", id="pb-recording-file")
    return tag("div", tag("label", box, say("link_recording", language), cls="pb-small"), cls="pb-player pb-no-player")

"""What the page's script asks the server for beside questions: a transcript to read, the panel, its editing.

Each function takes one JSON value and returns one; a mistake comes back as ``{"error": sentence}``.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import gradio as gr

from panelbot.app.views.panel import panel_view
from panelbot.app.views.transcript import transcript_view
from panelbot.app.words import language_of, say
from panelbot.errors import PanelbotError
from panelbot.types import Language

if TYPE_CHECKING:
    from panelbot.bot import PanelBot

log = logging.getLogger(__name__)

_FACTS = ("organization", "title", "role", "name")  # the name last: the others are set under the old one


def server_functions(bot: PanelBot, *, read_only: bool) -> list[Callable[..., Any]]:
    """The functions the page's script may call; with ``read_only`` none that changes anything is among them."""

    def read(wanted: Any, request: gr.Request) -> dict[str, Any]:
        return read_transcript(bot, wanted, language_of(request))

    def panel(_: Any, request: gr.Request) -> dict[str, Any]:
        return {"html": panel_view(bot.transcripts(), language_of(request), read_only=read_only)}

    def edit(wanted: Any, request: gr.Request) -> dict[str, Any]:
        return _told(lambda: edit_speaker(bot, wanted), language_of(request))

    def remove(wanted: Any, request: gr.Request) -> dict[str, Any]:
        return _told(lambda: bot.remove([str(wanted)]), language_of(request))

    return [read, panel] if read_only else [read, panel, edit, remove]


def read_transcript(bot: PanelBot, wanted: object, language: Language) -> dict[str, Any]:
    """One transcript as HTML, the first where none is named."""
    titles = [(transcript.id, transcript.title or transcript.id) for transcript in bot.transcripts()]
    chosen = wanted if isinstance(wanted, str) and wanted else (titles[0][0] if titles else "")
    if not chosen:
        return {"id": "", "error": say("no_transcripts", language)}
    try:
        transcript = bot.transcript(chosen)
    except PanelbotError:
        return {"id": "", "error": say("gone", language)}
    return {"id": transcript.id, "html": transcript_view(transcript, language, others=titles)}


def edit_speaker(bot: PanelBot, wanted: object) -> None:
    """Make the changes of one speaker's form; only what differs from the register is changed.

    Raises:
        PanelbotError: no such transcript or speaker, or a change that cannot be made.
    """
    form = {key: str(value) for key, value in wanted.items()} if isinstance(wanted, Mapping) else {}
    transcript = bot.transcript(form.get("transcript", ""))
    speaker = transcript.speaker(form.get("speaker", ""))
    if form.get("merge"):
        bot.edit_speakers(transcript.id, [{"edit": "merge", "speaker": speaker.name, "into": form["merge"]}])
        return
    changed: list[dict[str, Any]] = []
    if "aliases" in form and _listed(form["aliases"]) != _listed(",".join(speaker.aliases)):
        changed.append({"edit": "aliases", "speaker": speaker.name, "aliases": _listed(form["aliases"])})
    changed += [
        {"edit": "set", "speaker": speaker.name, "field": field, "value": form[field].strip()}
        for field in _FACTS
        if field in form and form[field].strip() != getattr(speaker, field)
    ]
    if changed:
        bot.edit_speakers(transcript.id, changed)


def _listed(aliases: str) -> list[str]:
    return [alias.strip() for alias in re.split("[,，、;；]", aliases) if alias.strip()]


def _told(change: Callable[[], object], language: Language) -> dict[str, Any]:
    try:
        change()
    except PanelbotError as error:
        return {"error": str(error)}
    except Exception:  # the front end: a visitor sees one sentence, the log has the rest
        log.exception("the change could not be made")
        return {"error": say("failed", language)}
    return {}

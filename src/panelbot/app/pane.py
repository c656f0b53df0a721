"""What the page's script asks the server for beside questions: a transcript to read, the panel, its editing.

Each function takes one JSON value and returns one; a mistake comes back as ``{"error": sentence}``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import gradio as gr

from panelbot.app.views.transcript import transcript_view
from panelbot.app.words import language_of, say
from panelbot.errors import PanelbotError
from panelbot.types import Language

if TYPE_CHECKING:
    from panelbot.bot import PanelBot


def reading_functions(bot: PanelBot) -> list[Callable[..., Any]]:
    """The server functions of the transcript pane."""

    def read(wanted: Any, request: gr.Request) -> dict[str, Any]:
        return read_transcript(bot, wanted, language_of(request))

    return [read]


def read_transcript(bot: PanelBot, wanted: object, language: Language) -> dict[str, Any]:
    """One transcript as HTML (the first where none is named), and the ids and titles of all."""
    titles = [[transcript.id, transcript.title or transcript.id] for transcript in bot.transcripts()]
    chosen = wanted if isinstance(wanted, str) and wanted else (titles[0][0] if titles else "")
    if not chosen:
        return {"titles": titles, "id": "", "html": "", "error": say("no_transcripts", language)}
    try:
        transcript = bot.transcript(chosen)
    except PanelbotError:
        return {"titles": titles, "id": "", "html": "", "error": say("gone", language)}
    return {"titles": titles, "id": transcript.id, "html": transcript_view(transcript, language)}

"""The overview of a transcript for the page, worked out once for each version of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from panelbot.app.desk.asked import Function, Json, text
from panelbot.app.views.overview import overview_view, summary_view
from panelbot.bot.desk.overview import Overview, overview
from panelbot.types import Language, Transcript

if TYPE_CHECKING:
    from panelbot.bot import PanelBot

MAX_KEPT = 100


def overview_functions(bot: PanelBot) -> list[Function]:
    """The overview, as a view."""
    kept: dict[str, Overview] = {}

    def known(transcript: Transcript) -> Overview:
        found = kept.get(transcript.id)
        if found is None or found.transcript is not transcript:
            found = overview(transcript)
            if len(kept) >= MAX_KEPT:
                kept.clear()
            kept[transcript.id] = found
        return found

    def look_over(wanted: Json, language: Language) -> Json:
        found = known(bot.transcript(text(wanted, "id")))
        return {"html": overview_view(found, language, has_model=has_model(bot))}

    def summarise(wanted: Json, language: Language) -> Json:
        answer = bot.summarise(text(wanted, "id"), language)
        transcripts = {transcript.id: transcript for transcript in bot.transcripts()}
        return {"html": summary_view(answer, transcripts, language)}

    return [look_over, summarise]


def has_model(bot: PanelBot) -> bool:
    """Whether a language model is set."""
    return bool(bot.settings.llm_base_url)

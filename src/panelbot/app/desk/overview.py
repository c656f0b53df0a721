"""The overview of a transcript for the page, worked out once for each version of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from panelbot.app.desk.asked import Wanted, asked, text
from panelbot.app.desk.views.overview import overview_view, summary_view
from panelbot.bot.desk.overview import Overview, overview
from panelbot.types import Language, Transcript

if TYPE_CHECKING:
    from panelbot.bot import PanelBot

MAX_KEPT = 100


def overview_functions(bot: PanelBot) -> list[Callable[..., Any]]:
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

    @asked
    def look_over(wanted: Wanted, language: Language) -> dict[str, Any]:
        found = known(bot.transcript(text(wanted, "transcript")))
        return {"html": overview_view(found, language, has_model=has_model(bot))}

    @asked
    def summarise(wanted: Wanted, language: Language) -> dict[str, Any]:
        answer = bot.summarise(text(wanted, "transcript"), language)
        transcripts = {transcript.id: transcript for transcript in bot.transcripts()}
        return {"html": summary_view(answer, transcripts, language)}

    return [look_over, summarise]


def has_model(bot: PanelBot) -> bool:
    """Whether a language model is set."""
    return bool(bot.settings.llm_base_url)

"""The overview of a transcript for the page, worked out once for each version of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from panelbot.app.desk.asked import Function, Json, text
from panelbot.app.html import join
from panelbot.app.views.corrections import doubts_view, edited_view, head_form
from panelbot.app.views.overview import overview_view, summary_view
from panelbot.bot import former_texts
from panelbot.bot.desk.doubts import find_doubts
from panelbot.bot.desk.overview import Overview, overview
from panelbot.types import Language, Transcript

if TYPE_CHECKING:
    from panelbot.bot import PanelBot

MAX_KEPT = 100


def overview_functions(bot: PanelBot, *, read_only: bool) -> list[Function]:
    """The overview, as a view; with what can be corrected unless ``read_only``."""
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
        edits = bot.edits_of(found.transcript.id)
        former, _ = former_texts(found.transcript, edits)
        correcting = None
        if not read_only:
            doubts = find_doubts(found.transcript, edits)
            parts = (doubts_view(doubts, found.transcript, language), head_form(found.transcript, language))
            correcting = join(parts)
        return {
            "html": overview_view(found, language, has_model=has_model(bot), correcting=correcting),
            "edited": {str(turn): edited_view(before, language) for turn, before in former.items()},
        }

    def summarise(wanted: Json, language: Language) -> Json:
        answer = bot.summarise(text(wanted, "id"), language)
        transcripts = bot.texts
        return {"html": summary_view(answer, transcripts, language)}

    return [look_over, summarise]


def has_model(bot: PanelBot) -> bool:
    """Whether a language model is set."""
    return bool(bot.settings.llm_base_url)

"""Who stands where, for the page: the questions of the table, then row by row what each of the panel said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from panelbot.app.desk.asked import Function, Json, text
from panelbot.app.views.stances import row_view, table_view
from panelbot.bot import MAX_QUESTION
from panelbot.bot.desk.overview import questions_put
from panelbot.bot.desk.stances import panel_of
from panelbot.types import Language

if TYPE_CHECKING:
    from panelbot.bot import PanelBot

N_QUESTIONS = 8  # of the moderators' own that a table begins with


def stance_functions(bot: PanelBot) -> list[Function]:
    """The table without its rows, and a row of it; each takes a search for every speaker."""

    def stances(wanted: Json, language: Language) -> Json:
        transcript = bot.transcript(text(wanted, "id"))
        asked = [put.text for put in questions_put(transcript) if put.replies]
        return {"html": table_view(transcript, panel_of(transcript), language), "questions": asked[:N_QUESTIONS]}

    def stance(wanted: Json, language: Language) -> Json:
        transcript = bot.transcript(text(wanted, "id"))
        row = bot.stances(transcript.id, text(wanted, "question", most=MAX_QUESTION))
        return {"html": row_view(row, transcript, language)}

    return [stances, stance]

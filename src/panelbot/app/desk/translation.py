"""Translation, for the page: a quote in the visitor's own, or its key words explained."""

from __future__ import annotations

from typing import TYPE_CHECKING

from panelbot.app.desk.asked import Function, Json, number, text
from panelbot.app.views.translation import rendering_view
from panelbot.types import Language

if TYPE_CHECKING:
    from panelbot.bot import PanelBot


def translation_functions(bot: PanelBot) -> list[Function]:
    """The translation or gloss of characters of a turn."""

    def translate(wanted: Json, language: Language) -> Json:
        place = (number(wanted, "turn"), number(wanted, "start"), number(wanted, "end"))
        return {"html": rendering_view(bot.translate(text(wanted, "transcript"), *place, language), language)}

    return [translate]

"""The desk: what a reader does beside asking. Notes, overviews, corrections, recordings, translation.

Each part has its functions here, its views and its script stand with those of the page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from panelbot.app.desk.asked import Function
from panelbot.app.desk.corrections import correcting_functions
from panelbot.app.desk.media import media_functions
from panelbot.app.desk.notes import note_functions
from panelbot.app.desk.overview import overview_functions
from panelbot.app.desk.stances import stance_functions
from panelbot.app.desk.translation import translation_functions
from panelbot.app.pane import offer

if TYPE_CHECKING:
    from panelbot.bot import PanelBot


def add_desk(bot: PanelBot, *, read_only: bool) -> None:
    """Offer the desk's functions to the page's script, as the page's own are."""
    for function in desk_functions(bot, read_only=read_only):
        offer(function)


def desk_functions(bot: PanelBot, *, read_only: bool) -> list[Function]:
    """What the scripts of the desk may ask the server for; with ``read_only`` nothing that changes anything."""
    reading = [
        *note_functions(bot),
        *overview_functions(bot, read_only=read_only),
        *stance_functions(bot),
        *media_functions(bot, read_only=read_only),
        *translation_functions(bot),
    ]
    return reading if read_only else [*reading, *correcting_functions(bot)]

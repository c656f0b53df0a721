"""The desk: what a reader does beside asking. Notes, overviews, corrections, recordings, reading across languages.

Each part has its functions here, its views under ``views`` and its script under ``static/desk``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import gradio as gr

from panelbot.app.desk.notes import note_functions
from panelbot.app.desk.overview import overview_functions

if TYPE_CHECKING:
    from panelbot.bot import PanelBot


def desk_functions(bot: PanelBot, *, read_only: bool) -> list[Callable[..., Any]]:
    """What the scripts of the desk may ask the server for; with ``read_only`` nothing that changes anything."""
    return [*note_functions(bot), *overview_functions(bot)]


def add_desk(bot: PanelBot, *, read_only: bool) -> None:
    """The component that the desk's scripts reach the server through; it shows nothing."""
    key = hashlib.sha256(str(bot.path).encode()).hexdigest()[:12]  # notes belong to an index, as conversations do
    gr.HTML(
        "",
        elem_id="pb-desk",
        apply_default_css=False,
        js_on_load=f"window.panelbot.desk.start(server, '{key}')",
        server_functions=desk_functions(bot, read_only=read_only),
    )


def notes_pane() -> None:
    """The tab with the notes; its script fills it."""
    gr.HTML("", elem_id="pb-notes", apply_default_css=False, js_on_load="window.panelbot.desk.notes(element)")

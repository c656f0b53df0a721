"""The chat page: what ``panelbot serve`` opens.

It calls ``PanelBot`` and nothing below it, and keeps no state of its own about a visitor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import gradio as gr

    from panelbot.bot import PanelBot

__all__ = ["build_app", "serve"]


def build_app(bot: PanelBot, *, read_only: bool = False, mcp: bool = False) -> gr.Blocks:
    """The page over ``bot``; ``read_only`` leaves out what changes the index, ``mcp`` offers its tools alone."""
    from panelbot.app.page import build_page

    return build_page(bot, read_only=read_only, mcp=mcp)


def serve(bot: PanelBot, **options: Any) -> None:
    """Serve the page until interrupted; the options are those of ``panelbot.app.server.launch``."""
    from panelbot.app.server import launch

    launch(bot, **options)

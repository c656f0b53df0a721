"""The page: one custom component that the page's script fills, and the endpoints behind it.

Everything that has words is drawn from ``views`` in the visitor's language; nothing here knows any.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import gradio as gr
from gradio.events import api

from panelbot.app.adding import add_steps
from panelbot.app.api import N_AT_ONCE, add_endpoints
from panelbot.app.chat import ask
from panelbot.app.desk import add_desk
from panelbot.app.pane import add_functions
from panelbot.app.uploading import OLD
from panelbot.app.words import language_of

if TYPE_CHECKING:
    from panelbot.bot import PanelBot

KEEP = (600, OLD)  # seconds: how often uploads that nobody stored are looked for, and how old they may get


def build_page(bot: PanelBot, *, read_only: bool = False, mcp: bool = False) -> gr.Blocks:
    """The whole page over ``bot``, with its API endpoints."""
    with gr.Blocks(title="panelbot", analytics_enabled=False, fill_height=True, delete_cache=KEEP) as page:
        gr.HTML("", elem_id="pb-app", apply_default_css=False, js_on_load="window.panelbot.begin(element, upload)")
        add_functions(bot, read_only=read_only)
        add_desk(bot, read_only=read_only)
        _add_streams(bot, read_only=read_only)
        add_endpoints(bot, read_only=read_only, mcp=mcp)
    return page


def _add_streams(bot: PanelBot, *, read_only: bool) -> None:
    """What is answered step by step, in the queue: questions, and adding, one at a time."""

    def page_ask(asked: dict[str, Any], request: gr.Request) -> Iterator[dict[str, Any]]:
        yield from ask(bot, asked if isinstance(asked, dict) else {}, language_of(request))

    def page_add(wanted: dict[str, Any], request: gr.Request) -> Iterator[dict[str, Any]]:
        yield from add_steps(bot, wanted if isinstance(wanted, dict) else {}, language_of(request))

    hidden: dict[str, Any] = {"api_visibility": "undocumented"}
    api(page_ask, api_name="page_ask", concurrency_id="ask", concurrency_limit=N_AT_ONCE, **hidden)
    if not read_only:
        api(page_add, api_name="page_add", concurrency_limit=1, **hidden)

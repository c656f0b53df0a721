"""The layout of the page and what its parts do when they are used.

Components and events only; every text and every piece of markup comes from the views.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import gradio as gr

from panelbot.app.chat import ask, scope_from, thread_view
from panelbot.app.pane import reading_functions
from panelbot.app.views.frame import header_view, welcome_view
from panelbot.app.words import WORDS, both, language_of

if TYPE_CHECKING:
    from panelbot.bot import PanelBot

I18N = gr.I18n(en={key: both(key)["en"] for key in WORDS}, **{"zh-CN": {key: both(key)["zh"] for key in WORDS}})

# The page's script replaces the scope with the visitor's choice; the other inputs pass.
_WITH_SCOPE = "(question, scope, conversation) => [question, window.panelbot.scope(), conversation]"


def build_page(bot: PanelBot, *, read_only: bool = False) -> gr.Blocks:
    """The whole page over ``bot``."""
    with gr.Blocks(title="panelbot", analytics_enabled=False, fill_height=True) as page:
        gr.HTML(header_view(), elem_id="pb-header", js_on_load=None, apply_default_css=False)
        with gr.Row(elem_id="pb-main", equal_height=True):
            with gr.Column(elem_id="pb-chat", min_width=0):
                _chat(bot, page)
            with gr.Column(elem_id="pb-side", min_width=0):
                _side(bot, read_only=read_only)
    return page


def _chat(bot: PanelBot, page: gr.Blocks) -> None:
    key = hashlib.sha256(str(bot.path).encode()).hexdigest()[:12]
    conversation = gr.BrowserState([], storage_key=f"panelbot-conversation-{key}", secret=key)
    scope = gr.JSON(visible=False)
    with gr.Column(elem_id="pb-scroll", min_width=0):
        thread = gr.HTML("", elem_id="pb-thread", js_on_load=None, apply_default_css=False)
        live = gr.HTML("", elem_id="pb-live", js_on_load=None, apply_default_css=False)
        welcome = gr.HTML("", elem_id="pb-welcome", js_on_load=None, apply_default_css=False)
    with gr.Row(elem_id="pb-ask", equal_height=True):
        question = gr.Textbox(
            placeholder=I18N("question_hint"),
            label=I18N("question"),
            show_label=False,
            container=False,
            lines=1,
            max_lines=6,
            elem_id="pb-question",
            scale=1,
        )
        send = gr.Button(I18N("send"), variant="primary", elem_id="pb-send", scale=0, min_width=72)
    bridge = gr.HTML("", elem_id="pb-bridge", js_on_load="window.panelbot.bridge(trigger, ['ask', 'clear'])")

    def show(stored: Any, request: gr.Request) -> tuple[str, str]:
        language = language_of(request)
        return thread_view(bot, stored, language), welcome_view(bot.transcripts(), language)

    def answer(query: str, chosen: Any, stored: Any, request: gr.Request) -> Iterator[tuple[Any, ...]]:
        for step in ask(bot, query, stored, scope_from(chosen), language_of(request)):
            yield (
                step.live,
                gr.skip() if step.thread is None else step.thread,
                gr.skip() if step.conversation is None else step.conversation,
                "" if step.conversation is not None else gr.skip(),
            )

    def clear() -> tuple[str, str, list[Any]]:
        return "", "", []

    outputs = [live, thread, conversation, question]
    page.load(show, conversation, [thread, welcome], api_visibility="private", show_progress="hidden")
    gr.on(
        [question.submit, send.click],
        answer,
        [question, scope, conversation],
        outputs,
        js=_WITH_SCOPE,
        api_visibility="private",
        show_progress="hidden",
        concurrency_id="ask",
    )
    bridge.ask(
        answer,
        [question, scope, conversation],
        outputs,
        js="(question, scope, conversation) => [window.panelbot.asked, window.panelbot.scope(), conversation]",
        api_visibility="private",
        show_progress="hidden",
        concurrency_id="ask",
    )
    bridge.clear(clear, None, [live, thread, conversation], api_visibility="private", show_progress="hidden")


def _side(bot: PanelBot, *, read_only: bool) -> None:
    del read_only  # reading is all there is yet
    with gr.Tabs(elem_id="pb-tabs"), gr.Tab(I18N("sources"), id="transcript", elem_id="pb-tab-transcript"):
        gr.HTML(
            "",
            elem_id="pb-transcript",
            apply_default_css=False,
            js_on_load="window.panelbot.transcripts(element, server)",
            server_functions=reading_functions(bot),
        )

"""The layout of the page. Components only: what they do is wired in ``events``, what they show comes from the views."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import gradio as gr

from panelbot.app.api import add_endpoints
from panelbot.app.events import wire_adding, wire_chat
from panelbot.app.pane import server_functions
from panelbot.app.views.frame import adding_hint, header_view, panes_view
from panelbot.app.words import WORDS, both

if TYPE_CHECKING:
    from panelbot.bot import PanelBot

I18N = gr.I18n(en={key: both(key)["en"] for key in WORDS}, **{"zh-CN": {key: both(key)["zh"] for key in WORDS}})

KEEP = (600, 3600)  # seconds: how often uploads that nobody stored are looked for, and how old they may get
SUFFIXES = [".txt", ".md", ".json", ".srt", ".vtt", ".html", ".htm", ".docx"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """The components of the conversation."""

    conversation: gr.BrowserState
    message: gr.JSON  # what the page's script says with an event: the scope, a judgement, what to export
    reply: gr.JSON  # what the server says to the page's script
    thread: gr.HTML
    live: gr.HTML
    welcome: gr.HTML
    scope: gr.HTML
    question: gr.Textbox
    send: gr.Button
    bridge: gr.HTML


@dataclass(frozen=True, slots=True, kw_only=True)
class Adding:
    """The components of the tab that adds transcripts."""

    files: gr.File
    text: gr.Textbox
    name: gr.Textbox
    pattern: gr.Textbox
    preview: gr.Button
    store: gr.Button
    shown: gr.HTML


def build_page(bot: PanelBot, *, read_only: bool = False, mcp: bool = False) -> gr.Blocks:
    """The whole page over ``bot``, with its API endpoints."""
    with gr.Blocks(title="panelbot", analytics_enabled=False, fill_height=True, delete_cache=KEEP) as page:
        gr.HTML(header_view(), elem_id="pb-header", js_on_load=None, apply_default_css=False)
        with gr.Row(elem_id="pb-main", equal_height=True):
            with gr.Column(elem_id="pb-chat", min_width=0):
                chat = _chat(bot)
            with gr.Column(elem_id="pb-side", min_width=0), gr.Tabs(elem_id="pb-tabs"):
                adding = _side(bot, read_only=read_only)
        gr.HTML(panes_view(), elem_id="pb-panes", js_on_load=None, apply_default_css=False)
        wire_chat(page, bot, chat, read_only=read_only)
        if adding is not None:
            wire_adding(bot, adding)
        add_endpoints(bot, read_only=read_only, mcp=mcp)
    return page


def _chat(bot: PanelBot) -> Chat:
    # A conversation belongs to an index: another index on the same address starts its own.
    key = hashlib.sha256(str(bot.path).encode()).hexdigest()[:12]
    conversation = gr.BrowserState([], storage_key=f"panelbot-conversation-{key}", secret=key)
    with gr.Column(elem_id="pb-scroll", min_width=0):
        thread = _view("pb-thread")
        live = _view("pb-live")
        welcome = _view("pb-welcome")
    scope = _view("pb-scope")
    with gr.Row(elem_id="pb-ask", equal_height=True):
        question = gr.Textbox(
            label=I18N("question"),
            placeholder=I18N("question_hint"),
            show_label=False,
            container=False,
            lines=1,
            max_lines=6,
            elem_id="pb-question",
            scale=1,
        )
        send = gr.Button(I18N("send"), variant="primary", elem_id="pb-send", scale=0, min_width=72)
    events = "['ask', 'clear', 'judge', 'export', 'scope']"
    return Chat(
        conversation=conversation,
        message=gr.JSON(visible=False),
        reply=gr.JSON(visible=False),
        thread=thread,
        live=live,
        welcome=welcome,
        scope=scope,
        question=question,
        send=send,
        bridge=gr.HTML("", elem_id="pb-bridge", js_on_load=f"window.panelbot.bridge(trigger, {events})"),
    )


def _view(elem_id: str) -> gr.HTML:
    return gr.HTML("", elem_id=elem_id, js_on_load=None, apply_default_css=False)


def _side(bot: PanelBot, *, read_only: bool) -> Adding | None:
    functions = server_functions(bot, read_only=read_only)
    with gr.Tab(I18N("sources"), id="transcript", elem_id="pb-tab-transcript"):
        gr.HTML(
            "",
            elem_id="pb-transcript",
            apply_default_css=False,
            js_on_load="window.panelbot.transcripts(element, server)",
            server_functions=functions,
        )
    with gr.Tab(I18N("panel"), id="panel", elem_id="pb-tab-panel"):
        gr.HTML("", elem_id="pb-panel", apply_default_css=False, js_on_load="window.panelbot.panel(element)")
    if read_only:
        return None
    with gr.Tab(I18N("add"), id="add", elem_id="pb-tab-add"):
        return _adding()


def _adding() -> Adding:
    with gr.Column(elem_id="pb-add", min_width=0):
        gr.HTML(adding_hint(), js_on_load=None, apply_default_css=False)
        files = gr.File(label=I18N("files"), file_count="multiple", file_types=SUFFIXES, elem_id="pb-files", height=150)
        text = gr.Textbox(
            label=I18N("paste"), placeholder=I18N("paste_hint"), lines=5, max_lines=10, elem_id="pb-paste"
        )
        name = gr.Textbox(label=I18N("paste_name"), lines=1, max_lines=1, elem_id="pb-paste-name")
        pattern = gr.Textbox(
            label=I18N("pattern"), info=I18N("pattern_hint"), lines=1, max_lines=1, elem_id="pb-pattern"
        )
        with gr.Row(elem_id="pb-add-buttons"):
            preview = gr.Button(I18N("preview"), elem_id="pb-preview")
            store = gr.Button(I18N("store"), variant="primary", elem_id="pb-store")
        shown = _view("pb-added")
    return Adding(files=files, text=text, name=name, pattern=pattern, preview=preview, store=store, shown=shown)

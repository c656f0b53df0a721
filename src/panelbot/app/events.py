"""What the page's components do when they are used: from a component's values to the views and back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import gradio as gr

from panelbot.app.adding import add_all, forget_files, preview_all
from panelbot.app.api import N_AT_ONCE
from panelbot.app.chat import ask, scope_from, thread_view
from panelbot.app.conversation import entries_from
from panelbot.app.export import export_file
from panelbot.app.feedback import keep_judgement
from panelbot.app.views.frame import scope_view, welcome_view
from panelbot.app.words import language_of, say

if TYPE_CHECKING:
    from panelbot.app.page import Adding, Chat
    from panelbot.bot import PanelBot

# What the page's script puts in the place of the inputs that are its own.
_ASKED = "(question, message, stored) => [question, window.panelbot.scope(), stored]"
_OFFERED = "(question, message, stored) => [window.panelbot.asked.query, window.panelbot.asked.scope, stored]"
_SAID = "(message, stored) => [window.panelbot.message, stored]"
_SCOPE = "(message, stored) => [window.panelbot.scope(), stored]"
_TOLD = "(reply) => { window.panelbot.told(reply); return []; }"


def wire_chat(page: gr.Blocks, bot: PanelBot, chat: Chat, *, read_only: bool) -> None:
    """Questions, the scope, judging unless ``read_only``, exporting, starting anew."""

    def show(chosen: Any, stored: Any, request: gr.Request) -> tuple[str, str, str]:
        language = language_of(request)
        scope = scope_from(chosen, bot.transcripts())
        questions = bot.suggest(language, transcripts=scope.transcripts) if bot.transcripts() else None
        welcome = welcome_view(questions, language)
        return thread_view(bot, stored, language), welcome, scope_view(bot.transcripts(), scope, language)

    def answer(query: str, chosen: Any, stored: Any, request: gr.Request) -> Iterator[tuple[Any, ...]]:
        scope = scope_from(chosen, bot.transcripts())
        for step in ask(bot, query, stored, scope, language_of(request)):
            finished = step.conversation is not None
            yield (
                step.live,
                step.thread if finished else gr.skip(),
                step.conversation if finished else gr.skip(),
            )

    def answer_typed(query: str, chosen: Any, stored: Any, request: gr.Request) -> Iterator[tuple[Any, ...]]:
        emptied: Any = ""  # with the first step only: the next question may be typed while this one is answered
        for row in answer(query, chosen, stored, request):
            yield (*row, emptied)
            emptied = gr.skip()

    def judge(judged: Any, stored: Any, request: gr.Request) -> dict[str, str]:
        return keep_judgement(bot, stored, judged, language_of(request))

    def save(wanted: Any, stored: Any, request: gr.Request) -> dict[str, str]:
        entries = entries_from(stored)
        if not entries:
            return {"say": say("nothing_to_export", language_of(request))}
        return export_file(bot, wanted, entries)

    hidden: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    asking = {**hidden, "concurrency_id": "ask", "concurrency_limit": N_AT_ONCE}
    start = [chat.message, chat.conversation]
    asked = [chat.question, chat.message, chat.conversation]
    answered = [chat.live, chat.thread, chat.conversation]
    shown = [chat.thread, chat.welcome, chat.scope]
    page.load(show, start, shown, js=_SCOPE, **hidden)
    # By default a tick that comes while an earlier one is dealt with is dropped.
    chat.bridge.scope(show, start, shown, js=_SCOPE, trigger_mode="always_last", **hidden)
    gr.on([chat.question.submit, chat.send.click], answer_typed, asked, [*answered, chat.question], js=_ASKED, **asking)
    chat.bridge.ask(answer, asked, answered, js=_OFFERED, **asking)
    chat.bridge.clear(lambda: ("", "", []), None, answered, **hidden)
    judging = {**hidden, "trigger_mode": "multiple"}  # two answers judged one right behind the other
    if not read_only:
        kept = chat.bridge.judge(judge, start, chat.reply, js=_SAID, **judging)
        kept.then(None, chat.reply, None, js=_TOLD, **hidden)
    chat.bridge.export(save, start, chat.reply, js=_SAID, **hidden).then(None, chat.reply, None, js=_TOLD, **hidden)


def wire_adding(bot: PanelBot, adding: Adding) -> None:
    """Preview and storing of uploaded and pasted transcripts."""

    def preview(paths: Any, text: str, name: str, pattern: str, request: gr.Request) -> str:
        return preview_all(bot, paths or [], text, name, language_of(request), pattern=pattern.strip())

    def store(
        paths: Any,
        text: str,
        name: str,
        pattern: str,
        request: gr.Request,
        progress: gr.Progress = gr.Progress(),  # noqa: B008
    ) -> tuple[str, Any, Any, Any, Any]:
        language = language_of(request)
        shown, stored = add_all(bot, paths or [], text, name, language, progress, pattern=pattern.strip())
        if stored:
            forget_files(paths or [])
        return (shown, None, "", "", "") if stored else (shown, gr.skip(), gr.skip(), gr.skip(), gr.skip())

    given = [adding.files, adding.text, adding.name, adding.pattern]
    private: dict[str, Any] = {"api_visibility": "private"}
    adding.preview.click(preview, given, adding.shown, show_progress="minimal", **private)
    adding.pattern.submit(preview, given, adding.shown, show_progress="minimal", **private)
    # One transcript is stored at a time; questions go on beside it.
    adding.store.click(
        store, given, [adding.shown, *given], show_progress_on=adding.shown, concurrency_limit=1, **private
    ).then(None, js="() => { window.panelbot.refresh(); return []; }", **private)

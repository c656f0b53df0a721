"""The named endpoints for scripts (gradio_client) and, of them, the tools for MCP.

The docstrings and type hints here are the documentation a client or a model reads; what is done, ``operations`` knows.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

import gradio as gr
from gradio.events import api

from panelbot.app import operations
from panelbot.app.operations import Asked
from panelbot.errors import PanelbotError

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from panelbot.bot import PanelBot

T = TypeVar("T")

TOOLS = ("search", "ask", "read_turns")
N_AT_ONCE = 4  # questions answered at the same time; the rest wait in the queue


def add_endpoints(bot: PanelBot, *, read_only: bool, mcp: bool) -> None:
    """Name the endpoints; with ``mcp`` the tools are offered to models too, as JSON text."""
    asking: dict[str, Any] = {"concurrency_limit": N_AT_ONCE, "concurrency_id": "ask"}
    if mcp:  # before the others: of two functions of one name, Gradio calls the first tool by it
        for tool in tools(bot):
            api(_as_json(tool), api_name=f"mcp_{tool.__name__}", **asking)
    for tool in tools(bot):
        api(tool, api_name=tool.__name__, **asking)
    for endpoint in [*reading(bot), *([] if read_only else changing(bot))]:
        api(endpoint, api_name=endpoint.__name__)


class ToolsOnly:
    """ASGI middleware: of all endpoints a model is offered the tools, by Gradio's own ``tools`` in the address."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, one of a model as one for the tools."""
        if "/gradio_api/mcp" in scope.get("path", ""):
            scope = {**scope, "query_string": f"tools={','.join(TOOLS)}".encode()}
        await self.app(scope, receive, send)


def _as_json(tool: Callable[..., Any]) -> Callable[..., str]:
    """The tool for a model: its result as JSON text, without the hits an answer was made of."""

    @wraps(tool)
    def told(*args: Any, **named: Any) -> str:
        result = tool(*args, **named)
        if isinstance(result, dict):
            result.pop("hits", None)
        return json.dumps(result, ensure_ascii=False)

    told.__annotations__ = {**tool.__annotations__, "return": "str"}
    return told


def tools(bot: PanelBot) -> list[Callable[..., Any]]:
    """What a script or a model needs to find and check who said what."""
    return [_search(bot), _ask(bot), _read_turns(bot)]


def _search(bot: PanelBot) -> Callable[..., list[dict[str, Any]]]:
    def search(
        question: str, k: int = 8, transcripts: list[str] | None = None, speakers: list[str] | None = None
    ) -> list[dict[str, Any]]:
        """Find the passages of the indexed panel discussions that fit a question, best first, without answering it.

        Args:
            question: A question or words in Chinese or English; it may point at speakers ("the bank", 主持人).
            k: How many passages to return, 1 to 50.
            transcripts: Ids of the transcripts to search in; leave out for all. See the ids in any result.
            speakers: Names of the speakers whose turns are searched; leave out for everybody.
        """
        asked = Asked(question=question, transcripts=transcripts, speakers=speakers)
        return _told(lambda: operations.search(bot, asked, k))

    return search


def _ask(bot: PanelBot) -> Callable[..., dict[str, Any]]:
    def ask(
        question: str,
        history: list[str] | None = None,
        transcripts: list[str] | None = None,
        speakers: list[str] | None = None,
    ) -> dict[str, Any]:
        """Answer a question from the indexed panel discussions with verbatim quotes, or say which kind of "no" it is.

        Every sentence of `text` is backed by `citations`: speaker, transcript, 0-based turn and the exact characters.
        `status` tells an answer from the kinds of no: not_discussed, not_by_speaker, unknown_speaker,
        ambiguous_speaker, asked_not_answered.

        Args:
            question: A question in Chinese or English about who said what.
            history: Earlier questions of this conversation, oldest first, so that a follow-up is understood.
            transcripts: Ids of the transcripts to ask; leave out for all.
            speakers: Names of the speakers to hear; leave out for everybody.
        """
        asked = Asked(question=question, history=history, transcripts=transcripts, speakers=speakers)
        return _told(lambda: operations.ask(bot, asked))

    return ask


def _read_turns(bot: PanelBot) -> Callable[..., list[dict[str, Any]]]:
    def read_turns(transcript: str, first: int = 0, last: int | None = None) -> list[dict[str, Any]]:
        """Read turns of a transcript word for word, to see a quote in its context.

        Args:
            transcript: The transcript's id, as search and ask return it.
            first: Index of the first turn to read, 0-based.
            last: Index of the last turn to read; at most 40 turns are returned. Leave out for as many as fit.
        """
        return _told(lambda: operations.read_turns(bot, transcript, first, last))

    return read_turns


def reading(bot: PanelBot) -> list[Callable[..., Any]]:
    """Further endpoints that change nothing."""

    def transcripts() -> list[dict[str, Any]]:
        """List the indexed transcripts: id, title, date, language, and their speakers."""
        return operations.list_transcripts(bot)

    def export(transcript: str) -> dict[str, Any]:
        """Export a transcript as the interchange JSON document.

        Args:
            transcript: The transcript's id.
        """
        return _told(lambda: operations.export(bot, transcript))

    return [transcripts, export]


def changing(bot: PanelBot) -> list[Callable[..., Any]]:
    """Endpoints that change the index."""

    def add_text(text: str, name: str) -> dict[str, Any]:
        """Add a transcript given as text.

        Args:
            text: The transcript, in any text form the readers know.
            name: A name for it; its id is made from it.
        """
        return _told(lambda: operations.add_text(bot, text, name))

    def edit_speakers(transcript: str, edits: list[Any]) -> list[dict[str, Any]]:
        """Change the register of a transcript.

        Args:
            transcript: The transcript's id.
            edits: Changes such as "Speaker 3.name=Mei Lin", "Mei Lin.role=moderator" or "merge:Speaker 4=Mei Lin"; as
                objects where a name holds "." or "=": {"edit": "set", "speaker": "A=B", "field": "name", "value": "C"}.
        """
        return _told(lambda: operations.edit_speakers(bot, transcript, edits))

    def remove(transcripts: list[str] | str) -> None:
        """Remove transcripts from the index, all or none.

        Args:
            transcripts: The ids to remove, or one id.
        """
        _told(lambda: operations.remove(bot, transcripts))

    def feedback(record: dict[str, Any]) -> None:
        """Keep a judged question in the index folder.

        Args:
            record: A line of questions JSONL: query, gold_turns (0-based), and whatever else is known. With
                "unjudged": true it says nothing of the right answer, and evaluation leaves it out.
        """
        _told(lambda: operations.feedback(bot, record))

    return [add_text, edit_speakers, remove, feedback]


def _told(call: Callable[[], T]) -> T:
    """The result of ``call``; a user's mistake becomes the one sentence a client sees."""
    try:
        return call()
    except PanelbotError as error:
        raise gr.Error(str(error), print_exception=False) from None

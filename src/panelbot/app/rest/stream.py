"""An answer as server-sent events: the text as it grows, the verified answer last.

Knows the order of events; the wire format is FastAPI's.
"""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Any

from fastapi.sse import format_sse_event
from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse

from panelbot.app import operations
from panelbot.app.operations import Asked
from panelbot.app.rest.turnstile import Turnstile
from panelbot.errors import PanelbotError

if TYPE_CHECKING:
    from panelbot.bot import PanelBot

log = logging.getLogger(__name__)
Part = str | dict[str, Any]
EVENTS: dict[str, Any] = {
    "description": "The answer, whole or as events",
    "content": {
        "text/event-stream": {
            "schema": {"type": "string"},
            "example": 'event: text\ndata: {"text": "The branches"}\n\nevent: answer\ndata: {"status": "answered"}\n\n',
        }
    },
}


async def stream_answer(bot: PanelBot, asked: Asked, turnstile: Turnstile) -> StreamingResponse:
    """The events of one question. What is wrong with the question is raised before the first of them."""
    async with AsyncExitStack() as held:
        await held.enter_async_context(turnstile.place())
        parts = operations.ask_stream(bot, asked)
        first = await run_in_threadpool(next, parts, None)
        place = held.pop_all()  # kept until the last event
    headers = {"cache-control": "no-cache", "x-accel-buffering": "no"}
    return StreamingResponse(_events(first, parts, place), media_type="text/event-stream", headers=headers)


async def _events(first: Part | None, rest: Iterator[Part], place: AsyncExitStack) -> AsyncIterator[bytes]:
    async with place:
        part = first
        try:
            while part is not None:
                yield _event("text", {"text": part}) if isinstance(part, str) else _event("answer", part)
                part = await run_in_threadpool(next, rest, None)
        except PanelbotError as error:
            yield _event("error", {"error": str(error)})
        except Exception:  # a front end: the headers have gone, so the last event says it
            log.exception("a streamed answer failed")
            yield _event("error", {"error": "This went wrong inside panelbot; its log says more."})


def _event(name: str, data: Any) -> bytes:
    return format_sse_event(event=name, data_str=json.dumps(data, ensure_ascii=False))

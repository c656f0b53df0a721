"""Recordings over HTTP: whole or in ranges, to those who may read the transcript alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse, PlainTextResponse, Response

if TYPE_CHECKING:
    from gradio.routes import App
    from starlette.requests import HTTPConnection, Request

    from panelbot.bot import PanelBot

PATH = "/gradio_api/recording"


def serve_recordings(app: App, bot: PanelBot) -> None:
    """Answer ``PATH?id=…`` with the recording of a transcript."""

    async def recording(request: Request) -> Response:
        if not may_read(app, request):
            return PlainTextResponse("Log in first.", status_code=401)
        found = await run_in_threadpool(bot.recording, request.query_params.get("id", ""))
        if found is None:
            return PlainTextResponse("There is no recording here.", status_code=404)
        return FileResponse(found.path, media_type=found.type, headers={"cache-control": "private, no-cache"})

    app.add_route(PATH, recording, methods=["GET"])


def may_read(app: App, request: HTTPConnection) -> bool:
    """As Gradio itself lets in: everybody where there is no password, else visitors who have logged in."""
    if app.auth is None and app.auth_dependency is None:
        return True
    names = (f"access-token-{app.cookie_id}", f"access-token-unsecure-{app.cookie_id}")
    return any(app.tokens.get(request.cookies.get(name, "")) is not None for name in names)

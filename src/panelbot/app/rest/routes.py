"""The paths of REST, each an operation, and how a mistake is told: a status and one sentence.

Knows HTTP and nothing of who may call: that is settled before a request gets here.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from fastapi import FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.concurrency import run_in_threadpool

import panelbot
from panelbot.app import operations
from panelbot.app.rest.shapes import Edits, Hits, Mistake, PanelSpeaker, Question, Search, SpeakerOut, Summary, TextIn
from panelbot.app.rest.stream import EVENTS, stream_answer
from panelbot.app.rest.turnstile import Busy, Turnstile
from panelbot.errors import InputError, NotFoundError, PanelbotError
from panelbot.types import AddReport, Answer, Turn

if TYPE_CHECKING:
    from panelbot.bot import PanelBot

T = TypeVar("T")
log = logging.getLogger(__name__)
PREFIX = "/api/v1"
N_AT_ONCE = 4  # questions answered at the same time, beside those of the page
N_WAITING = 64
_STATUSES = ((NotFoundError, 404), (InputError, 400), (PanelbotError, 503))
_MISTAKES: dict[int | str, dict[str, Any]] = {code: {"model": Mistake} for code in (400, 401, 404, 422, 503)}


def make_rest(bot: PanelBot, *, read_only: bool = False) -> FastAPI:
    """The app to mount at `PREFIX`, with its OpenAPI document at ``/openapi.json``."""
    app = FastAPI(
        title="panelbot",
        version=panelbot.__version__,
        summary="Who said what on a panel, word for word.",
        docs_url=None,  # its page loads scripts from another host
        redoc_url=None,
        responses=_MISTAKES,
    )
    _tell_mistakes(app)
    _add_asking(app, bot, Turnstile(N_AT_ONCE, N_WAITING))
    _add_reading(app, bot)
    if not read_only:
        _add_changing(app, bot)
    return app


def _add_asking(app: FastAPI, bot: PanelBot, turnstile: Turnstile) -> None:
    async def in_turn(call: Callable[[], T]) -> T:
        async with turnstile.place():
            return await run_in_threadpool(call)

    @app.post("/search", tags=["questions"])
    async def search(wanted: Search) -> Hits:
        """The passages that fit a question, best first, without answering it."""
        hits: Any = await in_turn(lambda: operations.search(bot, wanted.asked(), wanted.k))
        return Hits(question=wanted.question, hits=hits)

    @app.post("/ask", tags=["questions"], response_model=Answer, responses={200: EVENTS})
    async def ask(question: Question, request: Request) -> Any:
        """The answer, with verbatim quotes, or which kind of "no" it is.

        With `Accept: text/event-stream` it comes as server-sent events: `text` with the text so far, `answer` last.
        """
        if "text/event-stream" in request.headers.get("accept", ""):
            return await stream_answer(bot, question.asked(), turnstile)
        return await in_turn(lambda: operations.ask(bot, question.asked()))


def _add_reading(app: FastAPI, bot: PanelBot) -> None:
    @app.get("/transcripts", tags=["transcripts"], response_model=list[Summary])
    def transcripts() -> Any:
        """The indexed transcripts, without their turns."""
        return operations.list_transcripts(bot)

    # An id may hold a slash; the longer path is therefore looked at first.
    @app.get("/transcripts/{transcript:path}/turns", tags=["transcripts"], response_model=list[Turn])
    def turns(
        transcript: str,
        first: Annotated[int, Query(ge=0, description="0-based")] = 0,
        last: Annotated[int | None, Query(ge=0, description="of at most 40")] = None,
    ) -> Any:
        """Turns word for word, to see a quote where it stands."""
        return operations.read_turns(bot, transcript, first, last)

    @app.get("/transcripts/{transcript:path}", tags=["transcripts"])
    def export(transcript: str) -> dict[str, Any]:
        """A transcript as interchange JSON, which `POST /transcripts` and `panelbot add` take as text."""
        return operations.export(bot, transcript)

    @app.get("/speakers", tags=["speakers"], response_model=list[PanelSpeaker])
    def speakers(transcript: Annotated[str | None, Query(description="of this one alone")] = None) -> Any:
        """Who speaks, each with the transcript."""
        return operations.list_speakers(bot, transcript)


def _add_changing(app: FastAPI, bot: PanelBot) -> None:
    @app.post("/transcripts", tags=["transcripts"], status_code=201, response_model=AddReport)
    def add(given: TextIn) -> Any:
        """Store a transcript given as text."""
        return operations.add_text(bot, given.text, given.name)

    @app.delete("/transcripts/{transcript:path}", tags=["transcripts"], status_code=204)
    def remove(transcript: str) -> Response:
        """Remove a transcript from the index; its file stays."""
        operations.remove(bot, [transcript])
        return Response(status_code=204)

    @app.patch("/speakers", tags=["speakers"], response_model=list[SpeakerOut])
    def edit(transcript: Annotated[str, Query(description="whose register is changed")], changes: Edits) -> Any:
        """Change who is on a panel; nothing is embedded again and earlier citations hold."""
        return operations.edit_speakers(bot, transcript, changes.edits)

    @app.post("/feedback", tags=["questions"], status_code=204)
    def feedback(record: dict[str, Any]) -> Response:
        """Keep a judged question, a line of questions JSONL, for `panelbot evaluate`."""
        operations.feedback(bot, record)
        return Response(status_code=204)


def _tell_mistakes(app: FastAPI) -> None:
    @app.exception_handler(PanelbotError)
    def of_the_caller(_: Request, error: PanelbotError) -> Response:
        return mistake(next(status for kind, status in _STATUSES if isinstance(error, kind)), str(error))

    @app.exception_handler(RequestValidationError)
    def of_shape(_: Request, error: RequestValidationError) -> Response:
        return mistake(422, _sentence(error.errors()))

    @app.exception_handler(Busy)
    def of_the_crowd(_: Request, __: Busy) -> Response:
        return mistake(503, "Too many questions are waiting; try again in a moment.", {"retry-after": "5"})

    @app.exception_handler(404)
    def of_the_path(_: Request, __: Exception) -> Response:
        return mistake(404, "There is nothing here; openapi.json lists the paths.")

    @app.exception_handler(Exception)  # a front end: the log has the rest
    def of_ours(_: Request, error: Exception) -> Response:
        log.error("a request failed", exc_info=error)
        return mistake(500, "This went wrong inside panelbot; its log says more.")


def _sentence(faults: Sequence[Any]) -> str:
    where = ".".join(map(str, faults[0]["loc"][1:])) or "the body"
    return f"{where}: {faults[0]['msg']}."


def mistake(status: int, said: str, headers: dict[str, str] | None = None) -> Response:
    """One sentence as a reply."""
    return JSONResponse({"error": said}, status, headers)

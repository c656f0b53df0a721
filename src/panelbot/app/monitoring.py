"""What goes through the server, for Prometheus and for a log: which kind of request, how it ended, how long it took.

Knows kinds of paths; never a question, a name, an address or a token.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.process_collector import ProcessCollector
from starlette.responses import Response

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from panelbot.bot import PanelBot

access = logging.getLogger("panelbot.access")
# Kinds are few, whatever clients send: a label that anybody may invent would fill the memory.
_KINDS = re.compile(
    r"/(?:api/v1/(search|ask|transcripts|speakers|feedback|openapi\.json)|gradio_api/(queue|call|upload|mcp|component_server)"
    r"|(login|metrics|healthz|config|assets|static))(?:/.*)?"
)
_SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60)


class Monitor:
    """The measures of one server."""

    def __init__(self, bot: PanelBot) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "panelbot_requests", "Requests, by kind and status", ("kind", "status"), registry=self.registry
        )
        self.seconds = Histogram(
            "panelbot_request_seconds", "Until a reply ended", ("kind",), buckets=_SECONDS, registry=self.registry
        )
        self.running = Gauge("panelbot_requests_running", "Requests being answered", registry=self.registry)
        self.registry.register(_Holdings(bot))
        ProcessCollector(registry=self.registry)

    def page(self, _: Request) -> Response:
        """The figures, as Prometheus reads them."""
        return Response(generate_latest(self.registry), media_type=CONTENT_TYPE_LATEST)


class _Holdings:
    """How much the index holds, counted when it is asked for."""

    def __init__(self, bot: PanelBot) -> None:
        self._bot = bot

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Transcripts and turns."""
        transcripts = self._bot.listing()
        yield GaugeMetricFamily("panelbot_transcripts", "Transcripts in the index", value=len(transcripts))
        n_turns = sum(transcript.n_turns for transcript in transcripts)
        yield GaugeMetricFamily("panelbot_turns", "Turns in the index", value=n_turns)


class Watched:
    """ASGI middleware that measures each request; it stands outside the guard, so refusals count."""

    def __init__(self, app: ASGIApp, monitor: Monitor) -> None:
        self.app = app
        self.monitor = monitor

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and note how it went."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began = time.perf_counter()
        status = 500  # where no reply begins

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            with self.monitor.running.track_inprogress():
                await self.app(scope, receive, noted)
        finally:
            self._note(scope, status, time.perf_counter() - began)

    def _note(self, scope: Scope, status: int, took: float) -> None:
        kind = kind_of(scope["path"])
        self.monitor.requests.labels(kind, str(status)).inc()
        self.monitor.seconds.labels(kind).observe(took)
        fields = {"kind": kind, "method": scope["method"], "status": status, "seconds": round(took, 3)}
        access.info("%s %s %s", scope["method"], kind, status, extra=fields)


def kind_of(path: str) -> str:
    """The kind of a path: the page, one of those known, or other."""
    if path == "/":
        return "page"
    known = _KINDS.fullmatch(path)
    return next((part for part in known.groups() if part), "other") if known else "other"

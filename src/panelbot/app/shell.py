"""What every response carries: our style and script in the document's head, and a policy that names no other host.

Gradio puts what it is given as ``head`` into the page only once its own script runs; ours must be there before, so
that the language and the colours are right from the start.
"""

from __future__ import annotations

import base64
import re
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Gradio makes templates at run time and writes styles; whatever it does, it reaches this server alone.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-eval'{scripts}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; media-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' blob:; "
    "worker-src 'self' blob:; frame-src 'none'; object-src 'none'; base-uri 'self'; form-action 'self'; "
    "frame-ancestors 'none'"
)
HEADERS = (
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
)
_INLINE = re.compile(rb"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)


def policy(document: bytes = b"") -> bytes:
    """The policy of a response: of scripts in the document itself, those alone that the server wrote into it."""
    hashes = (base64.b64encode(sha256(script).digest()).decode() for script in _INLINE.findall(document))
    return POLICY.format(scripts="".join(f" 'sha256-{each}'" for each in hashes)).encode()


class Shell:
    """ASGI middleware that adds ``head`` to HTML documents and the headers to everything."""

    def __init__(self, app: ASGIApp, head: str) -> None:
        self.app = app
        self.head = head.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and what comes back through a `_Reply`."""
        await self.app(scope, receive, _Reply(send, self.head) if scope["type"] == "http" else send)


class _Reply:
    """Sends one response: an HTML document is held back until it is whole, anything else passes at once."""

    def __init__(self, send: Send, head: bytes) -> None:
        self.send = send
        self.head = head
        self.start: Message | None = None
        self.body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", ()), *HEADERS]
            if any(key.lower() == b"content-type" and b"text/html" in value for key, value in message["headers"]):
                self.start = message
                return
            message["headers"].append((b"content-security-policy", policy()))
        if self.start is None or message["type"] != "http.response.body":
            await self.send(message)
            return
        self.body += message.get("body", b"")
        if not message.get("more_body"):
            await self._finish(self.start)

    async def _finish(self, start: Message) -> None:
        before, closing, after = self.body.partition(b"</head>")
        body = before + self.head + closing + after if closing else self.body
        kept = [(key, value) for key, value in start["headers"] if key.lower() != b"content-length"]
        length = (b"content-length", str(len(body)).encode())
        start["headers"] = [*kept, length, (b"content-security-policy", policy(body))]
        await self.send(start)
        await self.send({"type": "http.response.body", "body": body})

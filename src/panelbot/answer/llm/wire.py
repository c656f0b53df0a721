"""One request over HTTP and the lines that come back, until a deadline, up to a size, from the server that was named.

A thread of its own does the waiting: a server that sends a byte now and then, or its headers so, holds up that thread
and nobody else. Knows HTTP and its failures; not what the lines mean.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import httpx

MAX_BYTES = 4_000_000  # of a reply: 1,000 tokens in envelopes of a few hundred bytes are a tenth of that
AHEAD = 64  # pieces received before they are looked at

Reason = Literal["timeout", "refused", "rate", "status", "broken"]


class WireError(Exception):
    """What kept the lines from coming."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(reason)
        self.reason: Reason = reason
        self.detail = detail


def receive(url: str, headers: Mapping[str, str], body: Mapping[str, Any], seconds: float) -> Iterator[list[bytes]]:
    """The lines of the reply to ``body``, posted as JSON, without their ends, those that came together together.

    Raises:
        WireError: no reply within ``seconds`` of waiting, or one that is too long, refused, or redirected.
    """
    client = _client()  # made before the time runs: reading the certificates takes a while
    pieces: queue.Queue[bytes | WireError | None] = queue.Queue(AHEAD)
    gone = threading.Event()
    given = {**headers, "accept-encoding": "identity"}  # what is packed small may be without end
    threading.Thread(target=_post, args=(client, url, given, body, seconds, pieces, gone), daemon=True).start()
    n_bytes, rest = 0, bytearray()
    waited = 0.0  # what is done with a line meanwhile is not the server's time
    try:
        while True:
            began = time.monotonic()
            piece = _next(pieces, seconds - waited)
            waited += time.monotonic() - began
            if piece is None:
                break
            n_bytes += len(piece)
            if n_bytes > MAX_BYTES:
                raise WireError("broken", "too long")
            rest += piece
            if b"\n" in piece:
                *lines, rest = rest.split(b"\n")
                yield [bytes(line).rstrip(b"\r") for line in lines]
        yield [bytes(rest)]
    finally:
        gone.set()


def _next(pieces: queue.Queue[bytes | WireError | None], seconds: float) -> bytes | None:
    """The next piece, None at the end."""
    try:
        piece = pieces.get(timeout=max(0.0, seconds))
    except queue.Empty:
        raise WireError("timeout") from None
    if isinstance(piece, WireError):
        raise piece
    return piece


@lru_cache(maxsize=1)
def _client() -> httpx.Client:
    import httpx

    return httpx.Client(follow_redirects=False, limits=httpx.Limits(max_keepalive_connections=0))


def _post(
    client: httpx.Client,
    url: str,
    headers: Mapping[str, str],
    body: Mapping[str, Any],
    seconds: float,
    pieces: queue.Queue[bytes | WireError | None],
    gone: threading.Event,
) -> None:
    """In the thread: what comes, put into ``pieces`` while the caller reads."""

    def put(piece: bytes | WireError | None) -> None:
        while not gone.is_set():
            with suppress(queue.Full):
                return pieces.put(piece, timeout=0.2)
        return None

    begun = False
    try:
        with client.stream("POST", url, headers=dict(headers), json=dict(body), timeout=seconds) as reply:
            if reply.status_code != 200:
                put(WireError("rate" if reply.status_code == 429 else "status", f"HTTP {reply.status_code}"))
                return
            begun = True
            if reply.headers.get("content-encoding", "identity") != "identity":
                raise ValueError("packed, though plain was asked for")
            for piece in reply.iter_raw():
                if gone.is_set():
                    return
                put(piece)
        put(None)
    except Exception as error:  # a thread's fault would be lost: the caller is told
        put(WireError("timeout" if type(error).__name__.endswith("Timeout") else "broken" if begun else "refused"))

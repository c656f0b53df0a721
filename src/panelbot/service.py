"""A client of an OpenAI-compatible server: keys, waiting and trying again are the ``openai`` package's.

Knows that the server may be anything: a reply has a deadline as a whole and a size, and a failure is one sentence. Does
not know what is asked.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from panelbot.errors import EmbedderError

if TYPE_CHECKING:
    from openai import OpenAI

MAX_BYTES = 32_000_000  # of a reply: a batch of 32 vectors of 4,096 numbers has 3 MB as JSON
N_RETRIES = 4  # with growing pauses: half a second to eight


def open_client(base_url: str, api_key: str, timeout: float, *, what: str) -> OpenAI:
    """A client of the server at ``base_url``, of OpenAI's own where that is empty; it follows no redirects.

    Raises:
        EmbedderError: the ``openai`` package is not installed.
    """
    try:
        from openai import DefaultHttpxClient, OpenAI
    except ModuleNotFoundError:
        raise EmbedderError(
            f"{what} needs the package openai; install it with: pip install 'panelbot[openai]'"
        ) from None
    return OpenAI(
        base_url=base_url or None,
        api_key=api_key or "none",  # local servers want none, the client wants one
        timeout=timeout,
        max_retries=N_RETRIES,
        http_client=_bounded(DefaultHttpxClient)(follow_redirects=False, timeout=timeout),
    )


def _bounded(kind: type) -> type:
    """A client of this ``kind`` whose replies come whole within its time, plain, and with `MAX_BYTES` at most."""
    (base,) = (each for each in kind.__mro__ if each.__name__ == "Client")
    http = import_module(base.__module__.partition(".")[0])  # httpx, or what later releases of openai have for it

    def receive(send: Callable[[], Any], until: float, come: queue.SimpleQueue[Any]) -> None:
        """In a thread, since a server may send its headers for ever: the whole reply, or why there is none."""
        try:
            reply = send()
            try:
                if reply.headers.get("content-encoding", "identity") != "identity":
                    raise http.RemoteProtocolError("packed, though plain was asked for")
                body = bytearray()
                for piece in reply.iter_raw():
                    body += piece
                    if len(body) > MAX_BYTES or time.monotonic() > until:
                        raise http.RemoteProtocolError("too long")
            finally:
                reply.close()
            whole = {"headers": reply.headers, "content": bytes(body), "request": reply.request}
            come.put(http.Response(reply.status_code, **whole))
        except Exception as error:  # a thread's fault would be lost: the caller is told
            come.put(error)

    class Bounded(kind):
        def send(self, request: Any, **options: Any) -> Any:
            """The reply to a request, or the reason why there is none."""
            request.headers["accept-encoding"] = "identity"
            seconds, come = self.timeout.read, queue.SimpleQueue[Any]()  # pyright: ignore[reportAttributeAccessIssue]
            send = partial(super().send, request, **{**options, "stream": True})  # pyright: ignore
            until = time.monotonic() + seconds
            threading.Thread(target=receive, args=(send, until, come), daemon=True).start()
            try:
                found = come.get(timeout=seconds)
            except queue.Empty:
                found = http.ReadTimeout("no whole reply in time")
            if isinstance(found, Exception):
                raise found
            return found

    return Bounded


@contextmanager
def told(what: str, setting: str) -> Iterator[None]:
    """Whatever goes wrong with the server within the block, as one sentence about ``what``.

    Raises:
        EmbedderError: the server cannot be reached, refuses, or sends what it should not.
    """
    from openai import APIConnectionError, APIStatusError, APITimeoutError, OpenAIError

    try:
        yield
    except APITimeoutError as error:
        raise EmbedderError(
            f"{what} did not answer in time; see that its server runs, or raise {setting}_timeout."
        ) from error
    except APIConnectionError as error:
        raise EmbedderError(f"{what} cannot be reached; see that its server runs at {setting}_base_url.") from error
    except APIStatusError as error:
        remedy = f"; look at {setting}_api_key" if error.status_code in (401, 403) else ""
        raise EmbedderError(f"{what} refused the request (HTTP {error.status_code}){remedy}.") from error
    except (OpenAIError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise EmbedderError(f"{what} sent something that is no reply to what was asked.") from error

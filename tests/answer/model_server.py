"""A scripted OpenAI-compatible server: real HTTP, streaming, as good, bad or hostile as its script.

Knows the protocol; does not know what is asked, unless the script reads it.
"""

from __future__ import annotations

import json
import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Script:
    """What the server does with each request, and the requests it got.

    ``pieces`` are streamed one by one; a float is a pause in seconds, bytes are sent raw, ``DIE`` cuts the connection.
    ``react`` makes the pieces from the request instead. Asked for a first word only, it gives ``first``: the words
    with their probabilities, or one word without any.
    """

    pieces: list[Any] = field(default_factory=list)
    react: Callable[[dict[str, Any]], list[Any]] | None = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    finish: bool = True
    first: dict[str, float] | str = "…"
    requests: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)


DIE = object()


def _event(content: str | None, finish: str | None = None) -> bytes:
    delta = {} if content is None else {"role": "assistant", "content": content}
    chunk = {
        "id": "x",
        "object": "chat.completion.chunk",
        "created": 0,
        "model": "scripted",
        "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
    }
    return f"data: {json.dumps(chunk)}\n\n".encode()


def _whole(first: dict[str, float] | str) -> bytes:
    """A reply of one token that is not streamed."""
    content = first if isinstance(first, str) else max(first, key=first.__getitem__)
    choice: dict[str, Any] = {
        "index": 0,
        "message": {"role": "assistant", "content": content},
        "finish_reason": "length",
    }
    if not isinstance(first, str):
        likely = [{"token": token, "logprob": math.log(chance), "bytes": None} for token, chance in first.items()]
        token = {"token": content, "logprob": math.log(first[content]), "bytes": None, "top_logprobs": likely}
        choice["logprobs"] = {"content": [token]}
    reply = {"id": "x", "object": "chat.completion", "created": 0, "model": "scripted", "choices": [choice]}
    return json.dumps(reply).encode()


class _Handler(BaseHTTPRequestHandler):
    script: Script

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        self.script.requests.append(json.loads(self.rfile.read(length)))
        self.script.keys.append(self.headers.get("Authorization", ""))
        self.send_response(self.script.status)
        for name, value in self.script.headers.items():
            self.send_header(name, value)
        self.send_header("Connection", "close")
        whole = self.script.body
        if not whole and self.script.status == 200 and not self.script.requests[-1].get("stream"):
            whole = _whole(self.script.first)
        streams = self.script.status == 200 and not whole
        self.send_header("Content-Type", "text/event-stream" if streams else "application/json")
        if not streams:
            self.send_header("Content-Length", str(len(whole)))
            self.end_headers()
            self.wfile.write(whole)
            return
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self._stream()

    def _stream(self) -> None:
        try:
            react = self.script.react
            for piece in react(self.script.requests[-1]) if react else self.script.pieces:
                if piece is DIE:
                    self.connection.close()
                    return
                if isinstance(piece, float):
                    time.sleep(piece)
                    continue
                self._chunk(piece if isinstance(piece, bytes) else _event(piece))
            if self.script.finish:
                self._chunk(_event(None, "stop"))
                self._chunk(b"data: [DONE]\n\n")
            self.wfile.write(b"0\r\n\r\n")
        except OSError:
            return  # the client has hung up, as some tests want it to

    def _chunk(self, data: bytes) -> None:
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()

    def log_message(self, format: str, *args: Any) -> None:
        """Stay quiet."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A connection that is cut on purpose is no error."""


@contextmanager
def serving(script: Script) -> Iterator[str]:
    """The base URL of a server that follows ``script``."""
    handler = type("Handler", (_Handler,), {"script": script, "protocol_version": "HTTP/1.1"})
    server = _Server(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

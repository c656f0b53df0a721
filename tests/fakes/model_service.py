"""A server that embeds and reranks as the common services do: real HTTP, vectors that hash, and failures on order.

Knows the two endpoints; what it answers means nothing but is always the same.
"""

from __future__ import annotations

import json
import math
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from panelbot.embedding import HashEmbedder


@dataclass
class Service:
    """What the server does, and the requests it got. ``failures`` are the statuses of replies before it works."""

    address: str = ""
    failures: list[int] = field(default_factory=list)
    reply: Any = None  # given in the place of a right one
    raw: bool = False  # scores as log-odds, not as chances
    requests: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)  # path, key, body


@contextmanager
def model_service() -> Iterator[Service]:
    """The server, as long as the block runs."""
    service = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            service.requests.append((self.path, self.headers.get("authorization", ""), body))
            status = service.failures.pop(0) if service.failures else 200
            right = _embedded(body) if self.path.endswith("/embeddings") else _reranked(body, raw=service.raw)
            reply = right if service.reply is None else service.reply
            content = json.dumps(reply if status == 200 else {"error": {"message": "no"}}).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("location", "http://127.0.0.1:9/elsewhere")
            self.send_header("retry-after-ms", "1")
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    service.address = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield service
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _embedded(body: dict[str, Any]) -> dict[str, Any]:
    rows = 3 * HashEmbedder().encode_passages(body["input"])  # no server promises unit length
    data = [{"object": "embedding", "index": i, "embedding": row.tolist()} for i, row in enumerate(rows)]
    usage = {"prompt_tokens": 1, "total_tokens": 1}
    return {"object": "list", "model": body["model"], "data": data[::-1], "usage": usage}


def _reranked(body: dict[str, Any], *, raw: bool) -> dict[str, Any]:
    asked = set(body["query"].casefold().split())
    odds = [6 * len(asked & set(text.casefold().split())) / len(asked) - 4 for text in body["documents"]]
    scores = [odd if raw else 1 / (1 + math.exp(-odd)) for odd in odds]
    order = sorted(range(len(scores)), key=lambda i: -scores[i])
    return {"model": body["model"], "results": [{"index": i, "relevance_score": scores[i]} for i in order]}

"""Thirty ways in which a model's server may misbehave: each a function that answers one connection, byte by byte.

Knows sockets alone, so that it may break HTTP where HTTP is to be broken.
"""

from __future__ import annotations

import gzip
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

Attack = Callable[[socket.socket], None]
_OK = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n"
_DEEP = 100_000


def _event(value: object) -> bytes:
    return b"data: " + (value if isinstance(value, bytes) else json.dumps(value).encode()) + b"\n\n"


def _says(text: object) -> bytes:
    return _event({"choices": [{"index": 0, "delta": {"content": text}, "finish_reason": None}]})


def _sent(*pieces: bytes, head: bytes = _OK) -> Attack:
    def attack(client: socket.socket) -> None:
        client.sendall(head + b"\r\n")
        for piece in pieces:
            client.sendall(piece)

    return attack


def _for_ever(piece: bytes, pause: float = 0.0, head: bytes = _OK + b"\r\n") -> Attack:
    def attack(client: socket.socket) -> None:
        client.sendall(head)
        while True:
            client.sendall(piece)
            time.sleep(pause)

    return attack


def _status(line: bytes, *headers: bytes) -> Attack:
    return _sent(head=b"HTTP/1.1 " + line + b"\r\n" + b"".join(h + b"\r\n" for h in headers) + b"content-length: 0\r\n")


def _silence(client: socket.socket) -> None:
    time.sleep(60)


def _nothing(client: socket.socket) -> None:
    """Closes at once."""


def _slow_headers(client: socket.socket) -> None:
    client.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        client.sendall(b"x-a: b\r\n")
        time.sleep(0.3)


SERVERS: dict[str, Attack] = {
    "says nothing": _silence,
    "closes at once": _nothing,
    "headers, then nothing": lambda client: (_sent()(client), time.sleep(60))[0],
    "headers for ever": _slow_headers,
    "a status line for ever": _for_ever(b"a" * 1000, 0.01, b"HTTP/1.1 200 "),
    "comments for ever": _for_ever(b": still here\n\n", 0.05),
    "comments as fast as it can": _for_ever(b": x\n" * 5000),
    "a byte now and then": _for_ever(b" ", 0.3),
    "one line without end": _for_ever(b"a" * 65_536),
    "empty events for ever": _for_ever(_event({"choices": []}), 0.05),
    "empty words for ever": _for_ever(_says(""), 0.05),
    "a word now and then": _for_ever(_says("so "), 0.2),
    "words as fast as it can": _for_ever(_says("blah ") * 1000),
    "thinks for ever": _for_ever(_says("<think>hm "), 0.02),
    "one chunk of 10 MB": _sent(_says("a" * 10_000_000)),
    "one line of 10 MB in small pieces": _sent(b"data: ", *[b"a" * 1000] * 10_000),
    "deep JSON": _sent(_event(b"[" * _DEEP)),
    "deep objects": _sent(_event(b'{"choices":' * _DEEP)),
    "no JSON": _sent(_event(b"{choices}")),
    "numbers for words": _sent(_says(12), _says(None), _says({"a": 1}), _event(b"[DONE]")),
    "a list for a reply": _sent(_event([1, 2]), _event("x"), _event(b"null"), _event(b"[DONE]")),
    "choices that are none": _sent(_event({"choices": "abc"}), _event({"choices": [7]}), _event(b"[DONE]")),
    "NaN and infinity": _sent(_event(b'{"choices": NaN}'), _event(b'{"choices": [1e999]}'), _event(b"[DONE]")),
    "no UTF-8": _sent(_event(b'{"choices": [{"delta": {"content": "\xff\xfe"}}]}')),
    "halves of characters": _sent(_event(b'{"choices": [{"delta": {"content": "\\ud800"}}]}'), _event(b"[DONE]")),
    "a gzip bomb": _sent(gzip.compress(bytes(200_000_000), 1), head=_OK + b"content-encoding: gzip\r\n"),
    "an error in the stream": _sent(_says("Well"), _event({"error": {"message": "no"}})),
    "a redirect elsewhere": _status(b"307 Moved", b"location: http://127.0.0.1:9/steal"),
    "a redirect for ever": _status(b"308 Moved", b"location: /v1/chat/completions"),
    "too many requests": _status(b"429 Too Many", b"retry-after: 9999"),
    "a fault of its own": _status(b"500 Oh"),
    "asks for a password": _status(b"401 Who", b"www-authenticate: Basic"),
    "another protocol": lambda client: client.sendall(b"SSH-2.0-OpenSSH\r\n" * 50),
    "a chunk of a wrong size": _sent(b"FFFFFFFFFFFFFFFF\r\nabc", head=_OK + b"transfer-encoding: chunked\r\n"),
    "less than it says": _sent(_says("Well"), head=_OK + b"content-length: 99999999\r\n"),
    "only the end": _sent(_event(b"[DONE]")),
}


@contextmanager
def hostile(attack: Attack) -> Iterator[str]:
    """The base URL of a server that meets each connection with ``attack``."""
    server = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=_accept, args=(server, attack), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.getsockname()[1]}/v1"
    finally:
        server.close()


def _accept(server: socket.socket, attack: Attack) -> None:
    with suppress(OSError):
        while True:
            client, _ = server.accept()
            threading.Thread(target=_meet, args=(client, attack), daemon=True).start()


def _meet(client: socket.socket, attack: Attack) -> None:
    with suppress(OSError), client:
        request = b""
        while b"\r\n\r\n" not in request:
            request += client.recv(65_536)
        head, _, body = request.partition(b"\r\n\r\n")
        lines = head.lower().split(b"\r\n")
        length = next(int(line.split(b":")[1]) for line in lines if line.startswith(b"content-length"))
        while len(body) < length:
            body += client.recv(65_536)
        attack(client)
        client.shutdown(socket.SHUT_WR)

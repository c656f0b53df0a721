"""Who may speak to the server, and of what: the first check a request meets, before Gradio sees it.

Knows addresses, origins, paths and sizes; not what a request asks for. What is not named here is refused.
"""

from __future__ import annotations

import ipaddress
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from python_multipart.exceptions import FormParserError

from panelbot.app.file_names import FileNames
from panelbot.app.logins import Logins
from panelbot.app.tokens import Tokens
from panelbot.app.uploading import Room

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
WILDCARDS = frozenset({"0.0.0.0", "::", ""})
MAX_BODY = 8_000_000  # bytes of JSON: a browser keeps conversations of up to 5 MB, and sends them with a question
MAX_UPLOAD = 100_000_000  # bytes in one request; Gradio limits each file
MAX_DEPTH = 60  # of nested JSON; a conversation has nine levels

_READ = re.compile(  # a linear expression: alternatives that begin differently, and one run at the end
    r"/(?:healthz|config/?|theme\.css|robots\.txt|favicon\.ico|logout|(?:assets|static|svelte)/.+)?"
    r"|/gradio_api/(?:info/?|app_id/?|user/?|login_check/?|startup-events|theme\.css|queue/status|queue/data"
    r"|upload_progress|recording|heartbeat/.+|call/(?!v2/)\w+/\w+)"
)
_CHANGE = re.compile(r"/gradio_api/(?:queue/join|component_server/?|cancel|reset/?|(?:call|run|api)/\w+/?)")
_LOGIN = re.compile(r"/login/?")
_UPLOAD = re.compile(r"/gradio_api/upload")
_MCP = re.compile(r"/gradio_api/mcp(?:/.*)?")
_REST = re.compile(r"/api/v1/.+")
_METRICS = re.compile(r"/metrics")
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_SAFE = frozenset({"GET", "HEAD"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What this server lets in. ``hosts`` and ``origins`` are what it is called besides the loopback names."""

    hosts: frozenset[str] = frozenset()
    any_address: bool = False  # listening everywhere, it is called by any of its addresses; a name must be listed
    origins: frozenset[str] = frozenset()  # of other sites whose pages may call it, "https://name[:port]"
    uploads: bool = True
    mcp: bool = False
    metrics: bool = False
    tokens: tuple[str, ...] = ()  # one of which programs must send
    login: bool = False  # people must log in: without a token there is then no way in for programs


def rules(host: str, *, allow_hosts: Iterable[str] = (), allow_origins: Iterable[str] = (), **more: Any) -> Rules:
    """The rules of a server that listens on ``host``."""
    names = {name.casefold().strip("[]").rstrip(".") for name in (host, *allow_hosts)}
    origins = frozenset(origin.casefold().rstrip("/") for origin in allow_origins)
    return Rules(hosts=frozenset(names - WILDCARDS), any_address=bool(names & WILDCARDS), origins=origins, **more)


class Refusal(Exception):  # noqa: N818
    """A request that goes no further: the HTTP status, and one sentence for its sender; ``wait`` in seconds."""

    def __init__(self, *, status: int, said: str, wait: int = 0) -> None:
        super().__init__(said)
        self.status, self.said, self.wait = status, said, wait


class Guard:
    """ASGI middleware that lets through what ``rules`` allow; it must stand outside everything else."""

    def __init__(self, app: ASGIApp, rules: Rules) -> None:
        self.app = app
        self.rules = rules
        self.logins = Logins()
        self.tokens = Tokens(rules.tokens)
        self.room = Room()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer it with the reason why not."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":  # the page opens no socket
            await send({"type": "websocket.close", "code": 1008})
            return
        headers = {key.decode("latin-1").lower(): value.decode("latin-1") for key, value in scope["headers"]}
        origin = headers.get("origin", "").casefold()
        shared = origin if origin in self.rules.origins else ""
        reply = _Reply(send, shared)
        try:
            self._check_host(headers)
            self._check_site(scope, headers, shared)
            if scope["method"] == "OPTIONS" and shared:
                raise Refusal(status=204, said="")
            limit = self._check_kind(scope["method"], scope["path"], headers)
            if _for_programs(scope["path"]):
                await self._check_token(scope, headers)
            if _LOGIN.fullmatch(scope["path"]):
                await self._log_in(scope, receive, reply)
            else:
                await self._pass_on(scope, _Body(receive, limit, _names(scope, headers)), headers, reply)
        except Refusal as refusal:
            reply.body = None
            if not reply.started:
                await _refuse(reply, refusal)

    async def _pass_on(self, scope: Scope, body: _Body, headers: Mapping[str, str], reply: _Reply) -> None:
        n_bytes = _length(headers, body.limit)
        if n_bytes > body.limit:
            raise _too_much(body.limit)
        with self._room_for(n_bytes) if _UPLOAD.fullmatch(scope["path"]) else nullcontext():
            reply.body = body
            try:
                await self.app(scope, await _receive(body, headers), reply)
            except Exception:  # what the app makes of a body that was cut off is no fault of its own
                if body.refusal is None:
                    raise
            if body.refusal is not None:
                raise body.refusal

    @contextmanager
    def _room_for(self, n_bytes: int) -> Iterator[None]:
        try:
            with self.room.held(n_bytes) as free:
                if not free:
                    raise Refusal(status=507, said="Too many uploads wait to be stored; try again later.", wait=600)
                yield
        except OSError as error:
            raise Refusal(status=507, said=f"There is no place for uploads: {error}.") from None

    async def _check_token(self, scope: Scope, headers: Mapping[str, str]) -> None:
        """Programs cannot log in: where people must, or where there is a token, they send one."""
        if not self.tokens and not self.rules.login:
            return
        wait = await self.tokens.admits(headers, _address(scope)) if self.tokens else 0
        if wait:
            raise Refusal(status=429, said=f"Too many wrong tokens; try again in {wait} seconds.", wait=wait)
        if wait == 0:
            raise Refusal(status=401, said="This takes a token: Authorization: Bearer …, one that --token names.")

    async def _log_in(self, scope: Scope, receive: Receive, reply: _Reply) -> None:
        who = _address(scope)
        if wait := self.logins.wait(who):
            raise Refusal(status=429, said=f"Too many wrong passwords; try again in {wait} seconds.", wait=wait)
        await self.logins.slow(who)
        await self.app(scope, receive, reply)
        self.logins.note(who, right=reply.status == 200)

    def _check_host(self, headers: Mapping[str, str]) -> None:
        """A page of another site whose name was made to point here sends that name: it is not one of ours."""
        name = _host(headers.get("host", ""))
        known = name in LOOPBACK or name in self.rules.hosts or (self.rules.any_address and _is_address(name))
        if not known:
            raise Refusal(
                status=421, said=f"This server is not called {name[:80]!r}; start it with --allow-host to allow it."
            )

    def _check_site(self, scope: Scope, headers: Mapping[str, str], shared: str) -> None:
        """Other sites' pages may link here, and nothing else."""
        if shared:
            return
        origin, site = headers.get("origin"), headers.get("sec-fetch-site", "")
        foreign = origin is not None and urlsplit(origin).netloc.casefold() != headers.get("host", "").casefold()
        if site in ("", "none", "same-origin") and not foreign:
            return
        linked = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
        if not (linked and scope["method"] == "GET" and scope["path"] == "/"):
            raise Refusal(status=403, said="A page of another site asked for this; --allow-origin allows that.")

    def _check_kind(self, method: str, path: str, headers: Mapping[str, str]) -> int:
        """How many bytes the request may send. A form cannot send JSON, so what changes an index must be JSON."""
        kind = headers.get("content-type", "").partition(";")[0].strip().casefold()
        if _MCP.fullmatch(path) and self.rules.mcp and method in (*_SAFE, "POST", "DELETE"):
            return self._of_kind(kind, ("application/json",), method in (*_SAFE, "DELETE"), MAX_BODY)
        if _REST.fullmatch(path) and method in (*_SAFE, "POST", "PATCH", "DELETE"):
            return self._of_kind(kind, ("application/json",), method in (*_SAFE, "DELETE"), MAX_BODY)
        if method in _SAFE and (_READ.fullmatch(path) or (self.rules.metrics and _METRICS.fullmatch(path))):
            return 0
        if method == "POST" and _CHANGE.fullmatch(path):
            return self._of_kind(kind, ("application/json",), False, MAX_BODY)
        if method == "POST" and _LOGIN.fullmatch(path):
            return self._of_kind(kind, _FORMS, False, 10_000)
        if method == "POST" and _UPLOAD.fullmatch(path):
            if not self.rules.uploads:
                raise Refusal(status=403, said="This page takes no files.")
            return self._of_kind(kind, ("multipart/form-data",), False, MAX_UPLOAD)
        raise Refusal(status=404, said="There is nothing here.")

    def _of_kind(self, kind: str, wanted: tuple[str, ...], free: bool, limit: int) -> int:
        if kind not in wanted and not free:
            raise Refusal(status=415, said=f"This takes {' or '.join(wanted)}.")
        return limit


class _Reply:
    """Sends a response without what would let other sites in: CORS but ours, and cookies other sites' pages send."""

    def __init__(self, send: Send, shared: str) -> None:
        self.send = send
        self.shared = shared
        self.started = False
        self.status = 0
        self.body: _Body | None = None

    async def __call__(self, message: Message) -> None:
        if self.body is not None and self.body.refusal is not None and not self.started:
            return  # the guard answers itself
        if message["type"] == "http.response.start":
            self.started, self.status = True, message["status"]
            kept = [
                (key, _lax(value) if key.lower() == b"set-cookie" else value)
                for key, value in message.get("headers", ())
                if not key.lower().startswith(b"access-control-")
            ]
            message = {**message, "headers": [*kept, *_sharing(self.shared)]}
        await self.send(message)


def _sharing(origin: str) -> list[tuple[bytes, bytes]]:
    """The site that ``--allow-origin`` names may read replies; never with a visitor's cookies."""
    if not origin:
        return [(b"cross-origin-resource-policy", b"same-origin")]
    return [
        (b"access-control-allow-origin", origin.encode()),
        (b"access-control-allow-methods", b"GET, POST, PATCH, DELETE"),
        (b"access-control-allow-headers", b"authorization, content-type"),
        (b"vary", b"Origin"),
    ]


def _lax(cookie: bytes) -> bytes:
    return re.sub(rb";\s*samesite=\w+", b"", cookie, flags=re.IGNORECASE) + b"; SameSite=Lax"


async def _refuse(send: Send, refusal: Refusal) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"x-content-type-options", b"nosniff")]
    if refusal.status == 401:
        headers.append((b"www-authenticate", b"Bearer"))
    if refusal.wait:
        headers.append((b"retry-after", str(refusal.wait).encode()))
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": refusal.said.encode()})


class _Body:
    """Receives a request's body, and says that the client has gone once it has sent what is not taken.

    That is more than ``limit`` bytes, or a file that by its name, one of ``names``, is none for panelbot.
    """

    def __init__(self, receive: Receive, limit: int, names: FileNames | None = None) -> None:
        self.receive = receive
        self.limit = limit
        self.names = names
        self.n_bytes = 0
        self.refusal: Refusal | None = None

    async def __call__(self) -> Message:
        message = await self.receive()
        self.refusal = self.refusal or self._refusal_of(message.get("body", b""))
        return message if self.refusal is None else {"type": "http.disconnect"}

    def _refusal_of(self, data: bytes) -> Refusal | None:
        self.n_bytes += len(data)
        if self.n_bytes > self.limit:
            return _too_much(self.limit)
        if self.names is None:
            return None
        try:
            self.names.read(data)
        except FormParserError:
            return Refusal(status=400, said="This is no upload: its form is broken.")
        wrong = self.names.wrong
        return None if wrong is None else Refusal(status=415, said=f"{wrong!r} is no transcript and no recording.")


def _names(scope: Scope, headers: Mapping[str, str]) -> FileNames | None:
    """What tells the names of the files that a request sends; None where it sends none."""
    if not _UPLOAD.fullmatch(scope["path"]):
        return None
    try:
        return FileNames(headers.get("content-type", ""))
    except FormParserError:
        raise Refusal(status=400, said="This is no upload: its form has no boundary.") from None


async def _receive(body: _Body, headers: Mapping[str, str]) -> Receive:
    """The body as the app receives it: read whole and checked first where it is JSON."""
    if not headers.get("content-type", "").casefold().startswith("application/json"):
        return body
    parts: list[bytes] = []
    more = True
    while more:
        message = await body()
        if message["type"] == "http.disconnect":
            raise body.refusal or Refusal(status=400, said="The request broke off.")
        parts.append(message.get("body", b""))
        more = message.get("more_body", False)
    check_json(b"".join(parts))
    return _replayed(b"".join(parts), body.receive)


def _length(headers: Mapping[str, str], unknown: int) -> int:
    """The bytes that a request says it has, ``unknown`` where it does not say."""
    said = headers.get("content-length", "")
    return int(said) if said.isdecimal() else unknown


def _too_much(limit: int) -> Refusal:
    return Refusal(status=413, said=f"This takes {limit:,} bytes at most.")


def _replayed(body: bytes, receive: Receive) -> Receive:
    sent = False

    async def replayed() -> Message:
        nonlocal sent
        if sent:
            return await receive()
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replayed


def check_json(body: bytes) -> None:
    """Nothing that makes the server fetch: Gradio loads the file that a value names, from any address.

    Raises:
        Refusal: no JSON, nested too deep, or a file that is an address.
    """
    try:
        value = json.loads(body or b"null")
    except (ValueError, RecursionError):
        raise Refusal(status=400, said="This is no JSON.") from None
    level = [value]
    for _ in range(MAX_DEPTH):
        if any(isinstance(each, dict) and _is_fetched(each) for each in level):
            raise Refusal(status=400, said="A file is uploaded, not named by its address.")
        level = [child for each in level for child in _children(each)]
        if not level:
            return
    raise Refusal(status=400, said="This JSON is nested too deep.")


def _is_fetched(value: Mapping[str, Any]) -> bool:
    return "meta" in value and "://" in str(value.get("path", ""))


def _children(value: Any) -> Iterable[Any]:
    return value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()


def _for_programs(path: str) -> bool:
    return any(known.fullmatch(path) for known in (_REST, _METRICS))


def _address(scope: Scope) -> str:
    return str((scope.get("client") or ("",))[0])


def _host(header: str) -> str:
    """The name in a Host header, without its port, folded."""
    name = header.strip().casefold()
    if name.startswith("["):
        return name[1:].partition("]")[0]
    return name.partition(":")[0].rstrip(".")


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True

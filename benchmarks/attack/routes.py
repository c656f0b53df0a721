"""Every route that the served app has, asked by every kind of caller, against a table of expected answers.

    python benchmarks/attack/routes.py [--short]

Callers are a script of this machine, the page itself, another site's page, and a name that was made to point here;
each asks a server that is open, one that wants a login, and that one once logged in. Prints a line for each answer that
is not the expected one, and how many were asked. Exits 1 where there is one, or where a word of a transcript reaches
somebody who has not logged in. With ``--short`` only GET and POST, of who has not logged in where one must.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

import httpx
from starlette.routing import Mount

from panelbot import PanelBot
from panelbot.app.server import launch
from panels import HARBOUR, LIBRARY, open_bot, write_panels

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
# What the guard lets in, by method; of other routes it says that there is nothing.
GETS = (
    r"/", "/config/?", "/theme.css", "/robots.txt", "/favicon.ico", "/logout", "/healthz",
    "/(assets|static|svelte)/x", "/gradio_api/(info|app_id|user|login_check)/?",
    "/gradio_api/(startup-events|theme.css|queue/status|queue/data)",
    "/gradio_api/upload_progress", "/gradio_api/recording", "/gradio_api/heartbeat/.+", "/gradio_api/call/x/x",
)  # fmt: skip
POSTS = ("/gradio_api/(queue/join|component_server/?|cancel|reset/?)", "/gradio_api/(call|run|api)/x/?")
FORMS = ("/login/?", "/gradio_api/upload")  # JSON is none
REFUSED = (401, 403, 421, *range(500, 600))
REST = "/api/v1/.+"
# What somebody without a login may have of a server that wants one: nothing of these tells of a transcript.
OPEN = (r"/", "/theme.css", "/robots.txt", "/favicon.ico", "/logout", "/healthz",
        "/(assets|static|svelte)/x", "/login/?",
        "/gradio_api/(app_id|user|startup-events|theme.css)/?",
        "/gradio_api/heartbeat/.+")  # fmt: skip
WORDS = [line[-10:] for line in (HARBOUR + LIBRARY).splitlines() if len(line) > 20]  # what only transcripts have


def paths(app: Any) -> list[str]:
    """Every path of the app and of what is mounted or included in it, with x for what it takes."""
    return sorted({re.sub(r"\{[^}]*\}", "x", path) or "/" for path in _below(app.routes)})


def _below(routes: Any, before: str = "") -> Iterator[str]:
    for route in routes:
        path = before + (getattr(route, "path", "") or "")
        inner = getattr(route, "original_router", None) or getattr(route, "app", None)
        if isinstance(route, Mount) or not hasattr(route, "path"):
            yield from _below(inner.routes if inner is not None else (), path)
        else:
            yield path


def expected(method: str, path: str, caller: str, login: str) -> set[int] | None:
    """The statuses that are right; None where any is that does not refuse."""
    if caller == "rebound":
        return {421}
    if caller == "foreign":
        return {403}
    if re.fullmatch(REST, path) and method not in ("PUT", "OPTIONS"):
        return {401} if login == "out" or login == "in" else None  # programs send a token, and none is there
    if method == "POST" and any(re.fullmatch(form, path) for form in FORMS):
        return {415}
    known = GETS if method in ("GET", "HEAD") else POSTS if method == "POST" else ()
    if not any(re.fullmatch(each, path) for each in known):
        return {404}
    if login == "out" and not any(re.fullmatch(each, path) for each in OPEN):
        return {401, 404, 405}
    return None


def ask_all(
    client: httpx.Client, found: list[str], login: str, counts: Counter[str], methods: Iterable[str] = METHODS
) -> None:
    """Ask each path in each way."""
    own = f"http://{client.base_url.netloc.decode()}"
    callers = {
        "script": {}, "page": {"origin": own, "sec-fetch-site": "same-origin"},
        "foreign": {"origin": "http://evil.example", "sec-fetch-site": "cross-site", "sec-fetch-mode": "cors"},
        "rebound": {"host": "evil.example"},
    }  # fmt: skip
    for path in found:
        for method in methods:
            for caller, headers in callers.items():
                body = b"{}" if method in ("POST", "PATCH") else None
                given = {"connection": "close", **headers, **({"content-type": "application/json"} if body else {})}
                right = expected(method, path, caller, login)
                with client.stream(method, path, headers=given, content=body) as reply:
                    text = "" if path.startswith("/gradio_api/heartbeat") else _text(reply)
                fine = reply.status_code in right if right else reply.status_code not in REFUSED
                told = login == "out" and any(word in text for word in WORDS)
                counts["asked"] += 1
                if not fine or told:
                    counts["wrong"] += 1
                    said = f"{login:5} {caller:8} {method:8}{path}: {reply.status_code}, expected {right}"
                    print(said + (" TELLS" if told else ""), flush=True)


def _text(reply: httpx.Response) -> str:
    try:
        return reply.read().decode("utf-8", "replace")
    except httpx.TransportError:  # a stream of events without end, or one that broke off
        return ""


def main(*, short: bool) -> int:
    """Serve and ask."""
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        bot = open_bot(Path(folder) / "index")
        bot.add([write_panels(Path(folder) / "corpus")])
        n_routes = _serve_and_ask(bot, counts, short=short)
        bot.close()
    print(f"{n_routes} routes: {counts['asked']} requests, {counts['wrong']} not answered as expected")
    return int(counts["wrong"] > 0)


def _serve_and_ask(bot: PanelBot, counts: Counter[str], *, short: bool) -> int:
    found: list[str] = []
    for auth in ([("mei", "secret")],) if short else (None, [("mei", "secret")]):
        addresses: list[str] = []
        page = launch(bot, port=_free(), auth=auth, metrics=False, ready=addresses.append, block=False)
        try:
            found = [path for path in paths(page.app) if not (short and "heartbeat" in path)]  # a stream without end
            with httpx.Client(base_url=addresses[0], timeout=httpx.Timeout(20, read=4)) as client:
                ask_all(client, found, "out" if auth else "none", counts, ("GET", "POST") if short else METHODS)
                if auth and not short:
                    client.post("/login", data={"username": "mei", "password": "secret"}).raise_for_status()
                    ask_all(client, [path for path in found if path != "/logout"], "in", counts)
        finally:
            page.close(verbose=False)
    return len(found)


def _free() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--short", action="store_true")
    sys.exit(main(short=parser.parse_args().short))

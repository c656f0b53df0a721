"""Every way in, with what each kind of caller is answered: the page itself, another site, another name, a script."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from fakes.panel_bot import PANEL
from fakes.serving import Remote, serving
from panelbot.app.guard import MAX_DEPTH, Refusal, check_json, rules
from panelbot.app.logins import FREE, Logins

pytestmark = pytest.mark.slow

API = "gradio_api/"
FOREIGN = {"origin": "http://evil.example", "sec-fetch-site": "cross-site", "sec-fetch-mode": "cors"}
JSON = {"content-type": "application/json"}

# What a script of this machine may read, and what it may send to. Whatever else Gradio has is not there.
READS = (
    "", "healthz", "config", "theme.css", "robots.txt", "favicon.ico", "static/img/logo.svg", f"{API}info",
    f"{API}app_id", f"{API}startup-events", f"{API}queue/status", f"{API}user", f"{API}login_check",
)  # fmt: skip
CHANGES = ("queue/join", "component_server", "cancel", "reset", "call/ask", "run/ask", "api/ask")
CLOSED = (
    "file=http://127.0.0.1:9/x", "file=/etc/passwd", "file/etc/passwd", "proxy=http://127.0.0.1:9/", "token",
    "dev/reload", "deep_link", "runs", "openapi.json", "process_recording", "vibe-code", "vibe-edit",
    "custom_component/a/client/b/c", "stream/a/b/1/playlist.m3u8", "profiling/summary", "mcp", "run-history/buckets",
    "call/v2/ask", "call/v2/ask/x",
)  # fmt: skip


@pytest.fixture(scope="module")
def site() -> Iterator[tuple[Remote, str]]:
    with serving([PANEL]) as (bot, address):
        yield bot, address


def edit(address: str, *, title: str = "船长", **headers: str) -> httpx.Response:
    """The request by which the page's own script edits a speaker, sent from anywhere."""
    wanted = {"transcript": "harbour", "speaker": "周启", "title": title}
    given = {"content-type": "application/json", **headers}
    return httpx.post(f"{address}{API}run/page_edit", content=json.dumps({"data": [wanted]}), headers=given)


def test_the_page_itself_and_scripts_of_this_machine_may_change_things(site: tuple[Remote, str]) -> None:
    bot, address = site
    own = f"http://{urlsplit(address).netloc}"
    assert edit(address).status_code == 200
    assert edit(address, title="行长", origin=own, **{"sec-fetch-site": "same-origin"}).status_code == 200
    assert len(bot.edits) == 2


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({**JSON, "origin": "http://evil.example"}, 403),
        ({**JSON, "origin": "null"}, 403),
        ({**JSON, "sec-fetch-site": "cross-site"}, 403),
        ({**JSON, "sec-fetch-site": "same-site"}, 403),
        ({**JSON, "origin": "http://localhost:1"}, 403),
        ({"content-type": "text/plain"}, 415),
        ({"content-type": "application/x-www-form-urlencoded"}, 415),
        ({"content-type": "multipart/form-data; boundary=x"}, 415),
        ({**JSON, "host": "evil.example"}, 421),
        ({**JSON, "host": "localhost.evil.example"}, 421),
        ({**JSON, "host": "192.168.3.4"}, 421),
    ],
)
def test_no_other_site_changes_a_thing(site: tuple[Remote, str], headers: dict[str, str], status: int) -> None:
    bot, address = site
    before = len(bot.edits)
    assert edit(address, **headers).status_code == status
    assert len(bot.edits) == before


def test_the_table_of_ways_in(site: tuple[Remote, str]) -> None:
    _, address = site
    with httpx.Client(base_url=address) as client:
        for path in READS:
            assert client.get(path).status_code == 200, path
            assert client.get(path, headers=FOREIGN).status_code == 403, path
            assert client.get(path, headers={"host": "evil.example"}).status_code == 421, path
        for path in CHANGES:
            assert client.get(f"{API}{path}").status_code in (404, 405), path
            assert client.post(f"{API}{path}", headers=FOREIGN | JSON, content="{}").status_code == 403, path
            assert client.post(f"{API}{path}", headers=JSON, content="[" * 999).status_code == 400, path
            assert client.post(f"{API}{path}", headers=JSON, content=b" " * 8_000_001).status_code == 413, path
        for path in CLOSED:
            for method in ("GET", "HEAD", "POST", "PUT", "DELETE"):
                assert client.request(method, f"{API}{path}", headers=JSON).status_code == 404, (method, path)


def test_a_link_from_elsewhere_opens_the_page_and_a_frame_does_not(site: tuple[Remote, str]) -> None:
    _, address = site
    link = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
    page = httpx.get(f"{address}?transcript=harbour&turn=1", headers=link)
    assert page.status_code == 200
    assert httpx.get(address, headers={**link, "sec-fetch-dest": "iframe"}).status_code == 403
    policy = page.headers["content-security-policy"]
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "frame-ancestors 'none'" in policy
    assert "'unsafe-inline'" not in scripts
    assert "'sha256-" in scripts
    assert page.headers["x-content-type-options"] == "nosniff"


def test_no_other_site_may_read_a_reply_unless_it_is_named() -> None:
    friend = {"origin": "https://desk.example", "sec-fetch-site": "cross-site"}
    with serving([PANEL], allow_origins=["https://desk.example/"], allow_hosts=["panel.example"]) as (bot, address):
        asked = httpx.options(f"{address}{API}queue/join", headers={**friend, "access-control-request-method": "POST"})
        assert (asked.status_code, asked.headers["access-control-allow-origin"]) == (204, "https://desk.example")
        assert "access-control-allow-credentials" not in asked.headers
        assert edit(address, **friend).headers["access-control-allow-origin"] == "https://desk.example"
        for origin in ("https://desk.example.evil", "http://desk.example", "https://evil.example"):
            refused = httpx.get(f"{address}config", headers={"origin": origin})
            assert refused.status_code == 403
            assert not [name for name in refused.headers if name.startswith("access-control-")]
        assert httpx.get(address, headers={"host": "panel.example:80"}).status_code == 200
        assert len(bot.edits) == 1


class Trap:
    """A server of this machine that notes who calls it."""

    def __init__(self) -> None:
        self.socket = socket.socket()
        self.socket.bind(("127.0.0.1", 0))
        self.socket.listen()
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}/secret"
        self.n_calls = 0
        threading.Thread(target=self._wait, daemon=True).start()

    def _wait(self) -> None:
        while True:
            try:
                called, _ = self.socket.accept()
            except OSError:
                return
            self.n_calls += 1
            called.close()


def test_nothing_makes_the_server_fetch(site: tuple[Remote, str]) -> None:
    _, address = site
    trap = Trap()
    config = httpx.get(f"{address}config").json()
    file = {"path": trap.url, "url": trap.url, "orig_name": "a.txt", "meta": {"_type": "gradio.FileData"}}
    httpx.get(f"{address}{API}file={trap.url}")
    httpx.get(f"{address}{API}proxy={trap.url}")
    for number, _ in enumerate(config["dependencies"]):
        for data in ([[file], "", ""], [file], [{"a": [file]}]):
            body = {"data": data, "fn_index": number, "session_hash": "s"}
            assert httpx.post(f"{address}{API}queue/join", json=body).status_code == 400
    assert edit(address, referer=trap.url).status_code == 200
    assert trap.n_calls == 0
    trap.socket.close()


def test_a_login_cookie_stays_on_its_site_and_guessing_is_slow() -> None:
    with serving([PANEL], auth=[("mei", "secret")]) as (_, address):
        good = {"username": "mei", "password": "secret"}
        cookies = httpx.post(f"{address}login", data=good).headers.get_list("set-cookie")
        assert len(cookies) == 2
        assert all("samesite=lax" in cookie.casefold() and "none" not in cookie.casefold() for cookie in cookies)
        for path in ("config", f"{API}info", f"{API}queue/status"):
            assert httpx.get(f"{address}{path}").status_code == 401
        for path in ("cancel", "reset"):  # these Gradio itself lets anybody do
            body = {"session_hash": "s", "fn_index": 0, "event_id": "e"}
            assert httpx.post(f"{address}{API}{path}", json=body).status_code == 401, path
        assert httpx.get(f"{address}healthz").text == "ok"
        tried = [httpx.post(f"{address}login", data={**good, "password": str(n)}).status_code for n in range(FREE)]
        assert tried == [400] * FREE
        refused = httpx.post(f"{address}login", data=good)
        assert refused.status_code == 429
        assert int(refused.headers["retry-after"]) >= 1


def test_the_wait_after_wrong_passwords_doubles_and_a_right_one_ends_it() -> None:
    logins = Logins()
    for _ in range(FREE + 3):
        logins.note("a", right=False)
    assert 7 <= logins.wait("a") <= 9
    assert logins.wait("b") == 0
    logins.note("a", right=True)
    assert logins.wait("a") == 0


def nested(depth: int) -> bytes:
    return b'{"a":' * depth + b"1" + b"}" * depth


@pytest.mark.parametrize(
    "body", [b"{", b"[" * 100_000, nested(MAX_DEPTH + 1), b"\xff", b'{"path": "file:///x", "meta": {}}']
)
def test_json_that_harms_is_refused(body: bytes) -> None:
    with pytest.raises(Refusal):
        check_json(body)
    check_json(nested(MAX_DEPTH - 2))
    check_json(b'{"path": "talk.txt", "meta": {}}')


def test_a_server_for_everybody_goes_by_its_addresses_but_not_by_any_name() -> None:
    made: Any = rules("0.0.0.0", allow_hosts=["Panel.Example."])
    assert (made.hosts, made.any_address) == ({"panel.example"}, True)
    assert not rules("127.0.0.1").any_address

"""nginx and Caddy with the files of deploy/ before a server: names, origins, sizes, addresses, streams."""

from __future__ import annotations

import os
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from fakes.panel_bot import PANEL
from fakes.serving import Remote, assert_comes_as_it_is_made, serving
from panelbot.app.guard import MAX_BODY, MAX_UPLOAD
from panelbot.app.logins import FREE

pytestmark = pytest.mark.slow

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
NAME = "panels.example"
TOKEN = "kQ2v8sW1pX7mZ4tB"
BEARER = {"authorization": f"Bearer {TOKEN}"}
ASKED = {"question": "网点的客流"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def nginx(folder: Path, port: int, upstream: str) -> list[str]:
    """Its command, over our file with this test's port, certificate and server."""
    made = [
        "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={NAME}",
        "-keyout", str(folder / "key"), "-out", str(folder / "pem"),
    ]  # fmt: skip
    subprocess.run(made, check=True, capture_output=True)
    site = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    site = site.replace("listen 443 ssl", f"listen 127.0.0.1:{port} ssl").replace("127.0.0.1:7860", upstream)
    site = site.replace(f"/etc/ssl/{NAME}.pem", str(folder / "pem")).replace(
        f"/etc/ssl/{NAME}.key", str(folder / "key")
    )
    paths = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.geteuid() == 0 else ""  # it is to read this test's folder
    whole = f"{user} daemon off; pid {folder}/pid; events {{}} http {{ access_log off; {paths} {site} }}"
    (folder / "whole.conf").write_text(whole, encoding="utf-8")
    return ["nginx", "-e", str(folder / "errors"), "-c", str(folder / "whole.conf")]


def caddy(folder: Path, port: int, upstream: str) -> list[str]:
    """Its command, over our file with this test's port and server, and a certificate of its own making."""
    site = (DEPLOY / "Caddyfile").read_text(encoding="utf-8").replace("127.0.0.1:7860", upstream)
    site = site.replace(f"{NAME} {{", f"{NAME}:{port} {{\n\tbind 127.0.0.1\n\ttls internal", 1)
    whole = (
        f"{{\n\tadmin off\n\tauto_https disable_redirects\n\tskip_install_trust\n\tstorage file_system {folder}\n}}\n"
    )
    (folder / "Caddyfile").write_text(whole + site, encoding="utf-8")
    return ["caddy", "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]


@contextmanager
def client(port: int) -> Iterator[httpx.Client]:
    """A visitor's connections: by the proxy's name, whatever the address, as its name server would lead to it."""
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    with httpx.Client(verify=trusting, base_url=f"https://127.0.0.1:{port}", timeout=20) as visitor:
        visitor.headers["host"] = f"{NAME}:{port}"
        visitor.event_hooks["request"] = [lambda request: request.extensions.update(sni_hostname=NAME)]
        yield visitor


@pytest.fixture(params=[nginx, caddy], ids=["nginx", "caddy"], scope="module")
def proxied(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Remote, httpx.Client]]:
    kind = request.param
    if shutil.which(kind.__name__) is None:
        pytest.skip(f"needs {kind.__name__}")
    folder, port = tmp_path_factory.mktemp(kind.__name__), free_port()
    with serving([PANEL], allow_hosts=[NAME], tokens=[TOKEN]) as (bot, address):
        command = kind(folder, port, urlsplit(address).netloc.replace("localhost", "127.0.0.1"))
        with subprocess.Popen(command, cwd=folder, stderr=subprocess.DEVNULL) as process, client(port) as visitor:
            try:
                wait(visitor, process)
                yield bot, visitor
            finally:
                process.terminate()


def wait(visitor: httpx.Client, process: subprocess.Popen[bytes]) -> None:
    """Return once the server answers through the proxy."""
    for _ in range(150):
        try:
            if visitor.get("/healthz").status_code == 200:
                return
        except httpx.TransportError:
            pass
        assert process.poll() is None, "the proxy ended"
        time.sleep(0.1)
    raise AssertionError("nothing answers through the proxy")


def test_the_site_s_own_page_may_ask_and_no_other_may(proxied: tuple[Remote, httpx.Client]) -> None:
    _, visitor = proxied
    own = {"origin": f"https://{visitor.headers['host']}", "sec-fetch-site": "same-origin"}
    assert visitor.post("/api/v1/ask", json=ASKED, headers=BEARER | own).json()["status"] == "answered"
    foreign = {"origin": "https://evil.example", "sec-fetch-site": "cross-site"}
    assert visitor.post("/api/v1/ask", json=ASKED, headers=BEARER | foreign).status_code == 403
    assert visitor.get("/").status_code == 200
    assert visitor.post("/api/v1/ask", json=ASKED).status_code == 401


def test_an_answer_comes_through_as_it_is_made(proxied: tuple[Remote, httpx.Client]) -> None:
    bot, visitor = proxied
    accept = {"accept": "text/event-stream", "accept-encoding": "gzip"}
    assert_comes_as_it_is_made(bot, visitor.stream("POST", "/api/v1/ask", json=ASKED, headers=BEARER | accept))


def test_a_long_transcript_is_the_server_s_to_judge(proxied: tuple[Remote, httpx.Client]) -> None:
    _, visitor = proxied
    turns = [f"林澜：Who has key {n}? {'It is a small one. ' * 400}\n周启：I have it.\n" for n in range(200)]
    given = {"name": "long", "text": "".join(turns)}  # more than proxies take unless they are told
    assert len(given["text"]) > 1_500_000
    reply = visitor.post("/api/v1/transcripts", json=given, headers=BEARER)
    assert reply.json().get("added") == ["long"], reply.text


def test_what_is_too_large_is_told_so(proxied: tuple[Remote, httpx.Client]) -> None:
    _, visitor = proxied
    own = {"origin": f"https://{visitor.headers['host']}", "sec-fetch-site": "same-origin"}
    for path, kind, limit in (
        ("/api/v1/ask", "application/json", MAX_BODY),
        ("/gradio_api/upload", "multipart/form-data; boundary=x", MAX_UPLOAD),
    ):
        given = {**BEARER, **own, "content-type": kind}
        # Where the server refuses midway, nginx may call it a bad gateway at times: it is asked again then.
        tries = (visitor.post(path, content=bytes(limit // 2), headers=given).status_code for _ in range(5))
        assert next(code for code in tries if code != 502) != 413
        assert visitor.post(path, content=bytes(limit + 1), headers=given).status_code == 413


def test_nobody_names_another_address_to_guess_on(proxied: tuple[Remote, httpx.Client]) -> None:
    _, visitor = proxied
    tried = [
        visitor.get(
            "/api/v1/transcripts", headers={"authorization": "Bearer no", "x-forwarded-for": f"9.9.9.{n}"}
        ).status_code
        for n in range(FREE + 2)
    ]
    assert tried == [401] * FREE + [429] * 2

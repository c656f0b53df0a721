"""A server as those who run it see it: figures, a log without what was asked, an end that finishes what is begun."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from fakes.panel_bot import PANEL
from fakes.serving import serving
from panelbot.app.monitoring import kind_of

pytestmark = pytest.mark.slow

SLOW = """
import sys, time
from fakes.panel_bot import FakeBot
from panelbot.app.server import launch
from panelbot.cli.logs import set_up

class Slow(FakeBot):
    def ask(self, query, **more):
        print("asked", flush=True)
        time.sleep(2)
        return super().ask(query, **more)

    def close(self):
        print("closed", flush=True)

set_up("json")
launch(Slow(), port=None, metrics=True, ready=lambda address: print(address, flush=True))
"""


def figures(text: str) -> dict[tuple[str, ...], float]:
    families = text_string_to_metric_families(text)
    return {(s.name, *s.labels.values()): s.value for family in families for s in family.samples}


def test_figures_count_requests_by_kind_and_what_the_index_holds() -> None:
    with serving([PANEL], metrics=True) as (_, address):
        httpx.post(f"{address}api/v1/ask", json={"question": "网点的客流"})
        httpx.get(f"{address}api/v1/transcripts/gone")
        httpx.get(f"{address}whatever/anybody/asks")
        httpx.get(f"{address}api/v1/transcripts", headers={"host": "evil.example"})
        found = figures(httpx.get(f"{address}metrics").text)
    assert found["panelbot_requests_total", "ask", "200"] == 1
    assert found["panelbot_requests_total", "transcripts", "404"] == 1
    assert found["panelbot_requests_total", "transcripts", "421"] == 1
    assert found["panelbot_requests_total", "other", "404"] == 1
    assert found["panelbot_request_seconds_count", "ask"] == 1
    assert found["panelbot_transcripts",] == 1
    assert found["panelbot_turns",] == len(PANEL.turns)
    assert "gone" not in str(found)


def test_there_are_no_figures_unless_asked_for_nor_without_the_token() -> None:
    token = "kQ2v8sW1pX7mZ4tB"
    with serving([PANEL]) as (_, address):
        assert httpx.get(f"{address}metrics").status_code == 404
    with serving([PANEL], metrics=True, tokens=[token]) as (_, address):
        assert httpx.get(f"{address}metrics").status_code == 401
        given = {"authorization": f"Bearer {token}"}
        assert httpx.get(f"{address}metrics", headers=given).status_code == 200


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "page"),
        ("/api/v1/transcripts/a/turns", "transcripts"),
        ("/gradio_api/queue/join", "queue"),
        ("/metrics", "metrics"),
        ("/api/v1/askew", "other"),
        ("/x/api/v1/ask", "other"),
    ],
)
def test_kinds_are_few_whoever_sends_what(path: str, kind: str) -> None:
    assert kind_of(path) == kind


@contextmanager
def slow_server(folder: Path) -> Iterator[tuple[subprocess.Popen[str], str, Path]]:
    """A server whose answers take two seconds, its address, and the file it logs to."""
    log = folder / "log"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with (
        log.open("w") as errors,
        subprocess.Popen(
            [sys.executable, "-c", SLOW], stdout=subprocess.PIPE, stderr=errors, text=True, env=environment
        ) as process,
    ):
        pipe: Any = process.stdout
        try:
            yield process, pipe.readline().strip(), log
        finally:
            process.kill()


def test_told_to_stop_it_finishes_what_is_begun_and_logs_in_json(tmp_path: Path) -> None:
    replies: list[httpx.Response] = []
    secret = "网点的客流-and-a-name"
    with slow_server(tmp_path) as (process, address, log):
        asking = threading.Thread(
            target=lambda: replies.append(httpx.post(f"{address}api/v1/ask", json={"question": secret}, timeout=60))
        )
        asking.start()
        pipe: Any = process.stdout
        assert pipe.readline() == "asked\n"
        process.send_signal(signal.SIGTERM)
        asking.join(timeout=60)
        assert [reply.status_code for reply in replies] == [200]
        assert process.wait(timeout=60) == 0
        assert pipe.readline() == "closed\n"
        with pytest.raises(httpx.ConnectError):
            httpx.get(address)
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines() if line.startswith("{")]
    (asked,) = [line for line in lines if line.get("kind") == "ask"]
    assert (asked["logger"], asked["method"], asked["status"]) == ("panelbot.access", "POST", 200)
    assert asked["seconds"] >= 2
    assert re.match(r"\d{4}-\d\d-\d\d ", asked["time"])
    assert any(line["message"] == "stopping on SIGTERM" for line in lines)
    assert secret not in log.read_text(encoding="utf-8")


def test_a_second_signal_does_not_wait(tmp_path: Path) -> None:
    with slow_server(tmp_path) as (process, address, _):
        threading.Thread(target=lambda: _ignore(address), daemon=True).start()
        pipe: Any = process.stdout
        assert pipe.readline() == "asked\n"
        process.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=10) == -signal.SIGTERM


def _ignore(address: str) -> None:
    try:
        httpx.post(f"{address}api/v1/ask", json={"question": "客流"}, timeout=30)
    except httpx.HTTPError:
        return

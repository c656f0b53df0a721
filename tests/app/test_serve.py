"""``panelbot serve``: passwords, warnings, and what is refused, without opening a page."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest

from fakes.panel_bot import PANEL
from fakes.serving import serving
from panelbot.app import server
from panelbot.app.server import options
from panelbot.cli import main
from panelbot.cli.serve import read_auth
from panelbot.errors import InputError


@pytest.fixture
def launched(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[dict[str, Any]]:
    """What the page would have been launched with."""
    calls: list[dict[str, Any]] = []
    monkeypatch.setenv("PANELBOT_EMBEDDING_MODEL", "hash")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(server, "launch", lambda _, **given: calls.append(given))
    return calls


def test_it_listens_to_this_machine_alone_unless_told(
    launched: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["serve"]) == 0
    assert (launched[0]["host"], launched[0]["port"], launched[0]["auth"]) == ("127.0.0.1", 7860, None)
    assert not launched[0]["read_only"]
    assert not launched[0]["mcp"]
    assert capsys.readouterr() == ("", "")


def test_a_wider_address_without_a_password_is_warned_of(
    launched: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["serve", "--host", "0.0.0.0", "--read-only", "--share-off"]) == 0
    assert launched[0]["read_only"]
    assert "anyone who can reach 0.0.0.0" in capsys.readouterr().err
    assert main(["serve", "--host", "0.0.0.0", "--auth", "mei:a:b"]) == 0
    assert launched[1]["auth"] == [("mei", "a:b")]
    assert capsys.readouterr().err == ""


def test_a_file_holds_several_passwords(tmp_path: Path) -> None:
    file = tmp_path / "users"
    file.write_text("mei:secret\n\n 林 : p:w \n", encoding="utf-8")
    assert read_auth(str(file)) == [("mei", "secret"), ("林", "p:w")]


@pytest.mark.parametrize("given", ["mei", "mei:", ":secret", "no/such/file"])
def test_what_is_no_password_is_refused(given: str) -> None:
    with pytest.raises(InputError, match="USER:PASSWORD"):
        read_auth(given)


def test_tools_and_a_password_do_not_go_together(
    launched: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["serve", "--mcp", "--auth", "mei:secret"]) == 2
    assert launched == []
    assert "--mcp goes with neither --auth nor --token" in capsys.readouterr().err


@pytest.mark.slow
def test_a_taken_port_is_one_sentence() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(InputError, match=f"port {port}"), serving([PANEL], port=port):
            pass


def test_nothing_is_told_to_another_host_and_nothing_kept_of_visitors() -> None:
    given = options()
    assert [given[key] for key in ("share", "run_history", "enable_monitoring", "pwa")] == [False] * 4
    assert "https:" not in server.head()
    assert "http:" not in server.head()

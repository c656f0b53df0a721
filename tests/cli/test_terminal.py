"""What a person at a terminal sees: tables, versions, what the doctor says; and that nothing in a name acts there."""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import pytest

import panelbot
from panelbot.bot import examine, open_demo
from panelbot.cli import main
from panelbot.cli.tables import table
from panelbot.config import Settings
from panels import open_bot, write_panels

HASH = Settings(embedding_model="hash")


def at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", "100")


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("PANELBOT_EMBEDDING_MODEL", "hash")
    monkeypatch.chdir(tmp_path)
    bot = open_bot(tmp_path / "index")
    bot.add([write_panels(tmp_path / "corpus")])
    bot.close()
    return "index"


@pytest.mark.parametrize(
    ("command", "heading"),
    [(["list"], "title"), (["speakers", "harbour"], "organization"), (["search", "网点"], "transcript")],
)
def test_a_terminal_gets_a_table_and_a_pipe_gets_lines(
    index: str,
    command: list[str],
    heading: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(command) == 0
    piped = capsys.readouterr().out
    assert heading not in piped.splitlines()[0]
    at_a_terminal(monkeypatch)
    assert main(command) == 0
    shown = capsys.readouterr().out
    assert heading in shown.splitlines()[0]
    assert "\t" not in shown


def test_what_stands_in_a_cell_does_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    cells = ("[red]bold[/red]", "\x1b[2Jgone", "a\nb", "[link=http://x.example]y[/link]")
    for terminal in (False, True):
        if terminal:
            at_a_terminal(monkeypatch)
        table(("one", "two", "three", "four"), [cells])
        shown = capsys.readouterr().out
        assert all(part in shown for part in ("[red]bold[/red]", "\\x1b[2Jgone", "a\\nb", "[link=http"))
        assert "\x1b[2J" not in shown


def test_the_version_comes_with_its_parts(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    first, second, parts = capsys.readouterr().out.splitlines()
    assert first == f"panelbot {panelbot.__version__}"
    assert second.startswith("Python 3.")
    assert f"gradio {version('gradio')}" in parts


def test_the_doctor_finds_nothing_wrong_with_a_good_index(index: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--json"]) == 0
    found = {finding["part"]: finding for finding in json.loads(capsys.readouterr().out)["findings"]}
    assert list(found) == ["embedding model", "index", "engine", "reranker", "language model", "fonts"]
    assert found["index"]["state"] == "works"
    assert found["index"]["said"].startswith("2 transcripts")
    assert found["language model"]["state"] == "off"


def test_the_doctor_says_what_is_broken_and_what_to_do(index: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("panelbot.toml").write_text(
        'embedding_model = "no/such/model/folder"\nllm_base_url = "http://127.0.0.1:9"\n',
        encoding="utf-8",
    )
    os.environ.pop("PANELBOT_EMBEDDING_MODEL")
    assert main(["doctor"]) == 2
    said = capsys.readouterr()
    assert re.search(r"^embedding model\tbroken\t", said.out, re.MULTILINE)
    assert re.search(r"^index\tbroken\t.*made with the embedding model 'hash'", said.out, re.MULTILINE)
    assert re.search(r"^language model\tbroken\tThe language model cannot be reached", said.out, re.MULTILINE)
    assert "embedding model: Set embedding_model to builtin." in said.err
    assert "language model: See that http://127.0.0.1:9 runs" in said.err


def test_the_doctor_makes_no_index(tmp_path: Path) -> None:
    found = {finding.part: finding for finding in examine(tmp_path / "index", HASH)}
    assert found["index"].state == "off"
    assert "panelbot add" in found["index"].remedy
    assert not (tmp_path / "index").exists()


def test_the_samples_have_an_index_of_their_own_that_is_made_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PANELBOT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("PANELBOT_EMBEDDING_MODEL", "hash")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PANELBOT_CATALOGUE", "postgresql://127.0.0.1:9/none")  # which is not theirs
    assert main(["list", "--demo"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 4
    assert not (tmp_path / "index").exists()
    first = open_demo(replace(HASH, catalogue="postgresql://127.0.0.1:9/none"))
    generation = first._library.store.generation
    first.close()
    assert open_demo(HASH)._library.store.generation == generation

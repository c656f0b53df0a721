"""What a transcript or a terminal may bring along: no escape reaches the terminal, and every fault is one sentence."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from panelbot.bot import markdown, to_csv
from panelbot.bot.quotes import QuoteRow
from panelbot.cli import main
from panelbot.cli.plain import plain, plain_json
from panels import HARBOUR, open_bot

EVIL = "\x1b]52;c;ZXZpbA==\x07\x1b[31m\x9b2J\u202e"
SOURCE = Path(__file__).resolve().parents[2] / "src"


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PANELBOT_EMBEDDING_MODEL", "hash")
    monkeypatch.chdir(tmp_path)
    turns = [{"speaker": f"Ada{EVIL}", "text": f"We met at the harbour.{EVIL}"}]
    document = {"id": f"evil\nremoved    harbour{EVIL}", "title": f"Night{EVIL}", "turns": turns}
    (tmp_path / "evil.json").write_text(json.dumps(document), encoding="utf-8")
    (tmp_path / "harbour.txt").write_text(HARBOUR, encoding="utf-8")
    open_bot(tmp_path / "index").add([tmp_path / "evil.json", tmp_path / "harbour.txt"])
    return tmp_path / "index"


def acts(text: str) -> set[str]:
    return {c for c in text if c not in "\n\t\r" and not c.isprintable()}


def test_nothing_in_a_transcript_acts_on_the_terminal(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = {"query_id": f"1\nforged{EVIL}", "query": f"harbour met{EVIL}", "kind": EVIL, "gold_turns": [0]}
    more = {"query_id": "2", "query": f"同意{EVIL}", "transcript_id": "harbour", "gold_turns": [3], "kind": "b"}
    evil = next(t.id for t in open_bot(index).transcripts() if t.id.startswith("evil"))
    questions = (json.dumps({"transcript_id": evil, **each}) for each in (asked, more))
    Path("q.jsonl").write_text("\n".join(questions), encoding="utf-8")
    for command in (
        ["list"], ["search", "harbour"], ["ask", "who met at the harbour?"], ["speakers", evil], ["list", "--json"],
        ["export", evil], ["search", "harbour", "--json"], ["speakers", f"none{EVIL}"],
        ["export", "--quotes", "--question", "harbour met"], ["evaluate", "q.jsonl", "--by", "kind", "--report", "r1"],
        ["export", "--quotes", "--question", "harbour met", "--format", "markdown"],
        ["evaluate", "q.jsonl", "--set", "ranker=fusion", "--report", "r2"], ["evaluate", "--compare", "r1", "r2"],
        ["remove", evil],
    ):  # fmt: skip
        done = main(command)
        said = capsys.readouterr()
        assert done == (1 if f"none{EVIL}" in command else 0), said.err
        assert acts(said.out) == set(), command
        assert acts(said.err) == set(), command
        assert "\nremoved    harbour" not in said.out or "quote,start" in said.out  # CSV quotes a cell's lines
        assert "\nforged" not in said.out + said.err
        if "--json" in command or command[:2] == ["export", evil]:
            assert EVIL in json.dumps(json.loads(said.out), ensure_ascii=False).replace("\\u001b", "\x1b").replace(
                "\\u0007", "\x07"
            )


@pytest.mark.slow
def test_nothing_that_is_logged_acts_on_the_terminal(tmp_path: Path) -> None:
    for form, line in (("quiet", 1), ("text", 1), ("json", 1)):
        code = (
            "import logging, sys; from panelbot.cli.main import log_plainly; from panelbot.cli.logs import set_up\n"
            f"log_plainly(); set_up({form!r}); logging.getLogger('panelbot').warning('%s left out', {EVIL!r})"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": str(SOURCE)}, capture_output=True, text=True
        )
        assert (acts(done.stderr), done.stderr.count("\n")) == (set(), line), form
        assert "left out" in done.stderr


def test_ordinary_text_is_printed_as_it_is() -> None:
    text = "网点的客流，😀 “quoted” naïve\u3000x"
    assert plain(text) == plain_json(text) == text
    assert plain("a\tb\nc", keep="\t") == "a\tb\\nc"


def test_a_spreadsheet_runs_nothing() -> None:
    facts = {"question": "", "transcript_id": "", "title": "", "date": "", "turn": 1, "speaker": ""}
    facts |= {"organization": "", "speaker_title": "", "start": 0, "end": 1}
    for formula in ("=1+1", "＝1+1", "\u200b=1", "\ufeff@SUM(1)", " \u2009－1", "\x00=1", "+1", "\t=1", "\n=1", "a;=1"):
        [_, cells] = to_csv([QuoteRow(quote=formula, **facts)]).split("\r\n", 1)  # type: ignore[arg-type]
        assert f',"{formula}' not in cells or formula == "a;=1"
        assert '"a;=1"' in cells or "\"'" in cells


def test_markdown_shows_the_text_and_makes_nothing_of_it() -> None:
    for text in (
        "![x](https://evil.example/a.png)",
        "[x]: https://evil.example",
        "<img src=x>",
        "https://evil.example",
    ):
        assert "https:" not in markdown(text)
        assert not set(markdown(text).replace("\\!", "").replace("\\[", "").replace("\\<", "")) & set("![<")
    assert markdown("# a\n- b\n1. c\n=== d") == "\\# a\n\\- b\n1\\. c\n\\=== d"
    assert markdown("客流 80%。") == "客流 80%。"


def run(*arguments: str | bytes, folder: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    env = {**os.environ, "PYTHONPATH": str(SOURCE), "PANELBOT_EMBEDDING_MODEL": "hash", **environment}
    command: list[str | bytes] = [sys.executable, "-m", "panelbot", *arguments]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True)


@pytest.mark.slow
def test_a_question_that_is_no_text_and_a_terminal_that_shows_none(index: Path) -> None:
    asked = run("ask", b"\xff\xfe", folder=index.parent)
    assert (asked.returncode, asked.stderr.count(b"\n")) == (2, 1)
    listed = run("ask", "网点的客流量恢复得怎么样？", folder=index.parent, PYTHONIOENCODING="ascii", LC_ALL="C")
    assert listed.returncode == 0
    assert b"\\u" in listed.stdout
    assert b"Traceback" not in asked.stderr + listed.stderr


def test_what_goes_wrong_is_one_sentence(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def fails(*arguments: str, code: int = 2) -> str:
        assert main([*arguments]) == code
        said = capsys.readouterr()
        assert said.err.count("\n") == 1
        return said.err

    assert "no port" in fails("serve", "--port", "99999")
    assert "USER:PASSWORD" in fails("serve", "--auth", "")
    assert "characters" in fails("ask", "x" * 2001)
    assert "characters" in fails("ask", "who?", "--history", "x" * 1_000_000)
    with sqlite3.connect(index / "panelbot.sqlite") as db:
        db.execute("UPDATE turns SET text = 'another' WHERE position = 1")
    db.close()
    assert "panelbot check" in fails("ask", "harbour")
    assert main(["check"]) == 2
    assert "'harbour' is not the one that was written" in capsys.readouterr().out
    (index / "panelbot.sqlite").unlink()
    assert "missing or empty" in fails("list")


def test_a_sound_index_is_said_to_be_sound(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    assert capsys.readouterr().out == "2 transcripts checked, 0 faults\n"
    assert main(["check", "--index", "nowhere"]) == 2
    assert not Path("nowhere").exists()

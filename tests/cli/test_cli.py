"""The command line: results on stdout, the rest on stderr, exit codes, JSON with the API's field names."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from panelbot.cli import build_parser, main
from panelbot.cli.main import COMMANDS
from panels import write_panels

ROOT = Path(__file__).resolve().parents[2]


class Result(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def json(self):  # type: ignore[no-untyped-def]
        return json.loads(self.out)


Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, reads_here: None) -> Run:
    """Runs one command over an index of the two test panels, with the embedder that hashes."""
    monkeypatch.setenv("PANELBOT_EMBEDDING_MODEL", "hash")
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> Result:
        code = main(["--index", str(tmp_path / "index"), *arguments])
        return Result(code, *capsys.readouterr())

    assert run("add", str(write_panels(tmp_path / "corpus"))).code == 0
    return run


def test_add_says_what_it_did_and_fails_for_a_bad_file_only_after_adding_the_good(run: Run, tmp_path: Path) -> None:
    (tmp_path / "corpus" / "bad.json").write_text("{", encoding="utf-8")
    result = run("add", str(tmp_path / "corpus"), "--json")
    assert result.code == 2
    assert result.json["unchanged"] == ["harbour", "library"]
    assert [Path(failure["path"]).name for failure in result.json["failed"]] == ["bad.json"]
    assert "bad.json" in result.err
    assert "Traceback" not in result.err


def test_a_dry_run_shows_turns_and_speakers_and_stores_nothing(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "third.txt"
    file.write_text((tmp_path / "corpus" / "library.txt").read_text(encoding="utf-8"), encoding="utf-8")
    result = run("add", "--dry-run", str(file))
    assert "Ana Ruiz" in result.out
    assert "[4]" in result.out
    assert [t["id"] for t in run("list", "--json").json["transcripts"]] == ["harbour", "library"]


def test_search_prints_json_with_the_fields_of_a_hit(run: Run) -> None:
    hit = run("search", "网点客流量恢复", "--json", "-k", "2").json["hits"][0]
    assert {"rank", "transcript_id", "turn", "speaker", "text", "start", "end", "score"} <= set(hit)
    assert (hit["rank"], hit["turn"], hit["speaker"]["name"]) == (1, 1, "陆远")


def test_search_can_be_explained_and_scoped(run: Run) -> None:
    result = run("search", "成本", "--explain", "--speaker", "顾澜", "--transcript", "harbour")
    assert result.code == 0
    assert "1. 顾澜 · harbour" in result.out
    assert re.search(r"\w+ -?\d+\.\d{3}", result.out)


def test_ask_prints_the_answer_and_its_quotes(run: Run) -> None:
    result = run("ask", "青禾银行的网点客流量恢复得怎么样？")
    assert result.code == 0
    assert "八成" in result.out
    assert "[1] 陆远" in result.out
    answer = run("ask", "青禾银行的网点客流量恢复得怎么样？", "--json").json
    assert answer["status"] == "answered"
    assert (answer["citations"][0]["speaker"], answer["citations"][0]["turn"]) == ("陆远", 1)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["remove", "nope"], 1, "no transcript 'nope'"),
        (["speakers", "nope"], 1, "no transcript 'nope'"),
        (["export", "nope"], 1, "no transcript 'nope'"),
        (["search", "x", "--speaker", "Nobody"], 1, "'Nobody'"),
        (["search", "  "], 2, "question is empty"),
        (["search", "x", "-k", "0"], 2, "k must be 1 or more"),
        (["add", "nowhere"], 2, "no file or folder nowhere"),
        (["add"], 2, "panelbot add corpus/"),
        (["export"], 2, "--quotes"),
        (["export", "--quotes"], 2, "No questions"),
        (["--config", "none.toml", "list"], 2, "no settings file none.toml"),
        (["speakers", "harbour", "--set", "gibberish"], 2, "gibberish"),
    ],
)
def test_a_mistake_is_one_sentence_on_stderr(run: Run, arguments: list[str], code: int, said: str) -> None:
    result = run(*arguments)
    assert (result.code, result.out) == (code, "")
    assert said in result.err
    assert len(result.err.strip().splitlines()) == 1


def test_speakers_are_shown_and_edited(run: Run) -> None:
    shown = run("speakers", "harbour", "--json").json
    assert shown["transcript_id"] == "harbour"
    assert "陆远" in [speaker["name"] for speaker in shown["speakers"]]
    assert run("speakers", "harbour", "--set", "陆远.title=行长").code == 0
    assert "行长" in run("speakers", "harbour").out


def test_export_gives_back_a_transcript_that_can_be_added(run: Run, tmp_path: Path) -> None:
    document = run("export", "harbour").json
    file = tmp_path / "copy.json"
    file.write_text(json.dumps(document | {"id": "copy"}, ensure_ascii=False), encoding="utf-8")
    assert run("add", str(file)).code == 0
    again = run("export", "copy").json
    assert again["turns"] == document["turns"]
    assert [s["name"] for s in again["speakers"]] == [s["name"] for s in document["speakers"]]


def test_quotes_are_exported_as_a_sheet(run: Run) -> None:
    csv = run("export", "--quotes", "--question", "青禾银行的网点客流量恢复得怎么样？").out
    assert csv.splitlines()[0].startswith("question,transcript_id,title,date,turn,speaker")
    assert "陆远" in csv
    markdown = run("export", "--quotes", "--question", "网点客流量恢复得怎么样？", "--format", "markdown").out
    assert markdown.startswith("> ")


def test_remove_and_list(run: Run) -> None:
    assert run("remove", "library").out == "removed    library\n"
    assert [line.split("\t")[0] for line in run("list").out.splitlines()] == ["harbour"]


def test_chat_understands_a_follow_up(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("青禾银行的网点客流量恢复得怎么样？\n那潮声科技呢？\n"))
    result = run("chat")
    assert result.code == 0
    assert "陆远" in result.out
    assert "顾澜" in result.out


def test_every_command_of_the_design_exists_and_has_help(capsys: pytest.CaptureFixture[str]) -> None:
    for command in COMMANDS:
        with pytest.raises(SystemExit) as stop:
            build_parser().parse_args([command, "--help"])
        assert stop.value.code == 0
        shown = capsys.readouterr().out
        assert "--index DIR" in shown
        assert "--json" in shown


def test_every_command_line_in_the_readme_can_be_parsed() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    lines = re.findall(r"^    (?:\.venv/bin/)?panelbot (.+)$", readme, re.MULTILINE)
    assert len(lines) >= 6
    import shlex

    for line in lines:
        args = build_parser().parse_args(shlex.split(line))
        assert callable(args.run), line

"""``panelbot evaluate`` from files to report, with the embedder that hashes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from panelbot.cli import main
from panels import write_panels


class Result(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_panels(tmp_path / "corpus")


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, reads_here: None) -> Run:
    monkeypatch.setenv("PANELBOT_EMBEDDING_MODEL", "hash")
    monkeypatch.chdir(tmp_path)

    def run(*arguments: object) -> Result:
        code = main(["evaluate", *map(str, arguments)])
        return Result(code, *capsys.readouterr())

    return run


@pytest.fixture
def questions(tmp_path: Path, corpus: Path, run: Run, capsys: pytest.CaptureFixture[str]) -> Path:
    """Each of the first panel's turns asked for in its own words: search finds it; and one that has no answer."""
    assert main(["add", str(corpus)]) == 0
    capsys.readouterr()
    main(["list", "--json"])
    name = json.loads(capsys.readouterr().out)["transcripts"][0]["id"]
    main(["export", name])
    turns = json.loads(capsys.readouterr().out)["turns"]
    lines = [
        {"query_id": f"t{turn['index']}", "transcript_id": name, "query": turn["text"], "gold_turns": [turn["index"]]}
        for turn in turns
    ]
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    return file


def test_a_table_goes_to_stdout_and_the_report_is_named_on_stderr(run: Run, questions: Path, corpus: Path) -> None:
    result = run(questions, "--transcripts", corpus, "--report", "report")
    assert result.code == 0
    assert "nDCG@10" in result.out
    assert "report" not in result.out
    assert "report/index.html" in result.err
    names = {path.name for path in Path("report").iterdir()}
    assert names == {"index.html", "results.jsonl", "run.json", "default.run", "gold_turns.qrels"}


def test_a_shared_catalogue_is_not_where_files_are_evaluated(
    run: Run, questions: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PANELBOT_CATALOGUE", "postgresql://127.0.0.1:9/none")  # nobody is there
    assert run(questions, "--transcripts", corpus).code == 0
    assert run(questions).code == 2


def test_the_index_of_the_user_is_left_alone(run: Run, questions: Path, corpus: Path) -> None:
    before = {path: path.read_bytes() for path in Path("index").rglob("*") if path.is_file()}
    assert run(questions, "--transcripts", corpus).code == 0
    assert run(questions, "--answers").code == 0
    assert {path: path.read_bytes() for path in Path("index").rglob("*") if path.is_file()} == before


def test_json_is_one_document_with_the_rows(run: Run, questions: Path) -> None:
    document = json.loads(run(questions, "--json", "--answers", "--limit", 2).out)
    assert len(document["rows"]) == 2
    assert {"ask", "understand", "embedding", "retrieve", "answer"} == set(document["rows"][0]["seconds"])
    assert document["run"]["limit"] == 2
    assert document["summary"][0]["estimates"][0]["measure"] == "Success@1"


def test_every_fault_is_told_without_a_traceback(run: Run, questions: Path) -> None:
    questions.write_text('{"query": 3}\n{"query', encoding="utf-8")
    result = run(questions)
    assert (result.code, result.out) == (2, "")
    assert "questions.jsonl:1: gold_turns or quotes are missing" in result.err
    assert "questions.jsonl:1: query must be" in result.err
    assert "questions.jsonl:2: not JSON" in result.err
    assert "Traceback" not in result.err


def test_a_drop_fails_and_names_the_question(run: Run, questions: Path) -> None:
    assert run(questions, "--write-expected", "expected.json").code == 0
    assert run(questions, "--expect", "expected.json").code == 0
    lines = [json.loads(line) for line in questions.read_text(encoding="utf-8").splitlines()]
    for line in lines:
        line["query"] = "zzz"
    questions.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    result = run(questions, "--expect", "expected.json")
    assert result.code == 1
    assert "t1 (zzz)" in result.err
    assert "RR: expected" in result.err


def test_settings_side_by_side_and_reports_against_each_other(run: Run, questions: Path) -> None:
    both = run(questions, "--set", "ranker=conversation,fusion", "--report", "both")
    assert "ranker=fusion" in both.out
    assert {"ranker=fusion.run", "ranker=conversation.run"} <= {path.name for path in Path("both").iterdir()}
    assert run(questions, "--report", "one").code == 0
    result = run("--compare", "one", "both:ranker=fusion")
    assert result.code == 0
    assert "better / worse / same" in result.out
    assert run("--compare", "one", "both").code == 2
    assert run("--compare", "one", "nowhere").code == 2


@pytest.mark.parametrize(
    "arguments", [(), ("absent.jsonl",), ("q.jsonl", "--set", "colour=red"), ("q.jsonl", "--compare", "a", "b")]
)
def test_bad_usage_is_one_sentence(run: Run, arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("panelbot: ")
    assert "Traceback" not in result.err

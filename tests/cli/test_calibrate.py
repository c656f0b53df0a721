"""``panelbot evaluate --calibrate`` with a real cross-encoder that knows nothing, over the embedder that hashes."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from panelbot.cli import main
from panelbot.config import load_settings
from panels import write_panels
from rerank.tiny import write_tiny

pytestmark = pytest.mark.slow


@pytest.fixture
def questions(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Twenty questions that have an answer and two that have none, of the first panel."""
    monkeypatch.setenv("PANELBOT_EMBEDDING_MODEL", "hash")
    monkeypatch.chdir(tmp_path)
    assert main(["add", str(write_panels(tmp_path / "corpus"))]) == 0
    capsys.readouterr()
    main(["list", "--json"])
    name = json.loads(capsys.readouterr().out)["transcripts"][0]["id"]
    asked = [{"query": f"where is ferry {n}?", "gold_turns": [0]} for n in range(20)]
    asked += [{"query": f"is the harbour late {n}?", "gold_turns": [], "answerable": False} for n in range(2)]
    lines = [{"query_id": f"q{i}", "transcript_id": name, **row} for i, row in enumerate(asked)]
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return file


def test_what_it_prints_are_settings(questions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tiny = write_tiny(tmp_path / "tiny")
    assert main(["evaluate", str(questions), "--calibrate", "--set", f"reranker={tiny}"]) == 0
    out, err = capsys.readouterr()
    (tmp_path / "found.toml").write_text(out, encoding="utf-8")
    settings = load_settings(tmp_path / "found.toml", environ={})
    assert settings.reranker == str(tiny)
    assert settings.reranker_point == pytest.approx(tomllib.loads(out)["reranker_point"])
    assert "of 20 questions with an answer" in err
    assert "of 2 without one" in err


def test_without_a_reranker_there_is_nothing_to_calibrate(questions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(questions), "--calibrate"]) == 2
    assert "Name the reranker to calibrate" in capsys.readouterr().err

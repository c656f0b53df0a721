"""Help pages: every example on them runs, the docs hold the same, a shell completes what they name."""

from __future__ import annotations

import io
import json
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from panelbot.app import server
from panelbot.cli import main
from panelbot.cli.examples import EXAMPLES
from panelbot.cli.main import COMMANDS
from panelbot.cli.pages import pages

ROOT = Path(__file__).resolve().parents[2]
RUN_APART = {"watch"}  # it runs until it is ended: test_watch.py
COUNCIL = "Ada Moss - We open at nine.\nTom Ash - And close at six.\nAda Moss - Except on market days.\n"
TALK = "Ada: Who has the key?\nTom: I have.\nAda: Then let us go in.\nTom: After you.\n"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as a newcomer has it: the sample panels in corpus/, added, and two files to try."""
    folder = tmp_path_factory.mktemp("desk")
    shutil.copytree(ROOT / "corpus", folder / "corpus")
    (folder / "council.txt").write_text(COUNCIL, encoding="utf-8")
    (folder / "talk.txt").write_text(TALK, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PANELBOT_EMBEDDING_MODEL", "hash")
        patch.chdir(folder)
        assert main(["add", "corpus/"]) == 0
    return folder


def examples() -> list[str]:
    return [example for name, shown in EXAMPLES.items() if name not in RUN_APART for example, _ in shown]


def test_every_command_has_examples_of_its_own() -> None:
    assert list(EXAMPLES) == sorted(COMMANDS, key=list(EXAMPLES).index)
    assert set(EXAMPLES) == set(COMMANDS)
    for name, shown in EXAMPLES.items():
        assert all(f"panelbot {name}" in example for example, _ in shown), name


@pytest.mark.parametrize("example", examples())
def test_an_example_runs(
    example: str,
    desk: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    shutil.copytree(desk, tmp_path / "desk")
    monkeypatch.chdir(tmp_path / "desk")
    monkeypatch.setenv("PANELBOT_EMBEDDING_MODEL", "hash")
    monkeypatch.setenv("PANELBOT_CACHE", str(tmp_path / "cache"))
    launched: list[dict[str, Any]] = []
    monkeypatch.setattr(server, "launch", lambda _, **given: launched.append(given))
    said, _, command = example.rpartition(" | ")
    monkeypatch.setattr("sys.stdin", io.StringIO(shlex.split(said)[1] + "\n" if said else ""))
    words = command.partition(" > ")[0]
    assert main(shlex.split(words)[1:]) == 0
    out = capsys.readouterr().out
    assert bool(launched) == ("serve" in words) == (not out)
    if "--json" in words:
        json.loads(out)


def test_help_shows_the_examples(capsys: pytest.CaptureFixture[str]) -> None:
    for name, shown in EXAMPLES.items():
        with pytest.raises(SystemExit) as ended:
            main([name, "--help"])
        assert ended.value.code == 0
        page = capsys.readouterr().out
        assert all(f"  {example}\n" in page for example, _ in shown), name


def test_the_docs_page_is_made_of_the_help_pages() -> None:
    written = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert written == pages(), "make it anew: python -m panelbot.cli.pages > docs/commands.md"


def completed(folder: Path, script: str, line: str) -> set[str]:
    """What bash offers at the end of ``line``."""
    words = line.split(" ")
    asked = f"""
    source {shlex.quote(script)}
    COMP_WORDS=({" ".join(map(shlex.quote, words))}); COMP_CWORD={len(words) - 1}; COMP_LINE={shlex.quote(line)}
    COMP_POINT={len(line)}
    $(complete -p panelbot | sed -E 's/.* -F ([^ ]+).*/\\1/') panelbot {shlex.quote(words[-1])}
    printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    done = subprocess.run(["bash", "-c", asked], cwd=folder, capture_output=True, text=True, check=False)
    return {word.strip() for word in done.stdout.splitlines()}


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_bash_completes_commands_flags_and_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", "bash"]) == 0
    script = tmp_path / "panelbot.bash"
    script.write_text(capsys.readouterr().out, encoding="utf-8")
    (tmp_path / "harbour.srt").touch()
    assert completed(tmp_path, str(script), "panelbot se") == {"search", "serve"}
    assert completed(tmp_path, str(script), "panelbot serve --allow-") == {"--allow-host", "--allow-origin"}
    assert completed(tmp_path, str(script), "panelbot add harb") == {"harbour.srt"}


@pytest.mark.parametrize("shell", ["zsh", "fish", "tcsh"])
def test_other_shells_get_a_script_that_names_every_command(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert [name for name in COMMANDS if name not in script] == []

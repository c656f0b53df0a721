"""Help pages: they show their examples, docs/commands.md holds the same, a shell completes what they name."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from panelbot.cli import main
from panelbot.cli.examples import EXAMPLES
from panelbot.cli.main import COMMANDS
from panelbot.cli.pages import pages

ROOT = Path(__file__).resolve().parents[2]


def test_every_command_has_examples_of_its_own() -> None:
    assert list(EXAMPLES) == sorted(COMMANDS, key=list(EXAMPLES).index)
    assert set(EXAMPLES) == set(COMMANDS)
    for name, shown in EXAMPLES.items():
        assert all(f"panelbot {name}" in example for example, _ in shown), name


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

"""Runs an example as its reader would: beside the sample panels in ``corpus/``, and with a server where one is named.

Knows no page. What takes data that is not ours, or hours, is looked at by its form and then skipped, with the reason.
"""

from __future__ import annotations

import io
import json
import re
import shlex
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from pkgutil import resolve_name
from typing import Any
from unittest import SkipTest

import pytest
from sybil import Example

from docs.forms import is_made, look_at_extras, look_at_script
from docs.pages import ROOT
from panelbot.app import server
from panelbot.cli import main
from panelbot.cli.main import build_parser
from panelbot.config import load_settings

ADDRESS = "http://127.0.0.1:7860"
DEPLOYED = [file.read_text(encoding="utf-8") for file in sorted((ROOT / "deploy").glob("*")) if file.is_file()]

_PLACEHOLDER = re.compile(r"\b(?:DATA|INDEX)\b")  # of measurements: a folder the reader has


class Runner:
    """One example, in the working directory; ``site`` gives the address of a server over the sample panels."""

    def __init__(self, site: Callable[[], str], patch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._site, self._patch, self._capsys = site, patch, capsys
        self.launched = 0
        patch.setattr(server, "launch", self._launch)
        patch.setattr("watchfiles.watch", lambda *_, **__: iter([set()]))  # as where nothing changes before it is ended

    def _launch(self, *_: Any, **__: Any) -> None:
        self.launched += 1

    def __call__(self, example: Example) -> None:
        """Run it, or look at it.

        Raises:
            SkipTest: it was only looked at.
        """
        language, source = example.parsed
        if ADDRESS in source and hasattr(self, f"run_{language}"):
            source = source.replace(ADDRESS, self._site().rstrip("/"))
        getattr(self, f"run_{language}", self._deployed)(source, example)

    def run_python(self, source: str, example: Example) -> None:
        """In a thread of its own, where an example may run a loop; the names of a page's examples are shared."""
        code = compile("\n" * example.line + source, example.path, "exec")
        with ThreadPoolExecutor(1) as pool:
            pool.submit(exec, code, example.namespace).result()

    def run_toml(self, source: str, example: Example) -> None:
        """Settings that are known, and possible."""
        file = Path("example.toml")
        file.write_text(source, encoding="utf-8")
        assert load_settings(file, environ={}) != load_settings(environ={}), "it sets nothing"

    def run_json(self, source: str, example: Example) -> None:
        """A question for evaluation, or the address of the tools of a server that answers there."""
        known = json.loads(source)
        if "mcpServers" in known:
            from docs.tools import names_of_tools

            assert names_of_tools(known["mcpServers"]["panelbot"]["url"]) == {"search", "ask", "read_turns"}
            return
        Path("questions.jsonl").write_text(json.dumps(known) + "\n", encoding="utf-8")
        assert main(["evaluate", "questions.jsonl", "--transcripts", "corpus/"]) == 0

    def _deployed(self, source: str, example: Example) -> None:
        """Part of a file that the tests of deployment run."""
        assert any(source.strip() in text for text in DEPLOYED), "it stands in no file of deploy/"

    def run_mermaid(self, source: str, example: Example) -> None:
        """A drawing: what a box names in front of its colon is in the package."""
        assert source.startswith("flowchart"), "it is no drawing"
        for name in re.findall(r'\["([\w.]+)', source):
            resolve_name(f"panelbot.{name}")

    def run_bash(self, source: str, example: Example) -> None:
        """Each command in turn."""
        lines = re.sub(r"\\\n\s*", "", source).splitlines()
        unrun = [line for line in filter(None, lines) if not self._command(line)]
        if unrun:
            raise SkipTest(f"takes data that is not ours, or hours; script and flags are there: {unrun[0]}")

    def _command(self, line: str) -> bool:
        """Whether it was run, not only looked at."""
        words = shlex.split(line, comments=True)
        if words[0] == "python":
            look_at_script(words)
            return False
        if is_made(line):
            return True
        if words[:2] == ["pip", "install"]:
            look_at_extras(words[-1])
        elif words[0] == "curl":
            _curl(line)
        elif "panelbot" in words and _PLACEHOLDER.search(line):
            build_parser().parse_args(words[1:])
            return False
        elif "panelbot" in words:
            self._panelbot(words)
        else:
            raise AssertionError(f"nobody runs this: {line}")
        return True

    def _panelbot(self, words: list[str]) -> None:
        """In this process; ``echo TEXT |`` before it and ``> FILE`` or ``&`` behind it are understood."""
        at = words.index("panelbot")
        if at:
            assert (words[0], words[at - 1]) == ("echo", "|")
        self._patch.setattr("sys.stdin", io.StringIO(words[1] + "\n" if at else ""))
        given = words[at + 1 :]
        if given[0] == "evaluate" and "--limit" not in given:
            given += ["--limit", "5"]  # of a hundred: `make evaluate` runs them all
        given, into = (given[:-2], given[-1]) if given[-2:-1] == [">"] else (given, None)
        launched = self.launched
        self._capsys.readouterr()
        assert main([word for word in given if word != "&"]) == 0
        out = self._capsys.readouterr().out
        assert bool(out) == (self.launched == launched), "a command prints what it found, and a server does not"
        if into:
            Path(into).write_text(out, encoding="utf-8")
        if "--json" in given:
            json.loads(out)


def _curl(line: str) -> None:
    quiet = line.replace("curl ", "curl --silent --show-error --fail-with-body --max-time 60 ", 1)
    done = subprocess.run(["bash", "-c", quiet], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout

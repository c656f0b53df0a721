"""Commands that are looked at by their form: what make does, what an extra brings, which flags a script takes.

Runs nothing but make, and that dry.
"""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from collections.abc import Sequence
from functools import cache

from docs.pages import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def is_made(line: str) -> bool:
    """Whether it is a target of make, or a command that one consists of: CI makes them all."""
    plain = line.partition("#")[0].strip()
    if plain.startswith("make "):
        assert re.search(rf"^{plain.split()[1]}:", MAKEFILE, re.MULTILINE), plain
        return True
    of_the_environment = ".venv" in plain
    if of_the_environment or "--expect" in plain:
        assert plain.removeprefix(".venv/bin/") in _made(), f"make does something else than {plain}"
        return True
    return False


@cache
def _made() -> frozenset[str]:
    """The commands behind ``make serve`` and ``make evaluate`` on a fresh checkout, as one types them."""
    dry = ["make", "-n", "VENV=.fresh", "PYTHON=python3", "serve", "evaluate"]
    said = subprocess.run(dry, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    said = re.sub(r"\.fresh/bin/(?:python -m (?=pip))?", "", said).replace(".fresh", ".venv")
    return frozenset(re.sub(r" (?:--disable-pip-version-check|-q)\b", "", line).strip() for line in said.splitlines())


def look_at_extras(wanted: str) -> None:
    extras = re.search(r"\[(.+)\]", wanted)
    for extra in extras[1].split(",") if extras else ():
        assert extra in PROJECT["optional-dependencies"], extra


def look_at_script(words: Sequence[str]) -> None:
    """The script is there, and takes the flags."""
    module = words[1] == "-m"
    named = ROOT / words[2].replace(".", "/") / "__main__.py" if module else ROOT / words[1]
    assert named.is_file(), named
    sources = [file.read_text(encoding="utf-8") for file in (named.parent.glob("*.py") if module else [named])]
    known = {
        node.value
        for source in sources
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    flags = {word.strip("[]") for word in words[2:] if word.strip("[").startswith("--")}
    assert all({flag, flag[2:]} & known for flag in flags), flags - known

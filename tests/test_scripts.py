"""Scripts that learn and measure take hours and data; that what they import is there is seen without running them."""

from __future__ import annotations

import ast
import re
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = [*sorted((ROOT / "training").rglob("*.py")), *sorted((ROOT / "benchmarks").rglob("*.py"))]


def is_there(module: str, name: str, path: Path) -> bool:
    if module.startswith("panelbot"):
        return hasattr(import_module(module), name) or find_spec(f"{module}.{name}") is not None
    folders = [path.parent, ROOT]  # where Python looks, and where the script says that it is to look
    folders += [ROOT / "tests", ROOT / "benchmarks"] if "sys.path.insert" in path.read_text(encoding="utf-8") else []
    files = [folder.joinpath(*module.split(".")) for folder in folders]
    return any(file.with_suffix(".py").is_file() or file.is_dir() for file in files)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_a_script_imports_is_there(path: Path) -> None:
    nodes = [n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.ImportFrom)]
    names = [(node.module or "", alias.name) for node in nodes for alias in node.names]
    asked = to_install(ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "")
    names = [(module, name) for module, name in names if re.split(r"[._]", module)[0] not in asked]
    ours = [(module, name) for module, name in names if module.startswith("panelbot") or not installed(module)]
    assert [f"{module}: {name}" for module, name in ours if not is_there(module, name, path)] == []


def to_install(docstring: str) -> set[str]:
    """How the packages begin that a script says are to be installed for it."""
    told = re.search(r"pip install ((?:[\w. -]|\\\n)+)", docstring)
    return {word.split("-")[0] for word in told[1].replace("\\", " ").split()} if told else set()


def installed(module: str) -> bool:
    spec = find_spec(module.partition(".")[0])
    return spec is not None and (
        "site-packages" in str(spec.origin) or not str(spec.origin or ROOT).startswith(str(ROOT))
    )

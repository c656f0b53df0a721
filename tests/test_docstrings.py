"""Docstrings are in one mood: a value is named ("the turns of …", "whether …"), an act is told ("store …").

Ruff's D rules hold their form; this holds what no rule of pydocstyle's tells.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from test_imports import SOURCE

# "Returns the turns" tells what `-> tuple[Turn, ...]` tells; "True where" is a value told by one of its two.
OTHER_MOODS = {"returns", "gets", "checks", "true", "false", "computes", "creates", "builds", "makes", "raises"}


def docstrings(path: Path) -> list[tuple[str, str]]:
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    tree = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return [(node.name, ast.get_docstring(node) or "") for node in tree if isinstance(node, functions)]


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda path: str(path.relative_to(SOURCE)))
def test_functions_are_told_in_one_mood(path: Path) -> None:
    first_words = [(name, text.split(maxsplit=1)[0].rstrip(",:").lower()) for name, text in docstrings(path) if text]
    assert [(name, word) for name, word in first_words if word in OTHER_MOODS] == []

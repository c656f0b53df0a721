"""Imports run one way, in the order of the stages, and `import panelbot` is light."""

from __future__ import annotations

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parent.parent / "src" / "panelbot"
# Stages on one line may not import each other; each may import those of earlier lines.
ORDER = (
    ("errors", "types", "stages", "lazily", "made", "shipped", "whole"), ("config", "service"), ("text",),
    ("people",), ("readers",), ("register",), ("passages",), ("embedding",), ("index",), ("store",), ("understand",),
    ("match",), ("rerank",), ("retrieve",), ("evidence",), ("answer",), ("bot",), ("evaluation", "integrations"),
    ("app",), ("cli",),
)  # fmt: skip
LEVEL = {stage: level for level, stages in enumerate(ORDER) for stage in stages}
FRONT_ENDS = ("app", "cli")
FOR_FRONT_ENDS = {"errors", "types", "shipped", "config", "bot", "evaluation", "app", "cli"}


@cache
def imported(path: Path) -> list[str]:
    """Every module, or name of one, that a file imports anywhere, for its types alone as well."""
    found: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return [name for name in found if name.startswith("panelbot.")]


def imports(path: Path) -> list[str]:
    return [name.split(".")[1] for name in imported(path)]


def modules() -> list[tuple[str, Path]]:
    inside = [(path, path.relative_to(SOURCE)) for path in sorted(SOURCE.rglob("*.py"))]
    named = [(relative.parts[0].removesuffix(".py"), path) for path, relative in inside]
    return [(stage, path) for stage, path in named if stage not in {"__init__", "__main__"}]


@pytest.mark.parametrize(("stage", "path"), modules(), ids=lambda value: str(value).rsplit("panelbot/", 1)[-1])
def test_a_module_imports_only_earlier_stages(stage: str, path: Path) -> None:
    assert stage in LEVEL, f"{stage} has no place in the order of stages"
    for target in imports(path):
        assert target in LEVEL, f"{path.name} imports {target}, which has no place in the order of stages"
        assert target == stage or LEVEL[target] < LEVEL[stage], f"{path.name} imports {target}"
        if stage in FRONT_ENDS:
            assert target in FOR_FRONT_ENDS, f"front end {path.name} reaches below bot, to {target}"


def test_no_module_comes_back_to_itself() -> None:
    """But for the package's own door, `panelbot`, whose names are loaded when they are asked for."""
    by_name = {".".join(path.relative_to(SOURCE.parent).with_suffix("").parts): path for path in SOURCE.rglob("*.py")}
    by_name = {name.removesuffix(".__init__"): path for name, path in by_name.items() if name != "panelbot.__init__"}
    reached = {
        name: {n if n in by_name else n.rpartition(".")[0] for n in imported(path)} & set(by_name) - {name}
        for name, path in by_name.items()
    }
    while loose := [name for name, others in reached.items() if not others & set(reached)]:
        for name in loose:
            del reached[name]
    assert reached == {}, "these import each other, or what does"


def test_importing_panelbot_loads_no_heavy_library() -> None:
    code = "import sys, panelbot; print(*sorted({'torch', 'faiss', 'gradio', 'jieba', 'numpy'} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONPATH": str(SOURCE.parent)}
    )
    assert done.stdout.strip() == ""


def test_every_exported_name_can_be_had() -> None:
    import panelbot

    assert list(panelbot.__all__) == sorted(panelbot.__all__)
    for name in panelbot.__all__:
        assert getattr(panelbot, name).__doc__, name

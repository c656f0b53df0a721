"""Imports run one way, in the order of the stages, and `import panelbot` is light."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parent.parent / "src" / "panelbot"
# Stages on one line may not import each other; each may import those of earlier lines.
ORDER = (
    ("errors", "types", "stages", "lazily", "made"), ("config", "service"), ("text",), ("people",), ("readers",),
    ("register",), ("passages",), ("embedding",), ("index",), ("store",), ("understand",), ("rerank",), ("retrieve",),
    ("evidence",), ("answer",), ("bot",), ("evaluation", "integrations"), ("app",), ("cli",),
)  # fmt: skip
LEVEL = {stage: level for level, stages in enumerate(ORDER) for stage in stages}
FRONT_ENDS = ("app", "cli")
FOR_FRONT_ENDS = {"errors", "types", "config", "bot", "evaluation", "app", "cli"}


def imports(path: Path) -> list[str]:
    found: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.append(node.module)
            found += [f"{node.module}.{alias.name}" for alias in node.names if node.module == "panelbot"]
    return [name.split(".")[1] for name in found if name.startswith("panelbot.")]


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

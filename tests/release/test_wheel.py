"""The wheel by itself, made from the sdist: what is in it, and that it works where there is no checkout.

The long form, in clean environments of several Pythons, is `make release-check`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from release.release import QUESTION, build

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("built"))


def test_it_holds_the_package_and_the_sample_panels_and_no_more(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        names = {name for name in packed.namelist() if ".dist-info/" not in name}
    assert {name.split("/")[0] for name in names} == {"panelbot"}
    assert {"panelbot/samples/questions.jsonl", "panelbot/py.typed"} <= names
    kept = {str(file.relative_to(ROOT / "src")) for file in (ROOT / "src/panelbot").rglob("*") if file.is_file()}
    assert {name for name in kept if "__pycache__" not in name} <= names


def test_it_answers_from_the_sample_panels_without_a_checkout(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(tmp_path / "site")
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "PANELBOT_"))}
    environment |= {
        "PYTHONPATH": str(tmp_path / "site"),
        "PANELBOT_CACHE": str(tmp_path / "cache"),
        "PANELBOT_EMBEDDING_MODEL": "hash",
    }

    def run(*arguments: str) -> str:
        command = [sys.executable, *arguments]
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True).stdout

    assert run("-c", "import panelbot; print(panelbot.__file__)").startswith(str(tmp_path / "site"))
    answer = json.loads(run("-m", "panelbot", "ask", "--demo", QUESTION, "--json"))
    assert answer["citations"]

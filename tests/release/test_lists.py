"""What is installed is listed: pinned, by hash, the same in every list, and without a weakness that is known."""

from __future__ import annotations

import json
import re
import tomllib
from datetime import date
from importlib.metadata import version

import pytest

from release import audit, pins, sbom

LISTS = (pins.EVERYTHING, pins.SERVE, pins.BUILD, pins.CUDA)


@pytest.mark.parametrize("file", LISTS, ids=lambda file: file.stem)
def test_every_release_is_pinned_and_its_files_are_known_by_hash(file: object) -> None:
    blocks = pins.read(file)  # type: ignore[arg-type]
    assert blocks
    for name, block in blocks.items():
        first, *hashes = block.split(" \\\n    ")
        assert re.fullmatch(r"[\w.-]+==[\w.]+( ; .+)?", first), name
        assert hashes, name
        assert all(re.fullmatch("--hash=sha256:[0-9a-f]{64}", each) for each in hashes), name


def test_the_lists_agree() -> None:
    every, serve, build, cuda = map(pins.read, LISTS)
    for name, block in {**serve, **build}.items():  # but for the platforms that need it, which may be more for all
        assert _without_marker(every[name]) == _without_marker(block)
    assert not set(every) & set(cuda)


def _without_marker(block: str) -> str:
    return re.sub(r" ; .+", " \\\\", block)


def test_what_panelbot_asks_for_is_listed() -> None:
    project = tomllib.loads((pins.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    for needs, file in (
        (project["dependencies"], pins.SERVE),
        ([n for e in extras.values() for n in e], pins.EVERYTHING),
    ):
        names = {sbom.normal(re.split(r"[^\w.-]", need)[0]) for need in needs} - {"panelbot"}
        assert names <= set(pins.read(file)), file.name


def test_a_known_weakness_and_an_old_release_are_told() -> None:
    known = {"lantern": {"X-1": ">=0,<1.4 or >=2.0,<=2.1"}}
    told = [list(audit.hits({"lantern": found}, known)) for found in ("1.3.9", "1.4", "2.1", "2.2")]
    assert told == [["lantern 1.3.9 has X-1"], [], ["lantern 2.1 has X-1"], []]
    released = {"lantern": ["1.4", "2030-01-01"], "buoy": ["2.0", "2030-01-01"]}
    pinned = {"lantern": "1.4", "buoy": "3.0"}
    assert list(audit.stopped(pinned, released, date(2034, 1, 1))) == ["lantern 1.4 is of 2030-01-01"]
    assert list(audit.stopped(pinned, released, date(2032, 1, 1))) == []


def test_what_is_known_is_about_the_pins(capsys: pytest.CaptureFixture[str]) -> None:
    known = json.loads(audit.FILE.read_text(encoding="utf-8"))
    assert audit.main(date.fromisoformat(known["date"])) == 0
    said = capsys.readouterr().out
    assert "jieba 0.42.1" in said  # unmaintained, and told so
    assert "not known when" not in said  # a pin that is new is looked up: audit.py --refresh


@pytest.mark.slow
def test_the_sbom_lists_what_runs() -> None:
    made = sbom.document()
    refs = {each["bom-ref"] for each in [made["metadata"]["component"], *made["components"]]}
    names = {each["name"] for each in made["components"]}
    assert f"pkg:pypi/gradio@{version('gradio')}" in refs
    assert "pytest" not in names
    assert {ref for row in made["dependencies"] for ref in (row["ref"], *row["dependsOn"])} == refs
    assert sbom.document() == made

"""What a newsroom runs: the image's steps, the services' command lines, and proxies that agree with the guard."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from panelbot import Settings, __version__
from panelbot.cli.main import build_parser

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
UNITS = sorted((ROOT / "deploy").glob("*.service"))
CITATION_KEYS = {
    "cff-version", "message", "title", "type", "abstract", "authors", "version", "license", "keywords",
    "date-released", "repository-code", "url", "doi", "identifiers", "license-url", "contact", "references",
}  # fmt: skip


@pytest.mark.skipif(not Path("/proc/self/ns/net").exists() or os.geteuid(), reason="needs Linux and root for mounts")
def test_the_image_s_steps_make_a_server_that_answers() -> None:
    script = ROOT / "tests" / "release" / "container.py"
    probe = subprocess.run(["unshare", "--mount", "true"], check=False, capture_output=True)
    if probe.returncode:
        pytest.skip("this machine lets nobody have mounts of its own")
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "PANELBOT_"))}
    done = subprocess.run(
        [sys.executable, str(script), "--borrow"], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert '"answered": true' in done.stdout


def own_services() -> dict[str, dict[str, Any]]:
    return {name: service for name, service in COMPOSE["services"].items() if service.get("image") == "panelbot"}


def test_the_services_command_lines_are_panelbot_s() -> None:
    assert set(own_services()) == {"panelbot", "watch"}
    for service in own_services().values():
        build_parser().parse_args(service["command"])
        assert service["read_only"]
        assert any(volume.endswith(":/data") for volume in service["volumes"])
    for unit in UNITS:
        (line,) = re.findall(r"^ExecStart=\S+/panelbot (.+)$", unit.read_text(encoding="utf-8"), re.MULTILINE)
        build_parser().parse_args(shlex.split(line))


def test_what_compose_sets_is_read() -> None:
    known = {f"PANELBOT_{field.name.upper()}" for field in fields(Settings)} | {"PANELBOT_CACHE"}
    for name, service in own_services().items():
        given = {key for key in service.get("environment", {}) if key.startswith("PANELBOT_")}
        assert given <= known, name
    for service in COMPOSE["services"].values():
        assert set(service.get("secrets", ())) <= set(COMPOSE["secrets"])
        named = {volume.split(":")[0] for volume in service["volumes"] if not volume.startswith(".")}
        assert named <= set(COMPOSE["volumes"])
    assert {name: service["profiles"] for name, service in COMPOSE["services"].items() if "profiles" in service} == {
        "milvus": ["milvus"],
        "postgres": ["postgres"],
    }


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_is_one_that_systemd_takes(unit: Path, tmp_path: Path) -> None:
    text = unit.read_text(encoding="utf-8").replace("/opt/panelbot/bin/panelbot", sys.executable)
    (tmp_path / unit.name).write_text(text.replace("User=panelbot", "User=root"), encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(tmp_path / unit.name)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert unit.name not in done.stderr, done.stderr


def test_the_citation_is_valid_and_of_this_version() -> None:
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= set(cited) <= CITATION_KEYS
    assert (cited["cff-version"], cited["type"]) == ("1.2.0", "software")
    assert (str(cited["version"]), cited["license"]) == (__version__, "Apache-2.0")
    assert all(author.get("name") or author.get("family-names") for author in cited["authors"])
    assert all(isinstance(word, str) for word in cited["keywords"])


def test_there_is_a_way_to_report_a_weakness() -> None:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    assert "## Reporting" in text
    assert "docs/security.md" in text

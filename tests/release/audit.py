"""Known weaknesses of the pinned releases, and those whose makers seem to have stopped, without a network.

    python tests/release/audit.py [--refresh REPOSITORY]

Looks through requirements/advisories.json; with --refresh makes that file anew first, of a clone of
pypa/advisory-database and of what uv finds in the package index.

Says how old what it knows is: a weakness found later is not in it. Exits 1 where a pinned release has a known one.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from packaging.specifiers import InvalidSpecifier, SpecifierSet

sys.path.insert(0, str(Path(__file__).parents[1]))

from release.pins import CUDA, EVERYTHING, ROOT, read, version_of

FILE = ROOT / "requirements" / "advisories.json"
SOURCE = "https://github.com/pypa/advisory-database"
STOPPED = 3  # years without a release
OR = " or "
LATE = 90  # days after which what is known is called old


def pinned() -> dict[str, str]:
    """Every pinned version, by name."""
    return {name: version_of(block) for file in (EVERYTHING, CUDA) for name, block in read(file).items()}


def hits(pins: Mapping[str, str], advisories: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """A line for each known weakness of a pinned release."""
    for name, version in sorted(pins.items()):
        for id, spans in sorted(advisories.get(name, {}).items()):
            if any(SpecifierSet(span).contains(version, prereleases=True) for span in spans.split(OR)):
                yield f"{name} {version} has {id}"


def stopped(pins: Mapping[str, str], released: Mapping[str, list[str]], today: date) -> Iterator[str]:
    """A line for each release that was the newest when the pins were made, and is old, the oldest first."""
    for name, (version, day) in sorted(released.items(), key=lambda item: item[1][1]):
        if pins.get(name) == version and (today - date.fromisoformat(day)).days > 365.25 * STOPPED:
            yield f"{name} {version} is of {day}"


def refresh(repository: str) -> dict[str, Any]:
    """What the advisory database says of the pinned packages, and when each pinned release came out."""
    pins = pinned()
    git = ["git", "-C", repository]
    commit, day = _run([*git, "log", "-1", "--format=%H %cs"]).split()
    found: dict[str, dict[str, str]] = {}
    for name in sorted(pins):
        for path in _run([*git, "ls-tree", "-r", "--name-only", commit, f"vulns/{name}/"]).splitlines():
            advisory = _yaml(_run([*git, "show", f"{commit}:{path}"]))
            if "withdrawn" not in advisory:
                found.setdefault(name, {})[str(advisory["id"])] = OR.join(_spans(advisory))
    return {"source": SOURCE, "commit": commit, "date": day, "advisories": found, "released": _released()}


def _yaml(text: str) -> dict[str, Any]:
    import yaml  # no part of panelbot's own needs, and only here

    return yaml.safe_load(text)


def _spans(advisory: Mapping[str, Any]) -> Iterator[str]:
    """The releases that an advisory is about, as version specifiers."""
    for affected in advisory.get("affected", ()):
        for events in (ranged["events"] for ranged in affected.get("ranges", ()) if ranged["type"] == "ECOSYSTEM"):
            first = ">=0"
            for event in events:
                if "introduced" in event:
                    first = f">={event['introduced']}"
                else:
                    last = f"<{event['fixed']}" if "fixed" in event else f"<={event['last_affected']}"
                    yield _readable(first) + "," + _readable(last)
                    first = ""
            if first:
                yield _readable(first)


def _readable(bound: str) -> str:
    try:
        return str(SpecifierSet(bound))
    except InvalidSpecifier:  # no version: whatever it bounds, all releases are meant
        return ">=0"


def _released() -> dict[str, list[str]]:
    blocks = [block for file in (EVERYTHING, CUDA) for block in read(file).values()]
    given = "".join(block.partition(" \\\n")[0] + "\n" for block in blocks)
    uv = [
        "uv",
        "pip",
        "compile",
        "--universal",
        "--python-version",
        "3.11",
        "--no-deps",
        "-q",
        "--format",
        "pylock.toml",
    ]
    made = tomllib.loads(_run([*uv, "-"], given))
    found: dict[str, list[str]] = {}
    for package in made["packages"]:
        files = [*package.get("wheels", ()), *([package["sdist"]] if "sdist" in package else [])]
        days = [str(file["upload-time"])[:10] for file in files if "upload-time" in file]
        found[package["name"]] = [package["version"], max(days)]
    return found


def _run(command: list[str], given: str | None = None) -> str:
    return subprocess.run(command, input=given, text=True, check=True, stdout=subprocess.PIPE, cwd=ROOT).stdout


def main(today: date) -> int:
    """Print what is known."""
    known = json.loads(FILE.read_text(encoding="utf-8"))
    pins = pinned()
    age = (today - date.fromisoformat(known["date"])).days
    n_known = sum(map(len, known["advisories"].values()))
    weak, old = list(hits(pins, known["advisories"])), list(stopped(pins, known["released"], today))
    unknown = sorted(set(pins) - set(known["released"]))
    print(
        f"{len(pins)} pinned releases; {n_known} advisories of {known['date']} on {len(known['advisories'])} of them."
    )
    print("\n".join(weak) or "No pinned release has a weakness that these advisories know.")
    if age > LATE:
        print(f"What was found in the {age} days since cannot be told: make the file anew with --refresh.")
    print(f"{len(old)} had no release for {STOPPED} years, and may be maintained no longer:")
    print("\n".join(f"  {line}" for line in old))
    if unknown:
        print(f"Of these it is not known when they came out: {', '.join(unknown)}.")
    return int(bool(weak))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--refresh", metavar="REPOSITORY")
    if repository := parser.parse_args().refresh:
        FILE.write_text(json.dumps(refresh(repository), indent=1, sort_keys=True) + "\n", encoding="utf-8")
    sys.exit(main(date.today()))

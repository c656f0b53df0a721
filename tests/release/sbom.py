"""What panelbot runs on in this environment, as a CycloneDX 1.6 document.

    python tests/release/sbom.py [FILE]

Lists the installed releases that panelbot's own needs lead to, and which needs which; nothing of extras or tests. Reads
what packages say of themselves; does not look at their files.
"""

from __future__ import annotations

import json
import re
import sys
import uuid
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

ROOT_PACKAGE = "panelbot"
NAMESPACE = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")  # of addresses, RFC 4122


def document() -> dict[str, Any]:
    """The document; the same for the same environment."""
    needs = closure(ROOT_PACKAGE)
    components = {name: component(distribution(name)) for name in sorted(needs)}
    own = components.pop(ROOT_PACKAGE) | {"type": "application"}
    refs = {name: each["bom-ref"] for name, each in {**components, ROOT_PACKAGE: own}.items()}
    made = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": own, "properties": [{"name": "python", "value": sys.version.split()[0]}]},
        "components": list(components.values()),
        "dependencies": [
            {"ref": refs[name], "dependsOn": sorted(refs[other] for other in others)}
            for name, others in sorted(needs.items())
        ],
    }
    return made | {"serialNumber": uuid.uuid5(NAMESPACE, json.dumps(made, sort_keys=True)).urn}


def closure(root: str) -> dict[str, set[str]]:
    """What is installed of what ``root`` needs, and of what that needs, each with its own needs."""
    found: dict[str, set[str]] = {}
    asked: set[tuple[str, frozenset[str]]] = set()
    waiting = [(root, frozenset[str]())]
    while waiting:
        name, extras = waiting.pop()
        if (name, extras) in asked:
            continue
        asked.add((name, extras))
        needed = list(_needs(name, extras))
        found.setdefault(name, set()).update({other for other, _ in needed} - {name})
        waiting += needed
    return found


def _needs(name: str, extras: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    for line in distribution(name).requires or ():
        need = Requirement(line)
        if need.marker is None or any(need.marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            other = normal(need.name)
            try:
                distribution(other)
            except PackageNotFoundError:  # torch's CUDA, where torch is for the processor alone
                continue
            yield other, frozenset(need.extras)


def component(found: Distribution) -> dict[str, Any]:
    """One release."""
    name = normal(found.metadata["Name"])
    ref = f"pkg:pypi/{name}@{found.version}"
    made: dict[str, Any] = {"type": "library", "bom-ref": ref, "name": name, "version": found.version, "purl": ref}
    if licence := _licence(found):
        made["licenses"] = [licence]
    return made


def _licence(found: Distribution) -> dict[str, Any] | None:
    if expression := found.metadata.get("License-Expression"):
        return {"expression": expression}
    classified = [line.rpartition(" :: ")[2] for line in found.metadata.get_all("Classifier", ()) if "License" in line]
    said = " / ".join(classified) or (found.metadata.get("License") or "").strip().split("\n")[0]
    return {"license": {"name": said}} if said else None


def normal(name: str) -> str:
    """A package's name as package indexes write it."""
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    text = json.dumps(document(), indent=1, ensure_ascii=False) + "\n"
    if len(sys.argv) > 1:
        Path(sys.argv[1]).parent.mkdir(parents=True, exist_ok=True)
        Path(sys.argv[1]).write_text(text, encoding="utf-8")
    else:
        print(text, end="")

"""The instructions of our Dockerfile, stage by stage. Knows the form of a Dockerfile; does nothing of what it says."""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What is done after one FROM, in order, and how the image is then run."""

    base: str
    name: str
    steps: list[tuple[str, str]] = field(default_factory=list)

    def last(self, instruction: str) -> str:
        """What the last of these instructions says; empty where there is none."""
        return next((said for name, said in reversed(self.steps) if name == instruction), "")

    def environment(self) -> dict[str, str]:
        """What ENV sets."""
        pairs = [pair for name, said in self.steps if name == "ENV" for pair in shlex.split(said)]
        return dict(pair.split("=", 1) for pair in pairs)


def stages(file: Path) -> list[Stage]:
    """The stages of a Dockerfile."""
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    found: list[Stage] = []
    for line in filter(str.strip, re.sub(r"\\\n\s*", "", "\n".join(lines)).split("\n")):
        name, _, said = line.partition(" ")
        if name == "FROM":
            base, _, called = said.partition(" AS ")
            found.append(Stage(base=base, name=called))
        else:
            found[-1].steps.append((name, said.strip()))
    return found


def command(said: str) -> list[str]:
    """An instruction in JSON form; what comes before it is flags of the instruction."""
    return json.loads(said[said.index("[") :])


def sent(ignored: Path) -> set[str]:
    """What .dockerignore lets through to the builder."""
    return {line[1:] for line in ignored.read_text(encoding="utf-8").splitlines() if line.startswith("!")}

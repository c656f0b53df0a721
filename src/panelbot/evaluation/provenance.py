"""Where numbers come from: corpus and questions as checksums, versions, machine, time and memory.

Reads the machine; knows nothing about rows or measures.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from panelbot.evaluation.questions import GoldQuestion
from panelbot.types import Progress, Transcript

_PACKAGES = (
    "panelbot",
    "numpy",
    "torch",
    "sentence-transformers",
    "transformers",
    "tokenizers",
    "faiss-cpu",
    "jieba",
    "ir-measures",
    "pytrec-eval-terrier",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """All that another run needs to be compared with this one. ``seconds`` by phase, ``peak_memory`` in bytes."""

    started: str  # ISO 8601, UTC
    questions: tuple[str, ...]  # file names, with their folder
    questions_checksum: str
    corpus_checksum: str
    n_questions: int
    unjudged: tuple[str, ...]  # ids of the lines that were left out
    n_transcripts: int
    n_turns: int
    scope: str
    answers: bool
    depth: int
    seed: int
    limit: int | None
    settings: Mapping[str, Mapping[str, Any]]  # setting name -> every setting with its value, secrets masked
    versions: Mapping[str, str]
    machine: Mapping[str, Any]
    seconds: Mapping[str, float] = field(default_factory=dict)
    peak_memory: int = 0


def corpus_checksum(transcripts: Sequence[Transcript]) -> str:
    """SHA-256 over ids and words of all turns, in id order; who is called what does not enter."""
    content = {t.id: [turn.text for turn in t.turns] for t in transcripts}
    return _digest([[name, content[name]] for name in sorted(content)])


def questions_checksum(questions: Sequence[GoldQuestion]) -> str:
    """SHA-256 over what the questions ask and hold for right, in id order; not over where they were read."""
    return _digest(sorted(map(_question_content, questions), key=lambda content: content[0]))


def _question_content(question: GoldQuestion) -> list[Any]:
    history = [[exchange.query, exchange.answer] for exchange in question.history]
    gold = [sorted(question.gold_turns), sorted(question.evidence_turns), question.speakers, question.quotes]
    asked = [question.query_id, question.transcript_id, question.query, history]
    return [*asked, *gold, question.answerable, question.status]


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode()).hexdigest()


def read_versions() -> dict[str, str]:
    """The versions that numbers can depend on; packages that are not installed are left out."""
    versions = {"python": platform.python_version()}
    for package in _PACKAGES:
        try:
            versions[package] = version(package)
        except PackageNotFoundError:
            continue
    return versions


def read_machine() -> dict[str, Any]:
    """Operating system, processor, its threads, and memory in bytes; 0 where the system does not tell."""
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 0
    return {
        "system": f"{platform.system()} {platform.machine()}",
        "processor": _processor() or platform.processor(),
        "threads": os.cpu_count() or 0,
        "memory": pages,
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "")


def peak_memory() -> int:
    """The most memory this process has held, in bytes; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:  # Windows
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def now() -> str:
    """This moment, UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class StageClock:
    """A progress callback that passes every step on and adds up how long each stage took.

    A stage lasts from the step that names it to the first step of another stage, or to :meth:`stop`.
    """

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._stage = ""
        self._since = time.perf_counter()
        self.seconds: dict[str, float] = {}

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Take note of a step, and pass it on."""
        if stage != self._stage:
            self.start(stage)
        self._progress(stage, done, total)

    def start(self, stage: str) -> None:
        """End the running stage and begin ``stage``; the empty one counts nothing."""
        moment = time.perf_counter()
        if self._stage:
            self.seconds[self._stage] = self.seconds.get(self._stage, 0.0) + moment - self._since
        self._stage, self._since = stage, moment

    def stop(self) -> None:
        """End the running stage."""
        self.start("")

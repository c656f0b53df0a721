"""An index that follows folders: what is new or changed there is added, what is gone is removed.

Knows which transcript came from which file; not what tells of a change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from panelbot.bot.panelbot import PanelBot
from panelbot.types import AddReport, Progress, no_progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """One change of the index, or could not be: the transcript's id or the file, and why it failed."""

    outcome: Literal["added", "updated", "removed", "failed"]
    name: str
    file: str
    reason: str = ""


class FolderFollower:
    """Brings an index up to date with ``paths``; a file that fails is told of once for each reason."""

    def __init__(self, bot: PanelBot, paths: Sequence[str | Path]) -> None:
        self._bot = bot
        self._paths = [Path(path).resolve() for path in paths]
        self._told: dict[str, str] = {}

    def follow(self, *, progress: Progress = no_progress) -> Iterator[Followed]:
        """What this brings about: additions first, so that a file that was moved keeps its transcript."""
        there = [path for path in self._paths if path.exists()]
        report = self._bot.add(there, progress=progress) if there else AddReport()
        sources = self._bot.sources()
        yield from (Followed(outcome="added", name=id, file=sources.get(id, "")) for id in report.added)
        yield from (Followed(outcome="updated", name=id, file=sources.get(id, "")) for id in report.updated)
        yield from self._failures(report)
        gone = {id: file for id, file in sources.items() if self._is_gone(Path(file))}
        if gone:
            self._bot.remove(list(gone))
        yield from (Followed(outcome="removed", name=id, file=file) for id, file in gone.items())

    def _is_gone(self, file: Path) -> bool:
        """Gone from a place that is still there: a drive that is not mounted takes no transcript with it."""
        for path in self._paths:
            if file.is_relative_to(path) and path.is_dir():
                return not file.is_file()
            if file == path and path.parent.is_dir():
                return not file.is_file()
        return False

    def _failures(self, report: AddReport) -> Iterator[Followed]:
        failed: Mapping[str, str] = {
            failure.path: failure.reason for failure in report.failed if not Path(failure.path).is_dir()
        }  # a folder fails where it is empty, which is no fault of a folder that is watched
        for file, reason in failed.items():
            if self._told.get(file) != reason:
                yield Followed(outcome="failed", name=Path(file).name, file=file, reason=reason)
        self._told = dict(failed)

"""``panelbot watch``: the index follows a folder while it runs, and it ends when told to."""

from __future__ import annotations

import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from panelbot import PanelBot
from panelbot.bot import FolderFollower
from panels import HARBOUR, LIBRARY, open_bot, write_panels

pytestmark = pytest.mark.slow

PATIENCE = 60  # seconds: more than any step takes


def changes(follower: FolderFollower) -> list[tuple[str, str]]:
    return [(change.outcome, change.name) for change in follower.follow()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_panels(tmp_path / "corpus")


@pytest.fixture
def bot(tmp_path: Path) -> PanelBot:
    return open_bot(tmp_path / "index")


def test_it_adds_updates_and_removes_as_files_do(bot: PanelBot, folder: Path) -> None:
    follower = FolderFollower(bot, [folder])
    assert changes(follower) == [("added", "harbour"), ("added", "library")]
    assert changes(follower) == []
    (folder / "harbour.txt").write_text(HARBOUR + "顾澜：再补充一句。\n", encoding="utf-8")
    assert changes(follower) == [("updated", "harbour")]
    (folder / "harbour.txt").unlink()
    assert changes(follower) == [("removed", "harbour")]
    assert [t.id for t in bot.transcripts()] == ["library"]


def test_a_file_that_was_moved_keeps_its_transcript_and_its_edits(bot: PanelBot, folder: Path) -> None:
    follower = FolderFollower(bot, [folder])
    changes(follower)
    bot.edit_speakers("library", ["Ana Ruiz.title=night librarian"])
    (folder / "2031").mkdir()
    (folder / "library.txt").rename(folder / "2031" / "library.txt")
    assert changes(follower) == [("updated", "library")]
    assert bot.transcript("library").speaker("Ana Ruiz").title == "night librarian"


def test_what_came_from_elsewhere_stays(bot: PanelBot, folder: Path, tmp_path: Path) -> None:
    bot.add_text(LIBRARY, name="pasted")
    other = tmp_path / "other.txt"
    other.write_text(LIBRARY, encoding="utf-8")
    bot.add([other])
    other.unlink()
    changes(FolderFollower(bot, [folder]))
    assert {"pasted", "other"} <= {t.id for t in bot.transcripts()}


def test_a_folder_that_is_not_there_takes_nothing_along(bot: PanelBot, folder: Path) -> None:
    follower = FolderFollower(bot, [folder])
    changes(follower)
    folder.rename(folder.with_name("unmounted"))
    assert changes(follower) == []
    assert len(bot.transcripts()) == 2


def test_a_bad_file_is_told_of_once_and_again_when_it_is_bad_otherwise(bot: PanelBot, folder: Path) -> None:
    follower = FolderFollower(bot, [folder])
    (folder / "half.json").write_text("{", encoding="utf-8")
    assert ("failed", "half.json") in changes(follower)
    assert changes(follower) == []
    (folder / "half.json").write_bytes(b"")
    assert changes(follower) == [("failed", "half.json")]


def test_an_emptied_folder_is_no_failure(bot: PanelBot, folder: Path) -> None:
    follower = FolderFollower(bot, [folder])
    changes(follower)
    for file in folder.iterdir():
        file.unlink()
    assert changes(follower) == [("removed", "harbour"), ("removed", "library")]
    assert changes(follower) == []


@contextmanager
def watching(*arguments: str, cwd: Path) -> Iterator[tuple[subprocess.Popen[str], queue.Queue[str]]]:
    """``panelbot watch`` in a process of its own, and the lines it prints."""
    command = [sys.executable, "-m", "panelbot", "watch", *arguments]
    environment = {**os.environ, "PANELBOT_EMBEDDING_MODEL": "hash"}
    with subprocess.Popen(command, cwd=cwd, env=environment, text=True, stdout=subprocess.PIPE) as process:
        lines: queue.Queue[str] = queue.Queue()
        pipe: Any = process.stdout
        threading.Thread(target=lambda: [lines.put(line) for line in pipe], daemon=True).start()
        try:
            yield process, lines
        finally:
            process.kill()


def test_the_command_follows_while_it_runs_and_ends_when_told(folder: Path, tmp_path: Path) -> None:
    with watching("corpus", "--json", cwd=tmp_path) as (process, lines):
        seen = [json.loads(lines.get(timeout=PATIENCE)) for _ in range(2)]
        assert [(line["outcome"], line["name"]) for line in seen] == [("added", "harbour"), ("added", "library")]
        assert seen[0]["file"] == str(folder / "harbour.txt")
        shutil.copy(folder / "library.txt", folder / "third.txt")
        assert json.loads(lines.get(timeout=PATIENCE))["name"] == "third"
        (folder / "third.txt").unlink()
        assert json.loads(lines.get(timeout=PATIENCE))["outcome"] == "removed"
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=PATIENCE) == 0

"""One index of the two test panels for all adapters; they only read it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from panelbot import PanelBot
from panels import open_bot, write_panels

TIMED = """1
00:00:01,000 --> 00:00:04,500
Ivo Brand: The ferry was late again this morning.

2
00:00:05,000 --> 00:00:07,000
Lena Voss: By how much?

3
00:00:07,500 --> 00:00:09,000
Ivo Brand: Forty minutes, in a dead calm.

4
00:00:09,500 --> 00:00:12,000
Lena Voss: Then it was not the weather.
"""
os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"  # read when Haystack is imported: it would report its use


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the two test panels and one that has times."""
    folder = write_panels(tmp_path_factory.mktemp("adapters") / "corpus")
    (folder / "timed.srt").write_text(TIMED, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def bot(files: Path) -> PanelBot:
    bot = open_bot(files.parent / "index")
    assert not bot.add([files]).failed
    return bot

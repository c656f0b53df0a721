"""The model is loaded while another process reads, and not at all where nothing is to be embedded."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from panelbot import PanelBot, Settings
from panelbot.bot.reading import Reader
from panelbot.embedding import HashEmbedder
from panelbot.errors import EmbedderError
from panelbot.register.reading import Found
from panels import write_panels


class Waiting(Reader):
    """A process apart that has a file read once the model is being loaded."""

    apart = True

    def __init__(self, loading: threading.Event) -> None:
        self._loading = loading

    def file(self, file: Path, speaker_pattern: str = "") -> Found:
        assert self._loading.wait(10), "nothing is loaded while a file is read"
        return super().file(file, speaker_pattern)


def opened(folder: Path, loading: threading.Event) -> PanelBot:
    return PanelBot.open(folder, settings=Settings(embedding_model="hash"), reader=Waiting(loading))


def test_the_model_is_loaded_while_files_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loading = threading.Event()
    monkeypatch.setattr("panelbot.bot.panelbot.load_embedder", lambda *_, **__: loading.set() or HashEmbedder())
    panels = write_panels(tmp_path / "panels")
    assert len(opened(tmp_path / "index", loading).add([panels]).added) == 2
    loading.clear()
    assert len(opened(tmp_path / "index", loading).add([panels]).unchanged) == 2
    assert not loading.is_set()


def test_a_model_that_cannot_be_loaded_is_one_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loading = threading.Event()

    def load(*_: object, **__: object) -> HashEmbedder:
        loading.set()
        raise EmbedderError("no such model")

    monkeypatch.setattr("panelbot.bot.panelbot.load_embedder", load)
    with pytest.raises(EmbedderError, match="no such model"):
        opened(tmp_path / "index", loading).add([write_panels(tmp_path / "panels")])

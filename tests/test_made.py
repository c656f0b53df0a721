"""A folder made once: whole or not there, whoever asks, and made again where it is damaged."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from panelbot.embedding import builtin
from panelbot.errors import EmbedderError
from panelbot.made import RECORD, cache_folder, ensure_made, is_sound


class Maker:
    """Writes two small files and counts how often."""

    def __init__(self) -> None:
        self.calls = 0
        self.fails = False

    def __call__(self, folder: Path) -> None:
        self.calls += 1
        (folder / "layers").write_bytes(b"weights")
        if self.fails:
            raise OSError("no space left on device")
        (folder / "deep").mkdir()
        (folder / "deep" / "config.json").write_text("{}")


@pytest.fixture
def maker() -> Maker:
    return Maker()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "weights.bin"
    path.write_bytes(b"E5S1")
    return path


def test_made_once_and_then_found(maker: Maker, source: Path, tmp_path: Path) -> None:
    folder = tmp_path / "cache" / "model"
    assert ensure_made(folder, source, 1, maker) == ensure_made(folder, source, 1, maker) == folder
    assert maker.calls == 1
    assert is_sound(folder, source, 1)


@pytest.mark.parametrize("name", ["layers", "deep/config.json", RECORD])
def test_a_damaged_folder_is_made_again(maker: Maker, source: Path, tmp_path: Path, name: str) -> None:
    folder = ensure_made(tmp_path / "model", source, 1, maker)
    (folder / name).write_bytes(b"damaged")
    assert not is_sound(folder, source, 1)
    assert is_sound(ensure_made(folder, source, 1, maker), source, 1)
    assert maker.calls == 2


def test_another_source_or_version_makes_another_folder(maker: Maker, source: Path, tmp_path: Path) -> None:
    folder = ensure_made(tmp_path / "model", source, 1, maker)
    ensure_made(folder, source, 2, maker)
    source.write_bytes(b"E5S1 and more")
    assert is_sound(ensure_made(folder, source, 2, maker), source, 2)
    assert maker.calls == 3


def test_a_failure_leaves_nothing_behind(
    maker: Maker, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    maker.fails = True
    monkeypatch.setattr(builtin, "write_light", lambda _, folder: maker(folder))
    monkeypatch.setattr(builtin, "WeightsFile", lambda path: path)
    with pytest.raises(EmbedderError, match=r"cannot be made .*no space left.*PANELBOT_CACHE"):
        builtin.ensure_light(source, tmp_path / "cache")
    assert [path.suffix for path in (tmp_path / "cache").iterdir()] in ([], [".lock"])


def test_a_folder_that_others_can_write_is_made_again(maker: Maker, source: Path, tmp_path: Path) -> None:
    folder = ensure_made(tmp_path / "model", source, 1, maker)
    folder.chmod(0o777)
    assert not is_sound(folder, source, 1)
    assert is_sound(ensure_made(folder, source, 1, maker), source, 1)


def test_what_a_killed_process_had_begun_is_swept(maker: Maker, source: Path, tmp_path: Path) -> None:
    (tmp_path / "model.abcd_123").mkdir()
    (tmp_path / "model.lockstep").write_text("no folder of ours")
    (tmp_path / "another.abcd_123").mkdir()
    ensure_made(tmp_path / "model", source, 1, maker)
    assert {path.name for path in tmp_path.iterdir()} >= {"model", "another.abcd_123", "model.lockstep"}
    assert not (tmp_path / "model.abcd_123").exists()


def test_many_at_once_make_it_once(maker: Maker, source: Path, tmp_path: Path) -> None:
    threads = [threading.Thread(target=ensure_made, args=(tmp_path / "model", source, 1, maker)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert maker.calls == 1


def test_the_cache_folder_follows_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PANELBOT_CACHE", str(tmp_path))
    assert cache_folder() == tmp_path

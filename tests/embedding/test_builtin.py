"""Making the built-in model's folder. The network is never run here: a tiny stand-in is written instead."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from panelbot.embedding import builtin
from panelbot.embedding.folder import SEAL, is_sound, seal
from panelbot.errors import EmbedderError
from panelbot.types import Progress


class Maker:
    """Stands in for `write_folder`: writes two small files and counts how often."""

    def __init__(self) -> None:
        self.calls = 0
        self.fails = False

    def __call__(self, weights: object, folder: Path, *, progress: Progress) -> None:
        self.calls += 1
        (folder / "model.safetensors").write_bytes(b"weights")
        if self.fails:
            raise OSError("no space left on device")
        (folder / "deep").mkdir()
        (folder / "deep" / "config.json").write_text("{}")
        seal(folder, weights)  # type: ignore[arg-type]
        progress("making", 1, 1)


@pytest.fixture
def maker(monkeypatch: pytest.MonkeyPatch) -> Maker:
    maker = Maker()
    monkeypatch.setattr(builtin, "write_folder", maker)
    monkeypatch.setattr(builtin, "WeightsFile", lambda path: path)
    return maker


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    path = tmp_path / "weights.bin"
    path.write_bytes(b"E5S1")
    return path


def test_made_once_and_then_found(maker: Maker, weights: Path, tmp_path: Path) -> None:
    first = builtin.ensure_folder(weights, tmp_path / "cache")
    second = builtin.ensure_folder(weights, tmp_path / "cache")
    assert (first, maker.calls) == (second, 1)
    assert is_sound(first, weights)


@pytest.mark.parametrize("name", ["model.safetensors", "deep/config.json", SEAL])
def test_a_damaged_folder_is_made_again(maker: Maker, weights: Path, tmp_path: Path, name: str) -> None:
    folder = builtin.ensure_folder(weights, tmp_path / "cache")
    (folder / name).write_bytes(b"damaged")
    assert not is_sound(folder, weights)
    assert is_sound(builtin.ensure_folder(weights, tmp_path / "cache"), weights)
    assert maker.calls == 2


def test_another_weights_file_makes_another_folder(maker: Maker, weights: Path, tmp_path: Path) -> None:
    builtin.ensure_folder(weights, tmp_path / "cache")
    weights.write_bytes(b"E5S1 and more")
    assert is_sound(builtin.ensure_folder(weights, tmp_path / "cache"), weights)
    assert maker.calls == 2


def test_a_failure_leaves_nothing_behind(maker: Maker, weights: Path, tmp_path: Path) -> None:
    maker.fails = True
    with pytest.raises(EmbedderError, match=r"cannot be made .*no space left.*PANELBOT_CACHE"):
        builtin.ensure_folder(weights, tmp_path / "cache")
    assert [path.suffix for path in (tmp_path / "cache").iterdir()] in ([], [".lock"])


def test_many_at_once_make_it_once(maker: Maker, weights: Path, tmp_path: Path) -> None:
    threads = [threading.Thread(target=builtin.ensure_folder, args=(weights, tmp_path / "cache")) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert maker.calls == 1


def test_the_cache_folder_follows_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PANELBOT_CACHE", str(tmp_path))
    assert builtin.cache_folder() == tmp_path

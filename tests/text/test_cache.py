"""What is loaded from a cache comes from a folder that nobody else can write to."""

from __future__ import annotations

import marshal
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from panelbot.text.cache import own_folder

SOURCE = Path(__file__).resolve().parents[2] / "src"
SEGMENT = "from panelbot.text import words; print(*words('网点的客流量恢复了'))"


def test_the_folder_is_this_users_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PANELBOT_CACHE", str(tmp_path / "cache"))
    folder = own_folder("jieba")
    assert folder == tmp_path / "cache" / "jieba"
    assert folder.stat().st_mode & 0o777 == 0o700
    folder.chmod(0o777)
    assert own_folder("jieba") == folder
    assert folder.stat().st_mode & 0o077 == 0
    (tmp_path / "cache" / "link").symlink_to(tmp_path)
    assert own_folder("link") is None
    monkeypatch.setattr(os, "getuid", lambda: 12345)
    assert own_folder("jieba") is None


def test_a_cache_that_somebody_left_in_the_shared_folder_is_not_loaded(tmp_path: Path) -> None:
    shared = tmp_path / "tmp"
    shared.mkdir()
    forged = ({"网": 1, "点": 1}, 2)
    (shared / "jieba.cache").write_bytes(marshal.dumps(forged))
    os.utime(shared / "jieba.cache", (4e9, 4e9))
    env = {**os.environ, "PYTHONPATH": str(SOURCE), "TMPDIR": str(shared), "PANELBOT_CACHE": str(tmp_path / "own")}
    said = [subprocess.run([sys.executable, "-c", SEGMENT], env=env, capture_output=True, text=True) for _ in range(2)]
    assert said[0].stdout == said[1].stdout
    assert "客流" in said[0].stdout.split()
    assert (tmp_path / "own" / "jieba" / "jieba.cache").is_file()
    assert tempfile.gettempdir() != str(shared)

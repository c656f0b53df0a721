"""Uploads: how many may wait, what becomes of those that nobody stored, and of those that broke off."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from fakes.panel_bot import PANEL
from fakes.serving import serving
from panelbot.app import uploading
from panelbot.app.uploading import OLD, Room, upload_folder
from panelbot.errors import InputError


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PANELBOT_CACHE", str(tmp_path))
    return tmp_path


def put(name: str, size: int, *, age: float = 0) -> Path:
    file = upload_folder() / "sum" / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(b"x" * size)
    os.utime(file, (time.time() - age,) * 2)
    return file


def free(n_bytes: int) -> bool:
    with Room().held(n_bytes) as has_room:
        return has_room


def test_only_so_many_bytes_and_files_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploading, "MAX_BYTES", 100)
    put("a.txt", 60)
    assert (free(40), free(41)) == (True, False)
    monkeypatch.setattr(uploading, "MAX_FILES", 1)
    assert not free(1)


def test_what_is_on_its_way_has_its_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploading, "MAX_BYTES", 100)
    room = Room()
    with room.held(60) as first, room.held(60) as second, room.held(40) as third:
        assert (first, second, third) == (True, False, True)
    with room.held(100) as again:
        assert again


def test_what_nobody_stored_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploading, "MAX_BYTES", 100)
    old, new = put("old.txt", 90, age=OLD + 60), put("new.txt", 90)
    assert free(10)
    assert (old.exists(), new.exists()) == (False, True)


@pytest.mark.slow
def test_a_folder_that_others_can_write_to_is_not_used(cache: Path) -> None:
    upload_folder().chmod(0o777)
    with pytest.raises(PermissionError, match="others can write"):
        upload_folder()
    with pytest.raises(InputError, match="others can write"), serving([PANEL], cache=str(cache)):
        pass


def waiting(cache: Path) -> list[Path]:
    return [path for path in (cache / "uploads").rglob("*") if path.is_file()]


def chunks(*sizes: int) -> Iterator[bytes]:
    """Files of so many million bytes, whose length the request does not say."""
    for size in sizes:
        yield b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
        yield from [b"x" * 1_000_000] * size
        yield b"\r\n"
    yield b"--b--\r\n"


@pytest.mark.slow
def test_uploads_wait_in_the_folder_and_are_refused_where_it_is_full(cache: Path) -> None:
    with serving([PANEL], cache=str(cache)) as (_, address):
        to, form = f"{address}gradio_api/upload", {"content-type": "multipart/form-data; boundary=b"}
        assert httpx.post(to, content=chunks(1), headers=form).status_code == 200
        assert [path.name for path in waiting(cache)] == ["a.txt"]
        assert (cache / "uploads").stat().st_mode & 0o777 == 0o700
        refused = httpx.post(to, content=chunks(60, 60), headers=form)
        assert (refused.status_code, refused.text) == (413, "This takes 100,000,000 bytes at most.")
        with socket.create_connection((urlsplit(address).hostname, urlsplit(address).port)) as broken:
            head = "POST /gradio_api/upload HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9999999\r\n"
            broken.sendall((head + f"Content-Type: {form['content-type']}\r\n\r\n").encode())
            broken.sendall(b"".join(chunks(1))[:500_000])
            time.sleep(0.5)
        for path in waiting(cache):
            os.utime(path, (0, 0))
        assert httpx.post(to, content=chunks(0), headers=form).status_code == 200
        assert [path.stat().st_size for path in waiting(cache)] == [0]
        with (cache / "uploads" / "large").open("wb") as large:
            large.truncate(uploading.MAX_BYTES)
        full = httpx.post(to, content=chunks(0), headers=form)
        assert (full.status_code, full.headers["retry-after"]) == (507, "600")


def form(*names: str) -> bytes:
    heads = (
        f'--b\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\nAda: Hi.\r\n' for name in names
    )
    return "".join((*heads, "--b--\r\n")).encode()


SENT = (
    (form("talk.TXT", "talk.mp3", "talk"), 200, ""),
    (form("talk.txt", "setup.exe"), 415, "'setup.exe' is no transcript and no recording."),
    (form("谈话.zip"), 415, "'谈话.zip' is no transcript and no recording."),
    (form("a" * 500 + ".png"), 415, f"'{'a' * 80}' is no transcript and no recording."),
    (b"no form at all", 400, "This is no upload: its form is broken."),
)


@pytest.mark.slow
@pytest.mark.parametrize("auth", [None, ("ada", "moss-and-stone")])
def test_only_transcripts_and_recordings_are_taken(cache: Path, auth: tuple[str, str] | None) -> None:
    with serving([PANEL], cache=str(cache), auth=auth) as (_, address), httpx.Client(base_url=address) as visitor:
        if auth is not None:
            visitor.post("login", data=dict(zip(("username", "password"), auth, strict=True))).raise_for_status()
        for sent, status, said in SENT:
            pieces = (bytes([byte]) for byte in sent) if len(sent) < 300 else sent  # a name may come in pieces
            kind = {"content-type": "multipart/form-data; boundary=b"}
            got = visitor.post("gradio_api/upload", content=pieces, headers=kind)
            assert (got.status_code, "" if status == 200 else got.text) == (status, said)
        # What had come of a refused request lies there without its name until it is old.
        named = {path.name for path in waiting(cache) if not path.name.startswith("tmp")}
        assert named == {"talk", "talk.TXT", "talk.mp3"}


@pytest.mark.slow
def test_an_upload_without_a_boundary_is_refused(cache: Path) -> None:
    with serving([PANEL], cache=str(cache)) as (_, address):
        sent = httpx.post(f"{address}gradio_api/upload", content=b"x", headers={"content-type": "multipart/form-data"})
    assert (sent.status_code, sent.text) == (400, "This is no upload: its form has no boundary.")

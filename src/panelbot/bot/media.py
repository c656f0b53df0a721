"""The recording beside a transcript: which file it is, and where. Plays nothing; knows no page.

A file that is named stays where it is, as transcripts do; one that was uploaded is kept in the index folder.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from panelbot.errors import InputError, NotFoundError, StoreError
from panelbot.store import Store

FOLDER = "recordings"
_KEY = "recording:"
TYPES = {
    ".mp3": "audio/mpeg", ".m4a": "audio/mp4", ".aac": "audio/aac", ".wav": "audio/wav", ".flac": "audio/flac",
    ".ogg": "audio/ogg", ".oga": "audio/ogg", ".opus": "audio/ogg",
    ".mp4": "video/mp4", ".m4v": "video/mp4", ".webm": "video/webm", ".ogv": "video/ogg",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """A file of sound or picture, and its media type."""

    path: Path
    type: str


def as_recording(path: Path) -> Recording:
    """The recording in ``path``.

    Raises:
        InputError: there is no such file, or browsers do not play its kind.
    """
    if not path.is_file():
        raise InputError(f"There is no file {path}.")
    kind = TYPES.get(path.suffix.casefold())
    if kind is None:
        raise InputError(f"{path.name} is no recording that browsers play ({', '.join(TYPES)}).")
    return Recording(path=path.resolve(), type=kind)


def link(store: Store, folder: Path, id: str, path: Path, *, keep: bool) -> None:
    """Put the recording in ``path`` beside the transcript ``id``; ``keep`` copies it into ``folder``.

    Raises:
        NotFoundError: there is no such transcript.
        InputError: it is no recording.
        StoreError: it cannot be copied.
    """
    if id not in store.ids():
        raise NotFoundError(f"There is no transcript {id!r}; `panelbot list` shows the ones there are.")
    made = as_recording(path)
    unlink(store, folder, id)
    kept = _kept(folder, id, made.path) if keep else made.path
    store.set_meta(_KEY + id, json.dumps({"path": str(kept), "kept": keep}, ensure_ascii=False))


def _kept(folder: Path, id: str, path: Path) -> Path:
    to = folder / FOLDER / f"{hashlib.sha256(id.encode()).hexdigest()[:24]}{path.suffix.casefold()}"
    begun = to.with_name(f"{to.name}.{os.getpid()}.tmp")
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, begun)
        os.replace(begun, to)
    except OSError as error:
        begun.unlink(missing_ok=True)
        raise StoreError(f"The recording cannot be kept in {to.parent}: {error.strerror or error}.") from None
    return to.resolve()


def unlink(store: Store, folder: Path, id: str) -> None:
    """Let the recording beside ``id`` go; a file that was not copied here stays where it is."""
    found = _entry(store, id)
    if not found:
        return
    store.set_meta(_KEY + id, "")
    path = Path(found["path"])
    if found["kept"] and path.parent == (folder / FOLDER).resolve():
        path.unlink(missing_ok=True)


def recording_of(store: Store, id: str) -> Recording | None:
    """The recording beside ``id``; None where there is none, or its file is gone."""
    found = _entry(store, id)
    try:
        return as_recording(Path(found["path"])) if found else None
    except InputError:
        return None


def _entry(store: Store, id: str) -> dict[str, str]:
    return json.loads(store.meta(_KEY + id) or "{}")

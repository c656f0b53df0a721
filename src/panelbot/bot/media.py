"""The recording beside a transcript: which file it is, and where. Plays nothing; knows no page.

A file that is named stays where it is, as transcripts do; one that was uploaded is kept in the index folder.
"""

from __future__ import annotations

import json
import os
import shutil
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from panelbot.errors import InputError, NotFoundError, StoreError
from panelbot.store import Store
from panelbot.store.database import damaged
from panelbot.whole import begun

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
    made = as_recording(path)
    kept, copy = _copied(folder, made.path) if keep else (made.path, None)
    try:
        with store.changing():
            if id not in store.ids():
                raise NotFoundError(f"There is no transcript {id!r}; `panelbot list` shows the ones there are.")
            if copy is not None:
                os.replace(copy, kept)
            store.set_meta(_KEY + id, json.dumps({"path": str(kept), "kept": keep}, ensure_ascii=False))
    finally:
        if copy is not None:
            copy.unlink(missing_ok=True)
    sweep(store, folder)


def _copied(folder: Path, path: Path) -> tuple[Path, Path]:
    """The name a copy gets, one that no other ever had, and the copy under another that says it is not done."""
    to = folder.resolve() / FOLDER / f"{uuid.uuid4().hex[:24]}{path.suffix.casefold()}"
    copy = begun(to)
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    except OSError as error:
        copy.unlink(missing_ok=True)
        raise StoreError(f"The recording cannot be kept in {to.parent}: {error.strerror or error}.") from None
    return to, copy


def unlink(store: Store, ids: Iterable[str]) -> None:
    """Let the recordings beside ``ids`` go; `sweep` takes the copies away."""
    with store.changing():
        for id in ids:
            if store.meta(_KEY + id):
                store.set_meta(_KEY + id, "")


def sweep(store: Store, folder: Path) -> None:
    """Take away what belongs to no transcript any more: links, and copies in ``folder``."""
    if not any(_lost(store, folder)):
        return
    with store.changing():  # nobody links or removes meanwhile
        gone, files = _lost(store, folder)
        for id in gone:
            store.set_meta(_KEY + id, "")
    for file in files:
        file.unlink(missing_ok=True)


def _lost(store: Store, folder: Path) -> tuple[list[str], list[Path]]:
    copies = [file for file in sorted((folder / FOLDER).glob("*")) if file.suffix != ".tmp"]
    with store.reading():
        linked = {key.removeprefix(_KEY): value for key, value in store.metas(_KEY).items() if value}
        if not linked and not copies:
            return [], []
        known = frozenset(store.ids())
        gone = [id for id in linked if id not in known]
        found = [_opened(store, id, value) for id, value in linked.items() if id in known]
    kept = {Path(entry["path"]).name for entry in found if entry["kept"]}
    return gone, [file for file in copies if file.name not in kept]


def recording_of(store: Store, folder: Path, id: str) -> Recording | None:
    """The recording beside ``id``; None where there is none, or its file is gone."""
    found = _opened(store, id, store.meta(_KEY + id) or "{}")
    if not found:
        return None
    path = Path(found["path"])
    try:  # a copy is where the index is now, wherever that was when it was made
        return as_recording(folder / FOLDER / path.name if found["kept"] else path)
    except InputError:
        return None


def _opened(store: Store, id: str, value: str) -> dict[str, Any]:
    try:
        return json.loads(value)
    except ValueError:
        raise StoreError(damaged(store.path, f"it does not know the recording of {id!r}")) from None

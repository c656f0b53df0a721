"""A folder made once from a source file, by the first process that asks: whole or not there, checked by its checksums.

Does not know what is in it.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path

RECORD = "panelbot.json"


def cache_folder() -> Path:
    """Where such folders are kept: ``$PANELBOT_CACHE``, else the user's cache directory."""
    from platformdirs import user_cache_path

    return Path(os.environ.get("PANELBOT_CACHE") or user_cache_path("panelbot", appauthor=False))


def own_folder(name: str) -> Path:
    """The folder ``name`` of the cache, made where it is missing, for this user alone.

    Raises:
        OSError: it cannot be made, or others can write to it.
    """
    folder = cache_folder() / name
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not _is_own(folder):
        raise PermissionError(f"the folder {folder} is another user's, or others can write to it")
    return folder


def ensure_made(folder: Path, source: Path, version: int, write: Callable[[Path], None]) -> Path:
    """``folder``, made first where it is missing, damaged, of another version or of another ``source``.

    ``write`` is given an empty folder beside it, which then takes its name.

    Raises:
        OSError: it cannot be written.
    """
    from filelock import FileLock

    if is_sound(folder, source, version):
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(str(folder) + ".lock"):
        if not is_sound(folder, source, version):  # another process may have made it while this one waited
            _make(folder, source, version, write)
    return folder


def _make(folder: Path, source: Path, version: int, write: Callable[[Path], None]) -> None:
    for left in folder.parent.glob(f"{folder.name}.????????"):  # by processes that were killed: the lock is held
        shutil.rmtree(left, ignore_errors=True)
    made = Path(tempfile.mkdtemp(prefix=f"{folder.name}.", dir=folder.parent))
    try:
        write(made)
        (made / RECORD).write_text(json.dumps(_record(made, source, version), indent=1, sort_keys=True), "utf-8")
        if folder.exists():  # damaged, or of another source
            shutil.rmtree(folder)
        made.rename(folder)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def is_sound(folder: Path, source: Path, version: int) -> bool:
    """Whether ``folder`` is whole, of this version and made from ``source``. Reads every byte."""
    try:
        if not _is_own(folder):
            return False
        record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        return record == _record(folder, source, version)
    except (OSError, ValueError):
        return False


def _is_own(folder: Path) -> bool:
    """Whether ``folder`` is a folder, no link to one, of this user, that others cannot write."""
    if not hasattr(os, "getuid"):  # Windows keeps each user's cache from the others by itself
        return folder.is_dir()
    found = folder.lstat()
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o022


def _record(folder: Path, source: Path, version: int) -> dict[str, object]:
    """The version, what the folder was made from, and the checksum of each file."""
    return {"format": version, "source_bytes": source.stat().st_size, "files": _checksums(folder)}


def _checksums(folder: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != RECORD:
            with path.open("rb") as file:
                found[path.relative_to(folder).as_posix()] = hashlib.file_digest(file, "sha256").hexdigest()
    return found

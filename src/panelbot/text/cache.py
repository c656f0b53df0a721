"""A folder of this user's own for what is worked out once. Knows nobody's files.

What is loaded from it is trusted, so it must be a folder that nobody else can write to: the shared temporary folder is
none, anybody may have put a file there first.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path


def own_folder(name: str) -> Path | None:
    """The folder ``name`` of panelbot's cache, readable by this user alone; None where there cannot be one."""
    from platformdirs import user_cache_path

    folder = Path(os.environ.get("PANELBOT_CACHE") or user_cache_path("panelbot", appauthor=False)) / name
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder if _is_own(folder) else None
    except OSError:
        return None


def _is_own(folder: Path) -> bool:
    """True where ``folder`` is a folder, no link to one, of this user, that others cannot write; it is made so."""
    if not hasattr(os, "getuid"):  # Windows keeps each user's cache from the others by itself
        return folder.is_dir()
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        return False
    if found.st_mode & 0o077:
        folder.chmod(0o700)
    return True

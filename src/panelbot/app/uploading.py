"""Where uploads wait until they are stored: a folder of this user's own, with room for so much and no more.

Knows no request, nor what is in a file: readers tell that by its content. Nothing in the folder is ever served.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from panelbot.bot import own_folder

MAX_FILES = 2_000  # that wait; one request has 1,000 at most
MAX_BYTES = 2_000_000_000  # a dozen recordings on their way at once
OLD = 3600  # seconds: what nobody stored by then is let go, and so is what broke off or what a killed server left


def upload_folder() -> Path:
    """The folder itself, which all servers of one user share.

    Raises:
        OSError: it cannot be made, or others can write to it.
    """
    return own_folder("uploads").resolve()


class Room:
    """The room that is left for uploads, those on their way counted in; for one event loop."""

    def __init__(self) -> None:
        self._coming = 0

    @contextmanager
    def held(self, n_bytes: int) -> Iterator[bool]:
        """Keep room for ``n_bytes`` more inside; gives whether there is any.

        Raises:
            OSError: there is no folder for them.
        """
        n_files, size = _swept(upload_folder())
        free = n_files < MAX_FILES and size + self._coming + n_bytes <= MAX_BYTES
        self._coming += n_bytes if free else 0
        try:
            yield free
        finally:
            self._coming -= n_bytes if free else 0


def _swept(folder: Path) -> tuple[int, int]:
    """How many files wait in ``folder``, and their bytes; what is old is let go first."""
    sizes: list[int] = []
    for path in sorted(folder.rglob("*"), reverse=True):  # what is in a folder comes before it
        with suppress(OSError):  # stored meanwhile, or a folder that is not empty
            found = path.lstat()
            is_old = time.time() - found.st_mtime > OLD
            if path.is_dir() and not path.is_symlink():
                if is_old:
                    path.rmdir()
            elif is_old:
                path.unlink()
            else:
                sizes.append(found.st_size)
    return len(sizes), sum(sizes)

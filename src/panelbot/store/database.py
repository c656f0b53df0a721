"""One SQLite file with its transactions, and every failure of it as one sentence. Knows no table but its own seal.

Why these settings: the rollback journal keeps the index one file that can be copied, lies on network folders and is
read from read-only ones, which a write-ahead log does not; readers wait for a writer's commit alone, milliseconds.
``synchronous = FULL`` has the journal on the disk before the file is touched, so that power may fail at any moment.
``cell_size_check`` looks for damage in each page as it is read; ``trusted_schema`` off lets no damaged or forged
schema call functions.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from panelbot.errors import StoreError

PATIENCE = 60.0  # seconds to wait for another process's write
_SETTINGS = ("foreign_keys = ON", "journal_mode = DELETE", "synchronous = FULL", "cell_size_check = ON",
             "trusted_schema = OFF")  # fmt: skip
_FULL, _BUSY, _DENIED, _BROKEN_DISK = {13}, {5, 6}, {3, 8, 14, 23}, {10}  # SQLite's primary result codes


class Database:
    """The connection to ``path``; safe to use from many threads, one at a time.

    Raises:
        StoreError: the file cannot be opened, or is no database.
    """

    def __init__(self, path: Path, *, patience: float = PATIENCE) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._depth = 0
        self._writes = False
        with self.told():
            path.parent.mkdir(parents=True, exist_ok=True)
            self.connection = sqlite3.connect(path, timeout=patience, check_same_thread=False, isolation_level=None)
            for setting in _SETTINGS:
                self.connection.execute(f"PRAGMA {setting}")

    @property
    def outermost(self) -> bool:
        """True in a transaction that stands in no other."""
        return self._depth == 1

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self.connection.close()

    @contextmanager
    def told(self) -> Iterator[None]:
        """What goes wrong inside, as the one sentence that is right for it."""
        try:
            yield
        except (sqlite3.Error, OSError, UnicodeDecodeError) as error:  # the last: SQLite quotes what is damaged
            raise StoreError(_sentence(self.path, error)) from None

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Everything read inside is of one moment."""
        with self._within("BEGIN", writes=False):
            yield self.connection

    @contextmanager
    def changing(self) -> Iterator[sqlite3.Connection]:
        """All or nothing of what is read and written inside; no other process writes meanwhile."""
        with self._within("BEGIN IMMEDIATE", writes=True):
            yield self.connection

    @contextmanager
    def _within(self, begin: str, *, writes: bool) -> Iterator[None]:
        with self._lock, self.told():
            if writes and self._depth and not self._writes:
                raise ValueError("a transaction that reads cannot come to write: another process may have written")
            outermost = not self._depth
            if outermost:
                self.connection.execute(begin)
                self._writes = writes
            self._depth += 1
            try:
                yield
            except BaseException:
                if outermost and self.connection.in_transaction:  # SQLite has rolled back already where a disk is full
                    self.connection.execute("ROLLBACK")
                raise
            else:
                if outermost:
                    self._commit()
            finally:
                self._depth -= 1

    def _commit(self) -> None:
        try:
            self.connection.execute("COMMIT")
        except sqlite3.Error:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
            raise


def _sentence(path: Path, error: Exception) -> str:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if isinstance(error, OSError):
        return f"The index folder {path.parent} cannot be used: {error.strerror or error}."
    if code in _FULL:
        return f"The disk that holds {path} is full; free some space and try again. The index is as it was."
    if code in _BUSY:
        return f"Another process has been writing to {path} for too long; try again when it is done."
    if code in _DENIED:
        return f"The index {path} cannot be opened or written ({error}); look at the permissions of its folder."
    if code in _BROKEN_DISK:
        return f"The disk that holds {path} failed or is full ({error}); the index is as it was, try again."
    return damaged(path, str(error))


def damaged(path: Path, how: str) -> str:
    """What to do with a file whose contents are not what was written."""
    return (
        f"The index {path} is damaged ({how}): put back a copy of it, or move the folder {path.parent} away and "
        f"run `panelbot add` again; `panelbot check` tells what is damaged."
    )

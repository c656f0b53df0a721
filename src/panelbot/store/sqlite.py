"""The catalogue as one SQLite file, and every failure of it as one sentence. Knows no table.

Why these settings: the rollback journal keeps the index one file that can be copied, lies on network folders and is
read from read-only ones, which a write-ahead log does not; readers wait for a writer's commit alone, milliseconds.
``synchronous = FULL`` has the journal on the disk before the file is touched, so that power may fail at any moment.
``cell_size_check`` looks for damage in each page as it is read; ``trusted_schema`` off lets no damaged or forged
schema call functions.
"""

from __future__ import annotations

import os
import sqlite3
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from panelbot.errors import StoreError
from panelbot.store.database import Database, damaged
from panelbot.whole import begun

FILE_NAME = "panelbot.sqlite"
_SETTINGS = ("foreign_keys = ON", "journal_mode = DELETE", "synchronous = FULL", "cell_size_check = ON",
             "trusted_schema = OFF")  # fmt: skip
_FULL, _BUSY, _DENIED, _BROKEN_DISK = {13}, {5, 6}, {3, 8, 14, 23}, {10}  # SQLite's primary result codes


class SqliteDatabase(Database):
    """The file in ``folder``.

    Raises:
        StoreError: it cannot be opened, or is no database.
    """

    def __init__(self, folder: Path, *, patience: float) -> None:
        self.file = folder / FILE_NAME
        super().__init__(self.file)
        with self.told():
            self._connection = sqlite3.connect(
                self.file, timeout=patience, check_same_thread=False, isolation_level=None
            )
            weakref.finalize(self, self._connection.close)  # Python 3.13 warns of one that nobody closed
            for setting in _SETTINGS:
                self._connection.execute(f"PRAGMA {setting}")

    @property
    def connection(self) -> sqlite3.Connection:
        """What runs the statements."""
        return self._connection

    @contextmanager
    def told(self) -> Iterator[None]:
        """What goes wrong inside, as the one sentence that is right for it."""
        try:
            yield
        except (sqlite3.Error, OSError, UnicodeDecodeError) as error:  # the last: SQLite quotes what is damaged
            raise StoreError(_sentence(self.file, error)) from None

    def has_tables(self) -> bool:
        """Whether there is a catalogue."""
        return bool(self.connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone())

    def statement(self, text: str) -> str:
        """It is SQLite's already."""
        return text

    @contextmanager
    def upgrading(self, found: str) -> Iterator[None]:
        """The file as it was stays beside it, whole and on the disk; foreign keys are off inside."""
        self._keep_copy(found)
        self.connection.execute("PRAGMA foreign_keys = OFF")
        try:
            yield
        finally:
            self.connection.execute("PRAGMA foreign_keys = ON")

    def _keep_copy(self, found: str) -> None:
        problem = self.connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if problem != "ok":
            raise StoreError(damaged(self.file, problem))
        kept = self.file.with_name(f"{FILE_NAME}.format-{found}")
        temporary = begun(kept)
        try:
            copy = sqlite3.connect(temporary)
            try:
                copy.execute("PRAGMA journal_mode = OFF")  # a killed process would leave it, and nobody sweeps it
                self.connection.backup(copy)
            finally:
                copy.close()
            os.replace(temporary, kept)
        finally:
            temporary.unlink(missing_ok=True)

    def lost(self, folder: Path) -> str:
        """A file that is gone or empty."""
        return (
            f"The index {self.file} is missing or empty, though {folder} holds vectors of transcripts: put the file "
            f"back from a copy, or remove {folder} and run `panelbot add` again."
        )

    def problems(self) -> tuple[str, ...]:
        """What SQLite itself finds wrong with its file."""
        with self.reading():
            found = [row[0] for row in self.connection.execute("PRAGMA integrity_check(20)")]
        return () if found == ["ok"] else tuple(found)

    def settle(self) -> None:
        """Let the journal of a process that was killed go; it has been taken back already, or was never in use."""
        if self.file.with_name(f"{FILE_NAME}-journal").exists():
            with self.changing() as db:  # a writer ends with no journal; a row set to what it is is not written
                row = db.execute("SELECT key, value FROM meta WHERE key = 'format'").fetchone()
                db.execute("DELETE FROM meta WHERE key = 'format'")
                db.execute("INSERT INTO meta VALUES (?, ?)", row)

    def _begin(self, *, writes: bool) -> None:
        self.connection.execute("BEGIN IMMEDIATE" if writes else "BEGIN")


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

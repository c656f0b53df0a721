"""What a visitor who logged in keeps on the server: conversations, notes, tags; each record whole, under its user.

Knows users and kinds of records; not what is in one. Visitors without a login keep theirs in their browser.
"""

from __future__ import annotations

import hashlib
import json
import logging
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from panelbot.errors import InputError, StoreError

logger = logging.getLogger(__name__)

FILE_NAME = "visitors.sqlite"
MAX_RECORD = 2_000_000  # characters of one record's JSON; an answer has thousands
MAX_RECORDS = 50_000  # of one user
MAX_PAGES = 262_144  # of 4,096 bytes: one gigabyte for everybody
MAX_NAME = 300  # characters of a kind or an id

_TABLE = """CREATE TABLE IF NOT EXISTS kept (
    user TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, parent TEXT NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (user, kind, id)
) WITHOUT ROWID"""


class Kept:
    """The records of all users in one file of ``folder``; any thread or process may read and write."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / FILE_NAME

    def all(self, user: str, kind: str, parent: str | None = None) -> list[dict[str, Any]]:
        """The records of a kind, by id; with ``parent`` those that belong to it."""
        where = "" if parent is None else " AND parent = ?"
        given = (user, kind) if parent is None else (user, kind, parent)
        with self._database() as db:
            rows = db.execute(f"SELECT value FROM kept WHERE user = ? AND kind = ?{where} ORDER BY id", given)
            found = [_opened(value) for (value,) in rows]
        if lost := found.count(None):
            logger.warning("%d records in %s are not what was written, and are left out.", lost, self.file)
        return [json.loads(value) for value in found if value is not None]

    def put(self, user: str, kind: str, record: Mapping[str, Any]) -> None:
        """Keep a record in the place of what has its ``id``.

        Raises:
            InputError: it has no id, is too long, or there are too many.
        """
        id, parent = record.get("id"), record.get("parent", "")
        named = all(isinstance(each, str) and len(each) <= MAX_NAME for each in (id, parent, kind))
        value = json.dumps(record, ensure_ascii=False)
        if not named or not id or not kind or len(value) > MAX_RECORD:
            raise InputError(f"What is kept has an id and at most {MAX_RECORD:,} characters.")
        with self._database() as db:
            (n_records,) = db.execute("SELECT count(*) FROM kept WHERE user = ?", (user,)).fetchone()
            if n_records >= MAX_RECORDS:
                raise InputError(f"More than {MAX_RECORDS:,} conversations, answers and notes are not kept.")
            row = (user, kind, id, parent, _with_checksum(value))
            db.execute("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?, ?)", row)

    def drop(self, user: str, kind: str, id: str) -> None:
        """Let a record go."""
        with self._database() as db:
            db.execute("DELETE FROM kept WHERE user = ? AND kind = ? AND id = ?", (user, kind, id))

    @contextmanager
    def _database(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self.file, timeout=10)) as db, db:
                db.execute(f"PRAGMA max_page_count = {MAX_PAGES}")
                db.execute(_TABLE)
                yield db
        except (sqlite3.Error, UnicodeDecodeError) as error:  # the latter: SQLite quotes what is damaged
            raise StoreError(f"What visitors keep in {self.file} cannot be read or written: {error}.") from None


def _with_checksum(value: str) -> str:
    """A record's JSON behind its sum: a byte changed within a quote would otherwise be another quote."""
    return f"{_sum(value)} {value}"


def _opened(stored: object) -> str | None:
    """The JSON of a record; None where it is not what was written. Those of earlier versions have no sum."""
    if not isinstance(stored, str):
        return None
    if stored.startswith("{"):
        return stored
    found, _, value = stored.partition(" ")
    return value if found == _sum(value) else None


def _sum(value: str) -> str:
    return hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()

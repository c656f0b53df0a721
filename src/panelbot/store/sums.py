"""Checksums: of each transcript's rows, and of the list of them all, so that damage is noticed and never quoted.

SQLite notices damage to its own structure alone: a byte changed within a text is another text to it. Knows no meaning.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from panelbot.store.rows import CHILDREN, HEAD

SEAL = "seal"
_CHANGED = -3  # the column `changed` of `HEAD` is the list's matter, and the last column is the sum itself


def read_rows(db: sqlite3.Connection, id: str) -> tuple[tuple[Any, ...], dict[str, list[Any]]] | None:
    """The row of `HEAD` of the transcript ``id`` and those of its `CHILDREN`; None where there is none."""
    head = db.execute(f"SELECT {HEAD} FROM transcripts WHERE id = ?", (id,)).fetchone()
    if head is None:
        return None
    ordered = "WHERE transcript_id = ? ORDER BY position"
    return head, {
        name: db.execute(f"SELECT {columns} FROM {name} {ordered}", (id,)).fetchall()
        for name, columns in CHILDREN.items()
    }


def checksum(head: Sequence[Any], tables: Mapping[str, Sequence[Any]]) -> str:
    """The sum of one transcript's rows."""
    own = [*head[:_CHANGED], *head[_CHANGED + 1 : -1]]
    return _sum([own, *(tables[name] for name in CHILDREN)])


def stamp(db: sqlite3.Connection, id: str) -> None:
    """Keep the sum of the rows of ``id`` as they are now."""
    read = read_rows(db, id)
    if read is not None:
        db.execute("UPDATE transcripts SET rows_sha256 = ? WHERE id = ?", (checksum(*read), id))


def seal(db: sqlite3.Connection) -> None:
    """Keep the sum of the list of transcripts, and of what else is known of the index, as they are now."""
    db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (SEAL, _all(db)))


def is_sealed(db: sqlite3.Connection) -> bool:
    """True where the list of transcripts is the one that was written."""
    row = db.execute("SELECT value FROM meta WHERE key = ?", (SEAL,)).fetchone()
    return row is not None and row[0] == _all(db)


def _all(db: sqlite3.Connection) -> str:
    columns = "id, path, fingerprint, first_id, changed, vectors_sha256, rows_sha256"
    return _sum([
        db.execute("SELECT key, value FROM meta WHERE key != ? ORDER BY key", (SEAL,)).fetchall(),
        db.execute(f"SELECT {columns} FROM transcripts ORDER BY id").fetchall(),
    ])  # fmt: skip


def _sum(values: Any) -> str:
    # A blob where a text was is damage, too: it is written as what it is.
    return hashlib.sha256(json.dumps(values, ensure_ascii=True, default=repr).encode()).hexdigest()

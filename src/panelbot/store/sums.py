"""Checksums: of each transcript's rows, of what a listing shows of it, and of the list of them all.

SQLite notices damage to its own structure alone: a byte changed within a text is another text to it, so without sums
damage would be shown as what was said. Knows no meaning.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from panelbot.store.database import Connection
from panelbot.store.rows import CHILDREN, HEAD, TEXTS

SEAL = "seal"
KEEP_META = "INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
_CHANGED = -4  # the column `changed` of `HEAD` is the list's matter, and the last two columns are the sums themselves
_MARK = 8  # bytes


def read_rows(db: Connection, id: str) -> tuple[tuple[Any, ...], dict[str, list[Any]]] | None:
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
    own = [*head[:_CHANGED], *head[_CHANGED + 1 : -2]]
    return sum_of([own, *(tables[name] for name in CHILDREN)])


def listed_sum(texts: Sequence[Any], n_turns: Any, speakers: Sequence[Sequence[Any]]) -> str:
    """The sum of what is shown of a transcript where none of its turns is read: its `TEXTS` and its register."""
    return sum_of([list(texts), n_turns, list(speakers)])


def stamp(db: Connection, id: str) -> None:
    """Keep the sums of the rows of ``id`` as they are now."""
    read = read_rows(db, id)
    if read is not None:
        head, tables = read
        listed = listed_sum(head[: len(TEXTS)], len(tables["turns"]), tables["speakers"])
        sums = (checksum(head, tables), listed, id)
        db.execute("UPDATE transcripts SET rows_sha256 = ?, listed_sha256 = ? WHERE id = ?", sums)


def marked(data: bytes, *of: object) -> bytes:
    """``data`` behind a mark that `unmarked` looks at; ``of`` is where it lies."""
    return _mark(data, of) + data


def unmarked(data: Any, *of: object) -> bytes | None:
    """What `marked` was given, None where it is another by now."""
    if not isinstance(data, bytes) or data[:_MARK] != _mark(data[_MARK:], of):
        return None
    return data[_MARK:]


def _mark(data: bytes, of: Sequence[object]) -> bytes:
    return hashlib.blake2b(repr(of).encode("utf-8", "backslashreplace") + data, digest_size=_MARK).digest()


def seal(db: Connection) -> None:
    """Keep the sum of the list of transcripts, and of what else is known of the index, as they are now."""
    db.execute(KEEP_META, (SEAL, _all(db)))


def is_sealed(db: Connection) -> bool:
    """Whether the list of transcripts is the one that was written."""
    row = db.execute("SELECT value FROM meta WHERE key = ?", (SEAL,)).fetchone()
    return row is not None and row[0] == _all(db)


def _all(db: Connection) -> str:
    columns = "id, path, fingerprint, first_id, changed, vectors_sha256, rows_sha256"
    return sum_of([
        db.execute("SELECT key, value FROM meta WHERE key != ? ORDER BY key", (SEAL,)).fetchall(),
        db.execute(f"SELECT {columns} FROM transcripts ORDER BY id").fetchall(),
    ])  # fmt: skip


def sum_of(values: Any) -> str:
    """The SHA-256 of ``values``, written as JSON."""
    # A blob where a text was is damage, too: it is written as what it is.
    return hashlib.sha256(json.dumps(values, ensure_ascii=True, default=repr).encode()).hexdigest()

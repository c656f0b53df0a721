"""The format of the catalogue: made new, recognised, and brought up to date with a copy of the old one kept.

Knows what the formats differ in; nothing of what they hold.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from panelbot.errors import StoreError
from panelbot.store import derived
from panelbot.store.database import Database, damaged
from panelbot.store.sums import seal, stamp

FORMAT = "4"


def prepare(database: Database, *, lost: Sequence[Path]) -> None:
    """Make the tables where there are none, or bring those of an earlier format up to date.

    Raises:
        StoreError: a later format, or no tables beside ``lost``, the files of vectors of an index that had some.
    """
    if not _has_tables(database.connection):
        if lost:
            raise StoreError(
                f"The index {database.path} is missing or empty, though {lost[0].parent} holds vectors of "
                f"transcripts: put the file back from a copy, or remove {lost[0].parent} and run `panelbot add` again."
            )
        _create(database)
    while (found := _format(database.connection)) != FORMAT:
        if found not in _UPGRADES:
            raise StoreError(_unknown(database.path, found))
        _upgrade(database, found)


def _create(database: Database) -> None:
    with database.changing() as db:
        if not _has_tables(db):  # another process may have been faster
            _run(db, "schema.sql")
            start = {"format": FORMAT, "generation": "0", "next_id": "0", derived.META: derived.FORMAT}
            db.executemany("INSERT INTO meta VALUES (?, ?)", sorted(start.items()))
            seal(db)


def _upgrade(database: Database, found: str) -> None:
    _keep_copy(database, found)
    database.connection.execute("PRAGMA foreign_keys = OFF")
    try:
        with database.changing() as db:
            if _format(db) == found:  # another process may have been faster
                _run(db, _UPGRADES[found])
                if found == "2":  # no earlier format had sums
                    for (id,) in db.execute("SELECT id FROM transcripts ORDER BY id").fetchall():
                        stamp(db, id)
                if found >= "2":
                    seal(db)
    finally:
        database.connection.execute("PRAGMA foreign_keys = ON")


def _keep_copy(database: Database, found: str) -> None:
    """The catalogue as it is, whole and on the disk, beside it: an upgrade that turns out badly can be undone."""
    problem = database.connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if problem != "ok":
        raise StoreError(damaged(database.path, problem))
    kept = database.path.with_name(f"{database.path.name}.format-{found}")
    temporary = kept.with_name(f"{kept.name}.{os.getpid()}.tmp")
    try:
        copy = sqlite3.connect(temporary)
        try:
            database.connection.backup(copy)
        finally:
            copy.close()
        os.replace(temporary, kept)
    finally:
        temporary.unlink(missing_ok=True)


def _run(db: sqlite3.Connection, script: str) -> None:
    for statement in files("panelbot.store").joinpath(script).read_text("utf-8").split(";\n"):
        db.execute(statement)


def _has_tables(db: sqlite3.Connection) -> bool:
    return bool(db.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone())


def _format(db: sqlite3.Connection) -> str:
    row = db.execute("SELECT value FROM meta WHERE key = 'format'").fetchone()
    return str(row[0]) if row else ""


_UPGRADES = {"1": "upgrade_1_to_2.sql", "2": "upgrade_2_to_3.sql", "3": "upgrade_3_to_4.sql"}


def _unknown(path: Path, found: str) -> str:
    if found.isdecimal() and int(found) > int(FORMAT):
        return (
            f"The index {path} was written by a later panelbot (format {found}, this one reads {FORMAT}): "
            "install that one, or name another folder with --index."
        )
    return damaged(path, f"its format is {found[:20]!r}")

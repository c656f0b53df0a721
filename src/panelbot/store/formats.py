"""The format of the catalogue: made new, recognised, and brought up to date.

Knows what the formats differ in; nothing of what they hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from panelbot.errors import StoreError
from panelbot.store import derived
from panelbot.store.database import Connection, Database, damaged
from panelbot.store.sums import checksum, is_sealed, read_rows, seal, stamp

FORMAT = "5"
_SUMMED = "3"  # the first format with checksums


def prepare(database: Database, *, lost: Sequence[Path]) -> None:
    """Make the tables where there are none, or bring those of an earlier format up to date.

    Raises:
        StoreError: a later format, or no tables beside ``lost``, the files of vectors of an index that had some.
    """
    if not database.has_tables():
        if lost:
            raise StoreError(database.lost(lost[0].parent))
        _create(database)
    if (found := _format(database.connection)) != FORMAT:
        if found not in _UPGRADES:
            raise StoreError(_unknown(database.path, found))
        _upgrade(database, found)


def _create(database: Database) -> None:
    with database.changing() as db:
        if not database.has_tables():  # another process may have been faster
            _run(database, "schema.sql")
            start = {"format": FORMAT, "generation": "0", "next_id": "0", derived.META: derived.state(db)}
            db.executemany("INSERT INTO meta VALUES (?, ?)", sorted(start.items()))
            seal(db)


def _upgrade(database: Database, found: str) -> None:
    with database.upgrading(found), database.changing() as db:
        if _format(db) == found:  # another process may have been faster
            if found >= _SUMMED and not is_sealed(db):
                raise StoreError(damaged(database.path, "its list of transcripts is not the one that was written"))
            for number in range(int(found), int(FORMAT)):
                _run(database, _UPGRADES[str(number)])
            for (id,) in db.execute("SELECT id FROM transcripts ORDER BY id").fetchall():
                if found < _SUMMED or _is_whole(db, id):  # damage that is told stays damage that is told
                    stamp(db, id)
            seal(db)


def _is_whole(db: Connection, id: str) -> bool:
    read = read_rows(db, id)
    return read is not None and checksum(*read) == read[0][-2]


def _run(database: Database, script: str) -> None:
    for statement in files("panelbot.store").joinpath(script).read_text("utf-8").split(";\n"):
        database.connection.execute(database.statement(statement))


def _format(db: Connection) -> str:
    row = db.execute("SELECT value FROM meta WHERE key = 'format'").fetchone()
    return str(row[0]) if row else ""


_UPGRADES = {"1": "upgrade_1_to_2.sql", "2": "upgrade_2_to_3.sql", "3": "upgrade_3_to_4.sql",
             "4": "upgrade_4_to_5.sql"}  # fmt: skip


def _unknown(path: Path | str, found: str) -> str:
    if found.isdecimal() and int(found) > int(FORMAT):
        return (
            f"The index {path} was written by a later panelbot (format {found}, this one reads {FORMAT}): "
            "install that one, or name another folder with --index."
        )
    return damaged(path, f"its format is {found[:20]!r}")

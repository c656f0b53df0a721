"""A catalogue copied into another one, row by row, so that everything made of it stays good. Knows no meaning."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from panelbot.errors import StoreError
from panelbot.store.catalogue import Store
from panelbot.store.database import Connection
from panelbot.store.sums import KEEP_META, SEAL, is_sealed

# What is read at once: a transcript of the first tables, a block of the last.
_OF_TRANSCRIPT = ("vectors", "speakers", "turns", "passages", "segments")


def copy(source: Store, target: Store) -> int:
    """Put all of ``source`` into ``target``, which is empty, in one transaction; how many transcripts there are.

    Raises:
        StoreError: ``source`` is damaged, or ``target`` holds something else.
    """
    source.derive()
    with source.reading() as here, target.changing() as there:
        ids = source.ids()
        if target.ids():
            if target.meta(SEAL) == source.meta(SEAL):
                return len(ids)
            raise StoreError(f"{target.path} holds transcripts already; move it away, or empty it, and try again.")
        for query, values in _parts(here, ids):
            _copy(here, there, *query, values)
        there.executemany(KEEP_META, here.execute("SELECT key, value FROM meta ORDER BY key").fetchall())
        if not is_sealed(there):
            raise StoreError(f"{source.path} came out another in {target.path}, which is as it was.")
    return len(ids)


def _parts(db: Connection, ids: Sequence[str]) -> Iterator[tuple[tuple[str, str], tuple[Any, ...]]]:
    """Tables and what of them is read at once, in an order that the references between them allow."""
    for id in ids:
        yield ("transcripts", "id = ?"), (id,)
        yield from ((((table, "transcript_id = ?"), (id,))) for table in _OF_TRANSCRIPT)
    yield ("blocks", "number > ?"), (0,)
    for (number,) in db.execute("SELECT number FROM blocks ORDER BY number").fetchall():
        yield ("lists", "block = ?"), (number,)
    yield ("stems", "n > ?"), (0,)


def _copy(here: Connection, there: Connection, table: str, which: str, values: Sequence[Any]) -> None:
    found = here.execute(f"SELECT * FROM {table} WHERE {which}", values)
    columns = [column[0] for column in found.description or ()]  # an upgraded catalogue has them in another order
    if rows := found.fetchall():
        names, marks = ", ".join(f'"{name}"' for name in columns), ", ".join("?" * len(columns))
        there.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)

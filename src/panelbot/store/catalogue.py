"""The SQLite catalogue: every change is one transaction, so a crash leaves the index before or after it.

Does not know FAISS, models or questions; vectors are rows of numbers to it.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from panelbot.errors import NotFoundError, StoreError
from panelbot.store import rows
from panelbot.types import Passage, Transcript

FORMAT = "2"
FILE_NAME = "panelbot.sqlite"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One transcript as stored. ``postings`` are the keyword index's own bytes, empty where they were lost.

    ``checksum`` is of the vectors; the store gives it, and ``first_id``.
    """

    transcript: Transcript
    passages: tuple[Passage, ...]
    vectors: NDArray[np.float32]  # (n_passages, dim)
    postings: bytes
    path: str = ""
    fingerprint: str = ""
    edits: tuple[dict[str, Any], ...] = ()
    first_id: int = 0
    checksum: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Where a transcript came from, and the generation in which it last changed."""

    path: str
    fingerprint: str
    changed: int


class Store:
    """The catalogue in ``folder``; safe to use from many threads and processes."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE_NAME
        self._lock = threading.RLock()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(self.path, timeout=60, check_same_thread=False, isolation_level=None)
            self._db.execute("PRAGMA foreign_keys = ON")
            self._create_or_check()
        except (sqlite3.DatabaseError, OSError) as error:
            raise StoreError(
                f"The index {self.path} cannot be opened ({error}); move it away and run `panelbot add` again."
            ) from None

    def _create_or_check(self) -> None:
        if not self._has_tables():
            with self._transaction():
                if not self._has_tables():  # another process may have been faster
                    self._run("schema.sql")
                    start = {"format": FORMAT, "generation": "0", "next_id": "0"}
                    self._db.executemany("INSERT INTO meta VALUES (?, ?)", sorted(start.items()))
        if self.meta("format") == "1":
            self._upgrade()
        found = self.meta("format")
        if found != FORMAT:
            raise StoreError(
                f"The index {self.path} has format {found}, this panelbot reads {FORMAT}; "
                "move it away and run `panelbot add` again."
            )

    def _upgrade(self) -> None:
        self._db.execute("PRAGMA foreign_keys = OFF")
        with self._transaction():
            if self.meta("format") == "1":  # another process may have been faster
                self._run("upgrade_1_to_2.sql")
        self._db.execute("PRAGMA foreign_keys = ON")

    def _run(self, script: str) -> None:
        for statement in files("panelbot.store").joinpath(script).read_text("utf-8").split(";\n"):
            self._db.execute(statement)

    def _has_tables(self) -> bool:
        return bool(self._db.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone())

    def close(self) -> None:
        """Let go of the file. The store cannot be used afterwards."""
        with self._lock:
            self._db.close()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def meta(self, key: str) -> str:
        """The value kept under ``key``, empty where there is none."""
        with self._lock:
            row = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row else ""

    def set_meta(self, key: str, value: str) -> None:
        """Keep ``value`` under ``key``."""
        with self._transaction():
            self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    @property
    def generation(self) -> int:
        """Counts the changes to the transcripts, by any process."""
        return int(self.meta("generation"))

    def ids(self) -> tuple[str, ...]:
        """The ids of all transcripts, sorted."""
        with self._lock:
            return tuple(row[0] for row in self._db.execute("SELECT id FROM transcripts ORDER BY id"))

    def headers(self) -> dict[str, Header]:
        """What is known of each transcript without loading it, by id, sorted."""
        with self._lock:
            found = self._db.execute("SELECT id, path, fingerprint, changed FROM transcripts ORDER BY id").fetchall()
        return {row[0]: Header(path=row[1], fingerprint=row[2], changed=row[3]) for row in found}

    def load(self, id: str, *, with_vectors: bool = True) -> Record:
        """The transcript ``id``; ``with_vectors`` False leaves the vectors out, unread and unchecked.

        Raises:
            NotFoundError: there is none.
            StoreError: its vectors are not the ones that were written.
        """
        with self._lock:
            head = self._db.execute(f"SELECT {rows.HEAD} FROM transcripts WHERE id = ?", (id,)).fetchone()
            if head is None:
                raise NotFoundError(f"There is no transcript {id!r}; `panelbot list` shows the ones there are.")
            tables = {
                name: self._db.execute(
                    f"SELECT {columns} FROM {name} WHERE transcript_id = ? ORDER BY position", (id,)
                ).fetchall()
                for name, columns in rows.CHILDREN.items()
            }
            postings = self._blob("postings", id)
            blob = self._blob("vectors", id) if with_vectors else None
        return self._record(head, tables, postings, blob)

    def _blob(self, table: str, id: str) -> bytes:
        row = self._db.execute(f"SELECT data FROM {table} WHERE transcript_id = ?", (id,)).fetchone()
        return row[0] if row else b""

    def _record(self, head: Sequence[Any], tables: dict[str, list[Any]], postings: bytes, blob: bytes | None) -> Record:
        transcript, (path, fingerprint, edits, first_id, _, checksum) = rows.read_transcript(head, tables)
        if blob is not None and hashlib.sha256(blob).hexdigest() != checksum:
            raise StoreError(
                f"The vectors of {transcript.id!r} in {self.path} are damaged; run `panelbot add --rebuild`."
            )
        passages = tuple(Passage(turn=t, start=a, end=b) for t, a, b in tables["passages"])
        vectors = np.frombuffer(blob or b"", dtype="<f4").astype(np.float32)
        vectors = vectors.reshape(len(passages), -1) if passages and len(vectors) else np.empty((0, 0), np.float32)
        return Record(
            transcript=transcript, passages=passages, vectors=vectors, postings=postings, path=path,
            fingerprint=fingerprint, edits=tuple(json.loads(edits)), first_id=first_id, checksum=checksum,
        )  # fmt: skip

    def save(
        self, records: Sequence[Record], *, stale: Sequence[str] = (), meta: Mapping[str, str] | None = None
    ) -> None:
        """Add transcripts, or put them in the place of those with their ids, and drop the ``stale``; all or nothing.

        Each record's ``first_id`` is given here; ``meta`` is kept with them.
        """
        with self._transaction():
            self._delete(stale)
            for record in records:
                self._db.execute("DELETE FROM transcripts WHERE id = ?", (record.transcript.id,))
                self._insert(record)
            self._db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", sorted((meta or {}).items()))
            self._count_change([record.transcript.id for record in records])

    def _insert(self, record: Record) -> None:
        id = record.transcript.id
        first_id = int(self.meta("next_id"))
        next_id = first_id + max(1, len(record.passages))  # a transcript without passages has an id of its own too
        self._db.execute("UPDATE meta SET value = ? WHERE key = 'next_id'", (str(next_id),))
        blob = np.ascontiguousarray(record.vectors, dtype="<f4").tobytes()
        edits, checksum = json.dumps(record.edits, ensure_ascii=False), hashlib.sha256(blob).hexdigest()
        self._db.execute(
            f"INSERT INTO transcripts ({rows.HEAD}) VALUES ({', '.join('?' * rows.N_HEAD)})",
            (*rows.head_row(record.transcript), record.path, record.fingerprint, edits, first_id, 0, checksum),
        )
        self._write_register(record.transcript)
        spans = [(id, i, p.turn, p.start, p.end) for i, p in enumerate(record.passages)]
        self._db.executemany("INSERT INTO passages VALUES (?, ?, ?, ?, ?)", spans)
        self._db.execute("INSERT INTO vectors VALUES (?, ?)", (id, blob))
        self._db.execute("INSERT INTO postings VALUES (?, ?)", (id, record.postings))

    def save_register(self, transcript: Transcript, edits: Sequence[dict[str, Any]]) -> None:
        """Replace the speakers of a stored transcript, and who spoke which turn; texts and vectors stay."""
        with self._transaction():
            self._db.execute(
                "UPDATE transcripts SET edits = ? WHERE id = ?", (json.dumps(edits, ensure_ascii=False), transcript.id)
            )
            self._db.execute("DELETE FROM speakers WHERE transcript_id = ?", (transcript.id,))
            self._db.execute("DELETE FROM turns WHERE transcript_id = ?", (transcript.id,))
            self._write_register(transcript)
            self._count_change([transcript.id])

    def save_postings(self, id: str, data: bytes) -> None:
        """Replace lost or damaged keyword lists; no change to what the index holds."""
        with self._transaction():
            self._db.execute("INSERT OR REPLACE INTO postings VALUES (?, ?)", (id, data))

    def remove(self, ids: Sequence[str]) -> None:
        """Remove transcripts, all or none.

        Raises:
            NotFoundError: one of them does not exist.
        """
        with self._transaction():
            self._delete(ids)
            self._count_change([])

    def _delete(self, ids: Sequence[str]) -> None:
        for id in ids:
            if not self._db.execute("DELETE FROM transcripts WHERE id = ?", (id,)).rowcount:
                raise NotFoundError(f"There is no transcript {id!r}; `panelbot list` shows the ones there are.")

    def _write_register(self, transcript: Transcript) -> None:
        speakers, turns = rows.register_rows(transcript)
        self._db.executemany("INSERT INTO speakers VALUES (?, ?, ?, ?, ?, ?, ?, ?)", speakers)
        self._db.executemany("INSERT INTO turns VALUES (?, ?, ?, ?, ?, ?)", turns)

    def _count_change(self, ids: Sequence[str]) -> None:
        self._db.execute("UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'generation'")
        now = self.generation
        self._db.executemany("UPDATE transcripts SET changed = ? WHERE id = ?", [(now, id) for id in ids])

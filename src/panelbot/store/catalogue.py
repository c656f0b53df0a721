"""The SQLite catalogue: every change is one transaction, so a crash leaves the index before or after it.

Does not know FAISS, models or questions; vectors are rows of numbers to it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from panelbot.errors import NotFoundError, StoreError
from panelbot.store import rows
from panelbot.store.database import PATIENCE, Database, damaged
from panelbot.store.formats import prepare
from panelbot.store.sums import checksum, is_sealed, read_rows, seal, stamp
from panelbot.types import Passage, Transcript

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
    """Where a transcript came from, and the generation in which it last changed.

    Two with the same ``path`` and ``fingerprint`` are of the same text; people's edits change ``changed`` alone.
    """

    path: str
    fingerprint: str
    changed: int


class Store:
    """The catalogue in ``folder``; safe to use from many threads and processes."""

    def __init__(self, folder: Path, *, patience: float = PATIENCE) -> None:
        self.path = folder / FILE_NAME
        self._database = Database(self.path, patience=patience)
        self._db = self._database.connection
        with self._database.told():
            prepare(self._database, lost=sorted(folder.glob("vectors/*.faiss")))

    def close(self) -> None:
        """Let go of the file. The store cannot be used afterwards."""
        self._database.close()

    def reading(self) -> AbstractContextManager[Any]:
        """Everything read inside is of one moment, whatever other processes write."""
        return self._database.reading()

    @contextmanager
    def changing(self) -> Iterator[None]:
        """What is read and written inside is one transaction: all or nothing, and nobody writes between."""
        with self._database.changing() as db:
            yield
            if self._database.outermost:
                seal(db)

    def settle(self) -> None:
        """Let the journal of a process that was killed go; it has been taken back already, or was never in use."""
        if self.path.with_name(f"{FILE_NAME}-journal").exists():
            with self.changing():  # the seal is written again, and whoever writes ends with no journal
                pass

    def meta(self, key: str) -> str:
        """The value kept under ``key``, empty where there is none."""
        with self._database.reading() as db:
            row = db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row else ""

    def metas(self, prefix: str) -> dict[str, str]:
        """The values kept under keys that begin with ``prefix``."""
        with self._database.reading() as db:
            return dict(db.execute("SELECT key, value FROM meta WHERE substr(key, 1, ?) = ?", (len(prefix), prefix)))

    def set_meta(self, key: str, value: str) -> None:
        """Keep ``value`` under ``key``."""
        with self.changing():
            self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    @property
    def generation(self) -> int:
        """Counts the changes to the transcripts, by any process."""
        found = self.meta("generation")
        if not found.isdecimal():
            raise StoreError(damaged(self.path, "it does not know its own version"))
        return int(found)

    def ids(self) -> tuple[str, ...]:
        """The ids of all transcripts, sorted."""
        return tuple(self.headers())

    def headers(self) -> dict[str, Header]:
        """What is known of each transcript without loading it, by id, sorted.

        Raises:
            StoreError: they are not the ones that were written.
        """
        with self._database.reading() as db:
            if not is_sealed(db):
                raise StoreError(damaged(self.path, "its list of transcripts is not the one that was written"))
            found = db.execute("SELECT id, path, fingerprint, changed FROM transcripts ORDER BY id").fetchall()
        return {row[0]: Header(path=row[1], fingerprint=row[2], changed=row[3]) for row in found}

    def problems(self) -> tuple[str, ...]:
        """What SQLite itself finds wrong with its file."""
        with self._database.reading() as db:
            found = [row[0] for row in db.execute("PRAGMA integrity_check(20)")]
        return () if found == ["ok"] else tuple(found)

    def listed(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The ids that stand in the file, believed or not, and what is wrong with the list of them."""
        with self._database.reading() as db:
            ids = tuple(str(row[0]) for row in db.execute("SELECT id FROM transcripts ORDER BY id"))
        try:
            self.headers()
        except StoreError as error:
            return ids, (str(error),)
        return ids, ()

    def load(self, id: str, *, with_vectors: bool = True) -> Record:
        """The transcript ``id``; ``with_vectors`` False leaves the vectors out, unread and unchecked.

        Raises:
            NotFoundError: there is none.
            StoreError: its words, its speakers or its vectors are not the ones that were written.
        """
        with self._database.reading() as db:
            read = read_rows(db, id)
            if read is None:
                raise NotFoundError(f"There is no transcript {id!r}; `panelbot list` shows the ones there are.")
            head, tables = read
            if checksum(head, tables) != head[-1]:
                raise StoreError(damaged(self.path, f"the transcript {id!r} is not the one that was written"))
            postings = self._blob("postings", id)
            blob = self._blob("vectors", id) if with_vectors else None
        return self._record(head, tables, postings, blob)

    def _blob(self, table: str, id: str) -> bytes:
        row = self._db.execute(f"SELECT data FROM {table} WHERE transcript_id = ?", (id,)).fetchone()
        return row[0] if row else b""

    def _record(self, head: Sequence[Any], tables: dict[str, list[Any]], postings: bytes, blob: bytes | None) -> Record:
        transcript, (path, fingerprint, edits, first_id, _, vectors_sum, _) = rows.read_transcript(head, tables)
        if blob is not None and hashlib.sha256(blob).hexdigest() != vectors_sum:
            raise StoreError(
                f"The vectors of {transcript.id!r} in {self.path} are damaged; run `panelbot add --rebuild`."
            )
        passages = tuple(Passage(turn=t, start=a, end=b) for t, a, b in tables["passages"])
        vectors = np.frombuffer(blob or b"", dtype="<f4").astype(np.float32)
        vectors = vectors.reshape(len(passages), -1) if passages and len(vectors) else np.empty((0, 0), np.float32)
        return Record(
            transcript=transcript, passages=passages, vectors=vectors, postings=postings, path=path,
            fingerprint=fingerprint, edits=tuple(json.loads(edits)), first_id=first_id, checksum=vectors_sum,
        )  # fmt: skip

    def save(
        self, records: Sequence[Record], *, stale: Sequence[str] = (), meta: Mapping[str, str] | None = None
    ) -> None:
        """Add transcripts, or put them in the place of those with their ids, and drop the ``stale``; all or nothing.

        Each record's ``first_id`` is given here; ``meta`` is kept with them.
        """
        with self.changing():
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
        edits, vectors_sum = json.dumps(record.edits, ensure_ascii=False), hashlib.sha256(blob).hexdigest()
        self._db.execute(
            f"INSERT INTO transcripts ({rows.HEAD}) VALUES ({', '.join('?' * rows.N_HEAD)})",
            (*rows.head_row(record.transcript), record.path, record.fingerprint, edits, first_id, 0, vectors_sum, ""),
        )
        self._write_register(record.transcript)
        spans = [(id, i, p.turn, p.start, p.end) for i, p in enumerate(record.passages)]
        self._db.executemany("INSERT INTO passages VALUES (?, ?, ?, ?, ?)", spans)
        self._db.execute("INSERT INTO vectors VALUES (?, ?)", (id, blob))
        self._db.execute("INSERT INTO postings VALUES (?, ?)", (id, record.postings))

    def save_register(self, transcript: Transcript, edits: Sequence[dict[str, Any]]) -> None:
        """Replace the speakers of a stored transcript, and who spoke which turn; texts and vectors stay."""
        with self.changing():
            self._db.execute(
                "UPDATE transcripts SET edits = ? WHERE id = ?", (json.dumps(edits, ensure_ascii=False), transcript.id)
            )
            self._db.execute("DELETE FROM speakers WHERE transcript_id = ?", (transcript.id,))
            self._db.execute("DELETE FROM turns WHERE transcript_id = ?", (transcript.id,))
            self._write_register(transcript)
            self._count_change([transcript.id])

    def save_postings(self, id: str, data: bytes, *, first_id: int) -> None:
        """Replace lost or damaged keyword lists of the passages known as ``first_id``, where they are still there."""
        with self.changing():
            self._db.execute(
                "INSERT OR REPLACE INTO postings SELECT id, ? FROM transcripts WHERE id = ? AND first_id = ?",
                (data, id, first_id),
            )

    def remove(self, ids: Sequence[str]) -> None:
        """Remove transcripts, all or none.

        Raises:
            NotFoundError: one of them does not exist.
        """
        with self.changing():
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
        for id in ids:
            self._db.execute("UPDATE transcripts SET changed = ? WHERE id = ?", (now, id))
            stamp(self._db, id)

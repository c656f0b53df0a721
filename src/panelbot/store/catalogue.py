"""The catalogue: every change is one transaction, so a crash leaves the index before or after it.

Does not know FAISS, models or questions; vectors are rows of numbers to it.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from itertools import groupby, islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from panelbot.errors import ConfigError, IndexMovedError, NotFoundError, StoreError
from panelbot.index import Block, Head, Postings, Segment, build_segment, lexical_of, unpack_segment
from panelbot.store import derived, rows
from panelbot.store.database import PATIENCE, Connection, Database, damaged
from panelbot.store.formats import prepare
from panelbot.store.postgres import SCHEMES, PostgresDatabase
from panelbot.store.sqlite import SqliteDatabase
from panelbot.store.sums import KEEP_META, checksum, is_sealed, listed_sum, read_rows, seal, stamp
from panelbot.types import Listed, Passage, Speaker, Transcript

_AT_ONCE = 100  # transcripts whose lists are made together


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One transcript as stored. ``lexical`` are its keyword lists, worked out where they are None.

    ``checksum`` is of the vectors; the store gives it, and ``first_id``.
    """

    transcript: Transcript
    passages: tuple[Passage, ...]
    vectors: NDArray[np.float32]  # (n_passages, dim)
    lexical: Postings | None = None
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


def written_vectors(folder: Path) -> list[Path]:
    """The files of vectors beside a catalogue in ``folder``, by this version or an earlier one."""
    return sorted(path for path in folder.glob("vectors/*") if path.suffix in (".npy", ".faiss"))


def _open(folder: Path, catalogue: str, patience: float) -> Database:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"The index folder {folder} cannot be used: {error.strerror or error}.") from None
    if not catalogue:
        return SqliteDatabase(folder, patience=patience)
    if not catalogue.startswith(SCHEMES):
        raise ConfigError("catalogue must begin with postgresql://, or be empty for a file in the index folder.")
    return PostgresDatabase(catalogue, patience=patience)


class Store:
    """The catalogue in ``folder``, or in the PostgreSQL database ``catalogue``, which other machines may share.

    Safe to use from many threads and processes. ``fresh`` makes an empty one even beside vectors of another.
    """

    def __init__(self, folder: Path, *, catalogue: str = "", patience: float = PATIENCE, fresh: bool = False) -> None:
        self._database = _open(folder, catalogue, patience)
        self.path = self._database.path
        self.is_shared = bool(catalogue)
        with self._database.told():
            prepare(self._database, lost=() if fresh else written_vectors(folder))

    @property
    def _db(self) -> Connection:
        return self._database.connection

    def close(self) -> None:
        """Let go of the database. The store cannot be used afterwards."""
        self._database.close()

    def reading(self) -> AbstractContextManager[Connection]:
        """Everything read inside is of one moment, whatever other processes write."""
        return self._database.reading()

    @contextmanager
    def changing(self) -> Iterator[Connection]:
        """What is read and written inside is one transaction: all or nothing, and nobody writes between."""
        with self._database.changing() as db:
            yield db
            if self._database.outermost:
                seal(db)

    def settle(self) -> None:
        """Let go what processes that were killed have left behind."""
        self._database.settle()

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
            self._db.execute(KEEP_META, (key, value))

    def own_name(self) -> str:
        """What the index is called where others are kept too; it is made once, and a copy of the folder has it too."""
        if not (name := self.meta("name")):
            with self.changing():
                name = self.meta("name") or uuid.uuid4().hex[:12]  # another process may have been faster
                self.set_meta("name", name)
        return name

    @property
    def generation(self) -> int:
        """The number of changes to the transcripts, by any process."""
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
            self._check_seal(db)
            found = db.execute("SELECT id, path, fingerprint, changed FROM transcripts ORDER BY id").fetchall()
        return {row[0]: Header(path=row[1], fingerprint=row[2], changed=row[3]) for row in found}

    def problems(self) -> tuple[str, ...]:
        """What the database itself finds wrong with what it keeps."""
        return self._database.problems()

    def listed(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The ids that stand in the file, believed or not, and what is wrong with the list of them."""
        with self._database.reading() as db:
            ids = tuple(str(row[0]) for row in db.execute("SELECT id FROM transcripts ORDER BY id"))
        try:
            self.headers()
            self.listing()
        except StoreError as error:
            return ids, (str(error),)
        return ids, ()

    def load(self, id: str, *, with_vectors: bool = True) -> Record:
        """The transcript ``id``; ``with_vectors`` False leaves the vectors out, unread and unchecked.

        Raises:
            NotFoundError: there is none.
            StoreError: its words, its speakers or its vectors are not the ones that were written.
        """
        with self._database.reading():
            head, tables = self._checked(id)
            blob = self._vectors(id) if with_vectors else None
        return self._record(head, tables, blob)

    def transcript(self, head: Head) -> Transcript:
        """The transcript of ``head``.

        Raises:
            IndexMovedError: it has changed since ``head`` was read, or is gone.
            StoreError: its words or its speakers are not the ones that were written.
        """
        with self._database.reading() as db:
            row = db.execute("SELECT first_id, changed FROM transcripts WHERE id = ?", (head.id,)).fetchone()
            if row != (head.first_id, head.changed):
                raise IndexMovedError(f"{head.id!r} was changed while it was read; ask again.")
            return rows.read_transcript(*self._checked(head.id))[0]

    def _checked(self, id: str) -> tuple[tuple[Any, ...], dict[str, list[Any]]]:
        head, tables = self._read(id)
        if checksum(head, tables) != head[-2]:
            raise self._another(id)
        return head, tables

    def _another(self, id: object) -> StoreError:
        return StoreError(
            f"The index {self.path} is damaged (the transcript {id!r} is not the one that was written): put back a "
            f"copy of it, or `panelbot remove` that transcript and add it again; `panelbot check` tells of all."
        )

    def _read(self, id: str) -> tuple[tuple[Any, ...], dict[str, list[Any]]]:
        read = read_rows(self._db, id)
        if read is None:
            raise NotFoundError(f"There is no transcript {id!r}; `panelbot list` shows the ones there are.")
        return read

    def _vectors(self, id: str) -> bytes:
        row = self._db.execute("SELECT data FROM vectors WHERE transcript_id = ?", (id,)).fetchone()
        return row[0] if row else b""

    def _record(self, head: Sequence[Any], tables: dict[str, list[Any]], blob: bytes | None) -> Record:
        transcript, (path, fingerprint, edits, first_id, _, vectors_sum, *_) = rows.read_transcript(head, tables)
        passages = tuple(Passage(turn=t, start=a, end=b) for t, a, b in tables["passages"])
        vectors = np.empty((0, 0), np.float32)
        if blob is not None:
            vectors = self._rows(blob, transcript.id, vectors_sum, len(passages))
        return Record(
            transcript=transcript, passages=passages, vectors=vectors, path=path,
            fingerprint=fingerprint, edits=tuple(json.loads(edits)), first_id=first_id, checksum=vectors_sum,
        )  # fmt: skip

    def _rows(self, blob: bytes, id: str, checksum: str, n: int) -> NDArray[np.float32]:
        if hashlib.sha256(blob).hexdigest() != checksum:
            raise StoreError(f"The vectors of {id!r} in {self.path} are damaged; run `panelbot add --rebuild`.")
        rows = np.frombuffer(blob, dtype="<f4").astype(np.float32, copy=False)
        return rows.reshape(n, -1) if n and len(rows) else np.empty((0, 0), np.float32)

    # --- what a search reads -----------------------------------------------------------------------------------

    def heads(self) -> tuple[Head, ...]:
        """What is known of every transcript without reading it, by id.

        Raises:
            StoreError: they are not the ones that were written.
        """
        with self._told(), self._database.reading() as db:
            self._check_seal(db)
            return derived.heads(db)

    def _check_seal(self, db: Connection) -> None:
        if not is_sealed(db):
            raise StoreError(damaged(self.path, "its list of transcripts is not the one that was written"))

    @contextmanager
    def _told(self) -> Iterator[None]:
        """No JSON, a blob where a text was, nothing where a number was: a sentence."""
        try:
            yield
        except (ValueError, TypeError) as error:
            raise StoreError(damaged(self.path, "what a search reads of it is not what was written")) from error

    def blocks(self) -> tuple[Block, ...]:
        """Which transcripts' vectors and keyword lists lie together."""
        with self._told(), self._database.reading() as db:
            return derived.blocks(db)

    def registers(self) -> dict[str, tuple[Speaker, ...]]:
        """The speakers of every transcript, by its id.

        Raises:
            StoreError: they are not what was written.
        """
        return {listed.id: listed.speakers for listed in self.listing()}

    def listing(self) -> tuple[Listed, ...]:
        """Every transcript without what was said, by id.

        Raises:
            StoreError: they, or their speakers, are not what was written.
        """
        texts = f"""SELECT {", ".join(rows.TEXTS)}, n_turns, listed_sha256 FROM transcripts
            JOIN segments ON transcript_id = id ORDER BY id"""
        speakers = f"SELECT transcript_id, {rows.CHILDREN['speakers']} FROM speakers ORDER BY transcript_id, position"
        with self._told(), self._database.reading() as db:
            registers = {
                id: [row[1:] for row in own] for id, own in groupby(db.execute(speakers), key=lambda row: row[0])
            }
            return tuple(self._listed(row, registers.get(row[0], [])) for row in db.execute(texts))

    def _listed(self, row: Sequence[Any], speakers: Sequence[Any]) -> Listed:
        *texts, n_turns, written = row
        if listed_sum(texts, n_turns, speakers) != written:
            raise self._another(texts[0])
        own = dict(zip(rows.TEXTS, texts, strict=True))
        return Listed(**own, n_turns=n_turns, speakers=rows.read_speakers(speakers))

    def segment(self, head: Head, speakers: tuple[Speaker, ...], read: Callable[[], Transcript]) -> Segment:
        """The transcript of ``head`` in searchable form; ``read`` gives it itself when it is asked for.

        Raises:
            IndexMovedError: it has changed since ``head`` was read, or is gone.
            StoreError: its vectors or what is kept for searching are not what was written.
        """
        with self._database.reading() as db:
            row = db.execute(
                """SELECT first_id, changed, vectors_sha256, v.data, s.data FROM transcripts
                JOIN vectors v ON v.transcript_id = id JOIN segments s ON s.transcript_id = id WHERE id = ?""",
                (head.id,),
            ).fetchone()
        if row is None or row[:2] != (head.first_id, head.changed):
            raise IndexMovedError(f"{head.id!r} was changed while it was read; ask again.")
        return unpack_segment(head, row[4], self._rows(row[3], head.id, row[2], head.n_passages), speakers, read)

    def vectors_at(self, first_id: int) -> NDArray[np.float32]:
        """The vectors of the transcript whose passages have ids from ``first_id`` on, float32 (n, dim).

        Raises:
            IndexMovedError: there is none.
        """
        with self._database.reading() as db:
            row = db.execute(
                """SELECT id, vectors_sha256, n_passages, v.data FROM transcripts
                JOIN vectors v ON v.transcript_id = id JOIN segments s ON s.transcript_id = id WHERE first_id = ?""",
                (first_id,),
            ).fetchone()
        if row is None:
            raise IndexMovedError("A transcript was changed while it was read; ask again.")
        return self._rows(row[3], row[0], row[1], row[2])

    def voices(self, heads: Sequence[Head]) -> dict[str, NDArray[np.int16]]:
        """Who speaks the passages of each transcript, by id: positions in its register.

        Raises:
            IndexMovedError: one has changed, or is gone.
            StoreError: they are not what was written.
        """
        with self._database.reading() as db:
            found = derived.voices(db, {head.id: head.changed for head in heads})
        if any(len(found.get(head.id, ())) != head.n_passages for head in heads):
            raise IndexMovedError("A transcript was changed while it was read; ask again.")
        return found

    def lists(self, keys: Collection[str]) -> dict[str, NDArray[np.void]]:
        """The passages that hold words of each stem, by id ascending; some may be gone.

        Raises:
            StoreError: they are not what was written.
        """
        with self._database.reading() as db:
            return derived.lists(db, keys)

    def counts(self, keys: Collection[str]) -> dict[str, int]:
        """How many passages hold words of each stem."""
        with self._database.reading() as db:
            return derived.counts(db, keys)

    def scripts(self) -> tuple[bool, bool]:
        """Whether any stem is Chinese, and whether any is not."""
        with self._database.reading() as db:
            return derived.scripts(db)

    def derive(self, *, anew: bool = False) -> None:
        """Make what a search reads of the catalogue where there is none: an index of an earlier version, or damage."""
        if not anew and self._is_derived():
            return
        with self.changing():
            if anew or not self._is_derived():
                derived.clear(self._db)
                ids = iter(self.ids())
                while some := [self._segment_of(self.load(id)) for id in islice(ids, _AT_ONCE)]:
                    derived.keep(self._db, some)
                derived.tidy(self._db)
                self.set_meta(derived.META, derived.state(self._db))

    def _is_derived(self) -> bool:
        with self._database.reading() as db:
            return self.meta(derived.META) == derived.state(db)

    @contextmanager
    def _deriving(self) -> Iterator[None]:
        """What a search reads changes inside, with the rest; damage that was there before is not sealed with it."""
        with self.changing():
            if not self._is_derived():
                self.set_meta(derived.META, "")
            yield
            if self.meta(derived.META):
                self.set_meta(derived.META, derived.state(self._db))

    def _tidy(self) -> None:
        try:
            derived.tidy(self._db)
        except StoreError:  # a list that is damaged cannot be put together with others
            self.set_meta(derived.META, "")

    def look_at_derived(self) -> None:
        """Look at all that a search reads, but at what `is_packed` looks at.

        Raises:
            StoreError: some of it is not what was written.
        """
        with self._database.reading() as db:
            if not self.meta(derived.META):  # it is known, and made again at the next use
                return
            if not self._is_derived():
                raise StoreError("What a search reads is damaged; the next question makes it again.")
            derived.look_at_marks(db)

    def is_packed(self, id: str) -> bool:
        """Whether what a search reads of one transcript is there, as it was written."""
        with self._database.reading() as db:
            row = db.execute("SELECT data FROM segments WHERE transcript_id = ?", (id,)).fetchone()
        try:
            lexical_of(row[0] if row else b"")
        except StoreError:
            return False
        return True

    def mend(self, id: str) -> None:
        """Make what a search reads of one transcript again, where the transcript is still there."""
        with self._deriving():
            if id in self.headers():
                derived.keep_packed(self._db, self._segment_of(self.load(id)))

    def _segment_of(self, record: Record) -> Segment:
        return build_segment(
            transcript=record.transcript,
            first_id=record.first_id,
            passages=record.passages,
            vectors=record.vectors,
            lexical=record.lexical,
        )

    def _forget(self, id: str) -> None:
        """Take the words of ``id`` out of the counts; where they are not known any more all is counted again later."""
        row = self._db.execute("SELECT data FROM segments WHERE transcript_id = ?", (id,)).fetchone()
        try:
            derived.forget(self._db, lexical_of(row[0] if row else b""))
        except StoreError:
            self.set_meta(derived.META, "")

    # --- changes -----------------------------------------------------------------------------------------------

    def save(
        self, records: Sequence[Record], *, stale: Sequence[str] = (), meta: Mapping[str, str] | None = None
    ) -> None:
        """Add transcripts, or put them in the place of those with their ids, and drop the ``stale``; all or nothing.

        Each record's ``first_id`` is given here; ``meta`` is kept with them.
        """
        with self._deriving():
            self._delete(stale)
            there = {id for (id,) in self._db.execute("SELECT id FROM transcripts")}
            self._delete([record.transcript.id for record in records if record.transcript.id in there])
            records = [self._insert(record) for record in records]
            if records:
                derived.keep(self._db, [self._segment_of(record) for record in records])
            self._tidy()
            self._db.executemany(KEEP_META, sorted((meta or {}).items()))
            self._count_change([record.transcript.id for record in records])

    def _insert(self, record: Record) -> Record:
        id = record.transcript.id
        first_id = int(self.meta("next_id"))
        next_id = first_id + max(1, len(record.passages))  # a transcript without passages has an id of its own too
        self._db.execute("UPDATE meta SET value = ? WHERE key = 'next_id'", (str(next_id),))
        blob = np.ascontiguousarray(record.vectors, dtype="<f4").tobytes()
        vectors_sum = hashlib.sha256(blob).hexdigest()
        kept = record.path, record.fingerprint, json.dumps(record.edits, ensure_ascii=False), first_id
        self._db.execute(
            f"INSERT INTO transcripts ({rows.HEAD}) VALUES ({', '.join('?' * rows.N_HEAD)})",
            (*rows.head_row(record.transcript), *kept, 0, vectors_sum, "", ""),  # the sums come last of all
        )
        transcript = self._write_register(record.transcript)
        spans = [(id, i, p.turn, p.start, p.end) for i, p in enumerate(record.passages)]
        self._db.executemany("INSERT INTO passages VALUES (?, ?, ?, ?, ?)", spans)
        self._db.execute("INSERT INTO vectors VALUES (?, ?)", (id, blob))
        return replace(record, transcript=transcript, first_id=first_id)

    def save_register(self, transcript: Transcript, edits: Sequence[dict[str, Any]]) -> None:
        """Replace the speakers of a stored transcript, and who spoke which turn; texts and vectors stay."""
        with self._deriving():
            self._db.execute(
                "UPDATE transcripts SET edits = ? WHERE id = ?", (json.dumps(edits, ensure_ascii=False), transcript.id)
            )
            self._db.execute("DELETE FROM speakers WHERE transcript_id = ?", (transcript.id,))
            self._db.execute("DELETE FROM turns WHERE transcript_id = ?", (transcript.id,))
            self._write_register(transcript)
            stored = self._record(*self._read(transcript.id), self._vectors(transcript.id))
            derived.keep_packed(self._db, self._segment_of(stored))
            self._count_change([transcript.id])

    def remove(self, ids: Sequence[str]) -> None:
        """Remove transcripts, all or none.

        Raises:
            NotFoundError: one of them does not exist.
        """
        with self._deriving():
            self._delete(ids)
            self._tidy()
            self._count_change([])

    def _delete(self, ids: Sequence[str]) -> None:
        for id in ids:
            self._forget(id)
            if not self._db.execute("DELETE FROM transcripts WHERE id = ?", (id,)).rowcount:
                raise NotFoundError(f"There is no transcript {id!r}; `panelbot list` shows the ones there are.")

    def _write_register(self, transcript: Transcript) -> Transcript:
        """Write who spoke what; the transcript as it is then, with everybody who speaks in its register."""
        transcript = rows.with_all_speakers(transcript)
        speakers, turns = rows.register_rows(transcript)
        self._db.executemany("INSERT INTO speakers VALUES (?, ?, ?, ?, ?, ?, ?, ?)", speakers)
        self._db.executemany("INSERT INTO turns VALUES (?, ?, ?, ?, ?, ?)", turns)
        return transcript

    def _count_change(self, ids: Sequence[str]) -> None:
        self._db.execute("UPDATE meta SET value = CAST(CAST(value AS BIGINT) + 1 AS TEXT) WHERE key = 'generation'")
        now = self.generation
        for id in ids:
            self._db.execute("UPDATE transcripts SET changed = ? WHERE id = ?", (now, id))
            stamp(self._db, id)

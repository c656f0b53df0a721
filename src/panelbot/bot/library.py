"""The library: the stored transcripts as one search index, kept up to date with the store. Answers nothing."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from panelbot.bot import media
from panelbot.errors import StoreError
from panelbot.index import DenseIndex, Postings, SearchIndex, Segment, VectorFiles, build_postings
from panelbot.store import Header, Record, Store
from panelbot.text import words
from panelbot.types import Transcript

logger = logging.getLogger(__name__)
VECTORS_FOLDER = "vectors"


def build_lexical(transcript: Transcript, passages: Iterable[tuple[int, int, int]]) -> Postings:
    """The keyword lists of a transcript's passages, each given as (turn, start, end)."""
    return build_postings([words(transcript.turns[turn].text[start:end]) for turn, start, end in passages])


class Library:
    """The store in ``folder`` and the search index made from it, which any process's changes renew."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = Store(folder)
        self._lock = threading.Lock()
        self._generation = -1
        self._headers: dict[str, Header] = {}
        self._files = VectorFiles(folder / VECTORS_FOLDER)
        self._unwritten: dict[int, str] = {}  # checksums by first id: vectors without a good file
        self._rebuilt: dict[str, tuple[int, bytes]] = {}  # keyword lists by transcript, for the vectors' first id
        self._index: SearchIndex | None = None

    def index(self) -> SearchIndex:
        """The search index of the transcripts as they are stored now. Writes nothing but what was damaged."""
        if self._index is not None and self.store.generation == self._generation:
            return self._index
        with self._lock:
            with self.store.reading():  # one moment: what another process removes meanwhile is still there
                generation = self.store.generation
                if self._index is None or generation != self._generation:
                    self._index = self._renew(self._index)
                    self._generation = generation
            self._write_rebuilt()
            return self._index

    def sweep(self) -> None:
        """Remove files that processes which were killed had begun to write; those of running ones stay."""
        for begun in (*self.folder.glob("*.tmp"), *self.folder.glob("*/*.tmp")):
            if not _runs(begun.name.split(".")[-2]):
                with suppress(OSError):
                    begun.unlink(missing_ok=True)
        self.store.settle()
        media.sweep(self.store, self.folder)

    def save_vectors(self) -> None:
        """Write the vectors that have no file beside the store yet, so that opening need not ask the store for them."""
        index = self.index()
        try:
            for segment in index.segments.values():
                checksum = self._unwritten.get(segment.first_id)
                if checksum is not None and segment.n_passages:
                    self._files.write(segment.first_id, checksum, segment.vectors)
                    del self._unwritten[segment.first_id]
            self._files.prune({segment.first_id for segment in index.segments.values()})
            (self.folder / "vectors.faiss").unlink(missing_ok=True)  # of earlier versions: one file for all vectors
        except OSError as error:
            logger.warning("The vector files were not written (%s); the store has the vectors.", error)

    def _renew(self, old: SearchIndex | None) -> SearchIndex:
        headers = self.store.headers()
        known = dict(old.segments) if old is not None else {}
        segments = [
            known[id] if id in known and self._headers[id] == header else self._segment(id)
            for id, header in headers.items()
        ]
        self._headers = headers
        return SearchIndex(segments, self._dense(segments, old))

    def _segment(self, id: str) -> Segment:
        record = self.store.load(id, with_vectors=False)
        try:
            vectors = self._files.read(record.first_id, record.checksum)
        except StoreError as error:
            logger.info("%s It is made again from the store.", error)
            record = self.store.load(id)
            vectors = record.vectors
            self._unwritten[record.first_id] = record.checksum
        return Segment(
            transcript=record.transcript,
            first_id=record.first_id,
            passages=record.passages,
            vectors=vectors,
            lexical=self._lexical(record),
        )

    def _lexical(self, record: Record) -> Postings:
        try:
            lexical = Postings.from_bytes(record.postings)
            if len(lexical.lengths) != len(record.passages):
                raise StoreError("These keyword lists are another transcript's.")
            return lexical
        except StoreError:
            id = record.transcript.id
            logger.warning("The keyword lists of %r were missing or damaged and have been rebuilt.", id)
            lexical = build_lexical(record.transcript, [(p.turn, p.start, p.end) for p in record.passages])
            self._rebuilt[id] = (record.first_id, lexical.to_bytes())
            return lexical

    def _write_rebuilt(self) -> None:
        """Keep the keyword lists that were made again; where they cannot be, they are made at the next opening, too."""
        rebuilt, self._rebuilt = self._rebuilt, {}
        try:
            for id, (first_id, data) in rebuilt.items():
                self.store.save_postings(id, data, first_id=first_id)
        except StoreError as error:
            logger.warning("Rebuilt keyword lists were not kept. %s", error)

    def _dense(self, segments: list[Segment], old: SearchIndex | None) -> DenseIndex:
        dim = next((s.vectors.shape[1] for s in segments if s.n_passages), 1)
        if old is not None and old.dense_index.dim == dim:
            before = {s.first_id: s for s in old.segments.values()}
            after = {s.first_id: s for s in segments}
            gone = [(s.first_id, s.first_id + s.n_passages) for key, s in before.items() if key not in after]
            new = [(s.first_id, s.vectors) for key, s in after.items() if key not in before]
            return old.dense_index.with_changes(add=new, remove=gone) if gone or new else old.dense_index
        return DenseIndex(dim).with_changes(add=[(s.first_id, s.vectors) for s in segments])


def _runs(process: str) -> bool:
    """True where a process of this number runs."""
    try:
        os.kill(int(process), 0)
    except (ValueError, OverflowError, ProcessLookupError):
        return False
    except OSError:
        return True
    return True

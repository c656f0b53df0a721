"""The library: the stored transcripts as one search index, kept up to date with the store. Answers nothing."""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Iterable
from pathlib import Path

from panelbot.errors import StoreError
from panelbot.index import DenseIndex, Postings, SearchIndex, Segment, build_postings
from panelbot.store import Header, Record, Store
from panelbot.text import words
from panelbot.types import Transcript

logger = logging.getLogger(__name__)
VECTORS_FILE = "vectors.faiss"


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
        self._index: SearchIndex | None = None

    def index(self) -> SearchIndex:
        """The search index of the transcripts as they are stored now. Writes nothing but what was damaged."""
        if self._index is not None and self.store.generation == self._generation:
            return self._index
        with self._lock:
            generation = self.store.generation
            if self._index is None or generation != self._generation:
                self._index = self._renew(self._index)
                self._generation = generation
            return self._index

    def save_vectors(self) -> None:
        """Write the vector index beside the store, so that opening need not build it."""
        index = self.index()
        try:
            index.dense_index.save(self.folder / VECTORS_FILE, _stamp(index.segments.values()))
        except OSError as error:
            logger.warning("The vector index was not written (%s); it is built again at the next start.", error)

    def _renew(self, old: SearchIndex | None) -> SearchIndex:
        headers = self.store.headers()
        known = dict(old.segments) if old is not None else {}
        segments = [
            known[id] if id in known and self._headers[id] == header else self._segment(self.store.load(id))
            for id, header in headers.items()
        ]
        self._headers = headers
        return SearchIndex(segments, self._dense(segments, old))

    def _segment(self, record: Record) -> Segment:
        try:
            lexical = Postings.from_bytes(record.postings)
        except StoreError:
            id = record.transcript.id
            logger.warning("The keyword lists of %r were missing or damaged and have been rebuilt.", id)
            lexical = build_lexical(record.transcript, [(p.turn, p.start, p.end) for p in record.passages])
            self.store.save_postings(id, lexical.to_bytes())
        return Segment(
            transcript=record.transcript,
            first_id=record.first_id,
            passages=record.passages,
            vectors=record.vectors,
            lexical=lexical,
        )

    def _dense(self, segments: list[Segment], old: SearchIndex | None) -> DenseIndex:
        dim = next((s.vectors.shape[1] for s in segments if s.n_passages), 1)
        if old is not None and old.dense_index.dim == dim:
            before = {s.first_id: s for s in old.segments.values()}
            after = {s.first_id: s for s in segments}
            gone = [(s.first_id, s.first_id + s.n_passages) for key, s in before.items() if key not in after]
            new = [(s.first_id, s.vectors) for key, s in after.items() if key not in before]
            return old.dense_index.with_changes(add=new, remove=gone) if gone or new else old.dense_index
        try:
            return DenseIndex.load(self.folder / VECTORS_FILE, _stamp(segments), dim)
        except StoreError as error:
            logger.info("%s It is built from the store.", error)
            return DenseIndex(dim).with_changes(add=[(s.first_id, s.vectors) for s in segments])


def _stamp(segments: Iterable[Segment]) -> str:
    """What the vector file must agree with: which ids stand for how many passages of which transcript."""
    parts = sorted(f"{s.first_id}:{s.n_passages}:{s.id}" for s in segments)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()

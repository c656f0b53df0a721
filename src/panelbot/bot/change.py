"""Storing what an ``add`` comes to, whatever other processes do to the index meanwhile.

Embedding takes long and holds nobody up; then one transaction looks whether the plan is still right, and writes. Knows
no files and no questions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from panelbot import register
from panelbot.bot.ingest import Batch, Draft, embed_drafts, known_vectors, with_edits
from panelbot.bot.library import Library
from panelbot.config import Settings
from panelbot.embedding import Embedder, Journal
from panelbot.errors import IndexMovedError, StoreError
from panelbot.store import Header, Record, Store
from panelbot.types import Progress

JOURNAL_FOLDER = "embedding"  # what an interrupted `add` had embedded
MAX_TRIES = 50  # while others change the same transcripts; each try embeds only what is new to it


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The index as a plan to change it was made from it."""

    headers: Mapping[str, Header]
    embedder: str

    def holds(self, now: Seen, ids: Iterable[str]) -> bool:
        """Whether a plan for ``ids`` is still right: the same texts and model."""
        return self.embedder == now.embedder and all(self._text(id) == now._text(id) for id in ids)

    def _text(self, id: str) -> tuple[str, str] | None:
        header = self.headers.get(id)
        return None if header is None else (header.path, header.fingerprint)


def look(store: Store) -> Seen:
    """The index as it is at one moment."""
    with store.reading():
        return Seen(headers=store.headers(), embedder=store.meta("embedder"))


def with_stored(batch: Batch, store: Store) -> Batch:
    """The batch and every other transcript of the index, to be embedded again."""
    read = {draft.transcript.id for draft in batch.drafts} | set(batch.stale)
    with store.reading():
        records = [store.load(id, with_vectors=False) for id in store.ids() if id not in read]
    again = (
        Draft(transcript=r.transcript, path=r.path, fingerprint=r.fingerprint, stored=True, edits=r.edits, seen=r.edits)
        for r in records
    )
    return replace(batch, drafts=(*batch.drafts, *again))


def edited(store: Store, id: str, edits: Sequence[Any]) -> Batch:
    """The transcript ``id`` with ``edits`` made on it, to be stored in its own place.

    Raises:
        NotFoundError: no such transcript, or nothing in it that an edit is about.
    """
    stored = store.load(id, with_vectors=False)
    changed = register.edit_register(stored.transcript, edits)
    kept = (*stored.edits, *(register.edit_to_dict(edit) for edit in edits))
    draft = Draft(
        transcript=changed, path=stored.path, fingerprint=stored.fingerprint, edits=kept, seen=stored.edits, stored=True
    )
    return Batch(drafts=(draft,))


def carry_out(
    plan: Callable[[Seen], Batch],
    library: Library,
    embedder: Callable[[], Embedder],
    settings: Settings,
    progress: Progress,
    *,
    rebuild: bool = False,
) -> tuple[Batch, set[str]]:
    """Embed and store what ``plan`` makes of the index as it is, planned again where another process was faster.

    Returns the batch that was stored, and the ids that there were before it. ``rebuild`` uses no vector again.

    Raises:
        StoreError: others changed the same transcripts again and again.
    """
    vectors: dict[str, NDArray[np.float32]] = {}
    for _ in range(MAX_TRIES):
        seen = look(library.store)
        batch = _with_edits(plan(seen), library.store)
        if not batch.drafts and not batch.stale:
            return batch, set(seen.headers)
        model = embedder()
        if not rebuild:
            with suppress(IndexMovedError):  # taken away meanwhile: they are embedded again
                vectors = known_vectors(batch.drafts, library.index().segments) | vectors
        journal = Journal(model, library.folder / JOURNAL_FOLDER)
        records = embed_drafts(batch.drafts, vectors, journal, settings, progress)
        progress("storing", 0, len(records))
        if _write(library.store, seen, batch, records, model.name, settings):
            journal.clear()
            library.save_derived()
            progress("storing", len(records), len(records))
            return batch, set(seen.headers)
    raise StoreError(f"Others changed {library.store.path} {MAX_TRIES} times while this was added; try again.")


def _write(
    store: Store, seen: Seen, batch: Batch, records: Sequence[Record], embedder: str, settings: Settings
) -> bool:
    """Store the records in one transaction; False, and nothing stored, where the plan is out of date."""
    with store.changing():
        ids = {record.transcript.id for record in records} | set(batch.stale)
        now = look(store)
        if not seen.holds(now, ids) or not all(_edits(store, d.transcript.id, now) == d.seen for d in batch.drafts):
            return False
        meta = {"embedder": embedder, "embedding_model": settings.embedding_model}
        store.save(records, stale=batch.stale, meta=meta)
    return True


def _with_edits(batch: Batch, store: Store) -> Batch:
    with store.reading():
        now = look(store)
        return replace(batch, drafts=tuple(with_edits(d, _edits(store, d.transcript.id, now)) for d in batch.drafts))


def _edits(store: Store, id: str, now: Seen) -> tuple[dict[str, Any], ...]:
    """What people have changed in a transcript of the index."""
    return store.load(id, with_vectors=False).edits if id in now.headers else ()

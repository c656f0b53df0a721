"""The stored transcripts as a search reads them: each when it is needed, the ones used last kept in memory.

Knows the store and what an index asks of it; no questions.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from panelbot.errors import IndexMovedError, StoreError
from panelbot.index import Head, Kept, MemorySource, Segment, build_segment
from panelbot.store import Store
from panelbot.types import Speaker

logger = logging.getLogger(__name__)
SEGMENT_BYTES = 256_000_000  # of transcripts that are kept in memory: about 250 panels of 200 turns


class StoredSource:
    """The transcripts of ``store`` as they are now; one that changes later is no longer to be had from here."""

    def __init__(self, store: Store, before: StoredSource | None = None) -> None:
        self._store = store
        self._kept: Kept[Head, Segment] = (
            Kept(SEGMENT_BYTES, lambda segment: segment.n_bytes) if before is None else before._kept
        )
        # Of which transcripts what a search reads had to be made again, and whether what it reads of all had to be.
        self.damaged: set[str] = set() if before is None else before.damaged
        self.lists_damaged = before is not None and before.lists_damaged
        self._before = before.__dict__.get("_registers", {}) if before is not None else {}
        self._changed = {head.id: head.changed for head in before.heads} if before is not None else {}
        self.heads = store.heads()
        self._ids = {head.id for head in self.heads}

    @property
    def registers(self) -> Mapping[str, tuple[Speaker, ...]]:
        """The speakers of every transcript; the very tuples of before where they did not change."""
        return self._registers

    @cached_property
    def _registers(self) -> Mapping[str, tuple[Speaker, ...]]:
        found = self._store.registers()
        if any(id not in self._ids for id in found):
            raise IndexMovedError("The index was changed while it was read; ask again.")
        same = {head.id for head in self.heads if self._changed.get(head.id) == head.changed}
        own = {head.id: found.get(head.id, ()) for head in self.heads}
        return {id: self._before[id] if id in same and id in self._before else own[id] for id in own}

    def segment(self, head: Head) -> Segment:
        """A transcript in searchable form."""
        return self._kept.get([head], lambda _: {head: self._read(head)})[head]

    def _read(self, head: Head) -> Segment:
        try:
            return self._store.segment(head, self.registers[head.id], lambda: self._store.transcript(head))
        except IndexMovedError:
            raise
        except StoreError as error:
            logger.warning("%s %r is made again.", error, head.id)
        record = self._store.load(head.id)
        if record.first_id != head.first_id:
            raise IndexMovedError(f"{head.id!r} was changed while it was read; ask again.")
        self.damaged.add(head.id)
        return build_segment(
            transcript=record.transcript,
            first_id=head.first_id,
            passages=record.passages,
            vectors=record.vectors,
            changed=head.changed,
        )

    def voices(self, heads: Sequence[Head]) -> Mapping[str, NDArray[np.int16]]:
        """Who speaks the passages of each transcript, by id."""
        try:
            return self._store.voices(heads)
        except IndexMovedError:
            raise
        except StoreError as error:
            self._told(error)
        return {head.id: self.segment(head).voices for head in heads}

    def lists(self, keys: Collection[str]) -> Mapping[str, NDArray[np.void]]:
        """The passages that hold words of each stem."""
        try:
            return self._store.lists(keys)
        except StoreError as error:
            self._told(error)
        return MemorySource(map(self.segment, self.heads)).lists(keys)

    def _told(self, error: StoreError) -> None:
        logger.warning("%s It is had from the transcripts meanwhile.", error)
        self.lists_damaged = True

    def counts(self, keys: Collection[str]) -> Mapping[str, int]:
        """How many passages hold words of each stem."""
        return self._store.counts(keys)

    def scripts(self) -> tuple[bool, bool]:
        """Whether any stem is Chinese, and whether any is not."""
        return self._scripts

    @cached_property
    def _scripts(self) -> tuple[bool, bool]:
        return self._store.scripts()

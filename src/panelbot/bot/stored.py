"""The stored transcripts as a search reads them: each when it is needed, the ones used last kept in memory.

Knows the store and what an index asks of it; no questions.
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from panelbot.errors import IndexMovedError, StoreError
from panelbot.index import Head, Segment, build_segment
from panelbot.store import Store
from panelbot.types import Speaker

logger = logging.getLogger(__name__)
MEGABYTES = 256  # of transcripts that are kept in memory: about 250 panels of 200 turns


class Kept:
    """Segments that were read, the ones used last; safe to call from many threads."""

    def __init__(self, megabytes: int = MEGABYTES) -> None:
        self._most = megabytes * 1_000_000
        self._size = 0
        self._segments: OrderedDict[tuple[str, int], Segment] = OrderedDict()
        self._lock = threading.Lock()
        self.damaged: set[str] = set()  # transcripts of which what a search reads had to be made again

    def find(self, head: Head) -> Segment | None:
        """The segment of ``head`` as it last changed, None where it is not here."""
        with self._lock:
            found = self._segments.get((head.id, head.changed))
            if found is not None:
                self._segments.move_to_end((head.id, head.changed))
            return found

    def keep(self, segment: Segment) -> None:
        """Keep ``segment``; the ones not used for longest are forgotten where there is too much."""
        with self._lock:
            self._segments[segment.id, segment.head.changed] = segment
            self._size = sum(kept.n_bytes for kept in self._segments.values())
            while self._size > self._most and len(self._segments) > 1:
                self._size -= self._segments.popitem(last=False)[1].n_bytes


class StoredSource:
    """The transcripts of ``store`` as they are now; one that changes later is no longer to be had from here."""

    def __init__(self, store: Store, kept: Kept, before: StoredSource | None = None) -> None:
        self._store = store
        self._kept = kept
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
        found = self._kept.find(head)
        if found is None:
            found = self._read(head)
            self._kept.keep(found)
        return found

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
        self._kept.damaged.add(head.id)
        return build_segment(
            transcript=record.transcript,
            first_id=head.first_id,
            passages=record.passages,
            vectors=record.vectors,
            changed=head.changed,
        )

    def voices(self, heads: Sequence[Head]) -> Mapping[str, NDArray[np.int16]]:
        """Who speaks the passages of each transcript, by id."""
        return self._store.voices(heads)

    def lists(self, keys: Collection[str]) -> Mapping[str, NDArray[np.void]]:
        """The passages that hold words of each stem."""
        return self._store.lists(keys)

    def counts(self, keys: Collection[str]) -> Mapping[str, int]:
        """How many passages hold words of each stem."""
        return self._store.counts(keys)

    def scripts(self) -> tuple[bool, bool]:
        """Whether any stem is Chinese, and whether any is not."""
        return self._scripts

    @cached_property
    def _scripts(self) -> tuple[bool, bool]:
        return self._store.scripts()

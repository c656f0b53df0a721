"""What a search index reads as it needs it: of a store, or of segments that are all in memory. Knows no questions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from panelbot.index.postings import ENTRY
from panelbot.index.segment import Head, Segment
from panelbot.text import has_han
from panelbot.types import Speaker


class Source(Protocol):
    """Where the transcripts of an index are, as they were at one moment."""

    @property
    def heads(self) -> Sequence[Head]:
        """All transcripts, by id."""
        ...

    @property
    def registers(self) -> Mapping[str, tuple[Speaker, ...]]:
        """The speakers of every transcript, by its id; the very same tuples for as long as they do not change."""
        ...

    def segment(self, head: Head) -> Segment:
        """A transcript in searchable form."""
        ...

    def voices(self, heads: Sequence[Head]) -> Mapping[str, NDArray[np.int16]]:
        """Of each transcript, by id, who speaks its passages: positions in its register, (n_passages,)."""
        ...

    def lists(self, keys: Collection[str]) -> Mapping[str, NDArray[np.void]]:
        """The passages that hold words of each stem, as `ENTRY`, by id ascending; also some of no transcript here."""
        ...

    def counts(self, keys: Collection[str]) -> Mapping[str, int]:
        """How many passages hold words of each stem, as `Postings.n_like` counts; stems of none may be left out."""
        ...

    def scripts(self) -> tuple[bool, bool]:
        """Whether any stem is Chinese, and whether any is not."""
        ...


class MemorySource:
    """Segments that are all in memory."""

    def __init__(self, segments: Iterable[Segment]) -> None:
        self._segments = {segment.id: segment for segment in sorted(segments, key=lambda segment: segment.id)}
        self.heads = tuple(segment.head for segment in self._segments.values())
        self.registers = {id: segment.speakers for id, segment in self._segments.items()}

    def segment(self, head: Head) -> Segment:
        """A transcript in searchable form."""
        return self._segments[head.id]

    def voices(self, heads: Sequence[Head]) -> dict[str, NDArray[np.int16]]:
        """Who speaks the passages of each transcript."""
        return {head.id: self._segments[head.id].voices for head in heads}

    def lists(self, keys: Collection[str]) -> dict[str, NDArray[np.void]]:
        """The passages that hold words of each stem."""
        by_id = sorted(self._segments.values(), key=lambda segment: segment.first_id)
        empty = np.empty(0, ENTRY)
        return {key: np.concatenate([empty, *(s.lexical.entries(key, s.first_id) for s in by_id)]) for key in keys}

    def counts(self, keys: Collection[str]) -> dict[str, int]:
        """How many passages hold words of each stem."""
        return {key: sum(segment.lexical.n_like(key) for segment in self._segments.values()) for key in keys}

    def scripts(self) -> tuple[bool, bool]:
        """Whether any stem is Chinese, and whether any is not."""
        found = {has_han(key) for segment in self._segments.values() for key in segment.lexical.stems}
        return True in found, False in found

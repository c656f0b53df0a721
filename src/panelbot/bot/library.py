"""The library: the stored transcripts as one search index, kept up to date with the store. Answers nothing."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from panelbot.bot import media
from panelbot.bot.stored import StoredSource
from panelbot.config import Settings
from panelbot.errors import StoreError
from panelbot.index import Address, Collection, LocalVectors, MilvusVectors, SearchIndex
from panelbot.store import Store

MILVUS_HERE = "http://127.0.0.1:19530"  # where its server listens by default
logger = logging.getLogger(__name__)
VECTORS_FOLDER = "vectors"


class Library:
    """The store in ``folder`` and the search index over it, which any process's changes renew."""

    def __init__(self, folder: Path, settings: Settings | None = None) -> None:
        self.folder = folder
        self.settings = settings or Settings()
        self.store = Store(folder, catalogue=self.settings.catalogue)
        self._lock = threading.Lock()
        self._generation = -1
        self._source: StoredSource | None = None
        self._local = LocalVectors(folder / VECTORS_FOLDER, (), self.store.vectors_at)
        self._vectors: LocalVectors | MilvusVectors = self._local
        self._index: SearchIndex | None = None

    def index(self) -> SearchIndex:
        """The search index of the transcripts as they are stored now. Writes nothing but what was damaged."""
        if self._index is not None and self.store.generation == self._generation:
            return self._index
        with self._lock:
            self.store.derive()
            if self.settings.engine != "local":
                _ = self.collection  # whose name is made, and so written, before the one moment
            with self.store.reading():  # one moment
                generation = self.store.generation
                if self._index is None or generation != self._generation:
                    self._source = StoredSource(self.store, self._source)
                    self._vectors = self._engine(self._source)
                    self._index = SearchIndex(self._source, self._vectors)
                    self._generation = generation
            if self.store.is_shared and self._vectors is self._local:
                self._write(self._local.save)  # another machine's `add` wrote the files of its own folder
            return self._index

    def _engine(self, source: StoredSource) -> LocalVectors | MilvusVectors:
        """What finds the nearest vectors of ``source``, by the settings; what is open stays open."""
        if self.settings.engine == "local":
            self._local = self._local.changed(self.store.blocks())
            return self._local
        return MilvusVectors(self.collection, source.heads, self.store.vectors_at, source.voices)

    @cached_property
    def collection(self) -> Collection:
        """Where the settings say that Milvus keeps this index's vectors; it is not asked yet."""
        name = f"{self.settings.milvus_prefix}_{self.store.own_name()}"
        uri = self.settings.milvus_uri or MILVUS_HERE
        return Collection(Address(uri=uri, token=self.settings.milvus_token, collection=name))

    def sweep(self) -> None:
        """Remove files that processes which were killed had begun to write; those of running ones stay."""
        for begun in (*self.folder.glob("*.tmp"), *self.folder.glob("*/*.tmp")):
            if not _runs(begun.name.split(".")[-2]):
                with suppress(OSError):
                    begun.unlink(missing_ok=True)
        self.store.settle()
        media.sweep(self.store, self.folder)

    def fill_engine(self) -> int:
        """Bring what the engine of the settings holds up to date; how many transcripts there are.

        Raises:
            StoreError: it cannot be used.
        """
        index = self.index()
        self._vectors.save()
        return len(index.heads)

    def save_derived(self) -> None:
        """Write what is made of the store and was found missing or damaged, so that it need not be made again."""
        self.index()
        self._write(self._save_derived)

    def _save_derived(self) -> None:
        while self._source is not None and self._source.damaged:
            self.store.mend(self._source.damaged.pop())
        if self._source is not None and self._source.lists_damaged:
            self.store.derive(anew=True)
            self._source.lists_damaged = False
        self._vectors.save()
        (self.folder / "vectors.faiss").unlink(missing_ok=True)  # of earlier versions: one file for all vectors

    def _write(self, save: Callable[[], None]) -> None:
        try:
            save()
        except (OSError, StoreError) as error:
            logger.warning("What searches read was not written (%s); the store has it.", error)


def _runs(process: str) -> bool:
    """Whether a process of this number runs."""
    try:
        os.kill(int(process), 0)
    except (ValueError, OverflowError, ProcessLookupError):
        return False
    except OSError:
        return True
    return True

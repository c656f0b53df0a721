"""The nearest vectors by Milvus, which many machines may share; filters by transcript and speaker are its own.

A collection holds the vectors of one index. What it does not hold, or holds as it was before, is looked for here, so
that answers are those of the index as it is. Knows neither texts nor where vectors are kept for good.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from panelbot.errors import StoreError
from panelbot.index.segment import Head
from panelbot.index.vector_files import APPROXIMATE_FROM
from panelbot.index.vectors import DECIMALS, Found, Load, in_memory, join_found
from panelbot.index.within import Within

logger = logging.getLogger(__name__)
AT_ONCE = 1000  # rows of one message
TRANSCRIPTS_AT_ONCE = 500  # in one filter
MOST = 16_384  # rows that a search of Milvus gives
PATIENCE = 5.0  # seconds after which it is asked again for what it lacked
# Milvus looks at a graph's vectors before they are sealed by an index of its own, which finds .57 of the nearest ones
# of 20,000; looking at all of them finds all: docs/performance.md.
FLAT: Mapping[str, Any] = {"index_type": "FLAT"}
GRAPH: Mapping[str, Any] = {"index_type": "HNSW", "params": {"M": 16, "efConstruction": 200}}
_FIELDS = ("first", "ordinal", "voice", "changed")

Voices = Callable[[Sequence[Head]], Mapping[str, NDArray[np.int16]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a collection is."""

    uri: str
    token: str
    collection: str


class Collection:
    """The collection at ``address``: rows of passages, by their ids."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self.name = address.collection
        self._is_server = "://" in address.uri

    @cached_property
    def _client(self) -> Any:
        from pymilvus import MilvusClient

        return MilvusClient(self.address.uri, token=self.address.token)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What goes wrong inside, as one sentence."""
        try:
            from pymilvus.exceptions import MilvusException
        except ImportError:
            raise StoreError(
                "engine = milvus needs pymilvus; install it with: pip install 'panelbot[milvus]'"
            ) from None
        try:
            yield
        except MilvusException as error:
            where = f"Milvus at {self.address.uri} cannot be used"
            raise StoreError(f"{where} ({error.message}); see that it runs, or set engine to local.") from None

    def make(self, dim: int) -> None:
        """Make it where there is none.

        Raises:
            StoreError: there is one of other vectors.
        """
        from pymilvus import DataType

        with self._told():
            if self._client.has_collection(self.name):
                found = self._client.describe_collection(self.name)["fields"]
                if {field["name"]: field.get("params", {}) for field in found}.get("vector", {}).get("dim") != dim:
                    raise StoreError(f"The collection {self.name!r} is of other vectors; set milvus_prefix to another.")
                return
            schema = self._client.create_schema(auto_id=False, enable_dynamic_field=False)
            schema.add_field("id", DataType.INT64, is_primary=True)
            for name in _FIELDS:
                schema.add_field(name, DataType.INT64)
            schema.add_field("vector", DataType.FLOAT_VECTOR, dim=dim)
            self._client.create_collection(
                self.name, schema=schema, index_params=self._index(FLAT), consistency_level="Session"
            )

    def _index(self, kind: Mapping[str, Any]) -> Any:
        index = self._client.prepare_index_params()
        index.add_index("vector", index_name="vector", metric_type="IP", **kind)
        return index

    def fit(self, n: int, n_new: int) -> None:
        """Let it look at all of its ``n`` vectors, or at few of them by a graph where they are too many for that.

        Building the graph takes minutes, in which nobody finds anything; it happens once. ``n_new`` were put last.
        """
        if not self._is_server:  # the embedded edition is for few vectors
            return
        with self._told():
            kind = self._client.describe_index(self.name, "vector")["index_type"]
            if kind == FLAT["index_type"] and n >= APPROXIMATE_FROM:
                self._client.release_collection(self.name)
                self._client.drop_index(self.name, "vector")
                self._client.create_index(self.name, self._index(GRAPH))
                self._client.load_collection(self.name)
            if n_new >= AT_ONCE or n >= APPROXIMATE_FROM:  # what is sealed is searched faster, and by the graph alone
                self._client.flush(self.name)

    def held(self) -> dict[int, int]:
        """The first ids of the transcripts that are there whole, and when each last changed, as of now."""
        found: dict[int, int] = {}
        with self._told():
            if not self._client.has_collection(self.name):
                return found
            rows = self._client.query_iterator(
                self.name,
                AT_ONCE,
                filter="ordinal == 0",
                output_fields=["first", "changed"],
                consistency_level="Strong",
            )
            while some := rows.next():
                found.update((row["first"], row["changed"]) for row in some)
            rows.close()
        return found

    def put(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Add rows, in the place of those with their ids."""
        left = iter(rows)
        while some := list(islice(left, AT_ONCE)):
            with self._told():
                self._client.upsert(self.name, some)

    def remove(self, firsts: Sequence[int]) -> None:
        """Remove transcripts by their first ids, a transcript's first row first: what is left of one is not whole."""
        left = iter(firsts)
        while some := list(islice(left, TRANSCRIPTS_AT_ONCE)):
            with self._told():
                self._client.delete(self.name, ids=some)
                self._client.delete(self.name, filter=f"first in {some}")

    def nearest(self, query: NDArray[np.float32], n: int, filter: str) -> Found:
        """The ``n`` nearest ids that ``filter`` lets through, those as near as the last, and the inner products."""
        ids, scores = self._nearest(query, n + 1, filter)
        while n < len(ids) < MOST and scores[n - 1] - scores[-1] <= 10.0**-DECIMALS:
            wanted = 2 * len(ids)
            ids, scores = self._nearest(query, wanted, filter)
            if len(ids) < wanted:
                break
        return ids, scores

    def _nearest(self, query: NDArray[np.float32], n: int, filter: str) -> Found:
        params = {"metric_type": "IP", "params": {"ef": max(4 * n, 256)} if self._is_server else {}}
        with self._told():
            (hits,) = self._client.search(
                self.name,
                [query.tolist()],
                anns_field="vector",
                filter=filter,
                limit=min(n, MOST),
                search_params=params,
            )
        ids = np.asarray([hit["id"] for hit in hits], np.int64)
        return ids, np.asarray([hit["distance"] for hit in hits], np.float32)


class MilvusVectors:
    """The vectors of ``heads`` in ``collection``; those it lacks are had by ``load`` of a first id."""

    def __init__(self, collection: Collection, heads: Sequence[Head], load: Load, voices: Voices) -> None:
        self.heads = {head.first_id: head for head in heads if head.n_passages}
        self._collection = collection
        self._load = load
        self._voices = voices
        self._lock = threading.Lock()
        self._looked = 0.0
        self._lacking: dict[int, Head] | None = None

    def __len__(self) -> int:
        return sum(head.n_passages for head in self.heads.values())

    def nearest(self, query: NDArray[np.float32], n: int, *, within: Within | None = None) -> Found:
        """The ``n`` nearest ids and their inner products, best first, equal ones by id."""
        if n <= 0 or not self.heads:
            return join_found([], n)
        lacking = self._lacks()
        parts: list[Found] = []
        if len(lacking) < len(self.heads):
            filters = [_expression(within)] if within is not None else []
            if lacking:
                filters.append(f"first not in {sorted(lacking)}")
            parts.append(self._collection.nearest(query, n, " and ".join(filters)))
        if lacking:
            here = in_memory([(first, self._load(first)) for first in lacking])
            parts.append(here.nearest(query, n, within=within))
        return join_found(parts, n)

    def _lacks(self) -> dict[int, Head]:
        """The transcripts that the collection does not hold as they are; those of another process's `add` come soon."""
        with self._lock:
            if self._lacking is None or (self._lacking and time.monotonic() - self._looked > PATIENCE):
                self._lacking = self._compare(self._collection.held())
                self._looked = time.monotonic()
                if self._lacking:
                    logger.warning(
                        "%s lacks %d of %d transcripts, which are looked through here: panelbot migrate --to milvus",
                        self._collection.name, len(self._lacking), len(self.heads),
                    )  # fmt: skip
            return self._lacking

    def _compare(self, held: Mapping[int, int]) -> dict[int, Head]:
        return {first: head for first, head in self.heads.items() if held.get(first) != head.changed}

    def save(self) -> None:
        """Bring the collection up to date: what it lacks is put into it, what is gone is taken out.

        Raises:
            StoreError: Milvus cannot be used.
        """
        with self._lock:
            held = self._collection.held()
            self._collection.remove([first for first in held if first not in self.heads])
            lacking = list(self._compare(held).values())
            for start in range(0, len(lacking), TRANSCRIPTS_AT_ONCE):
                self._put(lacking[start : start + TRANSCRIPTS_AT_ONCE])
            if lacking:
                self._collection.fit(len(self), sum(head.n_passages for head in lacking))
            self._lacking = {}

    def _put(self, heads: Sequence[Head]) -> None:
        voices = self._voices(heads)
        for head in heads:
            vectors = self._load(head.first_id)
            self._collection.make(vectors.shape[1])
            rows = [
                {"id": head.first_id + i, "first": head.first_id, "ordinal": i, "voice": voice, "changed": head.changed}
                | {"vector": vectors[i].tolist()}
                for i, voice in enumerate(voices[head.id].tolist())
            ]
            self._collection.put(rows[1:])
            self._collection.put(rows[:1])  # last: with it the transcript counts as whole


def _expression(within: Within) -> str:
    """``within`` as Milvus reads it; numbers alone, so that nothing need be escaped."""
    speaking: dict[tuple[int, ...], list[int]] = defaultdict(list)  # transcripts by who is listened to in them
    for head in within.heads:
        speaking[within.positions[head.first_id] if within.positions is not None else ()].append(head.first_id)
    if within.positions is None:
        parts = [f"first in {firsts}" for firsts in speaking.values()]
    else:
        parts = [f"(voice in {list(at)} and first in {firsts})" for at, firsts in speaking.items() if at]
    return f"({' or '.join(parts)})" if parts else "id < 0"

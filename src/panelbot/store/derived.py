"""What a search reads of the catalogue: packed segments, and for each stem the passages that hold its words.

The lists lie in blocks of transcripts that came together. A new block is put to the one before it while that is not
much larger, so that there are few blocks, and each entry is copied only as often as the index doubles. Entries of
passages that are gone stay until then. Knows SQL and arrays, no questions.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from panelbot.errors import StoreError
from panelbot.index import ENTRY, Block, Head, Postings, Run, Segment
from panelbot.store.database import Connection
from panelbot.store.sums import marked, sum_of, unmarked

META, FORMAT = "derived", "2"  # the format is raised when any of it is made otherwise: all is made again
LARGER = 2  # times a block may be larger than the one behind it and still be put together with it
_AT_ONCE = 500  # stems in one question to the database

_HEADS = """SELECT t.id, t.first_id, s.n_turns, s.n_passages, s.n_words, t.changed, t.vectors_sha256
    FROM transcripts t JOIN segments s ON s.transcript_id = t.id ORDER BY t.id"""

# All of it but what has marks of its own; casting spares decoding, which damage would make fail.
_STATE = (
    "SELECT transcript_id, n_turns, n_passages, n_words FROM segments ORDER BY transcript_id",
    "SELECT number, low, high, n FROM blocks ORDER BY number",
    "SELECT CAST(group_concat(stem || ' ' || n, char(10)) AS BLOB) FROM (SELECT stem, n FROM stems ORDER BY stem) s",
    """SELECT CAST(group_concat(block || ' ' || stem, char(10)) AS BLOB)
    FROM (SELECT block, stem FROM lists ORDER BY block, stem) s""",
)


def state(db: Connection) -> str:
    """What stands under `META` where all is there as it was put down: the format and a sum."""
    return f"{FORMAT} {sum_of([db.execute(query).fetchall() for query in _STATE])}"


def keep(db: Connection, segments: Sequence[Segment]) -> None:
    """Put down ``segments`` of transcripts that came together, as one block of lists."""
    lists: dict[str, list[bytes]] = {}
    for segment in sorted(segments, key=lambda segment: segment.first_id):
        keep_packed(db, segment)
        counts = [(key, segment.lexical.n_like(key)) for key in segment.lexical.stems]
        db.executemany(
            "INSERT INTO stems VALUES (?, ?) ON CONFLICT (stem) DO UPDATE SET n = stems.n + excluded.n", counts
        )
        for key in segment.lexical.stems:
            lists.setdefault(key, []).append(segment.lexical.entries(key, segment.first_id).tobytes())
    low = min(segment.first_id for segment in segments)
    high = max(segment.first_id + max(1, segment.n_passages) for segment in segments)
    block = _begin(db, low, high, sum(segment.n_passages for segment in segments))
    _put(db, block, ((key, b"".join(lists[key])) for key in sorted(lists)))


def keep_packed(db: Connection, segment: Segment) -> None:
    """Put down what a search looks at of one transcript, in the place of what there was."""
    head = segment.head
    voices = marked(segment.voices.astype("<i2").tobytes(), head.id)
    row = (head.id, head.n_turns, head.n_passages, head.n_words, voices, segment.packed())
    db.execute("DELETE FROM segments WHERE transcript_id = ?", (head.id,))
    db.execute("INSERT INTO segments VALUES (?, ?, ?, ?, ?, ?)", row)


def _put(db: Connection, block: int, lists: Iterable[tuple[str, bytes]]) -> None:
    rows = ((block, key, marked(entries, block, key)) for key, entries in lists)
    db.executemany("INSERT INTO lists VALUES (?, ?, ?)", rows)


def _entries(data: bytes, block: int, key: str) -> bytes:
    found = unmarked(data, block, key)
    if found is None:
        raise StoreError(f"The list of passages that hold {key!r} is damaged; `panelbot add --rebuild` makes it again.")
    return found


def forget(db: Connection, lexical: Postings) -> None:
    """Count the words of a transcript that goes no more."""
    counts = [(lexical.n_like(key), key) for key in lexical.stems]
    db.executemany("UPDATE stems SET n = n - ? WHERE stem = ?", counts)
    db.executemany("DELETE FROM stems WHERE stem = ? AND n <= 0", [(key,) for _, key in counts])


def clear(db: Connection) -> None:
    """Remove all of it."""
    for table in ("lists", "blocks", "segments", "stems"):
        db.execute(f"DELETE FROM {table}")


def tidy(db: Connection) -> None:
    """Remove blocks of nothing, and put together those that are small for their place or half gone."""
    left: list[tuple[int, int, bool]] = []  # number, passages that are there, whether more than half are gone
    there = blocks(db)
    sizes = db.execute("SELECT number, n FROM blocks ORDER BY low").fetchall()
    for block, (number, n) in zip(there, sizes, strict=True):
        n_left = sum(run.n for run in block.runs)
        if block.runs:
            left.append((number, n_left, 2 * n_left < n))
        else:
            db.execute("DELETE FROM blocks WHERE number = ?", (number,))
    live = np.asarray([(run.first_id, run.n) for block in there for run in block.runs], dtype=np.int64).reshape(-1, 2)
    for together in _put_together(left):
        _merge(db, together, live)


def _put_together(blocks: Sequence[tuple[int, int, bool]]) -> Iterator[list[int]]:
    """Which of the blocks, by low, become one: runs of neighbours, each no larger than twice all behind it."""
    groups: list[tuple[list[int], int, bool]] = []
    for number, n, thin in blocks:
        groups.append(([number], n, thin))
        while len(groups) > 1 and groups[-2][1] <= LARGER * groups[-1][1]:
            (last, n_last, _), (before, n_before, _) = groups.pop(), groups.pop()
            groups.append((before + last, n_before + n_last, True))
    return (numbers for numbers, _, changed in groups if changed)


def _merge(db: Connection, numbers: Sequence[int], live: NDArray[np.int64]) -> None:
    marks = ", ".join("?" * len(numbers))
    low, high = db.execute(f"SELECT min(low), max(high) FROM blocks WHERE number IN ({marks})", numbers).fetchone()
    live = live[(live[:, 0] >= low) & (live[:, 0] < high)]
    block = _begin(db, low, high, int(live[:, 1].sum()))
    held = "SELECT stem, block, data FROM lists JOIN blocks ON number = block WHERE block IN ({}) ORDER BY stem, low"
    found = db.execute(held.format(marks), numbers)
    joined = (
        (key, _living(b"".join(_entries(data, old, key) for _, old, data in rows), live))
        for key, rows in groupby(found, key=lambda row: row[0])
    )
    _put(db, block, ((key, entries) for key, entries in joined if entries))
    db.execute(f"DELETE FROM blocks WHERE number IN ({marks})", numbers)


def _living(data: bytes, live: NDArray[np.int64]) -> bytes:
    """The entries of ``data`` that are of the ``live`` runs, (n, 2) first ids and sizes, ascending."""
    entries = np.frombuffer(data, ENTRY)
    at = np.maximum(np.searchsorted(live[:, 0], entries["id"].astype(np.int64), side="right") - 1, 0)
    there = entries["id"] - live[at, 0] < live[at, 1]
    return data if there.all() else entries[there].tobytes()


def _begin(db: Connection, low: int, high: int, n: int) -> int:
    (number,) = db.execute("SELECT coalesce(max(number), 0) + 1 FROM blocks").fetchone()
    db.execute("INSERT INTO blocks VALUES (?, ?, ?, ?)", (number, low, high, n))
    return number


def heads(db: Connection) -> tuple[Head, ...]:
    """All transcripts, by id."""
    return tuple(
        Head(id=id, first_id=first, n_turns=n_turns, n_passages=n_passages, n_words=n_words, changed=changed)
        for id, first, n_turns, n_passages, n_words, changed, _ in db.execute(_HEADS)
    )


def blocks(db: Connection) -> tuple[Block, ...]:
    """The blocks, by low, each with the transcripts in it that are there."""
    rows = sorted((first, n, checksum) for _, first, _, n, _, _, checksum in db.execute(_HEADS))
    firsts = np.asarray([first for first, _, _ in rows], dtype=np.int64)
    found: list[Block] = []
    for low, high in db.execute("SELECT low, high FROM blocks ORDER BY low"):
        start, stop = np.searchsorted(firsts, [low, high]).tolist()
        runs = tuple(Run(first_id=first, n=n, checksum=checksum) for first, n, checksum in rows[start:stop])
        found.append(Block(low=low, high=high, runs=runs))
    return tuple(found)


def lists(db: Connection, keys: Collection[str]) -> dict[str, NDArray[np.void]]:
    """The passages that hold words of each stem, by id ascending; some may be gone, and stems of none are left out.

    Raises:
        StoreError: one of them is not what was written.
    """
    found: dict[str, list[bytes]] = {}
    asked = """SELECT stem, block, data FROM lists JOIN blocks ON number = block
        WHERE block IN (SELECT number FROM blocks) AND stem IN ({}) ORDER BY low"""
    for key, block, data in _asked(db, asked, keys):
        found.setdefault(key, []).append(_entries(data, block, key))
    return {key: np.frombuffer(b"".join(parts), ENTRY) for key, parts in found.items()}


def counts(db: Connection, keys: Collection[str]) -> dict[str, int]:
    """How many passages hold words of each stem."""
    return dict(_asked(db, "SELECT stem, n FROM stems WHERE stem IN ({})", keys))


def _asked(db: Connection, query: str, keys: Iterable[str]) -> Iterator[tuple[Any, ...]]:
    left = iter(sorted(keys))
    while some := tuple(islice(left, _AT_ONCE)):
        yield from db.execute(query.format(", ".join("?" * len(some))), some)


def scripts(db: Connection) -> tuple[bool, bool]:
    """Whether any stem is Chinese, and whether any is not; a stem is all of one kind."""
    chinese = "stem >= '\u3400' AND stem < '\ua000'"
    (has_chinese,) = db.execute(f"SELECT EXISTS (SELECT 1 FROM stems WHERE {chinese})").fetchone()
    (has_other,) = db.execute(f"SELECT EXISTS (SELECT 1 FROM stems WHERE NOT ({chinese}))").fetchone()
    return bool(has_chinese), bool(has_other)


def voices(db: Connection, wanted: Mapping[str, int]) -> dict[str, NDArray[np.int16]]:
    """Who speaks the passages of the transcripts ``wanted``, by id: positions in their registers.

    Raises:
        StoreError: they are not what was written.
    """
    rows = db.execute("SELECT transcript_id, voices FROM segments") if len(wanted) > _AT_ONCE else _asked(
        db, "SELECT transcript_id, voices FROM segments WHERE transcript_id IN ({})", wanted
    )  # fmt: skip
    return {id: np.frombuffer(_voices(data, id), "<i2") for id, data in rows if id in wanted}


def _voices(data: bytes, id: str) -> bytes:
    found = unmarked(data, id)
    if found is None:
        raise StoreError(f"Who speaks the passages of {id!r} is damaged; `panelbot add --rebuild` makes it again.")
    return found


def look_at_marks(db: Connection) -> None:
    """Read all that has a mark.

    Raises:
        StoreError: some of it is not what was written.
    """
    for id, data in db.execute("SELECT transcript_id, voices FROM segments"):
        _voices(data, id)
    for block, key, data in db.execute("SELECT block, stem, data FROM lists"):
        _entries(data, block, key)

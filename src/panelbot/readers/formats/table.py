"""Tables of speech as spreadsheets and transcribers save them (``.csv``, ``.tsv``): a row a piece of speech.

Where the head's words name the columns they decide, as the keys of a JSON list do; else what stands in the columns.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import dropwhile, islice

from panelbot.readers.dialogue import read_dialogue
from panelbot.readers.document import Document
from panelbot.readers.formats.segments import read_listings
from panelbot.readers.listings import Listing, Path
from panelbot.readers.preamble import read_preamble
from panelbot.readers.reading import make_reading
from panelbot.readers.registry import Format
from panelbot.readers.rows import Found, find_rows
from panelbot.readers.shapes import holds_text, reads_as_speech
from panelbot.readers.tables import SENTENCE_END, table_lines
from panelbot.types import Reading

SUFFIXES = (".csv", ".tsv", ".tab")
_DELIMITERS = "\t,;|"
_MIN_ROWS = 3
_REGULAR = 0.95  # of the rows have as many cells as the head
_SAMPLE = 50  # rows by which the delimiter is chosen
_LONGEST = 1 << 20  # characters in a cell; the csv module's own limit is shorter than a long speech may be

_SPEECH_END = (*SENTENCE_END, ",", "，", "-", "—")  # a piece of speech may end in mid-sentence

Rows = list[list[str]]


@dataclass(frozen=True, kw_only=True)
class _Table:
    """The rows from the head on, all as wide as it, and how many rows are not among them."""

    rows: Rows
    n_left: int
    ruled: bool
    """Whether a bar parts the cells: no prose has one in every line."""

    @cached_property
    def groups(self) -> Mapping[Path, Sequence[Listing]]:
        """The rows as the one list of objects of a JSON document."""
        return {(): [_listing(self.rows)]}

    @cached_property
    def found(self) -> Found | None:
        """What the head's words say of the columns."""
        return find_rows(self.groups)


def _sniff(document: Document) -> float:
    if document.speaker_pattern or document.json is not None or (table := _table(document)) is None:
        return 0.0
    found = table.found
    if found is not None and holds_text(found.keys.texts[0]) and (found.keys.speakers or document.suffix in SUFFIXES):
        return 0.7
    return 0.6 if (document.suffix in SUFFIXES or table.ruled) and _is_talk(table.rows) else 0.0


def _read(document: Document) -> tuple[Reading, ...]:
    table = _table(document)
    if table is None:
        return ()
    found, dialogue = table.found, None
    if found is None or not (found.keys.speakers or found.keys.start):
        dialogue = read_dialogue(tuple(table_lines(table.rows)))
    if dialogue is not None:
        readings = (make_reading(document, dialogue, read_preamble(()), form=FORMAT.name),)
    else:
        readings = read_listings(document, table.groups, form=FORMAT.name)
    n = table.n_left
    left = (f"{n} rows" if n > 1 else "1 row") + " of another width"
    return tuple(replace(reading, left_out=(*reading.left_out, left)) if n else reading for reading in readings)


def _is_talk(rows: Rows) -> bool:
    """Whether a column holds sentences and another what comes again: tables hold much else, and no head says what."""
    columns = list(zip(*rows, strict=True))
    return any(map(_comes_again, columns)) and any(
        reads_as_speech(column) and 2 * sum(cell.rstrip().endswith(_SPEECH_END) for cell in column) > len(column)
        for column in columns
    )


def _comes_again(column: Sequence[str]) -> bool:
    counts = Counter(column)
    return 2 * sum(counts[cell] > 1 for cell in column) >= len(column)


@lru_cache(maxsize=1)  # asked for while the format is told and again while it is read
def _table(document: Document) -> _Table | None:
    csv.field_size_limit(max(csv.field_size_limit(), _LONGEST))
    with suppress(csv.Error):  # a cell longer than that
        for delimiter in _DELIMITERS:
            if _regular(list(islice(_parsed(document, delimiter), _SAMPLE + 1))[:_SAMPLE], delimiter):
                return _regular(list(_parsed(document, delimiter)), delimiter)
    return None


def _parsed(document: Document, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(document.text), delimiter=delimiter)


def _regular(rows: Rows, delimiter: str) -> _Table | None:
    """The rows of the usual width, from the first of them on; None where others stand among them.

    A row with more cells is one whose last, the words, was written with the delimiter in it and without quotes.
    """
    written = [row for row in rows if any(cell.strip() for cell in row)]
    width = Counter(map(len, written)).most_common(1)[0][0] if written else 0
    body = list(dropwhile(lambda row: len(row) != width, written))
    exact = [row for row in body if len(row) == width]
    if width < 2 or not exact:
        return None
    lengths = [sum(map(len, column)) for column in zip(*exact, strict=True)]
    if lengths[-1] == max(lengths):
        exact = [[*row[: width - 1], delimiter.join(row[width - 1 :])] for row in body if len(row) >= width]
    if len(exact) < max(_MIN_ROWS, _REGULAR * len(body)):
        return None
    return _Table(rows=exact, n_left=len(written) - len(exact), ruled=delimiter == "|")


def _listing(rows: Sequence[Sequence[str]]) -> Listing:
    """The rows as objects, the head's cells their keys: "Start time (s)" is the key start_time_s."""
    keys = [re.sub(r"[^\w]+", "_", cell.strip()).strip("_") for cell in rows[0]]
    return Listing(path=(), items=[dict(zip(keys, row, strict=True)) for row in rows[1:]])


FORMAT = Format(
    name="table",
    looks_for='a table with columns such as "Speaker" and "Text"',
    suffixes=SUFFIXES,
    sniff=_sniff,
    read=_read,
)

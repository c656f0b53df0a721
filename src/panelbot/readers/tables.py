"""Tables of speech: which column holds the speaker, which the time and which the words, by what stands in them.

Knows rows of cells; not which kind of file they were in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import mean

from panelbot.people import is_person_name
from panelbot.readers.labels import COLUMN
from panelbot.readers.times import is_stamp, parse_time

_MIN_ROWS = 2
_MAX_LABEL, _MAX_HEAD = 80, 24  # characters
SENTENCE_END = (".", "?", "!", "。", "？", "！")
_ONLY_TIME = 0.8  # of a column's cells
_MARKDOWN_ROW = re.compile(r"\s*\|(.+)\|\s*")
_MARKDOWN_RULE = re.compile(r"\s*+\|?\s*+:?-{2,}+:?\s*+(?:\|\s*+:?-{2,}+:?\s*+)*+\|?\s*+")
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?")
_STAMP = re.compile(r"[\[(（]?((?:\d{1,3}:)?\d{1,3}:\d{2}(?:[.,]\d{1,3})?)")


def with_tables(texts: Sequence[str]) -> list[str]:
    """``texts`` with the rows of Markdown tables of speech in the form of :data:`~panelbot.readers.labels.COLUMN`."""
    found: list[str] = []
    block: list[str] = []
    for text in [*texts, ""]:
        if _MARKDOWN_ROW.fullmatch(text):
            block.append(text)
            continue
        if block:
            told = list(table_lines([_cells(row) for row in block if not _MARKDOWN_RULE.fullmatch(row)]))
            found += [*[""] * (len(block) - len(told)), *told] if told else block  # lines keep their numbers
            block = []
        found.append(text)
    return found[:-1]


def table_lines(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """A line a row of a table of speech, its head left out; none where no two columns are a speaker and words."""
    rows = [[cell.strip() for cell in row] for row in rows]
    width = max((len(row) for row in rows), default=0)
    rows = [row for row in rows if len(row) == width]
    if width < 2 or len(rows) < _MIN_ROWS:
        return
    body = rows[1:] if _is_head(rows) else rows
    columns = list(zip(*body, strict=True))
    times = [n for n, column in enumerate(columns) if _share_of_times(column) >= _ONLY_TIME]
    others = [n for n in range(width) if n not in times]
    words = max(others, key=lambda n: mean(map(len, columns[n])), default=-1)
    speakers = [n for n in others if n != words and _are_labels(columns[n])]
    if not speakers or sum(is_person_name(cell) for cell in columns[words]) > len(body) / 2:  # a list of people
        return
    who = max(speakers, key=lambda n: (_again(columns[n]), -n))
    for row in body:
        time = " --> ".join(_time(row[n]) for n in times[:2])
        yield COLUMN + COLUMN.join((time, row[who], " ".join(row[words].split())))


def _cells(row: str) -> list[str]:
    inner = row.strip().removeprefix("|").removesuffix("|")
    return [cell.replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", inner)]


def _is_head(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row names the columns: short words that do not come again, above times or longer cells."""
    first, *rest = rows
    columns = list(zip(*rest, strict=True))
    if any(cell and cell in column for cell, column in zip(first, columns, strict=True)):
        return False
    if not all(0 < len(cell) <= _MAX_HEAD and not cell.endswith(SENTENCE_END) for cell in first):
        return False
    paired = list(zip(first, columns, strict=True))
    timed = any(_share_of_times(column) >= _ONLY_TIME and not is_stamp(cell) for cell, column in paired)
    return timed or max(mean(map(len, column)) for column in columns) > 2 * max(map(len, first))


def _share_of_times(column: Sequence[str]) -> float:
    written = [cell for cell in column if cell]
    return sum(map(is_stamp, written)) / len(written) if written else 0.0


def _are_labels(column: Sequence[str]) -> bool:
    written = [cell for cell in column if cell]
    is_number = all(map(_NUMBER.fullmatch, written))
    return bool(written) and not is_number and all(len(cell) <= _MAX_LABEL for cell in written)


def _again(column: Sequence[str]) -> float:
    """The share of the cells whose words come again: a speaker's name does, a number of a row does not."""
    return 1 - len(set(column)) / len(column)


def _time(cell: str) -> str:
    match = _STAMP.search(cell)
    return match.group(1) if match and parse_time(match.group(1)) is not None else ""

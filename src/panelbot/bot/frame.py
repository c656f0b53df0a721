"""Transcripts as a table for pandas: a row a turn. Knows no index."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from panelbot.types import Transcript

if TYPE_CHECKING:
    from pandas import DataFrame

COLUMNS = (
    "transcript", "transcript_title", "date", "language", "turn", "speaker", "organization", "title", "role", "start",
    "end", "text",
)  # fmt: skip


def turns_frame(transcripts: Iterable[Transcript]) -> DataFrame:
    """A row for each turn, in order; ``start`` and ``end`` are seconds, NaN where a transcript has none."""
    import pandas

    rows = [
        (t.id, t.title, t.date, t.language, turn.index, who.name, who.organization, who.title, who.role, turn.start,
         turn.end, turn.text)
        for t in transcripts
        for turn in t.turns
        for who in (t.speaker(turn.speaker),)
    ]  # fmt: skip
    return pandas.DataFrame(rows, columns=list(COLUMNS)).astype({"turn": "int64", "start": "float64", "end": "float64"})

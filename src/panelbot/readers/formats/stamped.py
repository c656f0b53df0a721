"""Speech with times and no names: ``[00:12] …``, or a time on its own line above the speech, as video sites copy it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from panelbot.readers.document import Document
from panelbot.readers.drafts import Piece
from panelbot.readers.recordings import make_recording
from panelbot.readers.registry import Format
from panelbot.readers.times import TIME, parse_time, with_seconds
from panelbot.types import Reading

_STAMPED = re.compile(rf"\s*[\[(（]?({TIME})[\])）]?(?:\s*(?:-->|-|–|~)\s*[\[(（]?({TIME})[\])）]?)?\s*(.*)")
_MIN_STAMPS = 3
_MIN_SHARE = 0.4  # of the written lines


def _sniff(document: Document) -> float:
    lines = [line for line in with_seconds(document.lines) if line.strip()]
    stamps = sum(_STAMPED.fullmatch(line) is not None for line in lines)
    return 0.1 if document.json is None and stamps >= _MIN_STAMPS and stamps >= _MIN_SHARE * len(lines) else 0.0


def _read(document: Document) -> tuple[Reading, ...]:
    pieces = list(_pieces(with_seconds(document.lines)))
    starts = [piece.start or 0.0 for piece in pieces]
    if any(after < before for before, after in pairwise(starts)):  # an agenda or a list of scores, no recording
        return ()
    return make_recording(document, pieces, form=FORMAT.name)


def _pieces(lines: Sequence[str]) -> Iterator[Piece]:
    """The speech from each time to the next."""
    stamped = [(number, match) for number, line in enumerate(lines) if (match := _STAMPED.fullmatch(line))]
    following = [*(number for number, _ in stamped[1:]), len(lines)]
    for (number, match), stop in zip(stamped, following, strict=True):
        text = " ".join([match.group(3), *(line.strip() for line in lines[number + 1 : stop])]).strip()
        yield Piece(speaker="", text=text, start=parse_time(match.group(1)), end=parse_time(match.group(2) or ""))


FORMAT = Format(
    name="stamped", looks_for='lines such as "[00:12] …"', suffixes=(".txt", ".lrc"), sniff=_sniff, read=_read
)

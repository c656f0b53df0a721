"""SubRip subtitles (``.srt``) and their kin: a line of two times, and the lines under it up to the next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from panelbot.readers.cues import Cue, check_number, read_cues
from panelbot.readers.document import Document
from panelbot.readers.registry import Format
from panelbot.readers.times import parse_time
from panelbot.types import Reading

_TIME = r"(\d{1,3}:\d{2}:\d{2})[,.:](\d{1,3})"
# What follows the times is where the cue stands on the screen.
_TIMES = re.compile(rf"[ \t]*{_TIME}[ \t]*(?:-{{1,3}}>|,)[ \t]*{_TIME}(?:[ \t].*)?")
_HEAD = 400  # lines


def _sniff(document: Document) -> float:
    if document.text.startswith("WEBVTT"):
        return 0.0
    return 0.9 if any(_TIMES.fullmatch(line) for line in document.lines[:_HEAD]) else 0.0


def _read(document: Document) -> tuple[Reading, ...]:
    cues = list(_cues(document.lines))
    check_number(document, len(cues))
    return read_cues(document, cues, form=FORMAT.name)


def _cues(lines: Sequence[str]) -> Iterator[Cue]:
    stamped = [(number, match) for number, line in enumerate(lines) if (match := _TIMES.fullmatch(line))]
    following = [*(number for number, _ in stamped[1:]), len(lines)]
    for (number, match), stop in zip(stamped, following, strict=True):
        shown = list(lines[number + 1 : stop])
        while shown and not shown[-1].strip():
            shown.pop()
        if stop < len(lines) and shown and shown[-1].strip().isdecimal():  # the number of the next cue
            shown.pop()
        start, end = (_seconds(*match.group(first, first + 1)) for first in (1, 3))
        yield Cue(start=start, end=end, text="\n".join(shown))


def _seconds(clock: str, fraction: str) -> float | None:
    return parse_time(f"{clock}.{fraction}")


FORMAT = Format(
    name="subrip",
    looks_for='cues such as "00:00:01,000 --> 00:00:04,000"',
    suffixes=(".srt", ".sbv"),
    sniff=_sniff,
    read=_read,
)

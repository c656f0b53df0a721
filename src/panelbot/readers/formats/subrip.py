"""SubRip subtitles (``.srt``)."""

from __future__ import annotations

import re

from panelbot.readers.cues import Cue, read_cues
from panelbot.readers.document import Document
from panelbot.readers.registry import Format
from panelbot.types import Reading

_TIMES = re.compile(
    r"^[ \t]*\d{1,3}:\d{2}:\d{2}[,.:]\d{1,3}[ \t]*-+>[ \t]*\d{1,3}:\d{2}:\d{2}[,.:]\d{1,3}", re.MULTILINE
)
_HEAD = 20_000


def _sniff(document: Document) -> float:
    if document.text.startswith("WEBVTT"):
        return 0.0
    return 0.9 if _TIMES.search(document.text, 0, _HEAD) else 0.0


def _read(document: Document) -> tuple[Reading, ...]:
    import srt

    cues = [
        Cue(start=cue.start.total_seconds(), end=cue.end.total_seconds(), text=cue.content)
        for cue in srt.parse(document.text, ignore_errors=True)
    ]
    return read_cues(document, cues, form=FORMAT.name)


FORMAT = Format(name="subrip", looks_for='cues such as "00:00:01,000 --> 00:00:04,000"', sniff=_sniff, read=_read)

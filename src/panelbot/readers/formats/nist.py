"""NIST's lists: segments in STM (file, channel, speaker, start, end, text), words in CTM (file, channel, start, …)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from panelbot.readers.document import Document
from panelbot.readers.drafts import Piece
from panelbot.readers.recordings import make_recording, speaker_name
from panelbot.readers.registry import Format
from panelbot.types import Reading

_TIME = r"(\d{1,8}(?:\.\d{1,9})?)"
_STM = re.compile(rf"(\S+)[ \t]+(\S+)[ \t]+(\S+)[ \t]+{_TIME}[ \t]+{_TIME}(?:[ \t]+<[^<>]*>)?[ \t]+(\S.*)")
_CTM = re.compile(rf"(\S+)[ \t]+(\S+)[ \t]+{_TIME}[ \t]+{_TIME}[ \t]+(\S+)(?:[ \t]+[\d.]+)?[ \t]*")
_NO_SPEECH = re.compile(r"(?:ignore_time_segment_in_scoring|inter_segment_gap|excluded_region|[<@(]\S*)", re.IGNORECASE)
_MIN_LINES = 2
_MIN_SHARE = 0.9
_SAMPLE = 200


def _entries(document: Document) -> list[str]:
    return [line.strip() for line in document.lines if line.strip() and not line.lstrip().startswith(";;")]


def _pattern(lines: Sequence[str]) -> re.Pattern[str] | None:
    sample = lines[:_SAMPLE]
    for pattern in (_STM, _CTM):
        if len(sample) >= _MIN_LINES and sum(_fits(pattern, line) for line in sample) >= _MIN_SHARE * len(sample):
            return pattern
    return None


def _fits(pattern: re.Pattern[str], line: str) -> bool:
    match = pattern.fullmatch(line)
    return match is not None and (pattern is _CTM or float(match.group(5)) >= float(match.group(4)))


def _sniff(document: Document) -> float:
    return 0.9 if document.json is None and _pattern(_entries(document)) else 0.0


def _read(document: Document) -> tuple[Reading, ...]:
    lines = _entries(document)
    pattern = _pattern(lines)
    matches = [match for line in lines if pattern and (match := pattern.fullmatch(line))]
    recordings = list(dict.fromkeys(match.group(1) for match in matches))
    if len(recordings) > _SAMPLE:  # a test set: every line is of a recording of its own
        recordings = [""]
    readings: list[Reading] = []
    for recording in recordings:
        kept = [match for match in matches if recording in ("", match.group(1))]
        name = f"{document.id}-{recording}{document.suffix}" if len(recordings) > 1 else document.name
        pieces = _segments(kept) if pattern is _STM else _words(kept)
        readings += make_recording(replace(document, name=name), pieces, form=FORMAT.name)
    return tuple(readings)


def _segments(matches: Sequence[re.Match[str]]) -> list[Piece]:
    pieces = [
        Piece(speaker=speaker_name(m.group(3)), text=m.group(6), start=float(m.group(4)), end=float(m.group(5)))
        for m in matches
        if not _NO_SPEECH.fullmatch(m.group(6)) and not _NO_SPEECH.fullmatch(m.group(3))
    ]
    return sorted(pieces, key=lambda piece: piece.start or 0.0)


def _words(matches: Sequence[re.Match[str]]) -> list[Piece]:
    """Words name no speaker; two channels are two speakers."""
    several = len({match.group(2) for match in matches}) > 1
    pieces = [
        Piece(
            speaker=speaker_name(m.group(2)) if several else "",
            text=m.group(5),
            start=float(m.group(3)),
            end=round(float(m.group(3)) + float(m.group(4)), 3),
        )
        for m in matches
        if not _NO_SPEECH.fullmatch(m.group(5))
    ]
    return sorted(pieces, key=lambda piece: piece.start or 0.0)


FORMAT = Format(
    name="nist",
    looks_for="STM or CTM lines (file, channel, speaker, times, text)",
    suffixes=(".stm", ".ctm"),
    sniff=_sniff,
    read=_read,
)

"""Subtitle cues to speech: who a cue names, and which cues go on with the same speaker.

Does not parse subtitle files; the SubRip and WebVTT readers do.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from panelbot.people import parse_label, speakers_of
from panelbot.readers.dialogue import distinct_labels, find_speakers
from panelbot.readers.document import Document
from panelbot.readers.drafts import Piece, join_speech
from panelbot.readers.recordings import make_recording
from panelbot.types import Reading

_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>\n]{1,200})>")
_TAG = re.compile(
    r"</?(?:[bius]|c|v|i|ruby|rt|lang|font)(?:[.\s][^>\n]{0,200})?>|<\d{1,2}:\d{2}[:.\d]{0,12}>|\{\\[^}\n]{1,60}\}",
    re.IGNORECASE,
)
_SOUND = re.compile(r"[\[(（【♪][^\])）】]{0,60}[\])）】♪]?|[♪♫\s]+")
_NEW_SPEAKER = re.compile(r">{2,3}\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One subtitle as written; times in seconds."""

    start: float
    end: float
    text: str


def read_cues(
    document: Document, cues: Sequence[Cue], *, form: str, title: str = "", date: str = ""
) -> tuple[Reading, ...]:
    """The Reading of ``cues``; cues of one speaker become one turn."""
    make = partial(make_recording, document, form=form, title=title, date=date)
    if any(_VOICE.search(cue.text) for cue in cues):
        pieces = [piece for cue in cues for piece in _voices(cue)]
        labels = [parse_label(piece.speaker) for piece in pieces]
        return make(_named(pieces), speakers=speakers_of(label for label in labels if label.name))
    lines = list(_lines(cues))
    marks = find_speakers([line for _, line in lines], own_line=False)
    if not marks:
        return make(_unnamed(lines))
    labels = distinct_labels(marks)
    opens = {mark.line: (label.name, mark.rest) for mark, label in zip(marks, labels, strict=True)}
    return make(_labelled(lines, opens), speakers=speakers_of(labels))


def _named(pieces: Sequence[Piece]) -> list[Piece]:
    return [replace(piece, speaker=parse_label(piece.speaker).name) for piece in pieces]


def _voices(cue: Cue) -> Iterator[Piece]:
    parts = _VOICE.split(cue.text)
    for speaker, text in zip(["", *parts[1::2]], parts[::2], strict=True):
        yield Piece(speaker=html.unescape(speaker).strip(), text=_plain(text), start=cue.start, end=cue.end)


def _lines(cues: Sequence[Cue]) -> Iterator[tuple[Cue, str]]:
    """The lines of the cues; a line that a rolling caption repeats from the cue before is dropped."""
    rolling = sum("<c>" in cue.text for cue in cues) > len(cues) / 4
    last = ""
    for cue in cues:
        for line in _TAG.sub("", html.unescape(cue.text)).split("\n"):
            if line.strip() and not (rolling and line.strip() == last):
                last = line.strip()
                yield cue, line


def _labelled(lines: Sequence[tuple[Cue, str]], opens: dict[int, tuple[str, str]]) -> Iterator[Piece]:
    speaker = ""
    for number, (cue, line) in enumerate(lines):
        text = line
        if number in opens:
            speaker, text = opens[number]
        elif _SOUND.fullmatch(line.strip()):
            continue
        yield Piece(speaker=speaker, text=_NEW_SPEAKER.sub("", text.strip()), start=cue.start, end=cue.end)


def _unnamed(lines: Sequence[tuple[Cue, str]]) -> Iterator[Piece]:
    for cue, line in lines:
        if not _SOUND.fullmatch(line.strip()):
            yield Piece(speaker="", text=_NEW_SPEAKER.sub("", line.strip()), start=cue.start, end=cue.end)


def _plain(text: str) -> str:
    return join_speech(html.unescape(_TAG.sub("", text)).split("\n"))

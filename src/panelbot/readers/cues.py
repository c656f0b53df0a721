"""Subtitle cues to speech: who a cue names, where somebody else begins, and what a rolling caption says again.

Does not parse subtitle files; the SubRip, WebVTT and other readers do.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from panelbot.errors import ReadError
from panelbot.people import parse_label, speakers_of
from panelbot.readers.dialogue import distinct_labels, find_speakers
from panelbot.readers.document import Document
from panelbot.readers.drafts import Piece, join_speech
from panelbot.readers.labels import Mark
from panelbot.readers.recordings import make_recording
from panelbot.readers.rolling import without_repeats
from panelbot.types import Reading

_VOICE = re.compile(r"<v(?:\.[^\s>]{0,40})?\s+([^>\n]{1,200})>")
_TAG = re.compile(
    r"</?(?:[bius]|c|v|i|ruby|rt|lang|font)(?:[.\s][^>\n]{0,200})?>|<\d{1,2}:\d{2}[:.\d]{0,12}>|\{\\[^}\n]{1,60}\}",
    re.IGNORECASE,
)
_SOUND = re.compile(r"[\[(（【♪][^\])）】]{0,60}[\])）】♪]?|[♪♫\s]+")
# Somebody else speaks, as captions say it: ">> Yes.", "- Yes.", "—Yes."; a dash before a small letter goes on.
_NEW_SPEAKER = re.compile(r">{2,3}\s*|[-–—‐]\s{0,2}(?=[^\W\d_a-z]|[\"“‘'¿¡\d\[(])")


MOST_CUES = 75_000
"""A day of talk cut into cues of two seconds has 43,000."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One subtitle as written; times in seconds."""

    start: float | None
    end: float | None
    text: str


def check_number(document: Document, n_cues: int) -> None:
    """Refuse what has more cues than a transcript, before they are looked at.

    Raises:
        ReadError: it has.
    """
    if n_cues > MOST_CUES:
        raise ReadError(f"{document.name} has {n_cues:,} cues; transcripts have {MOST_CUES:,} at most: split it")


def read_cues(
    document: Document,
    cues: Sequence[Cue],
    *,
    form: str,
    title: str = "",
    date: str = "",
    warnings: Sequence[str] = (),
) -> tuple[Reading, ...]:
    """The Reading of ``cues``; cues of one speaker become one turn."""
    make = partial(make_recording, document, form=form, title=title, date=date)
    if any(_VOICE.search(cue.text) for cue in cues):
        pieces = [piece for cue in cues for piece in _voices(cue)]
        labels = [parse_label(piece.speaker) for piece in pieces]
        return make(_named(pieces), speakers=speakers_of(label for label in labels if label.name), warnings=warnings)
    lines = [(cue, line) for cue in without_repeats([_clean(cue) for cue in cues]) for line in cue.text.split("\n")]
    marks = _find_marks(lines)
    labels = distinct_labels(marks)
    opens = {mark.line: (label.name, mark.rest) for mark, label in zip(marks, labels, strict=True)}
    n_sounds = sum(_is_sound(line) for number, (_, line) in enumerate(lines) if number not in opens)
    n_doubtful = sum(not mark.label for mark in marks)
    if n_doubtful:
        warnings = (
            *warnings,
            f"{document.name}: {n_doubtful} cues begin with what may be a label and are nobody's",
        )
    if n_sounds:
        warnings = (*warnings, f"{document.name}: left out {n_sounds} lines with a sound alone, such as [Music]")
    return make(
        _labelled(lines, opens), speakers=speakers_of(label for label in labels if label.name), warnings=warnings
    )


def _find_marks(lines: Sequence[tuple[Cue, str]]) -> Sequence[Mark]:
    """The labels that ``lines`` begin with; a cue is to its lines what a paragraph is: labels stand at its head."""
    texts: list[str] = []
    numbers: dict[int, int] = {}
    before: Cue | None = None
    for number, (cue, line) in enumerate(lines):
        if cue is not before and before is not None:
            texts.append("")
        before = cue
        numbers[len(texts)] = number
        texts.append(line)
    return [replace(mark, line=numbers[mark.line]) for mark in find_speakers(texts, own_line=False)]


def _clean(cue: Cue) -> Cue:
    lines = (line.strip() for line in html.unescape(_TAG.sub("", cue.text)).split("\n"))
    return replace(cue, text="\n".join(line for line in lines if line))


def _named(pieces: Sequence[Piece]) -> list[Piece]:
    return [replace(piece, speaker=parse_label(piece.speaker).name) for piece in pieces]


def _voices(cue: Cue) -> Iterator[Piece]:
    parts = _VOICE.split(cue.text)
    for speaker, text in zip(["", *parts[1::2]], parts[::2], strict=True):
        plain = join_speech(html.unescape(_TAG.sub("", text)).split("\n"))
        yield Piece(speaker=html.unescape(speaker).strip(), text=plain, start=cue.start, end=cue.end)


def _labelled(lines: Sequence[tuple[Cue, str]], opens: Mapping[int, tuple[str, str]]) -> Iterator[Piece]:
    """The lines under the speaker whom the line names; who begins without a name is nobody."""
    speaker = ""
    for number, (cue, line) in enumerate(lines):
        text, begins = line, False
        if number in opens:
            speaker, text = opens[number]
        elif _is_sound(line):
            continue
        elif begins := _NEW_SPEAKER.match(line) is not None:
            speaker = ""
        text = _NEW_SPEAKER.sub("", text.strip(), count=1) if _NEW_SPEAKER.match(text) else text.strip()
        yield Piece(speaker=speaker, text=text, start=cue.start, end=cue.end, begins=begins)


def _is_sound(line: str) -> bool:
    return not line or _SOUND.fullmatch(line) is not None

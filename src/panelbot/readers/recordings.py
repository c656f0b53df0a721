"""A Reading from timed speech: what subtitles and the transcribers' JSON have in common."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from panelbot.readers.document import Document
from panelbot.readers.drafts import Piece, join_speech, join_turns, join_unnamed
from panelbot.readers.reading import stated_language
from panelbot.readers.times import find_date
from panelbot.types import Reading, Speaker, Transcript

_BARE_NUMBER = re.compile(r"\d{1,3}|[A-Za-z]")


def make_recording(
    document: Document,
    pieces: Iterable[Piece],
    *,
    form: str,
    title: str = "",
    date: str = "",
    language: str = "",
    speakers: Sequence[Speaker] = (),
    warnings: Sequence[str] = (),
    paragraphs: bool = False,
) -> tuple[Reading, ...]:
    """The Reading of timed ``pieces``, a warning where they name nobody; none where they hold no speech.

    ``paragraphs``: a piece is a paragraph and stays one; else it is some words of running speech.
    """
    pieces = list(pieces)
    named = any(piece.speaker for piece in pieces)
    turns = join_turns(pieces, join="\n\n".join if paragraphs else join_speech) if named else join_unnamed(pieces)
    if not turns:
        return ()
    if not named:
        warnings = (f"{document.name}: it names no speakers; its speech was parted at pauses and by length", *warnings)
    elif n_unnamed := sum(piece.begins and not piece.speaker for piece in pieces):
        warnings = (f"{document.name}: {n_unnamed} times somebody begins without a name; nobody was named", *warnings)
    transcript = Transcript(
        id=document.id,
        title=title,
        language=stated_language(language),
        date=find_date(date),
        source=document.name,
        speakers=tuple(speakers)
        or tuple(Speaker(name=name) for name in dict.fromkeys(t.speaker for t in turns) if name),
        turns=turns,
    )
    return (Reading(transcript=transcript, format=form, warnings=tuple(warnings)),)


def is_number(label: object) -> bool:
    """Whether a transcriber's label only counts speakers: 0, "A", "12"."""
    return not isinstance(label, str) or _BARE_NUMBER.fullmatch(label.strip()) is not None


def speaker_name(label: object, *, numbered: bool = True) -> str:
    """The name for a transcriber's label: 0 and "A" become Speaker 0 and Speaker A, a name stays a name.

    "A" stays as it is too where others are not ``numbered``.
    """
    if label is None or isinstance(label, bool):
        return ""
    if isinstance(label, float) and label.is_integer():
        label = int(label)
    text = str(label).strip()
    counts = numbered or not isinstance(label, str)
    return f"Speaker {text}" if counts and _BARE_NUMBER.fullmatch(text) else text

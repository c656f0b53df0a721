"""Lines of labelled speech to turns: the part that dialogue text, articles, subtitles and documents share.

Does not know where the lines came from.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from panelbot.readers.attribution import speaker_marks
from panelbot.readers.drafts import Piece, join_turns
from panelbot.readers.labels import Mark, find_mark, strip_time
from panelbot.readers.people import Label, parse_label, speakers_of
from panelbot.types import Speaker, Turn

_BLANK_RUN = re.compile(r"\n(?:[ \t\u3000\xa0]*\n)+")
_LIST_OF_NAMES = re.compile(r"[^。！？.!?]{1,200}")
_OPENING_CHARACTERS = 6000


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialogue:
    """Turns with their speakers, and the lines before the first of them."""

    turns: tuple[Turn, ...]
    speakers: tuple[Speaker, ...]
    preamble: tuple[str, ...]


def read_dialogue(lines: Sequence[str]) -> Dialogue | None:
    """The turns in ``lines``; None where no speaker labels are found."""
    marks = [mark for number, line in enumerate(lines) if (mark := find_mark(line, number)) is not None]
    opening = "\n".join(lines[: marks[0].line] if marks else ())
    chosen = _without_cast(speaker_marks(marks, opening=opening[:_OPENING_CHARACTERS]))
    if not chosen:
        return None
    labels = _distinct([parse_label(mark.label) for mark in chosen])
    ends = [mark.line for mark in chosen[1:]] + [len(lines)]
    timed = sum(mark.start is not None for mark in chosen) * 2 > len(chosen)
    pieces = [
        Piece(speaker=label.name, text=_speech(mark, lines[mark.line + 1 : end], timed), start=mark.start, end=mark.end)
        for mark, label, end in zip(chosen, labels, ends, strict=True)
    ]
    said = [label for label, piece in zip(labels, pieces, strict=True) if piece.text]
    turns = join_turns(pieces)
    if not turns:
        return None
    return Dialogue(turns=turns, speakers=speakers_of(said), preamble=tuple(lines[: chosen[0].line]))


def _speech(mark: Mark, following: Sequence[str], timed: bool) -> str:
    """The text of a turn as written: lines stay lines, blank lines part paragraphs."""
    lines = [strip_time(line)[0] for line in following] if timed else following
    text = "\n".join([mark.rest, *(line.strip() for line in lines)])
    return _BLANK_RUN.sub("\n\n", text).strip()


def _distinct(labels: Sequence[Label]) -> list[Label]:
    """Two people of one name at two organisations keep their labels whole."""
    organizations: dict[str, set[str]] = {}
    for label in labels:
        if label.organization:
            organizations.setdefault(label.name, set()).add(label.organization)
    twice = {name for name, found in organizations.items() if len(found) > 1}
    return [
        Label(text=label.text, name=label.text, organization=label.organization) if label.name in twice else label
        for label in labels
    ]


def _without_cast(marks: Sequence[Mark]) -> Sequence[Mark]:
    """``marks`` without those that open the file as a cast list: ``主持人：柏亮``."""
    first = 0
    while first < len(marks) and _is_cast(marks[first]):
        first += 1
    return marks[first:] if first < len(marks) else ()


def _is_cast(mark: Mark) -> bool:
    from panelbot.readers.names import name_kind

    if (
        mark.style == "timed"
        or name_kind(mark.label) != "role"
        or not mark.rest
        or not _LIST_OF_NAMES.fullmatch(mark.rest)
    ):
        return False
    names = [
        parse_label(part.strip()).name for part in re.split(r"[、,，;；/]|\s{2,}|\band\b|和", mark.rest) if part.strip()
    ]
    return bool(names) and all(name_kind(name) == "name" for name in names)

"""Quotes that a person pinned: as they stand today, in a style that can be printed, and as rows.

Knows no file format; the pins themselves are kept by the client.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlencode, urlsplit

from panelbot.bot.desk.clock import time_at
from panelbot.bot.desk.places import find_place
from panelbot.errors import InputError
from panelbot.people import name_in
from panelbot.types import Language, Speaker, Transcript

Group = Literal["", "speaker", "theme", "transcript"]
GROUPS: tuple[Group, ...] = ("", "speaker", "theme", "transcript")
State = Literal["there", "changed", "gone"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """A quote that was pinned; ``quote`` is ``turn.text[start:end]`` as it was then."""

    id: str
    transcript_id: str
    turn: int
    start: int
    end: int
    quote: str
    speaker: str
    comment: str = ""
    theme: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A pin as it stands today: where its words are now, who spoke them, and in which transcript.

    ``state`` is "changed" where the words stand there no longer, "gone" where the transcript was removed.
    """

    pin: Pin
    turn: int
    start: int
    end: int
    speaker: Speaker
    title: str = ""
    date: str = ""
    time: float | None = None
    state: State = "there"


def pin_quote(transcript: Transcript, turn: int, start: int, end: int, *, id: str = "") -> Pin:
    """The pin of characters ``start:end`` of a turn, without the blanks around them.

    Raises:
        InputError: there are no such characters.
    """
    if not 0 <= turn < len(transcript.turns):
        raise InputError(f"{transcript.id} has no turn {turn + 1}.")
    text = transcript.turns[turn].text[max(start, 0) : max(end, 0)]
    quote, start = text.strip(), max(start, 0) + len(text) - len(text.lstrip())
    if not quote:
        raise InputError("There are no words there.")
    speaker = transcript.turns[turn].speaker
    return Pin(
        id=id, transcript_id=transcript.id, turn=turn, start=start, end=start + len(quote), quote=quote, speaker=speaker
    )


def noted(pins: Iterable[Pin], transcripts: Mapping[str, Transcript]) -> tuple[Note, ...]:
    """The pins as they stand today, in their order."""
    return tuple(_noted(pin, transcripts.get(pin.transcript_id)) for pin in pins)


def _noted(pin: Pin, transcript: Transcript | None) -> Note:
    then: dict[str, Any] = {"pin": pin, "turn": pin.turn, "start": pin.start, "end": pin.end}
    if transcript is None:
        return Note(**then, speaker=Speaker(name=pin.speaker), state="gone")
    place = find_place(transcript, pin.quote, turn=pin.turn, start=pin.start)
    about: dict[str, Any] = {"title": transcript.title or transcript.id, "date": transcript.date}
    if place is None:
        return Note(**then, **about, speaker=transcript.speaker(pin.speaker), state="changed")
    turn = transcript.turns[place.turn]
    speaker = transcript.speaker(turn.speaker)
    return Note(
        pin=pin,
        turn=turn.index,
        start=place.start,
        end=place.end,
        **about,
        speaker=speaker,
        time=time_at(turn, place.start),
    )


def grouped(notes: Sequence[Note], by: Group) -> tuple[tuple[str, tuple[Note, ...]], ...]:
    """The notes under the names of their groups, in the order of their first notes; the rest, without a name, last."""
    groups: dict[str, list[Note]] = {}
    for note in notes:
        groups.setdefault(_group_of(note, by), []).append(note)
    return tuple((name, tuple(found)) for name, found in sorted(groups.items(), key=lambda item: not item[0]))


def _group_of(note: Note, by: Group) -> str:
    return {"": "", "speaker": note.speaker.name, "theme": note.pin.theme.strip(), "transcript": note.title}[by]


def attributed(quote: str, speaker: Speaker, date: str, language: Language) -> str:
    """The quote with who said it, as a text in ``language`` prints it."""
    opening, closing, dash = ("「", "」", "——") if language == "zh" else ("“", "”", " — ")
    return f"{opening}{quote}{closing}{dash}{attribution(speaker, date, language)}"


def attribution(speaker: Speaker, date: str, language: Language) -> str:
    """Who said it: ``沈志峰，江苏银行运营部总经理，2020-09-16``; ``Name, title, organization, date`` in English."""
    if language == "zh":
        parts = (speaker.name, f"{speaker.organization}{speaker.title}", date)
        return "，".join(part for part in parts if part)
    return ", ".join(
        part for part in (said_name(speaker.name, "en"), speaker.title, speaker.organization, date) if part
    )


def said_name(name: str, language: Language) -> str:
    """A name for a reader of ``language``: a Chinese one in both scripts in English."""
    said = name_in(name, language)
    return said if said == name else f"{said} ({name})"


def link_to(note: Note, base: str) -> str:
    """The address of a note's place on the page at ``base``; empty where ``base`` is none."""
    if urlsplit(base).scheme not in ("http", "https"):
        return ""
    place = {"transcript": note.pin.transcript_id, "no": note.turn + 1, "quote": f"{note.start}-{note.end}"}
    return f"{base.partition('?')[0].partition('#')[0]}?{urlencode(place)}"

"""Where a quote stands today, whatever was corrected or read anew since it was taken. Changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from panelbot.types import Answer, Citation, Transcript


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Characters ``start:end`` of a turn, which hold the quote that was looked for."""

    turn: int
    start: int
    end: int


def find_place(transcript: Transcript, quote: str, *, turn: int, start: int) -> Place | None:
    """Where ``quote`` stands now that stood at ``start`` of ``turn``; None where it stands nowhere.

    There, else nearest in that turn, else in the one other turn that holds it; None as well where nobody can tell which
    place is meant.
    """
    if not quote:
        return None
    if 0 <= turn < len(transcript.turns):
        found = list(_all(transcript.turns[turn].text, quote))
        if found:
            at = min(found, key=lambda place: abs(place - start))
            return Place(turn=turn, start=at, end=at + len(quote))
    elsewhere = [
        Place(turn=t.index, start=at, end=at + len(quote)) for t in transcript.turns for at in _all(t.text, quote)
    ]
    return elsewhere[0] if len(elsewhere) == 1 else None


def _all(text: str, quote: str) -> Iterator[int]:
    at = text.find(quote)
    while at >= 0:
        yield at
        at = text.find(quote, at + 1)


def as_it_stands(answer: Answer, transcripts: Mapping[str, Transcript]) -> Answer:
    """The answer with its citations moved to where their quotes stand now, where they do."""

    def moved(citation: Citation) -> Citation:
        transcript = transcripts.get(citation.transcript_id)
        if transcript is None or stands(citation, transcript):
            return citation
        place = find_place(transcript, citation.quote, turn=citation.turn, start=citation.start)
        return replace(citation, turn=place.turn, start=place.start, end=place.end) if place else citation

    shown = {name: tuple(map(moved, getattr(answer, name))) for name in ("citations", "nearest", "also")}
    return replace(answer, **shown)


def stands(citation: Citation, transcript: Transcript) -> bool:
    """Whether the words of a citation are where it says."""
    turn = transcript.turns[citation.turn] if 0 <= citation.turn < len(transcript.turns) else None
    return turn is not None and turn.text[citation.start : citation.end] == citation.quote

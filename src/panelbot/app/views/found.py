"""Where words were said, in all transcripts: under each title the turns that hold them, the words marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from markupsafe import Markup

from panelbot.app.html import join, tag
from panelbot.app.views.common import clock, colour
from panelbot.app.words import say
from panelbot.bot.desk.notes import said_name
from panelbot.types import Language, Place, Transcript, Turn

AROUND = 60  # characters shown before the first place and after the last


def places_view(
    places: Sequence[Place], transcripts: Mapping[str, Transcript], language: Language, *, more: bool
) -> Markup:
    """The places, in the order they are given."""
    if not places:
        return tag("p", say("found_none", language), cls="pb-hint", role="status")
    shown = [place for place in places if place.transcript_id in transcripts]
    ids = list(dict.fromkeys(place.transcript_id for place in shown))
    count = say("found_count", language, number=len(shown), transcripts=len(ids))
    rest = f" {say('found_more', language, number=len(shown))}" if more else ""
    groups = groupby(shown, key=lambda place: place.transcript_id)
    sections = (_section(transcripts[id], list(group), language) for id, group in groups)
    return join([tag("p", count + rest, cls="pb-hint", role="status"), *sections])


def _section(transcript: Transcript, places: Sequence[Place], language: Language) -> Markup:
    facts = " · ".join(part for part in (transcript.date, say("n_turns", language, number=len(places))) if part)
    heading = tag("h3", transcript.title or transcript.id, tag("small", facts))
    return tag("section", heading, tag("ol", *(_row(transcript, place, language) for place in places)), cls="pb-places")


def _row(transcript: Transcript, place: Place, language: Language) -> Markup:
    turn = transcript.turns[place.turn]
    where = say("turn", language, number=turn.index + 1) + (f" · {clock(turn.start)}" if turn.start is not None else "")
    start, end = place.spans[0]
    button = tag(
        "button",
        tag("b", said_name(turn.speaker, language) or say("nobody", language)),
        tag("span", where, cls="pb-place"),
        tag("q", *_marked(turn, place)),
        type="button",
        cls=f"pb-found-place {colour(transcript, turn.speaker)}",
        data_transcript=transcript.id,
        data_turn=turn.index,
        data_start=start,
        data_end=end,
    )
    return tag("li", button)


def apart(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Those that begin where the one before has ended, in order: a word within another is marked with it."""
    at = 0
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= at:
            yield start, end
            at = end


def _marked(turn: Turn, place: Place) -> list[Markup | str]:
    """The words with what stands around the first of them."""
    first = max(place.spans[0][0] - AROUND, 0)
    last = min(place.spans[0][1] + 2 * AROUND, len(turn.text))
    pieces: list[Markup | str] = ["…" if first else ""]
    at = first
    for start, end in apart(place.spans):
        if end > last:
            break
        pieces += [turn.text[at:start], tag("mark", turn.text[start:end])]
        at = end
    return [*pieces, turn.text[at:last], "…" if last < len(turn.text) else ""]

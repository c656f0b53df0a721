"""The shelf: every transcript in a line of facts, by which the page's script finds, orders and chooses among them.

Knows what is stored; what a visitor has read, tagged or chosen is theirs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from panelbot.types import Listed

if TYPE_CHECKING:
    from panelbot.bot import PanelBot


def shelf_rows(bot: PanelBot) -> list[dict[str, Any]]:
    """A row for each transcript, the newest first."""
    place = {id: number for number, id in enumerate(bot.newest())}
    return [_row(each) for each in sorted(bot.listing(), key=lambda each: place.get(each.id, len(place)))]


def _row(transcript: Listed) -> dict[str, Any]:
    people = [speaker for speaker in transcript.speakers if speaker.name]
    found_by = [transcript.event, transcript.location, *(f"{each.name} {each.organization}" for each in people)]
    return {
        "id": transcript.id,
        "title": transcript.title or transcript.id,
        "date": transcript.date,
        "n_turns": transcript.n_turns,
        "n_people": len(people),
        "words": " ".join(found_by),
    }

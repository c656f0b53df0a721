"""The speech in a JSON document, object by object: of all its lists, the one that tells best who says what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from panelbot.readers.listings import Listing, Path, first_of, leaf, leaves
from panelbot.readers.shapes import LONGEST_LABEL, Keys, channel_of, inherited_speaker, is_final, keys_of
from panelbot.readers.units import Time, raw_time

_ABOUT_AS_MUCH = 0.9  # the share of the best score at which the longer pieces are taken
_UNLABELLED = 0.25  # what speech of nobody weighs beside speech of somebody
_PEOPLE = re.compile(
    r"speaker|participant|part(?:y|ies)$|users?$|members?$|attendee|people|person|talker|发言人|说话人"
)
_IDS = re.compile(r"(?:speaker|participant|user|member)?_?(?:id|label|tag|key|index|number)", re.IGNORECASE)
_NAMES = re.compile(r"(?:speaker|display|full|user|nick)?_?name", re.IGNORECASE)
_NOBODY = frozenset(("", "-1", "null", "none", "uu", "unknown"))


class Row(NamedTuple):
    """What one object says; ``who`` is the speaker's label as written, None where it names nobody."""

    text: str
    who: Any
    start: Time | None
    end: Time | None
    part: int  # the list that it stands in
    item: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The rows of one place in a document. ``parents`` are the objects around all of them, the root first."""

    path: Path
    keys: Keys
    rows: tuple[Row, ...]
    parents: tuple[Mapping[str, Any], ...]
    score: float


def find_rows(groups: Mapping[Path, Sequence[Listing]]) -> Found | None:
    """The place whose objects tell best who says what; None where no objects hold speech with speakers or times."""
    found = [candidate for listings in groups.values() for candidate in _candidates(listings)]
    best = max((candidate.score for candidate in found), default=0.0)
    close = [candidate for candidate in found if candidate.score >= _ABOUT_AS_MUCH * best]
    return min(close, key=lambda candidate: (not candidate.keys.start, len(candidate.rows)), default=None)


def _candidates(listings: Sequence[Listing]) -> Iterator[Found]:
    """The lists of one place, and the last of them alone: some transcribers say everything again at the end."""
    keys = keys_of(listings)
    if not keys.texts:
        return
    if not (keys.start or keys.speakers):
        around = keys_of([Listing(path=(), items=[listing.parents[-1] for listing in listings if listing.parents])])
        keys = replace(keys, start=around.start, end=around.end, duration=around.duration)
    for chosen in (listings, listings[-1:])[: len(listings)]:
        rows = tuple(_rows(chosen, keys))
        labelled = sum(_length(row) for row in rows if row.who is not None)
        total = sum(map(_length, rows))
        if total and (labelled or keys.start):
            score = max(labelled - (total - labelled) / 2, _UNLABELLED * total)
            yield Found(path=chosen[0].path, keys=keys, rows=rows, parents=_shared_parents(chosen), score=score)


def _length(row: Row) -> int:
    return len(row.text) - row.text.count(" ")


def _rows(listings: Sequence[Listing], keys: Keys) -> Iterator[Row]:
    rows = [row for number, listing in enumerate(listings) for row in _listed_rows(listing, keys, number)]
    if not any(row.who is not None for row in rows):
        channels = [channel_of(row.item, listings[row.part], keys.channel) for row in rows]
        if len({str(channel) for channel in channels if channel is not None}) > 1:
            rows = [row._replace(who=channel) for row, channel in zip(rows, channels, strict=True)]
    yield from rows


def _listed_rows(listing: Listing, keys: Keys, part: int) -> Iterator[Row]:
    around = inherited_speaker(listing.parents)
    own = bool(
        keys.start and listing.items and any(first_of(item, keys.start) is not None for item in listing.items[:9])
    )
    for item in listing.items:
        text = first_of(item, keys.texts)
        if not isinstance(text, str) or not text or not is_final(item):
            continue
        timed = item if own or not listing.parents else listing.parents[-1]
        start, end = span_of(timed, keys)
        who = first_of(item, keys.speakers)
        if not _names_somebody(who):
            others = (leaf(item, path) for path in keys.speakers[1:])
            who = next((value for value in others if _names_somebody(value)), around)
        yield Row(text, who if _names_somebody(who) else None, start, end, part, item)


def span_of(item: Mapping[str, Any], keys: Keys) -> tuple[Time | None, Time | None]:
    """When ``item`` begins and ends, both in the same unit."""
    start, end = raw_time(first_of(item, keys.start)), raw_time(first_of(item, keys.end))
    if start is None or (end is not None and end[1] == start[1]):
        return start, end
    length = raw_time(first_of(item, keys.duration)) if end is None else None
    return start, (start[0] + length[0], start[1]) if length and length[1] == start[1] else None


def _names_somebody(value: Any) -> bool:
    if isinstance(value, str):
        return len(value) < LONGEST_LABEL and value.strip().lower() not in _NOBODY
    return isinstance(value, int | float) and not isinstance(value, bool) and value != -1


def _shared_parents(listings: Sequence[Listing]) -> tuple[Mapping[str, Any], ...]:
    shared = listings[0].parents
    for listing in listings[1:]:
        n_same = next((n for n, (a, b) in enumerate(zip(shared, listing.parents, strict=False)) if a is not b), None)
        shared = shared[:n_same]
    return shared


def listed_names(groups: Mapping[Path, Sequence[Listing]], found: Found) -> dict[str, str]:
    """The names behind speaker ids: from a list or an object of speakers, and from rows that hold both."""
    names: dict[str, str] = {}
    for row in found.rows:
        for path in found.keys.speakers[1:]:
            if isinstance(row.who, str) and (value := leaf(row.item, path)) is not None and value != row.who:
                names.setdefault(str(value), row.who)
    for path, listings in groups.items():
        if path and _PEOPLE.search(path[-1].lower()):
            for item in (item for listing in listings for item in listing.items):
                _add_name(names, item)
    for parent in found.parents:
        for key, value in parent.items():
            if isinstance(value, Mapping) and _PEOPLE.search(key.lower()):
                names |= {str(label): name for label, name in value.items() if isinstance(name, str) and name}
    return names


def _add_name(names: dict[str, str], item: Mapping[str, Any]) -> None:
    plain = list(leaves(item))
    name = next((value for path, value in plain if _NAMES.fullmatch(path[-1]) and isinstance(value, str)), "")
    if name:
        for path, value in plain:
            if _IDS.fullmatch(path[-1]) and isinstance(value, str | int):
                names[str(value)] = name

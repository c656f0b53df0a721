"""The JSON of transcribers, meeting products and scripts: lists of objects with a text, a speaker and times.

And such lists in YAML, a file of its own or what a Markdown page begins with.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from panelbot.readers.cues import Cue, read_cues
from panelbot.readers.document import Document
from panelbot.readers.drafts import Piece
from panelbot.readers.listings import Listing, Path, find_listings, json_values
from panelbot.readers.recordings import is_number, make_recording, speaker_name
from panelbot.readers.registry import Format
from panelbot.readers.rows import find_rows, listed_names
from panelbot.readers.units import stated_date
from panelbot.readers.utterances import to_pieces
from panelbot.readers.yaml_front import SUFFIXES as YAML_SUFFIXES
from panelbot.readers.yaml_front import yaml_source, yaml_value
from panelbot.types import Reading

_TITLES = ("title", "meeting_title", "meetingTitle", "topic", "subject", "name")
_DATES = ("date", "dateString", "date_string", "created_at", "createdAt", "created", "start_time", "meeting_date")
_LANGUAGES = ("language", "language_code", "languageCode", "lang", "locale")


_SPEECH = 0.2  # of the YAML above a page, at least, where it is a talk: titles and links take a page's worth


def _sniff(document: Document) -> float:
    return 0.6 if json_values(document) or _holds_speech(document) else 0.0


def _holds_speech(document: Document) -> bool:
    """Whether the YAML of a page is its transcript: a good part of it, and speakers who come again."""
    if document.speaker_pattern or (value := yaml_value(document)) is None:
        return False
    found = find_rows(find_listings(value))
    counts = Counter(row.who for row in found.rows if isinstance(row.who, str)) if found else Counter[str]()
    if found is None or document.suffix in YAML_SUFFIXES:
        return bool(counts)
    n_said = sum(len(row.text) for row in found.rows)
    return any(n > 1 for n in counts.values()) and n_said >= _SPEECH * len(yaml_source(document))


def _read(document: Document) -> tuple[Reading, ...]:
    values = json_values(document) or [yaml_value(document)]
    return read_listings(document, find_listings(values[0] if len(values) == 1 else values), form=FORMAT.name)


def read_listings(document: Document, groups: Mapping[Path, Sequence[Listing]], *, form: str) -> tuple[Reading, ...]:
    """The Reading of the lists of objects that ``document`` holds; none where none of them holds speech."""
    found = find_rows(groups)
    if found is None:
        return ()
    names = listed_names(groups, found)
    numbered = all(is_number(row.who) for row in found.rows if row.who is not None)
    called = partial(speaker_name, numbered=numbered)
    pieces, n_sounds = to_pieces(found, groups, lambda label: names.get(str(label)) or called(label))
    warnings = _warnings(document, pieces, n_sounds)
    if not any(piece.speaker for piece in pieces):
        return read_cues(document, [_cue(piece) for piece in pieces], form=form, warnings=warnings)
    return make_recording(
        document,
        pieces,
        form=form,
        title=_stated(found.parents, _TITLES),
        date=next((date for value in _all_stated(found.parents, _DATES) if (date := stated_date(value))), ""),
        language=_stated(found.parents, _LANGUAGES),
        warnings=warnings,
    )


def _cue(piece: Piece) -> Cue:
    return Cue(start=piece.start, end=piece.end, text=piece.text)


def _warnings(document: Document, pieces: Sequence[Piece], n_sounds: int) -> tuple[str, ...]:
    n_nobody = sum(not piece.speaker for piece in pieces)
    found = []
    if 0 < n_nobody < len(pieces):
        found.append(f"{document.name}: {n_nobody} of {len(pieces)} pieces of speech name no speaker")
    if n_sounds:
        found.append(f"{document.name}: left out {n_sounds} sounds that are no speech")
    return tuple(found)


def _stated(parents: Sequence[Mapping[str, Any]], keys: Sequence[str]) -> str:
    return next((value for value in _all_stated(parents, keys) if isinstance(value, str)), "")


def _all_stated(parents: Sequence[Mapping[str, Any]], keys: Sequence[str]) -> list[Any]:
    """What the objects around the speech, and then the objects in those, say under ``keys``."""
    inner = [value for parent in parents for value in parent.values() if isinstance(value, Mapping)]
    return [holder[key] for holder in (*parents, *inner) for key in keys if holder.get(key) not in (None, "")]


FORMAT = Format(
    name="segments",
    looks_for='a list of objects with "text" and "speaker" or times',
    suffixes=(".json", ".jsonl", ".json3", *YAML_SUFFIXES),
    sniff=_sniff,
    read=_read,
)

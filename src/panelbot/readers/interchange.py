"""The interchange JSON to a Transcript and back, exactly. Knows no files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from panelbot.errors import ReadError
from panelbot.readers.document import transcript_id
from panelbot.types import ROLES, Evidence, Reading, Role, Speaker, Transcript, Turn

_LONGEST = 1e9  # seconds; also refuses infinity and "not a number"
_TEXT_FIELDS = ("id", "title", "language", "date", "event", "location", "source")
_FIELDS = frozenset({*_TEXT_FIELDS, "speakers", "turns"})
_SPEAKER_FIELDS = frozenset({"name", "organization", "title", "role", "aliases"})
_TURN_FIELDS = frozenset({"index", "speaker", "text", "start", "end"})


def to_interchange(transcript: Transcript) -> dict[str, Any]:
    """``transcript`` as the interchange form; times are written only where they are known."""
    written: dict[str, Any] = {field: getattr(transcript, field) for field in _TEXT_FIELDS}
    written["speakers"] = [
        {"name": s.name, "organization": s.organization, "title": s.title, "role": s.role, "aliases": list(s.aliases)}
        for s in transcript.speakers
    ]
    written["turns"] = [_written_turn(turn) for turn in transcript.turns]
    return written


def from_interchange(obj: object, *, name: str) -> Reading:
    """The transcript in ``obj``; ``name`` names the file in messages and gives the id where ``obj`` has none.

    Raises:
        ReadError: a required key is missing or a value has the wrong type; says which, and at which turn.
    """
    if not isinstance(obj, Mapping):
        raise ReadError(f'{name}: a transcript is a JSON object with "turns", not {_kind(obj)}')
    turns = obj.get("turns")
    if not isinstance(turns, Sequence) or isinstance(turns, str):
        raise ReadError(f'{name}: "turns" must be a list of objects with "speaker" and "text", not {_kind(turns)}')
    if not turns:
        raise ReadError(f'no turns found in {name}: its list "turns" is empty')
    warnings: list[str] = []
    read_turns = tuple(_turn(turn, index, name) for index, turn in enumerate(turns))
    if any(turn.get("index", i) != i for i, turn in enumerate(turns)):
        warnings.append(f'{name}: "index" does not count the turns from 0; the order of the list was used')
    fields = {field: _string(obj.get(field), field, name) for field in _TEXT_FIELDS}
    transcript = Transcript(
        **{**fields, "id": fields["id"] or transcript_id(name)},
        speakers=_speakers(obj.get("speakers"), name, warnings),
        turns=read_turns,
    )
    warnings[:0] = _unknown_keys(obj, turns, name)
    return Reading(transcript=transcript, format="interchange", warnings=tuple(warnings))


def _written_turn(turn: Turn) -> dict[str, Any]:
    written: dict[str, Any] = {"index": turn.index, "speaker": turn.speaker, "text": turn.text}
    return written | {key: value for key, value in (("start", turn.start), ("end", turn.end)) if value is not None}


def _turn(turn: object, index: int, name: str) -> Turn:
    if not isinstance(turn, Mapping):
        raise ReadError(f"{name}: turns[{index}] must be an object, not {_kind(turn)}")
    for key in ("speaker", "text"):
        if key not in turn:
            raise ReadError(f'{name}: turns[{index}] has no "{key}"')
        if not isinstance(turn[key], str):
            raise ReadError(f'{name}: "{key}" of turns[{index}] must be a string, not {_kind(turn[key])}')
    start, end = (_seconds(turn.get(key), key, index, name) for key in ("start", "end"))
    return Turn(index=index, speaker=turn["speaker"], text=turn["text"], start=start, end=end)


def _seconds(value: object, key: str, index: int, name: str) -> float | None:
    if value is None:
        return None
    found = _kind(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        if abs(value) < _LONGEST:
            return value
        found = "one out of range"
    raise ReadError(f'{name}: "{key}" of turns[{index}] must be a number of seconds, not {found}')


def _speakers(listed: object, name: str, warnings: list[str]) -> tuple[Speaker, ...]:
    if listed is None:
        return ()
    if not isinstance(listed, Sequence) or isinstance(listed, str):
        raise ReadError(f'{name}: "speakers" must be a list, not {_kind(listed)}')
    speakers: dict[str, Speaker] = {}
    unknown_roles: list[str] = []
    for index, entry in enumerate(listed):
        speaker = _speaker({"name": entry} if isinstance(entry, str) else entry, index, name, unknown_roles)
        if speaker.name in speakers:
            warnings.append(f'{name}: the speaker "{speaker.name}" is listed twice; the first entry was used')
        speakers.setdefault(speaker.name, speaker)
    if unknown_roles:
        roles = ", ".join(f'"{role}"' for role in dict.fromkeys(unknown_roles))
        warnings.append(f'{name}: unknown roles {roles} were read as "unknown" (known: {", ".join(ROLES)})')
    return tuple(speakers.values())


def _speaker(entry: object, index: int, name: str, unknown_roles: list[str]) -> Speaker:
    if not isinstance(entry, Mapping):
        raise ReadError(f"{name}: speakers[{index}] must be an object, not {_kind(entry)}")
    if not isinstance(entry.get("name"), str):
        raise ReadError(f'{name}: speakers[{index}] has no "name"')
    where = f"speakers[{index}]"
    facts = {field: _string(entry.get(field), f"{where}.{field}", name) for field in ("organization", "title")}
    stated = _string(entry.get("role"), f"{where}.role", name)
    role: Role = stated if stated in ROLES else "unknown"  # type: ignore[assignment]  # checked on this line
    if stated and role != stated:
        unknown_roles.append(stated)
    aliases = tuple(_string(alias, f"{where}.aliases", name) for alias in entry.get("aliases") or ())
    told = {**facts, "role": "" if role == "unknown" else role, "aliases": ", ".join(aliases)}
    evidence = tuple(Evidence(field=field, source="file", text=text) for field, text in told.items() if text)
    return Speaker(name=entry["name"], **facts, role=role, aliases=aliases, evidence=evidence)


def _string(value: object, field: str, name: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ReadError(f'{name}: "{field}" must be a string, not {_kind(value)}')
    return str(value)


def _unknown_keys(obj: Mapping[str, Any], turns: Sequence[Mapping[str, Any]], name: str) -> list[str]:
    unknown = [key for key in obj if key not in _FIELDS]
    listed = obj.get("speakers") or ()
    unknown += [f"speakers[].{key}" for key in _extra(listed, _SPEAKER_FIELDS)]
    unknown += [f"turns[].{key}" for key in _extra(turns, _TURN_FIELDS)]
    return [f"{name}: ignored unknown keys {', '.join(unknown)}"] if unknown else []


def _extra(entries: Sequence[Any], known: frozenset[str]) -> dict[str, None]:
    return {key: None for entry in entries if isinstance(entry, Mapping) for key in entry if key not in known}


def _kind(value: object) -> str:
    names = {
        type(None): "nothing",
        bool: "true or false",
        int: "a number",
        float: "a number",
        str: "a string",
        dict: "an object",
        list: "a list",
    }
    return names.get(type(value), type(value).__name__)

"""What is uncertain in how a transcript was read, for a person to decide: who speaks, who is one, what was lost.

Decides nothing; what was looked at once and left as it is does not come again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from panelbot import register
from panelbot.errors import InputError
from panelbot.people import is_numbered_label, is_person_name, is_role
from panelbot.types import Speaker, Transcript

DoubtKind = Literal["unnamed", "numbered", "label", "named", "merge", "lost"]
FEW = 2  # turns up to which a label that is no name may be a heading


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """One uncertain reading. ``turn`` is where to look; ``text`` is what it says or why it is thought so."""

    key: str
    kind: DoubtKind
    speaker: str = ""
    into: str = ""
    turn: int = -1
    text: str = ""


def find_doubts(transcript: Transcript, edits: Sequence[Mapping[str, Any]]) -> tuple[Doubt, ...]:
    """The doubts that nobody has settled, in the order in which they matter."""
    settled = {edit["doubt"] for edit in edits if edit.get("edit") == "settled"}
    found = (*_people(transcript), *_merges(transcript), *_unnamed(transcript), *_lost(transcript, edits))
    return tuple(doubt for doubt in found if doubt.key not in settled)


def _key(*parts: str) -> str:
    return f"{parts[0]}:{hashlib.sha256('|'.join(parts).encode('utf-8', 'replace')).hexdigest()[:16]}"


def _people(transcript: Transcript) -> Iterator[Doubt]:
    """Speakers who are a number, whose label is no name, or whose name comes from how others called them."""
    first: dict[str, int] = {}
    n_turns: dict[str, int] = {}
    for turn in transcript.turns:
        first.setdefault(turn.speaker, turn.index)
        n_turns[turn.speaker] = n_turns.get(turn.speaker, 0) + 1
    for speaker in transcript.speakers:
        name = speaker.name
        if name not in first or any(e.field == "name" and e.source == "edited" for e in speaker.evidence):
            continue
        told = next((e for e in speaker.evidence if e.field == "name" and e.source in ("address", "inferred")), None)
        if told is not None:
            at = first[name] if told.turn is None else told.turn
            yield Doubt(key=_key("named", name), kind="named", speaker=name, turn=at, text=told.text)
        elif is_numbered_label(name):
            yield Doubt(key=_key("numbered", name), kind="numbered", speaker=name, turn=first[name])
        elif name and n_turns[name] <= FEW and not _is_somebody(speaker):
            yield Doubt(key=_key("label", name), kind="label", speaker=name, turn=first[name])


def _is_somebody(speaker: Speaker) -> bool:
    """Whether a label names a person or a part; who is introduced is a person."""
    name = speaker.name
    return bool(is_person_name(name, sure=True) or is_role(name) or speaker.organization or speaker.title)


def _merges(transcript: Transcript) -> Iterator[Doubt]:
    for offer in register.offered_merges(transcript):
        at = next((turn.index for turn in transcript.turns if turn.speaker == offer.speaker), -1)
        key = _key("merge", offer.speaker, offer.into)
        yield Doubt(key=key, kind="merge", speaker=offer.speaker, into=offer.into, turn=at, text=offer.reason)


def _unnamed(transcript: Transcript) -> Iterator[Doubt]:
    for turn in transcript.turns:
        if not turn.speaker.strip():
            yield Doubt(
                key=_key("unnamed", str(turn.index), turn.text), kind="unnamed", turn=turn.index, text=turn.text
            )


def _lost(transcript: Transcript, edits: Sequence[Mapping[str, Any]]) -> Iterator[Doubt]:
    for text in register.former_texts(transcript, edits)[1]:
        yield Doubt(key=_key("lost", text), kind="lost", text=text)


def decided(transcript: Transcript, doubt: Doubt, *, name: str = "", yes: bool = False) -> dict[str, Any]:
    """The edit that a decision comes to: who it is, that it is so, or else that it stays as it is.

    Raises:
        InputError: there is nothing to say yes to.
    """
    name = name.strip()
    if doubt.kind == "unnamed" and name:
        return {"edit": "turn", "turn": doubt.turn, "text": doubt.text, "speaker": name}
    if doubt.kind == "merge" and yes:
        return {"edit": "merge", "speaker": doubt.speaker, "into": doubt.into}
    if doubt.kind in ("numbered", "label", "named") and name and name != doubt.speaker:
        if any(speaker.name == name for speaker in transcript.speakers):
            return {"edit": "merge", "speaker": doubt.speaker, "into": name}
        return {"edit": "set", "speaker": doubt.speaker, "field": "name", "value": name}
    if yes and doubt.kind in ("unnamed", "numbered"):
        raise InputError("Say who it is.")
    return {"edit": "settled", "doubt": doubt.key}

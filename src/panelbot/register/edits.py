"""What a person changes in a register: facts set, speakers renamed or merged. Turns keep their text and index.

One syntax for the command line, the page and scripts (``parse_edit``)::

    发言人3.name=李四              李四.organization=江苏银行       李四.role=moderator
    李四.aliases=李总,四哥          李四.aliases+=老李               merge:发言人4=李四

``edit_to_dict`` and ``edit_from_dict`` make edits JSON and ``apply_edits`` replays them; where they are kept is not
known here. The JSON form says which part is the name, so it reaches a speaker called ``A=B`` or ``merge:A``, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Literal, get_args

from panelbot.errors import InputError, NotFoundError
from panelbot.register.claims import as_role
from panelbot.register.corrections import CORRECTIONS, Correction, check, correct
from panelbot.text import fold
from panelbot.types import ROLES, Evidence, Speaker, Transcript

SettableField = Literal["name", "organization", "title", "role"]
_FIELDS = get_args(SettableField)
_SET = re.compile(r"(?P<speaker>.+?)\.(?P<field>[a-z]+)(?P<add>\+?)=(?P<value>.*)", re.DOTALL)
_MERGE = re.compile(r"merge:(?P<speaker>.+?)=(?P<into>.+)", re.DOTALL)
_SYNTAX = "NAME.FIELD=VALUE (name, organization, title, role, aliases), NAME.aliases+=ALIAS or merge:NAME=NAME"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetFact:
    """``speaker``'s ``field`` is ``value``; an empty value says that it is not known."""

    speaker: str
    field: SettableField
    value: str

    def __str__(self) -> str:
        return f"{self.speaker}.{self.field}={self.value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAliases:
    """``speaker`` is also called ``aliases``: these alone, or these too where ``add`` is true."""

    speaker: str
    aliases: tuple[str, ...]
    add: bool = False

    def __str__(self) -> str:
        return f"{self.speaker}.aliases{'+' if self.add else ''}={','.join(self.aliases)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeSpeakers:
    """``speaker`` and ``into`` are one person, called as ``into`` is; facts of ``into`` are kept before the other's."""

    speaker: str
    into: str

    def __str__(self) -> str:
        return f"merge:{self.speaker}={self.into}"


Edit = SetFact | SetAliases | MergeSpeakers | Correction
_KINDS: dict[str, type[Edit]] = {"set": SetFact, "aliases": SetAliases, "merge": MergeSpeakers, **CORRECTIONS}


def parse_edit(text: str) -> Edit:
    """The edit that ``text`` writes.

    Raises:
        InputError: not in the syntax, an unknown field, or an impossible value.
    """
    if merge := _MERGE.fullmatch(text.strip()):
        return _checked(MergeSpeakers(speaker=merge["speaker"].strip(), into=merge["into"].strip()))
    match = _SET.fullmatch(text.strip())
    if match is None or match["field"] not in (*_FIELDS, "aliases") or (match["add"] and match["field"] != "aliases"):
        raise InputError(f"The edit {text!r} is not understood; write {_SYNTAX}.")
    speaker, value = match["speaker"].strip(), match["value"].strip()
    if match["field"] == "aliases":
        aliases = tuple(part.strip() for part in re.split("[,，、;；]", value) if part.strip())
        return SetAliases(speaker=speaker, aliases=aliases, add=bool(match["add"]))
    field = next(field for field in _FIELDS if field == match["field"])
    return _checked(SetFact(speaker=speaker, field=field, value=value))


def as_edit(edit: Edit | str | Mapping[str, Any]) -> Edit:
    """An edit in any of its three forms: itself, its text, its JSON object.

    Raises:
        InputError: it is none.
    """
    if isinstance(edit, str):
        return parse_edit(edit)
    return edit_from_dict(edit) if isinstance(edit, Mapping) else _checked(edit)


def edit_to_dict(edit: Edit) -> dict[str, Any]:
    """``edit`` as a JSON object."""
    kind = next(kind for kind, edit_type in _KINDS.items() if isinstance(edit, edit_type))
    values = {field.name: getattr(edit, field.name) for field in fields(edit)}
    return {"edit": kind, **{key: list(value) if isinstance(value, tuple) else value for key, value in values.items()}}


def edit_from_dict(record: Mapping[str, Any]) -> Edit:
    """The edit ``edit_to_dict`` wrote.

    Raises:
        InputError: it holds no edit.
    """
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in record.items() if key != "edit"
    }
    try:
        edit = _KINDS[record["edit"]](**values)
        if not all(map(_is_plain, values.items())):
            raise TypeError(values)
        return _checked(edit)
    except (KeyError, TypeError):
        raise InputError(f"{dict(record)!r} is no edit of speakers.") from None


def _is_plain(item: tuple[str, Any]) -> bool:
    key, value = item
    if key == "aliases":
        return isinstance(value, tuple) and all(isinstance(alias, str) for alias in value)
    if key == "turn":
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, bool if key == "add" else str)


def edit_register(transcript: Transcript, edits: Iterable[Edit | str | Mapping[str, Any]]) -> Transcript:
    """``transcript`` with ``edits`` made one after the other.

    The indexes of its turns never change, nor do their texts but where an edit corrects one.

    A former name stays as an alias, so that questions and later edits may still use it.

    Raises:
        NotFoundError: no such speaker.
        InputError: an edit that cannot be made, such as a name another speaker has.
    """
    for edit in edits:
        transcript = _edit(transcript, as_edit(edit))
    return transcript


def apply_edits(transcript: Transcript, edits: Iterable[Edit]) -> Transcript:
    """``edits`` made again on a transcript that was read anew; one whose speaker is gone is passed over."""
    for edit in edits:
        try:
            transcript = _edit(transcript, edit)
        except (NotFoundError, InputError):
            continue
    return transcript


def find_speaker(transcript: Transcript, called: str) -> Speaker:
    """The speaker of ``transcript`` named ``called``, else the only one with that alias; width and case are ignored.

    Raises:
        NotFoundError: nobody is called so.
        InputError: several are.
    """
    for folded in (False, True):
        for names in (lambda speaker: (speaker.name,), lambda speaker: speaker.aliases):
            found = [s for s in transcript.speakers if any(_same(name, called, folded) for name in names(s))]
            if len(found) == 1:
                return found[0]
            if found:
                raise InputError(
                    f"{called!r} may be {' or '.join(s.name for s in found)} in {transcript.id}; name one."
                )
    known = ", ".join(speaker.name for speaker in transcript.speakers)
    raise NotFoundError(f"There is no speaker {called!r} in {transcript.id}; known are: {known}.")


def _same(name: str, called: str, folded: bool) -> bool:
    return fold(name) == fold(called) if folded else name == called


def _checked(edit: Edit) -> Edit:
    if isinstance(edit, Correction):
        check(edit)
    if isinstance(edit, SetFact) and edit.field not in _FIELDS:
        raise InputError(f"{edit.field!r} is no field of a speaker; write {_SYNTAX}.")
    if isinstance(edit, SetFact) and edit.field == "role" and edit.value not in ROLES:
        raise InputError(f"{edit.value!r} is no role; {edit.speaker}'s role must be one of {', '.join(ROLES)}.")
    if isinstance(edit, SetFact) and edit.field == "name" and not edit.value:
        raise InputError(f"The new name of {edit.speaker} is empty; write {edit.speaker}.name=NAME.")
    return edit


def _edit(transcript: Transcript, edit: Edit) -> Transcript:
    if isinstance(edit, Correction):
        return correct(transcript, edit)
    speaker = find_speaker(transcript, edit.speaker)
    if isinstance(edit, MergeSpeakers):
        return _merge(transcript, speaker, find_speaker(transcript, edit.into), edit)
    if isinstance(edit, SetAliases):
        aliases = (*speaker.aliases, *edit.aliases) if edit.add else edit.aliases
        return _swap(transcript, speaker, _with_aliases(speaker, aliases, edit))
    if edit.field == "name":
        return _rename(transcript, speaker, edit)
    evidence = _evidence(speaker, edit.field, edit)
    if edit.field == "role":
        return _swap(transcript, speaker, replace(speaker, role=as_role(edit.value), evidence=evidence))
    return _swap(transcript, speaker, replace(speaker, **{edit.field: edit.value}, evidence=evidence))


def _rename(transcript: Transcript, speaker: Speaker, edit: SetFact) -> Transcript:
    if any(other.name == edit.value for other in transcript.speakers if other is not speaker):
        raise InputError(
            f"{edit.value!r} is already a speaker of {transcript.id}; "
            f"if both are one person, write merge:{speaker.name}={edit.value}."
        )
    renamed = replace(speaker, name=edit.value, evidence=_evidence(speaker, "name", edit))
    if edit.value != speaker.name:
        renamed = _with_aliases(renamed, (*speaker.aliases, speaker.name), edit)
    return _swap(transcript, speaker, renamed)


def _merge(transcript: Transcript, speaker: Speaker, into: Speaker, edit: MergeSpeakers) -> Transcript:
    if speaker is into:
        return transcript
    merged = replace(
        into,
        organization=into.organization or speaker.organization,
        title=into.title or speaker.title,
        role=into.role if into.role != "unknown" else speaker.role,
        evidence=(*into.evidence, *_inherited(speaker, into)),
    )
    merged = _with_aliases(merged, (*into.aliases, speaker.name, *speaker.aliases), edit)
    transcript = _swap(transcript, into, merged)
    turns = tuple(
        replace(turn, speaker=into.name) if turn.speaker == speaker.name else turn for turn in transcript.turns
    )
    return replace(transcript, speakers=tuple(s for s in transcript.speakers if s is not speaker), turns=turns)


def _inherited(speaker: Speaker, into: Speaker) -> tuple[Evidence, ...]:
    """The evidence of the facts that ``into`` takes over from ``speaker``."""
    taken = {
        "organization": not into.organization,
        "title": not into.title,
        "role": into.role == "unknown",
        "aliases": True,
    }
    return tuple(evidence for evidence in speaker.evidence if taken.get(evidence.field, False))


def _with_aliases(speaker: Speaker, aliases: Iterable[str], edit: Edit) -> Speaker:
    kept = tuple(alias for alias in dict.fromkeys(aliases) if alias != speaker.name)
    added = (Evidence(field="aliases", source="edited", text=str(edit)),)
    return replace(speaker, aliases=kept, evidence=(*speaker.evidence, *added))


def _evidence(speaker: Speaker, field: str, edit: Edit) -> tuple[Evidence, ...]:
    """The speaker's evidence with that of ``field`` replaced by ``edit``."""
    others = tuple(evidence for evidence in speaker.evidence if evidence.field != field)
    return (*others, Evidence(field=field, source="edited", text=str(edit)))


def _swap(transcript: Transcript, old: Speaker, new: Speaker) -> Transcript:
    speakers = tuple(new if speaker is old else speaker for speaker in transcript.speakers)
    if new.name == old.name:
        return replace(transcript, speakers=speakers)
    turns = tuple(replace(turn, speaker=new.name) if turn.speaker == old.name else turn for turn in transcript.turns)
    return replace(transcript, speakers=speakers, turns=turns)

"""What a person corrects in a transcript beside its register: its head, the words of a turn, who spoke one.

A correction names the words it is about, so that it can be made again on a file that was read anew; the words it takes
away are kept in it. Where corrections are kept is not known here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from panelbot.errors import InputError, NotFoundError
from panelbot.types import Evidence, Speaker, Transcript, Turn

HeadField = Literal["title", "date", "event", "location"]
HEAD_FIELDS: tuple[HeadField, ...] = get_args(HeadField)
MAX_HEAD, MAX_TURN = 500, 200_000  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class SetHead:
    """The transcript's ``field`` is ``value``."""

    field: HeadField
    value: str

    def __str__(self) -> str:
        return f"{self.field}={self.value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetText:
    """What was said in a turn is ``text`` and not ``was``; ``turn`` is where it stood then."""

    turn: int
    was: str
    text: str

    def __str__(self) -> str:
        return f"turn {self.turn + 1}: {self.text}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTurnSpeaker:
    """The turn that says ``text`` is ``speaker``'s, who may be new; ``turn`` is where it stood then."""

    turn: int
    text: str
    speaker: str

    def __str__(self) -> str:
        return f"turn {self.turn + 1}: {self.speaker}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settle:
    """A doubt that an editor looked at and left as it is; ``doubt`` is its key."""

    doubt: str

    def __str__(self) -> str:
        return f"settled: {self.doubt}"


Correction = SetHead | SetText | SetTurnSpeaker | Settle
CORRECTIONS: dict[str, type[Correction]] = {
    "head": SetHead,
    "text": SetText,
    "turn": SetTurnSpeaker,
    "settled": Settle,
}


def rewrites(edit: object) -> bool:
    """Whether an edit changes what is stored beside the register: passages, or the head."""
    return isinstance(edit, SetHead | SetText)


def check(correction: Correction) -> None:
    """Whether a correction can be one at all.

    Raises:
        InputError: it cannot.
    """
    if isinstance(correction, SetHead):
        if correction.field not in HEAD_FIELDS:
            raise InputError(f"{correction.field!r} is no part of a transcript's head: {', '.join(HEAD_FIELDS)}.")
        if len(correction.value) > MAX_HEAD:
            raise InputError(
                f"The {correction.field} has {len(correction.value):,} characters; it may have {MAX_HEAD}."
            )
    if isinstance(correction, SetText) and not 0 < len(correction.text.strip()) <= MAX_TURN:
        raise InputError(f"A turn has words, and {MAX_TURN:,} characters at most.")
    if isinstance(correction, SetTurnSpeaker) and not correction.speaker.strip():
        raise InputError("The speaker's name is empty.")


def correct(transcript: Transcript, correction: Correction) -> Transcript:
    """The transcript with one correction made; made already, it stays as it is.

    Raises:
        NotFoundError: no turn says what the correction is about.
    """
    if isinstance(correction, SetHead):
        return replace(transcript, **{correction.field: correction.value})
    if isinstance(correction, SetText):
        if _says(transcript, correction.turn, correction.text):
            return transcript
        turn = find_turn(transcript, correction.turn, correction.was)
        return _with_turn(transcript, replace(turn, text=correction.text))
    if isinstance(correction, SetTurnSpeaker):
        turn = find_turn(transcript, correction.turn, correction.text)
        return _spoken_by(transcript, turn, correction)
    return transcript


def find_turn(transcript: Transcript, index: int, text: str) -> Turn:
    """The turn that says ``text``: the one at ``index``, else the only one.

    Raises:
        NotFoundError: none does, or several.
    """
    if _says(transcript, index, text):
        return transcript.turns[index]
    found = [turn for turn in transcript.turns if turn.text == text]
    if len(found) != 1:
        raise NotFoundError(f"Turn {index + 1} of {transcript.id} says something else by now; look at it again.")
    return found[0]


def _says(transcript: Transcript, index: int, text: str) -> bool:
    return 0 <= index < len(transcript.turns) and transcript.turns[index].text == text


def _with_turn(transcript: Transcript, turn: Turn) -> Transcript:
    turns = (*transcript.turns[: turn.index], turn, *transcript.turns[turn.index + 1 :])
    return replace(transcript, turns=turns)


def _spoken_by(transcript: Transcript, turn: Turn, edit: SetTurnSpeaker) -> Transcript:
    """A speaker of whom no turn is left goes with it, where nobody said who that was."""
    changed = _with_turn(transcript, replace(turn, speaker=edit.speaker))
    speakers = [s for s in transcript.speakers if s.name or any(not each.speaker for each in changed.turns)]
    if all(speaker.name != edit.speaker for speaker in speakers):
        told = Evidence(field="name", source="edited", text=str(edit), turn=turn.index)
        speakers.append(Speaker(name=edit.speaker, evidence=(told,)))
    return replace(changed, speakers=tuple(speakers))


def former_texts(
    transcript: Transcript, edits: Iterable[Mapping[str, Any]]
) -> tuple[dict[int, tuple[str, ...]], tuple[str, ...]]:
    """What corrected turns said before, by their index, the latest last; and corrections that stand nowhere any more.

    ``edits`` are the stored ones, in order.
    """
    said: dict[str, tuple[int, tuple[str, ...]]] = {}  # text → where it stood, what it was before
    for edit in edits:
        if edit.get("edit") == "text":
            _, before = said.pop(edit["was"], (0, ()))
            said[edit["text"]] = (edit["turn"], (*before, edit["was"]))
    found: dict[int, tuple[str, ...]] = {}
    lost: list[str] = []
    for text, (index, before) in said.items():
        try:
            found[find_turn(transcript, index, text).index] = before
        except NotFoundError:
            lost.append(text)
    return found, tuple(lost)

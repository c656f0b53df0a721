"""Transcripts as rows of the catalogue's tables, and back. Knows no SQL beyond the column lists."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from panelbot.types import Evidence, Speaker, Transcript, Turn

TEXTS = ("id", "title", "language", "date", "event", "location", "source")
_KEPT = ("path", "fingerprint", "edits", "first_id", "changed", "vectors_sha256", "rows_sha256",
         "listed_sha256")  # fmt: skip
HEAD = ", ".join(TEXTS + _KEPT)
N_HEAD = len(TEXTS) + len(_KEPT)
CHILDREN = {
    "speakers": "name, organization, title, role, aliases, evidence",
    "turns": 'speaker, text, start, "end"',
    "passages": 'turn, start, "end"',
}


def head_row(transcript: Transcript) -> tuple[Any, ...]:
    """The transcript's own columns, in the order of `HEAD`."""
    return tuple(getattr(transcript, name) for name in TEXTS)


def with_all_speakers(transcript: Transcript) -> Transcript:
    """The transcript with everybody who speaks in its register, those it lacked last."""
    known = {speaker.name for speaker in transcript.speakers}
    new = dict.fromkeys(turn.speaker for turn in transcript.turns if turn.speaker not in known)
    return replace(transcript, speakers=(*transcript.speakers, *(Speaker(name=name) for name in new)))


def register_rows(transcript: Transcript) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    """Rows of the tables ``speakers`` and ``turns``; the register has everybody who speaks."""
    position: dict[str, int] = {}
    for i, speaker in enumerate(transcript.speakers):
        position.setdefault(speaker.name, i)
    id = transcript.id
    speaker_rows = [(id, i, *_speaker_row(speaker)) for i, speaker in enumerate(transcript.speakers)]
    turn_rows = [(id, t.index, position[t.speaker], t.text, t.start, t.end) for t in transcript.turns]
    return speaker_rows, turn_rows


def _speaker_row(speaker: Speaker) -> tuple[str, ...]:
    aliases = json.dumps(speaker.aliases, ensure_ascii=False)
    evidence = json.dumps([asdict(item) for item in speaker.evidence], ensure_ascii=False)
    return speaker.name, speaker.organization, speaker.title, speaker.role, aliases, evidence


def read_transcript(head: Sequence[Any], tables: Mapping[str, Sequence[Any]]) -> tuple[Transcript, tuple[Any, ...]]:
    """The transcript of a row of `HEAD` and its `CHILDREN`, and the other columns of the row."""
    speakers = read_speakers(tables["speakers"])
    turns = tuple(
        Turn(index=i, speaker=speakers[speaker].name, text=text, start=start, end=end)
        for i, (speaker, text, start, end) in enumerate(tables["turns"])
    )
    own = dict(zip(TEXTS, head[: len(TEXTS)], strict=True))
    return Transcript(**own, speakers=speakers, turns=turns), tuple(head[len(TEXTS) :])


def read_speakers(rows: Sequence[Sequence[Any]]) -> tuple[Speaker, ...]:
    """The speakers of rows of their table, in order."""
    return tuple(
        Speaker(
            name=name, organization=organization, title=title, role=role, aliases=tuple(json.loads(aliases)),
            evidence=tuple(Evidence(**item) for item in json.loads(evidence)),
        )
        for name, organization, title, role, aliases, evidence in rows
    )  # fmt: skip

"""Transcripts as rows of the catalogue's tables, and back. Knows no SQL beyond the column lists."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from panelbot.types import Evidence, Speaker, Transcript, Turn

_TEXTS = ("id", "title", "language", "date", "event", "location", "source")
_KEPT = ("path", "fingerprint", "edits", "first_id", "changed", "vectors_sha256", "rows_sha256")
HEAD = ", ".join(_TEXTS + _KEPT)
N_HEAD = len(_TEXTS) + len(_KEPT)
CHILDREN = {
    "speakers": "name, organization, title, role, aliases, evidence",
    "turns": 'speaker, text, start, "end"',
    "passages": 'turn, start, "end"',
}


def head_row(transcript: Transcript) -> tuple[Any, ...]:
    """The transcript's own columns, in the order of `HEAD`."""
    return tuple(getattr(transcript, name) for name in _TEXTS)


def register_rows(transcript: Transcript) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    """Rows of the tables ``speakers`` and ``turns``. A turn's speaker that the register lacks is added to it."""
    speakers = list(transcript.speakers)
    position = {speaker.name: i for i, speaker in enumerate(speakers)}
    for turn in transcript.turns:
        if turn.speaker not in position:
            position[turn.speaker] = len(speakers)
            speakers.append(Speaker(name=turn.speaker))
    id = transcript.id
    speaker_rows = [(id, i, *_speaker_row(speaker)) for i, speaker in enumerate(speakers)]
    turn_rows = [(id, t.index, position[t.speaker], t.text, t.start, t.end) for t in transcript.turns]
    return speaker_rows, turn_rows


def _speaker_row(speaker: Speaker) -> tuple[str, ...]:
    aliases = json.dumps(speaker.aliases, ensure_ascii=False)
    evidence = json.dumps([asdict(item) for item in speaker.evidence], ensure_ascii=False)
    return speaker.name, speaker.organization, speaker.title, speaker.role, aliases, evidence


def read_transcript(head: Sequence[Any], tables: Mapping[str, Sequence[Any]]) -> tuple[Transcript, tuple[Any, ...]]:
    """The transcript of a row of `HEAD` and its `CHILDREN`, and the other columns of the row."""
    speakers = tuple(
        Speaker(
            name=name, organization=organization, title=title, role=role, aliases=tuple(json.loads(aliases)),
            evidence=tuple(Evidence(**item) for item in json.loads(evidence)),
        )
        for name, organization, title, role, aliases, evidence in tables["speakers"]
    )  # fmt: skip
    turns = tuple(
        Turn(index=i, speaker=speakers[speaker].name, text=text, start=start, end=end)
        for i, (speaker, text, start, end) in enumerate(tables["turns"])
    )
    own = dict(zip(_TEXTS, head[: len(_TEXTS)], strict=True))
    return Transcript(**own, speakers=speakers, turns=turns), tuple(head[len(_TEXTS) :])

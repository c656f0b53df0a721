"""A hit or a turn as the frameworks' documents hold it: a text, an id, and flat JSON values that say whose it is.

Knows no framework.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from panelbot.bot import PanelBot, find_files
from panelbot.bot.reading import Reader
from panelbot.errors import InputError
from panelbot.types import Hit, Speaker, Transcript, Turn

if TYPE_CHECKING:
    from panelbot.bot.scope import History


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A text with where it stands. ``score`` is None for what was not searched."""

    id: str
    text: str
    metadata: dict[str, Any]
    score: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a retriever searches: how many passages, in which transcripts, of whom. None is the index's own or all."""

    k: int | None = None
    transcripts: Sequence[str] | None = None
    speakers: Sequence[str] | None = None


def found(bot: PanelBot, query: str, scope: Scope, history: History = ()) -> list[Record]:
    """The best passages for a question, best first."""
    hits = bot.search(query, k=scope.k, transcripts=scope.transcripts, speakers=scope.speakers, history=history)
    return [_of_hit(hit, bot.transcript(hit.transcript_id)) for hit in hits]


def read(paths: Iterable[str | Path], *, speaker_pattern: str = "") -> Iterator[Record]:
    """The turns of transcript files and folders, in order, as they would be stored; nothing is stored.

    Raises:
        InputError: a path is no file or folder, or no transcript can be read in it.
    """
    files, failed, _ = find_files(paths)
    if failed:
        raise InputError(failed[0].reason)
    for file in files:
        for transcript, _ in Reader().file(file, speaker_pattern):
            yield from (_of_turn(turn, transcript) for turn in transcript.turns)


def _of_hit(hit: Hit, transcript: Transcript) -> Record:
    turn = transcript.turns[hit.turn]
    return Record(
        id=f"{transcript.id}:{hit.turn}:{hit.start}-{hit.end}",
        text=hit.text,
        metadata=_metadata(transcript, turn, hit.speaker, hit.start, hit.end) | {"score": hit.score, "rank": hit.rank},
        score=hit.score,
    )


def _of_turn(turn: Turn, transcript: Transcript) -> Record:
    metadata = _metadata(transcript, turn, transcript.speaker(turn.speaker), 0, len(turn.text))
    return Record(id=f"{transcript.id}:{turn.index}", text=turn.text, metadata=metadata)


def _metadata(transcript: Transcript, turn: Turn, speaker: Speaker, start: int, end: int) -> dict[str, Any]:
    """Times are seconds of the whole turn, None where the transcript has none; offsets are characters of its text."""
    return {
        "transcript": transcript.id,
        "transcript_title": transcript.title,
        "date": transcript.date,
        "language": transcript.language,
        "source": transcript.source,
        "turn": turn.index,
        "speaker": speaker.name,
        "organization": speaker.organization,
        "title": speaker.title,
        "role": speaker.role,
        "start": turn.start,
        "end": turn.end,
        "start_offset": start,
        "end_offset": end,
    }


def missing(framework: str, error: ImportError) -> ImportError:
    """What is told where an adapter is imported without its framework."""
    return ImportError(f"{error.name} is not installed; install it with: pip install 'panelbot[{framework}]'")

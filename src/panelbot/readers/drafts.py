"""Turns while they are put together: paragraphs and cues of one speaker become one turn.

Does not know formats; every reader that finds speech in pieces ends here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from panelbot.types import Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Some speech of one speaker: a paragraph, a cue or a segment; times in seconds."""

    speaker: str
    text: str
    start: float | None = None
    end: float | None = None


def join_turns(pieces: Iterable[Piece], *, separator: str = "\n\n") -> tuple[Turn, ...]:
    """One turn for each run of pieces by the same speaker; pieces without text are left out."""
    runs: list[list[Piece]] = []
    for piece in pieces:
        if not piece.text.strip():
            continue
        if runs and runs[-1][0].speaker == piece.speaker:
            runs[-1].append(piece)
        else:
            runs.append([piece])
    return tuple(_turn(index, run, separator) for index, run in enumerate(runs))


def _turn(index: int, run: list[Piece], separator: str) -> Turn:
    starts = [piece.start for piece in run if piece.start is not None]
    ends = [piece.end for piece in run if piece.end is not None]
    return Turn(
        index=index,
        speaker=run[0].speaker,
        text=separator.join(piece.text for piece in run),
        start=min(starts) if starts else None,
        end=max(ends) if ends else None,
    )

"""Turns while they are put together: paragraphs, cues and segments of one speaker become one turn.

Does not know formats; every reader that finds speech in pieces ends here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from panelbot.text import has_han
from panelbot.types import Turn

_PAUSE = 2.0  # seconds; where nobody is named, a silence this long is all that parts two turns
_LONG = 600  # characters; an unnamed turn this long ends with its sentence, or at twice the length
_SENTENCE_ENDS = ("。", "！", "？", "…", ".", "!", "?", "”", '"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Some speech of one speaker: a paragraph, a cue or a segment; times in seconds.

    ``begins``: somebody else speaks from here, though he has the same name or, more often, none.
    """

    speaker: str
    text: str
    start: float | None = None
    end: float | None = None
    begins: bool = False


def join_turns(pieces: Iterable[Piece], *, join: Callable[[Sequence[str]], str] = "\n\n".join) -> tuple[Turn, ...]:
    """One turn for each run of pieces by the same speaker; pieces without text are left out."""
    return _turns(pieces, lambda last, piece, _: last.speaker == piece.speaker and not piece.begins, join)


def join_unnamed(pieces: Iterable[Piece]) -> tuple[Turn, ...]:
    """Turns of speech in which nobody is named, parted at pauses and, where there are none, at sentence ends."""
    return _turns(pieces, _goes_on, join_speech)


def join_speech(texts: Sequence[str]) -> str:
    """Cues or segments as running text: a space between words, none between Chinese characters."""
    written = [stripped for text in texts if (stripped := text.strip())]
    parted = ["" if _is_wide(last[-1]) or _is_wide(text[0]) else " " for last, text in pairwise(written)]
    return "".join(part for pair in zip(["", *parted], written, strict=False) for part in pair)


def _turns(
    pieces: Iterable[Piece],
    goes_on: Callable[[Piece, Piece, int], bool],
    join: Callable[[Sequence[str]], str],
) -> tuple[Turn, ...]:
    runs: list[list[Piece]] = []
    length = 0  # characters of the last run
    for piece in pieces:
        if not piece.text.strip():
            continue
        if runs and goes_on(runs[-1][-1], piece, length):
            runs[-1].append(piece)
            length += len(piece.text)
        else:
            runs.append([piece])
            length = len(piece.text)
    return tuple(_turn(index, run, join) for index, run in enumerate(runs))


def _goes_on(last: Piece, piece: Piece, length: int) -> bool:
    if piece.begins:
        return False
    if last.end is not None and piece.start is not None and piece.start - last.end >= _PAUSE:
        return False
    return length < _LONG or (length < 2 * _LONG and not last.text.rstrip().endswith(_SENTENCE_ENDS))


def _turn(index: int, run: list[Piece], join: Callable[[Sequence[str]], str]) -> Turn:
    starts = [piece.start for piece in run if piece.start is not None]
    ends = [piece.end for piece in run if piece.end is not None]
    return Turn(
        index=index,
        speaker=run[0].speaker,
        text=join([piece.text for piece in run]),
        start=min(starts) if starts else None,
        end=max(ends) if ends else None,
    )


def _is_wide(character: str) -> bool:
    return has_han(character) or "\u3000" <= character <= "\u30ff" or "\uff00" <= character <= "\uffef"

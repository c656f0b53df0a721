"""From a file or pasted text to transcripts with their registers, whatever is in it, or one sentence why not.

Knows neither formats nor where transcripts are kept.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, fields, replace
from operator import attrgetter
from pathlib import Path
from typing import Any

from panelbot import readers, register
from panelbot.errors import PanelbotError, ReadError
from panelbot.types import Reading, Transcript, Turn

MAX_TEXT = 5_000_000  # characters of pasted text
_TURN = tuple(field.name for field in fields(Turn))

Found = tuple[tuple[Transcript, tuple[str, ...]], ...]
"""The transcripts of a file, registers included, each with its warnings."""


def content(file: Path) -> bytes:
    """The bytes of a file that is small enough to be a transcript.

    Raises:
        ReadError: it is not, it cannot be read, or its name is no text.
    """
    try:
        str(file).encode()
    except UnicodeEncodeError:
        raise ReadError(f"The name of {printable(str(file))} is not UTF-8; rename it.") from None
    return readers.file_bytes(file)


def printable(name: str) -> str:
    """``name`` as text that can be stored and printed, bytes that are none written as escapes."""
    return name.encode("utf-8", "backslashreplace").decode()


def read_here(file: Path, speaker_pattern: str = "") -> Found:
    """The transcripts of ``file``, read in this process."""
    return _sound(file.name, lambda: tuple(map(_registered, readers.read_file(file, speaker_pattern=speaker_pattern))))


def text_here(text: str, name: str, speaker_pattern: str = "") -> Found:
    """The transcript of pasted text, read in this process."""
    return _sound(name, lambda: (_registered(readers.read_text(text, name=name, speaker_pattern=speaker_pattern)),))


def _registered(reading: Reading) -> tuple[Transcript, tuple[str, ...]]:
    """The transcript with its register, and what a person should know: doubts, what is left out, merges offered."""
    transcript = register.build_register(reading)
    left_out = (f"left out as no speech: {', '.join(reading.left_out)}",) if reading.left_out else ()
    return transcript, (*reading.warnings, *left_out, *map(str, register.offered_merges(transcript)))


def _sound(name: str, read: Callable[[], Found]) -> Found:
    try:
        found = read()
        _check_text([transcript for transcript, _ in found])
        return found
    except PanelbotError:
        raise
    except UnicodeEncodeError:
        raise ReadError(f"{name} holds halves of characters; save it again as UTF-8.") from None
    except MemoryError:
        raise ReadError(f"{name} takes more memory than a transcript should; split it.") from None
    except RecursionError:
        raise ReadError(f"{name} is nested too deep to be a transcript.") from None
    except Exception as error:  # other people's parsers raise what they like at a damaged file
        raise ReadError(f"{name} is damaged or no transcript ({type(error).__name__}).") from None


def _check_text(transcripts: Sequence[Transcript]) -> None:
    """A half of a surrogate pair is a character to Python and none to a file."""
    for transcript in transcripts:
        json.dumps(plain(transcript), ensure_ascii=False).encode()


def plain(transcript: Transcript) -> dict[str, Any]:
    """The transcript as JSON has it; ``asdict`` copies each value of each turn one by one."""
    turns = [dict(zip(_TURN, values, strict=True)) for values in map(attrgetter(*_TURN), transcript.turns)]
    return {**asdict(replace(transcript, turns=())), "turns": turns}

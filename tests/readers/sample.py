"""What the readers' tests share: the sample files, and turns in a form that is short to write."""

from __future__ import annotations

from pathlib import Path

from panelbot.readers import read_file, read_text
from panelbot.types import Reading

SAMPLES = Path(__file__).parent / "samples"


def read_sample(name: str) -> Reading:
    (reading,) = read_file(SAMPLES / name)
    return reading


def spoken(text: str, name: str = "talk.txt") -> list[tuple[str, str]]:
    """The turns of ``text`` as (speaker, text)."""
    return turns_of(read_text(text, name=name))


def turns_of(reading: Reading) -> list[tuple[str, str]]:
    return [(turn.speaker, turn.text) for turn in reading.transcript.turns]


def timed(reading: Reading) -> list[tuple[str, str, float | None, float | None]]:
    return [(turn.speaker, turn.text, turn.start, turn.end) for turn in reading.transcript.turns]

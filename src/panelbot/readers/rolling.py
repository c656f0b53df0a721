"""Rolling captions: a cue that says again what the cue before showed is cut to what it adds.

Decided over the whole file: in subtitles that do not roll, words said twice were said twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Protocol, TypeVar

_LONGEST = 2000  # characters of a cue that are compared with the cue before
_SHORTEST = 10  # characters; a shorter repetition counts where it is a whole line
_ROLLS = 0.25  # the share of cues that repeat something, from which a file rolls


class _Captioned(Protocol):
    @property
    def text(self) -> str: ...


C = TypeVar("C", bound=_Captioned)


def without_repeats(cues: Sequence[C]) -> list[C]:
    """``cues`` with each line once; all of them as they are where the file does not roll."""
    shown = [cue for cue in cues if cue.text]
    repeated = [0, *(_overlap(before.text, cue.text) for before, cue in pairwise(shown))]
    n_rolling = sum(length > 0 for length in repeated)
    if n_rolling < 2 or n_rolling <= _ROLLS * len(shown):
        return shown
    added = [replace(cue, text=cue.text[n:].strip()) for cue, n in zip(shown, repeated, strict=True)]  # type: ignore[type-var]
    return [cue for cue in added if cue.text]


def _overlap(before: str, text: str) -> int:
    """How many characters at the head of ``text`` stood at the end of ``before``, or were all of it."""
    flat, shown = text.replace("\n", " ")[:_LONGEST], before.replace("\n", " ")[-_LONGEST:]
    for length in sorted(_borders(flat, shown), reverse=True):
        ends_line = length == len(text) or text[length].isspace() or not text[length].isascii()
        whole = length == len(text) or length == len(before) or before[-length - 1] == "\n"
        if ends_line and (whole or (length >= _SHORTEST and _begins_word(before, len(before) - length))):
            return length
    return 0


def _begins_word(text: str, at: int) -> bool:
    return text[at - 1].isspace() or not text[at].isascii()


def _borders(head: str, tail: str) -> list[int]:
    """Every length at which the head of ``head`` is the end of ``tail`` (Knuth, Morris and Pratt, 1977)."""
    joined = f"{head}\0{tail}"
    border = [0] * len(joined)
    for at in range(1, len(joined)):
        length = border[at - 1]
        while length and joined[at] != joined[length]:
            length = border[length - 1]
        border[at] = length + (joined[at] == joined[length])
    lengths, length = [], border[-1]
    while length:
        lengths.append(length)
        length = border[length - 1]
    return lengths

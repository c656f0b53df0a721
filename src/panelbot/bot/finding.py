"""Finding words in all transcripts, as a reader's search box does: by their letters, in the order of the talks.

Knows letters alone; what a question means is the search's matter.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice

from panelbot.text.fold import simplify
from panelbot.types import Place, Transcript, Turn

Spans = tuple[tuple[int, int], ...]

_SAME = {"’": "'", "‘": "'", "“": '"', "”": '"', "‑": "-", "–": "-", "\n": " ", "\t": " ", "\u3000": " ", "\xa0": " "}


class Finder:
    """A finder of places, which keeps the letters of the transcripts it has looked through made even."""

    def __init__(self) -> None:
        self._even: dict[str, tuple[Transcript, tuple[str, ...]]] = {}
        self._lock = threading.Lock()

    def find(
        self, words: str, transcripts: Iterable[Transcript], *, exact: bool = False, limit: int = 500
    ) -> tuple[Place, ...]:
        """The first ``limit`` turns that hold the words: all of them, or with ``exact`` as one phrase."""
        looked_for = tuple(map(even, [" ".join(words.split())] if exact else words.split()))
        if not any(looked_for):
            return ()
        found = (
            Place(transcript_id=transcript.id, turn=turn.index, speaker=turn.speaker, spans=spans)
            for transcript in transcripts
            for turn, spans in self._turns(transcript, looked_for)
        )
        return tuple(islice(found, limit))

    def _turns(self, transcript: Transcript, words: tuple[str, ...]) -> Iterator[tuple[Turn, Spans]]:
        for turn, text in zip(transcript.turns, self._texts(transcript), strict=True):
            if all(word in text for word in words):
                yield turn, tuple(sorted({span for word in words for span in _spans(word, text)}))

    def _texts(self, transcript: Transcript) -> tuple[str, ...]:
        known = self._even.get(transcript.id)
        if known is None or known[0] is not transcript:
            known = (transcript, tuple(even(turn.text) for turn in transcript.turns))
            with self._lock:
                self._even[transcript.id] = known
        return known[1]


def _spans(word: str, text: str) -> Iterator[tuple[int, int]]:
    start = text.find(word)
    while start >= 0:
        yield start, start + len(word)
        start = text.find(word, start + len(word))


def even(text: str) -> str:
    """Case, width, quotation marks and script of ``text`` made even, character by character: of the same length."""
    lowered = text.lower()
    if len(lowered) != len(text):  # a few capitals become two letters
        lowered = "".join(low if len(low := character.lower()) == 1 else character for character in text)
    return lowered.translate(_table())


class _Table(dict[int, str]):
    """What a character is made into, found out at its first use."""

    def __missing__(self, code: int) -> str:
        character = chr(code - 0xFEE0 if 0xFF01 <= code < 0xFF5F else code)
        self[code] = made = simplify(_SAME.get(character, character)).lower()
        return made


@lru_cache(maxsize=1)
def _table() -> _Table:
    return _Table()

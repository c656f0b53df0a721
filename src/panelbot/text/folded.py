"""A question folded for comparing, with the way back to the asker's own characters.

Knows letters and offsets; nothing of speakers or grammar.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from panelbot.text.fold import fold

_TOKEN = re.compile(r"[\u3400-\u9fff]+|[a-z0-9]+(?:\.[a-z](?![a-z]))*(?:['’](?!s\b)[a-z]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A Latin word or a run of Chinese: ``text``, ``start`` and ``end`` are folded, ``capital`` is the asker's."""

    text: str
    start: int
    end: int
    capital: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """``text`` is ``original`` folded; ``origins[i]`` is where the folded character ``i`` comes from."""

    original: str
    text: str
    origins: tuple[int, ...]
    tokens: tuple[Token, ...]
    cased: bool  # capitals beyond the first letter: here a lower-case word is no name

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original's span for a span of the folded text."""
        return self.origins[start], self.origins[end - 1] + 1 if end > start else self.origins[start]


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    plain = unicodedata.normalize("NFKD", character) if character.isalpha() and character < "\u3000" else character
    return fold("".join(c for c in plain if not unicodedata.combining(c)))


@lru_cache(maxsize=512)
def fold_question(question: str) -> Folded:
    """Fold character by character, accents dropped: Shěn Zhìfēng compares as shen zhifeng."""
    pieces: list[str] = []
    origins: list[int] = []
    for at, character in enumerate(question):
        piece = "'" if character in "’‘`´" else _fold_character(character)
        pieces.append(piece)
        origins.extend([at] * len(piece))
    text = "".join(pieces)
    origins.append(len(question))
    tokens = tuple(
        Token(
            text=match.group(),
            start=match.start(),
            end=match.end(),
            capital=not question[origins[match.start()]].islower(),
        )
        for match in _TOKEN.finditer(text)
    )
    cased = any(
        token.capital for token in tokens[1:] if token.text.isascii() and token.text[0].isalpha() and token.text != "i"
    )
    return Folded(original=question, text=text, origins=tuple(origins), tokens=tokens, cased=cased)


def latin_tokens(text: str) -> tuple[str, ...]:
    """The folded Latin words of ``text``, for keys that are compared with a question's tokens."""
    return tuple(token.text for token in fold_question(text).tokens if token.text.isascii())

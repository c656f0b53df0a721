"""Asking turns: how much of a turn asks, whether it leaves the word to others with a question, and who may reply to it.

Knows marks of questions and the order of turns; no subject, no scores.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from panelbot.text import fold, sentence_spans
from panelbot.text.asking import asks_in_words
from panelbot.types import Turn

REACH = 8  # turns behind a question that may still reply to it
_SHORT = 25  # characters of a last sentence that only hands over: "Please.", "over to you"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """``share`` of a turn's characters, 0..1, stands in sentences that ask; ``hands_over`` where it ends with one."""

    share: float = 0.0
    hands_over: bool = False


def asking(text: str) -> Asking:
    """How a turn asks."""
    folded = fold(text)
    sentences = [s for start, end in sentence_spans(folded) if (s := folded[start:end].strip())]
    if not sentences:
        return Asking()
    asks = [asks_in_words(sentence) for sentence in sentences]
    n_asking = sum(len(sentence) for sentence, asked in zip(sentences, asks, strict=True) if asked)
    last = asks[-1] or (len(asks) > 1 and asks[-2] and len(sentences[-1]) < _SHORT)
    return Asking(share=n_asking / sum(map(len, sentences)), hands_over=last)


def find_replied(turns: Sequence[Turn], hands_over: Sequence[bool]) -> list[int]:
    """For each turn the last one before it that handed over with a question, where somebody else asked it; else -1."""
    replied: list[int] = []
    last = -1
    for turn in turns:
        near = last >= 0 and turn.index - last <= REACH and turns[last].speaker != turn.speaker
        replied.append(last if near else -1)
        if hands_over[turn.index]:
            last = turn.index
    return replied

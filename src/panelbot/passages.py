"""Passages: a turn cut into the spans that are embedded and retrieved. Knows no speakers and no model.

Length is counted in Chinese characters' worth of model input: an ideograph counts one, any other character a
third, which keeps passages of both languages near the same number of subword tokens.
"""

from __future__ import annotations

import re

from panelbot.text import sentence_spans
from panelbot.types import Passage, Transcript, Turn

_WIDE = re.compile("[\u1100-\u11ff\u2e80-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003134f]")
_CLAUSE_END = re.compile(r"[，,；;、：:]\s*|\s+")
Span = tuple[int, int]


def text_size(text: str) -> float:
    """How much of the model's input ``text`` takes, in ideographs: others count a third."""
    n_wide = len(_WIDE.findall(text))
    return n_wide + (len(text) - n_wide) / 3


def split_transcript(transcript: Transcript, max_size: int) -> tuple[Passage, ...]:
    """The passages of every turn, ordered by turn and start. Turns of white space alone have none."""
    return tuple(passage for turn in transcript.turns for passage in split_turn(turn, max_size))


def split_turn(turn: Turn, max_size: int) -> tuple[Passage, ...]:
    """Passages of at most ``max_size`` ideographs' worth: whole paragraphs, else sentences, else clauses.

    Together they cover every character of the turn but the white space between them. A turn that fits is one passage.
    """
    text = turn.text
    start = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    if start >= end:
        return ()
    if text_size(text[start:end]) <= max_size:
        return (Passage(turn=turn.index, start=start, end=end),)
    pieces = [piece for paragraph in _paragraphs(text) for piece in _fit(text, paragraph, max_size)]
    return tuple(Passage(turn=turn.index, start=a, end=b) for a, b in _merge(text, pieces, max_size))


def _paragraphs(text: str) -> list[Span]:
    return [_trim(text, m.start(), m.end()) for m in re.finditer(r"[^\n]+", text) if m.group().strip()]


def _trim(text: str, start: int, end: int) -> Span:
    stripped = text[start:end]
    return start + len(stripped) - len(stripped.lstrip()), end - len(stripped) + len(stripped.rstrip())


def _fit(text: str, span: Span, max_size: int) -> list[Span]:
    """``span`` whole where it fits, else its sentences, the too long of them cut at clauses."""
    start, end = span
    if text_size(text[start:end]) <= max_size:
        return [span]
    pieces: list[Span] = []
    for a, b in sentence_spans(text[start:end]):
        pieces.extend(_clauses(text, (start + a, start + b), max_size))
    return _merge(text, pieces, max_size)


def _clauses(text: str, span: Span, max_size: int) -> list[Span]:
    start, end = span
    if text_size(text[start:end]) <= max_size:
        return [span]
    cuts = [start + match.end() for match in _CLAUSE_END.finditer(text[start:end])]
    pieces: list[Span] = []
    for a, b in zip([start, *cuts], [*cuts, end], strict=True):
        pieces.extend(_hard_cuts(text, a, b, max_size))
    return _merge(text, [_trim(text, a, b) for a, b in pieces if text[a:b].strip()], max_size)


def _hard_cuts(text: str, start: int, end: int, max_size: int) -> list[Span]:
    """Runs without any break are cut by count; a run counts a character as one so that no piece is too long."""
    if text_size(text[start:end]) <= max_size:
        return [(start, end)]
    return [(a, min(a + max_size, end)) for a in range(start, end, max_size)]


def _merge(text: str, pieces: list[Span], max_size: int) -> list[Span]:
    """Neighbouring pieces joined as long as they fit, so that no passage is needlessly short."""
    merged: list[Span] = []
    for start, end in pieces:
        if merged and text_size(text[merged[-1][0] : end]) <= max_size:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged

"""What an answer is made of before it is text: sentences with the spans they cite.

Knows how sentences become text with citation numbers; does not know who chose them or whether they are true.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from panelbot.types import Citation, Language, Transcript, Turn


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """Characters ``start:end`` of one turn."""

    transcript_id: str
    turn: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence of an answer, without its markers.

    ``speaker`` is the person whose quote the sentence frames, empty where it was written freely. A ``frame`` claims
    nothing about what was said and cites nothing. A sentence with ``paragraph`` starts a new line.
    """

    text: str
    spans: tuple[Span, ...] = ()
    speaker: str = ""
    paragraph: bool = False
    frame: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One sentence that may be quoted; ``order``: its place in the turn, ``covered``: its share of the asked words.

    ``score`` is the probability that it belongs to the answer.
    """

    span: Span
    speaker: str
    text: str
    order: int
    score: float
    covered: float = 0.0


def turn_of(span: Span, transcripts: Mapping[str, Transcript]) -> Turn | None:
    """The turn a span lies in; None where there is no such turn."""
    transcript = transcripts.get(span.transcript_id)
    if transcript is None or not 0 <= span.turn < len(transcript.turns):
        return None
    return transcript.turns[span.turn]


def quote_of(span: Span, transcripts: Mapping[str, Transcript]) -> str:
    """The characters of a span; empty where the span lies outside its turn."""
    turn = turn_of(span, transcripts)
    if turn is None or not 0 <= span.start < span.end <= len(turn.text):
        return ""
    return turn.text[span.start : span.end]


def cite(span: Span, number: int, transcripts: Mapping[str, Transcript]) -> Citation:
    """The citation of a span.

    Raises:
        ValueError: the span lies outside its turn.
    """
    turn, quote = turn_of(span, transcripts), quote_of(span, transcripts)
    if turn is None or not quote:
        raise ValueError(f"{span} lies in no turn")
    speaker = transcripts[span.transcript_id].speaker(turn.speaker)
    return Citation(
        number=number,
        transcript_id=span.transcript_id,
        turn=span.turn,
        speaker=turn.speaker,
        quote=quote,
        start=span.start,
        end=span.end,
        organization=speaker.organization,
        title=speaker.title,
    )


def render(
    sentences: Sequence[Sentence], transcripts: Mapping[str, Transcript], language: Language
) -> tuple[str, tuple[Citation, ...]]:
    """The text with markers ``[n]``, and the citations they point at; a span cited twice has one number."""
    numbers: dict[Span, int] = {}
    text = ""
    for sentence in sentences:
        for span in sentence.spans:
            numbers.setdefault(span, len(numbers) + 1)
        piece = _with_markers(sentence, numbers, language)
        text += _joint(text, sentence, language) + piece
    return text, tuple(cite(span, number, transcripts) for span, number in numbers.items())


def _with_markers(sentence: Sentence, numbers: Mapping[Span, int], language: Language) -> str:
    markers = "".join(f"[{numbers[span]}]" for span in sentence.spans)
    return sentence.text + (" " if markers and language == "en" else "") + markers


def _joint(text: str, sentence: Sentence, language: Language) -> str:
    if not text:
        return ""
    if sentence.paragraph:
        return "\n"
    return " " if language == "en" else ""

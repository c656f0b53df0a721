"""The sentences of a turn that is the answer by its place in the talk.

Knows the hit that retrieval put first for its place; does not know how such a question is told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from panelbot.answer.quote_segments import is_filler, segment_spans
from panelbot.answer.sentences import Candidate, Span
from panelbot.types import Hit, Transcript


def at_place(hits: Sequence[Hit], transcripts: Mapping[str, Transcript]) -> tuple[Candidate, ...]:
    """The sentences of the first hit's turn in their order, where its place made it a hit; else none."""
    if not hits or not hits[0].at_end:
        return ()
    first = hits[0]
    text = transcripts[first.transcript_id].turns[first.turn].text
    pieces = [(n, piece) for n, piece in enumerate(segment_spans(text)) if not is_filler(text[slice(*piece)])]
    return tuple(
        Candidate(
            span=Span(transcript_id=first.transcript_id, turn=first.turn, start=start, end=end),
            speaker=first.speaker.name,
            text=text[start:end],
            order=n,
            score=1.0 - 0.01 * i,
        )
        for i, (n, (start, end)) in enumerate(pieces)
    )

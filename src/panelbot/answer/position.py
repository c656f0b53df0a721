"""Questions about a place in the talk: how it opened, how it closed.

Knows cue words and the order of turns; does not know what was said there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from panelbot.answer.draft import Span
from panelbot.answer.lexicon import PLACE
from panelbot.answer.select import Candidate
from panelbot.answer.units import is_filler, units
from panelbot.text import content_words
from panelbot.types import Question, Transcript

_OPEN = re.compile(
    r"开场|开头|一开始|开篇|"
    r"\b(?:open(?:s|ed|ing)?|start(?:s|ed)?|beg[ai]n(?:s|ning)?|first words?|introduc(?:e|ed|tion))\b",
    re.IGNORECASE,
)
_CLOSE = re.compile(
    r"最后.{0,4}(?:总结|说|收尾|结束)|总结发言|结束语|结尾|收尾|闭幕|"
    r"\b(?:clos(?:e[sd]?|ing)|wrap(?:s|ped)?[ -]?up|conclu(?:de[sd]?|sion|ding)|end(?:s|ed|ing)?|"
    r"final (?:words?|remarks?)|last words?|sum(?:s|med)? up)\b",
    re.IGNORECASE,
)
MIN_CHARS = 12


def asked_place(question: Question) -> Literal["", "open", "close"]:
    """Which end of the talk is asked about, where the question asks for nothing else."""
    place = "close" if _CLOSE.search(question.text) else "open" if _OPEN.search(question.text) else ""
    rest = [word for word in content_words(question.topic or question.text) if word not in PLACE]
    return place if not rest else ""


def at_place(
    question: Question, place: Literal["open", "close"], transcripts: Mapping[str, Transcript], transcript_id: str
) -> tuple[Candidate, ...]:
    """The sentences of the first or last turn of substance by whom the question names, best first.

    Without a name the moderator's turn is taken, and anybody's where there is no moderator.
    """
    transcript = transcripts[transcript_id]
    wanted = {ref.name for ref in question.speakers if ref.transcript_id == transcript_id}
    wanted = wanted or {s.name for s in transcript.speakers if s.role == "moderator"}
    ordered = transcript.turns if place == "open" else transcript.turns[::-1]
    for turn in ordered:
        if wanted and turn.speaker not in wanted:
            continue
        pieces = [(n, piece) for n, piece in enumerate(units(turn.text)) if not is_filler(turn.text[slice(*piece)])]
        if sum(end - start for _, (start, end) in pieces) < MIN_CHARS:
            continue
        return tuple(
            Candidate(
                span=Span(transcript_id=transcript_id, turn=turn.index, start=start, end=end),
                speaker=turn.speaker,
                text=turn.text[start:end],
                order=n,
                score=1.0 - 0.01 * i,
            )
            for i, (n, (start, end)) in enumerate(pieces)
        )
    return ()

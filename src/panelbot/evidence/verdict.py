"""What the evidence on a question comes to: the verdict, and what was found for it. Values alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from panelbot.evidence.open_questions import OpenQuestion
from panelbot.types import Confidence, Hit, Question, SpeakerRef, Status

if TYPE_CHECKING:
    from panelbot.retrieve import Retrieval


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The status, the probability (0..1) that the hits answer, and what the status is about."""

    status: Status
    probability: float = 0.0
    confidence: Confidence = "high"
    doubtful: bool = False  # answered or not_discussed: a reader of the passages may know better
    asked: OpenQuestion | None = None  # the question of the talk that is this one: its replies answer, or none came


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerEvidence:
    """What was found for the question ``narrowed`` to one speaker, and whether it ``answers`` it."""

    speaker: SpeakerRef
    narrowed: Question
    hits: tuple[Hit, ...]
    answers: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The verdict on a question, and what was found for it.

    ``own`` is what was found among the speakers asked about, ``others`` what others said where they spoke of it;
    ``each`` is that of every speaker, where what each of several people said is asked and answered.
    """

    verdict: Verdict
    own: Retrieval
    others: Retrieval | None = None
    each: tuple[SpeakerEvidence, ...] = ()

    @property
    def denied(self) -> Evidence:
        """The evidence once the hits were read and no answer was found in them."""
        status: Status = "not_discussed" if self.others is None else "not_by_speaker"
        return replace(self, verdict=replace(self.verdict, status=status, doubtful=False))

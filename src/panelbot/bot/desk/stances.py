"""Who stands where: what each of a panel said to one question, one row of a table, and who said nothing.

Knows how the words of an answer are parted among its speakers; the answer is one to "what did each of them say".
"""

from __future__ import annotations

from dataclasses import dataclass

from panelbot.types import Answer, Citation, Speaker, Transcript


@dataclass(frozen=True, slots=True, kw_only=True)
class Stance:
    """What one speaker said to a question; no citations where nothing of theirs was found."""

    speaker: Speaker
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One question of the table. ``sure`` is false where the quotes come closest but may not answer."""

    question: str
    stances: tuple[Stance, ...]
    sure: bool

    @property
    def answered(self) -> bool:
        """Whether anybody spoke to it."""
        return any(stance.citations for stance in self.stances)


def panel_of(transcript: Transcript) -> tuple[Speaker, ...]:
    """Those whose stand is asked: the panelists; where nobody is known as one, all but who leads and who listens."""
    spoke = {turn.speaker for turn in transcript.turns}
    there = [speaker for speaker in transcript.speakers if speaker.name in spoke]
    panel = [speaker for speaker in there if speaker.role == "panelist"]
    others = [speaker for speaker in there if speaker.role == "unknown"]
    return tuple(panel or others or there)


def row_of(question: str, answer: Answer, transcript: Transcript) -> Row:
    """The row that the answer to ``question``, put to each of the panel, comes to."""
    found = answer.citations if answer.status == "answered" else ()
    stances = tuple(
        Stance(speaker=speaker, citations=tuple(c for c in found if c.speaker == speaker.name))
        for speaker in panel_of(transcript)
    )
    return Row(question=question, stances=stances, sure=answer.confidence == "high")

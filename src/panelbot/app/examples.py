"""Example questions drawn from what the chosen transcripts themselves say.

A moderator's own short question is the best example there is; beside it, what a panelist was asked to speak about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from panelbot.types import Language, Speaker, Transcript

N_EXAMPLES = 4
_QUESTION = re.compile(r"[^。！？.!?\n，,；;：:]{6,60}[？?]")


def example_questions(transcripts: Sequence[Transcript], language: Language) -> list[str]:
    """A few questions the transcripts can answer, in both languages, ``language`` first."""
    other: Language = "en" if language == "zh" else "zh"
    asked = [question for transcript in transcripts for question in _moderator_questions(transcript)[:1]]
    about = [
        _about(speaker, language if place % 2 == 0 else other) for place, speaker in enumerate(_panelists(transcripts))
    ]
    return list(dict.fromkeys([*about[:2], *asked[:2], *about[2:]]))[:N_EXAMPLES]


def _moderator_questions(transcript: Transcript) -> list[str]:
    moderators = {speaker.name for speaker in transcript.speakers if speaker.role == "moderator"}
    spoken = (turn.text for turn in transcript.turns if turn.speaker in moderators)
    return [match.group().strip() for text in spoken for match in _QUESTION.finditer(text)]


def _panelists(transcripts: Sequence[Transcript]) -> list[Speaker]:
    return [speaker for transcript in transcripts for speaker in transcript.speakers if speaker.role == "panelist"]


def _about(speaker: Speaker, language: Language) -> str:
    if language == "zh":
        return (
            f"{speaker.organization}的{speaker.name}谈了什么？" if speaker.organization else f"{speaker.name}谈了什么？"
        )
    return f"What did {speaker.name} say?"

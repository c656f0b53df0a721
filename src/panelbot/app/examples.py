"""Example questions drawn from what the chosen transcripts themselves say.

The moderators' own short questions, where they stand alone; and what a panelist spoke about, in the other language.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain, zip_longest

from panelbot.types import Language, Speaker, Transcript

N_EXAMPLES = 4
_GOOD_LENGTH = {"zh": 15, "en": 45}  # characters: says what it is about, and is read at a glance
_QUESTION = {
    "zh": re.compile(r"(?<![^。！？!?\n])[^。！？!?\n]{6,32}？"),
    "en": re.compile(r"(?<![^.!?\n] )\b[A-Z][^.!?\n]{14,90}\?"),
}
# A question with one of these points at what was said before it, or at whoever it was put to.
_POINTING = {
    "zh": re.compile("[您你我他她它咱]|这|那|刚才|再|还有|请|先|呢？|之后|吗？$"),
    "en": re.compile(
        r"\b(?:you|your|i|me|my|we|us|he|she|it|they|them|this|that|these|those|and|so|but|again)\b", re.IGNORECASE
    ),
}


def example_questions(transcripts: Sequence[Transcript], language: Language) -> list[str]:
    """A few questions the transcripts can answer; the last is in the other language."""
    other: Language = "en" if language == "zh" else "zh"
    near = sorted(transcripts, key=lambda transcript: not transcript.language.startswith(language))
    asked = _in_turn([_asked(transcript) for transcript in near])
    people = _in_turn([_panel(transcript) for transcript in near])
    across = [_about(speaker, other) for speaker in people[:1]]
    first = [*asked[: N_EXAMPLES - len(across)], *(_about(speaker, language) for speaker in people[1:])]
    return [*dict.fromkeys(first)][: N_EXAMPLES - len(across)] + across


def _in_turn(rows: Sequence[Sequence]) -> list:  # type: ignore[type-arg]
    """The first of each row, then the second of each, and so on."""
    return [item for item in chain.from_iterable(zip_longest(*rows)) if item is not None]


@lru_cache(maxsize=256)
def _asked(transcript: Transcript) -> tuple[str, ...]:
    """The moderators' short questions that stand alone, those of a good length first."""
    language: Language = "zh" if transcript.language.startswith("zh") else "en"
    moderators = {speaker.name for speaker in transcript.speakers if speaker.role == "moderator"}
    spoken = (turn.text for turn in transcript.turns if turn.speaker in moderators)
    found = (match.group().strip() for text in spoken for match in _QUESTION[language].finditer(text))
    alone = dict.fromkeys(question for question in found if not _POINTING[language].search(question))
    return tuple(sorted(alone, key=lambda question: abs(len(question) - _GOOD_LENGTH[language])))


def _panel(transcript: Transcript) -> tuple[Speaker, ...]:
    panel = tuple(speaker for speaker in transcript.speakers if speaker.role == "panelist")
    return panel or transcript.speakers


def _about(speaker: Speaker, language: Language) -> str:
    if language == "zh":
        return (
            f"{speaker.organization}的{speaker.name}谈了什么？" if speaker.organization else f"{speaker.name}谈了什么？"
        )
    place = f" of {speaker.organization}" if speaker.organization else ""
    return f"What did {speaker.name}{place} talk about?"

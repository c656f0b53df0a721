"""Questions to start from: those of the talks that panelbot, asked beforehand, answers with what was replied there.

Knows which questions stand alone and how one is checked; does not know how a question is answered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, zip_longest

from panelbot.evidence.asked import put_questions
from panelbot.evidence.thread import thread_of
from panelbot.types import Answer, Language, Transcript

N_SUGGESTED = 4
_MOST_ASKED = 8  # questions that are tried: a page waits for them once
_GOOD_LENGTH = {"zh": 15, "en": 45}  # characters: says what it is about, and is read at a glance
_FITS = {"zh": range(6, 34), "en": range(14, 92)}
# A question with one of these points at what was said before it, or at whoever it was put to.
_POINTING = {
    "zh": re.compile("[您你我他她它咱]|这|那|刚才|再|还有|请|先|呢？|之后|吗？$|^[^？]{0,6}[，,]"),
    "en": re.compile(
        r"\b(?:you|your|i|me|my|we|us|he|she|it|they|them|this|that|these|those)\b|^(?:and|so|but|then|again)\b|^\w+,",
        re.IGNORECASE,
    ),
}
_ALWAYS = {"zh": "有哪些嘉宾？", "en": "Who is on the panel?"}


def suggest(transcripts: Sequence[Transcript], language: Language, ask: Callable[[str], Answer]) -> tuple[str, ...]:
    """Up to four questions in ``language`` that ``ask`` answers beyond doubt with their own replies, one a talk first.

    Where there are too few, who took part, which the register tells.
    """
    rows = [_standing_alone(t, language) for t in transcripts if t.language.startswith(language)]
    found: list[str] = []
    tried = 0
    for row in chain.from_iterable(zip_longest(*rows)):
        if row is None or row[2] in found:
            continue
        if len(found) == N_SUGGESTED or tried == _MOST_ASKED:
            break
        tried += 1
        if _is_answered(row, transcripts, ask):
            found.append(row[2])
    if len(found) < N_SUGGESTED and transcripts:
        found.append(_ALWAYS[language])
    return tuple(found)


def _standing_alone(transcript: Transcript, language: Language) -> Iterator[tuple[str, int, str]]:
    """The transcript, turn and words of the questions asked there that stand alone, those of a good length first."""
    asked = {
        turn.text[start:end].strip(): turn.index
        for turn in transcript.turns
        for start, end in put_questions(turn.text)
        if turn.text[start:end].rstrip().endswith(("?", "？"))
    }
    alone = [text for text in asked if len(text) in _FITS[language] and not _POINTING[language].search(text)]
    for text in sorted(alone, key=lambda text: (abs(len(text) - _GOOD_LENGTH[language]), asked[text])):
        yield transcript.id, asked[text], text


def _is_answered(row: tuple[str, int, str], transcripts: Sequence[Transcript], ask: Callable[[str], Answer]) -> bool:
    """Whether the answer is one, is sure, and begins with a reply to the very question."""
    tid, turn, text = row
    answer = ask(text)
    if answer.status != "answered" or answer.confidence != "high" or not answer.citations:
        return False
    thread = thread_of(next(t for t in transcripts if t.id == tid), turn)
    first = answer.citations[0]
    return first.transcript_id == tid and first.turn in thread.replies

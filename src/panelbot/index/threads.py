"""Threads: which question each turn answers, and which turn a short agreement agrees with.

Knows roles, marks of questions and words of agreement; no subject, no scores.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from panelbot.text import fold
from panelbot.text.asking import asks_in_words
from panelbot.types import Transcript, Turn

_AGREEMENT = re.compile(
    r"(?:我(?:也)?(?:非常|完全|很|十分)?(?:同意|赞同|赞成|认同|支持)|(?:完全|非常)?(?:同意|赞同|赞成|认同)|说得(?:很)?对|没错|是这样"
    r"|\bi (?:completely |fully |totally |quite |would |do |also )*agree\b|\bagreed\b|\bexactly\b|\bsame here\b"
    r"|\bme too\b|\bthat(?:'s| is) (?:right|true|correct)\b|\babsolutely\b)"
)
_AGREEMENT_CHARS = 40  # a longer turn says what it has to say itself
_REACH = 40  # turns after which a question of a moderator is thought answered
_REACH_UNMODERATED = 6


def is_agreement(text: str) -> bool:
    """Whether a turn only agrees: short, and with a word of agreement ("对，我同意", "I agree with that")."""
    folded = fold(text).strip()
    return len(folded) <= _AGREEMENT_CHARS and bool(_AGREEMENT.search(folded)) and not asks_in_words(text)


def find_asked(transcript: Transcript, questions: Sequence[bool]) -> list[int]:
    """For each turn the turn whose question it answers, -1 for none.

    On a panel with a moderator that is the moderator's last question (or an audience member's); without one the
    last question anybody else asked shortly before.
    """
    roles = {speaker.name: speaker.role for speaker in transcript.speakers}
    moderated = "moderator" in roles.values()
    reach = _REACH if moderated else _REACH_UNMODERATED
    asked: list[int] = []
    last: list[int] = []  # the questions asked so far, newest last
    for turn in transcript.turns:
        asked.append(_newest(last, transcript.turns, turn, reach))
        if questions[turn.index] and (not moderated or roles.get(turn.speaker) in ("moderator", "audience")):
            last.append(turn.index)
    return asked


def _newest(questions: list[int], turns: Sequence[Turn], turn: Turn, reach: int) -> int:
    for index in reversed(questions[-3:]):
        if turn.index - index > reach:
            return -1
        if turns[index].speaker != turn.speaker:
            return index
    return -1


def find_agreed(transcript: Transcript, agreements: Sequence[bool], n_words: Sequence[float]) -> list[int]:
    """For each agreement the nearest earlier turn of substance by somebody else, -1 for every other turn."""
    agreed = [-1] * len(transcript.turns)
    for turn in transcript.turns:
        if agreements[turn.index]:
            for index in range(turn.index - 1, max(-1, turn.index - 6), -1):
                other = transcript.turns[index]
                if other.speaker != turn.speaker and not agreements[index] and n_words[index] >= 5:
                    agreed[turn.index] = index
                    break
    return agreed

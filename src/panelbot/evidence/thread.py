"""Threads: what a turn asks, the turns that take it up, and whether what follows shows that nobody did.

Knows the order of turns, who speaks them and marks of questions; no subject, no scores.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from panelbot.text import content_words, fold, sentence_spans
from panelbot.text.asking import question_spans
from panelbot.types import Transcript, Turn

MOST_REPLIES = 6
_REACH = 12  # turns after a question in which its replies are looked for
_LEADS = 1 / 3  # who leads a talk replies to fewer of the questions before their turns than this
_FEW = 3  # turns from which on it can be told
_LITTLE = 1 / 4  # of the words asked: a reply that holds no more may have picked one up in passing
_CALLING = 12  # content words of a turn that only gives another speaker the word

# A reply that opens by turning to another matter, in so many words.
_ELSEWHERE = re.compile(
    r"^\W*(?:(?:oh|ah|well|so|and|but|yes|yeah|no|right|哎|啊|哦|嗯|那)\W+)?(?:[^，,。.？?！!]{1,8}[，,]\s*)?"
    r"(?:that reminds me|speaking of|"
    r"before i forget|before that|by the way|on (?:an|a)other (?:note|matter|subject)|"
    r"(?:can|could|may|let) (?:i|me|us) (?:first |just )?(?:go|come|get) back|"
    r"(?:let (?:me|us)|(?:i|we)(?:'d| would| want| will|'ll))\b[^.?!]{0,40}\bfirst\b|"
    r"对了|说到|说起|提到这|顺便|换个话题|回到|我?先(?:把|接|说|回|补)|刚才.{0,10}(?:补充|没说完)|我想?补充)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """What the turn ``asked`` asks, and the turns that take it up.

    ``questions`` are spans of the asking turn. ``passed`` is the turn the talk went on with where what follows shows
    that nobody took it up; -1 where it was taken up, and where it cannot be told.
    """

    transcript_id: str
    asked: int
    questions: tuple[tuple[int, int], ...]
    replies: tuple[int, ...]
    passed: int = -1


def thread_of(transcript: Transcript, asked: int) -> Thread:
    """The thread that the turn ``asked`` begins.

    Replies are what others state until another question is put, or the leader goes on to another speaker.
    """
    turns, replies, passed = transcript.turns, list[int](), -1
    for turn in turns[asked + 1 : asked + 1 + _REACH]:
        asks = bool(question_spans(turn.text))
        if turn.speaker == turns[asked].speaker:
            if replies and (asks or len(replies) >= MOST_REPLIES):
                break
        elif asks and not _states(turn.text):
            if replies:
                break
        elif _goes_on(transcript, turn, turns[asked]):
            passed = turn.index if not replies else -1
            break
        elif len(replies) >= MOST_REPLIES or (asks and replies and turn.speaker not in _speakers(turns, replies)):
            break
        else:
            replies.append(turn.index)
    if all(turn.speaker == turns[asked].speaker for turn in turns[asked + 1 :]):  # nobody else speaks any more
        passed = turns[-1].index
    if replies and _turn_elsewhere(turns[asked], [turns[index] for index in replies]):
        replies, passed = [], replies[0]
    return Thread(
        transcript_id=transcript.id,
        asked=asked,
        questions=question_spans(turns[asked].text),
        replies=tuple(replies),
        passed=passed,
    )


def _speakers(turns: Sequence[Turn], indexes: Sequence[int]) -> set[str]:
    return {turns[index].speaker for index in indexes}


def _states(text: str) -> bool:
    """Whether a turn says something besides what it asks."""
    asking = set(question_spans(text))
    return any(content_words(text[a:b]) for a, b in sentence_spans(text) if (a, b) not in asking)


def _goes_on(transcript: Transcript, turn: Turn, asking: Turn) -> bool:
    """Whether ``turn`` only gives another speaker the word.

    The leader is no one to be asked, and the next turn, by a third speaker, asks; or the talk ends
    there.
    """
    behind = transcript.turns[turn.index + 1 : turn.index + 2]
    if behind and (behind[0].speaker in (turn.speaker, asking.speaker) or not question_spans(behind[0].text)):
        return False
    return len(content_words(turn.text)) <= _CALLING and _leads(transcript, turn.speaker)


def _leads(transcript: Transcript, speaker: str) -> bool:
    """Whether a speaker gives the word and seldom replies."""
    if transcript.speaker(speaker).role == "moderator":
        return True
    turns = transcript.turns
    own = [turn.index for turn in turns if turn.speaker == speaker]
    after = [i for i in own if i > 0 and question_spans(turns[i - 1].text)]
    return len(own) >= _FEW and len(after) <= _LEADS * len(own)


def _turn_elsewhere(asking: Turn, replies: Sequence[Turn]) -> bool:
    """Whether the first reply opens by turning to another matter, and all hold next to nothing of what was asked."""
    asked = {word for a, b in question_spans(asking.text) for word in content_words(asking.text[a:b])}
    held = asked & {word for reply in replies for word in content_words(reply.text)}
    return _ELSEWHERE.match(fold(replies[0].text)) is not None and len(held) <= _LITTLE * len(asked)

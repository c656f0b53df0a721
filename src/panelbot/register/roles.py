"""Who moderates, where nobody says so: by who opens, asks and gives the floor. Cautious, and says what it saw."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from panelbot.register.address import handed_to
from panelbot.types import Turn

_QUESTION = re.compile(
    r"[?？]\W*$|(?:怎么看|如何看待|请问|谈谈|聊聊|分享一下|介绍一下)[^。！!?？]{0,12}[。，,？?]?$|"
    r"(?:what do you think|your thoughts|your view|over to you)\W*$",
    re.I,
)
_FLOOR = re.compile(
    r"有请|请教|请问|(?:首先|接下来|下面|下一位|最后)(?:我们)?(?:请|有请|想问)|"
    r"over to you|let['’]s (?:hear|turn|start|move)|next question|first question|welcome",
    re.I,
)
_PRESENTS = re.compile(
    r"(?:请到了?|邀请到?了?|有请|介绍一下|允许我介绍|欢迎)[^。]{0,40}(?:嘉宾|老师|专家|位)|"
    r"(?:今天|今晚|本场|这场)[^。]{0,12}(?:嘉宾|请了)|台上"
    r"|\b(?:with (?:me|us) (?:are|is|today|tonight)|join(?:ed|ing) (?:me|us|by)|our (?:guests|panel(?:l?ists)?)|"
    r"let me introduce|my guests|please welcome|on (?:the|our) panel)\b",
    re.I,
)
_INTRODUCING = 3
_MIN_SPEAKERS, _MIN_SHIFTS, _MIN_ASKED = 3, 10, 5
_MIN_BOTH = 3  # times one who opens as well as closes gives the floor
_SHORT = 20  # blocks in which nobody need ask five times
_INTERVIEW = 4  # blocks of two people from which one can tell who asks
_RARELY = 0.25  # of the blocks of the speaker who answers
_MIN_LENGTH = 30  # characters; "Now what." opens no panel
_ASKED_SHARE, _SHIFT_SHARE = 0.6, 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """The speaker who presents the panel, and where in the turn."""

    speaker: str
    turn: int
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """The speaker who leads the conversation, and the counts that say so."""

    speaker: str
    reason: str


def find_host(turns: Sequence[Turn], names: Mapping[str, str]) -> Host | None:
    """Who presents two or more of the others in one of the first turns ("With me are …", "今天请到了…")."""
    for turn in turns[:_INTRODUCING]:
        others = [name for person, name in names.items() if name and person != turn.speaker and name in turn.text]
        presents = _PRESENTS.search(turn.text)
        if presents is not None and len(others) >= 2:
            return Host(speaker=turn.speaker, turn=turn.index, position=presents.start())
    return None


def find_lead(turns: Sequence[Turn]) -> Lead | None:
    """The moderator by behaviour; None where it is not plain.

    Plain is: at least three speakers and ten changes of speaker; the one who opens or closes asks or gives the floor
    five times or more, three fifths of all times and twice as often as anybody else, and is one side of half of the
    changes. In a short panel one who opens and closes and hands on in between need do so three times only.
    """
    blocks = _blocks(turns)
    if len({speaker for speaker, _ in blocks}) == 2:
        return _find_interviewer(blocks)
    if len({speaker for speaker, _ in blocks}) < _MIN_SPEAKERS or len(blocks) <= 2 * _MIN_BOTH:
        return None
    asked = Counter(speaker for speaker, text in blocks[:-1] if _asks(text))
    ranked = sorted(asked.items(), key=lambda item: (-item[1], item[0]))
    if not ranked:
        return None
    speaker, n_asked = ranked[0]
    n_next = ranked[1][1] if len(ranked) > 1 else 0
    n_shifts = sum(speaker in (a[0], b[0]) for a, b in pairwise(blocks))
    spoken = [name for name, text in blocks if len(text) >= _MIN_LENGTH] or [""]
    opens, closes = spoken[0] == speaker, spoken[-1] == speaker
    long = len(blocks) > _MIN_SHIFTS and n_asked >= _MIN_ASKED
    both = opens and closes and n_asked >= _MIN_BOTH and len(blocks) <= _SHORT
    plain = (long or both) and n_asked >= _ASKED_SHARE * sum(asked.values()) and n_asked >= 2 * n_next
    if not plain or not (opens or closes) or n_shifts < _SHIFT_SHARE * (len(blocks) - 1):
        return None
    where = " and ".join(word for word, true in (("opens", opens), ("closes", closes)) if true)
    reason = f"{where}; asks or gives the floor {n_asked} of {sum(asked.values())} times"
    return Lead(speaker=speaker, reason=reason)


def _find_interviewer(blocks: Sequence[tuple[str, str]]) -> Lead | None:
    """Who of two asks: nearly always, and says less than the one who nearly never does."""
    people = list(dict.fromkeys(speaker for speaker, _ in blocks))
    said = {person: [text for speaker, text in blocks if speaker == person] for person in people}
    if len(blocks) < _INTERVIEW:
        return None
    asked = {person: sum(map(_asks, said[person])) for person in people}
    host, guest = sorted(people, key=lambda person: (-asked[person] / len(said[person]), person))
    often = asked[host] >= max(2, _ASKED_SHARE * (len(said[host]) - 1))  # a last word of thanks asks nothing
    shorter = sum(map(len, said[host])) < sum(map(len, said[guest]))
    if not often or asked[guest] > _RARELY * len(said[guest]) or not shorter:
        return None
    counts = [f"{asked[person]} of {len(said[person])} times" for person in (host, guest)]
    return Lead(speaker=host, reason=f"of two, the one who asks: {counts[0]}, the other {counts[1]}")


def _blocks(turns: Sequence[Turn]) -> list[tuple[str, str]]:
    """(speaker, text) with neighbouring turns of one speaker joined."""
    blocks: list[tuple[str, str]] = []
    for turn in turns:
        if blocks and blocks[-1][0] == turn.speaker:
            blocks[-1] = (turn.speaker, f"{blocks[-1][1]}\n{turn.text}")
        else:
            blocks.append((turn.speaker, turn.text))
    return blocks


def _asks(text: str) -> bool:
    """Whether a block ends with a question or with the floor given to a speaker."""
    return bool(_QUESTION.search(text.rstrip()) or _FLOOR.search(text[-80:]) or handed_to(text))

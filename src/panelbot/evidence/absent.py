"""Whether a name that no register has may still be a speaker's: that of a voice without a name of its own.

Knows how people are introduced and spoken to; does not know who is asked about, or why.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from panelbot.people import is_numbered_label
from panelbot.people.said import name_patterns
from panelbot.text import fold
from panelbot.types import Speaker, Transcript

# What stands in front of the name of a person who is there, and behind it.
_PRESENTS = re.compile(
    r"(?:我是|我叫|我的名字是|这里是|有请|邀请|请|欢迎|谢谢|感谢|多谢|问问|请教|主持人|嘉宾)[^，。？！；,?!;]{0,10}$"
    r"|\b(?:i'm|i am|my name is|this is|thank you|thanks|welcome|over to|turn to|joined by|with (?:us|me) (?:is|are))\b"
    r"[^.?!;]{0,40}$",
    re.IGNORECASE,
)
_SPOKEN_TO = re.compile(
    r"(?:老师|总|先生|女士|教授|博士|导演|导|同学)?[，,、\s]*(?:您|你|请|来|先)"
    r"|\s*,\s*(?:what|how|can|could|do|would|please|why|you|your|where|when|is|are|thank|over)\b",
    re.IGNORECASE,
)


def absent(names: Iterable[str], transcripts: Iterable[Transcript]) -> bool:
    """Whether nothing shows that one of ``names`` belongs to a voice of ``transcripts``."""
    names = tuple(names)
    return not any(_may_speak(name, transcript) for transcript in transcripts for name in names)


def _may_speak(name: str, transcript: Transcript) -> bool:
    """Whether a voice of the transcript has no name, and its title or a person spoken to there has this one."""
    if not any(not speaker.name or is_numbered_label(speaker.name) for speaker in transcript.speakers):
        return False
    if fold(name) in fold(f"{transcript.title} {transcript.event}"):
        return True
    called = [re.compile(pattern) for pattern in name_patterns(Speaker(name=name))]
    return any(_presented(pattern, turn.text) for turn in transcript.turns for pattern in called)


def _presented(called: re.Pattern[str], text: str) -> bool:
    return any(
        _PRESENTS.search(text[: match.start()][-60:]) or _SPOKEN_TO.match(text, match.end())
        for match in called.finditer(text)
    )

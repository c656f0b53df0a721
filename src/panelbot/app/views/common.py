"""Pieces that several views share: speaker colours, names with their organization, times."""

from __future__ import annotations

from markupsafe import Markup

from panelbot.app.html import tag
from panelbot.bot.desk.translation import romanised
from panelbot.types import Language, Speaker, Transcript

N_COLOURS = 8


def colour(transcript: Transcript | None, name: str) -> str:
    """The colour class of a speaker: by place in the register, so the same in the chat, the strip and the turns."""
    names = [speaker.name for speaker in transcript.speakers] if transcript else []
    return f"pb-c{names.index(name) % N_COLOURS}" if name in names else "pb-c-none"


def affiliation(organization: str, title: str) -> str:
    """Organization and title on one line, either may be missing."""
    return " · ".join(part for part in (organization, title) if part)


def who(name: str, organization: str = "", title: str = "", language: Language = "zh") -> Markup:
    """A speaker's name with the affiliation behind it; for who reads English a Chinese name in Latin letters, too."""
    rest = affiliation(organization, title)
    said = romanised(name) if language == "en" else ""
    return tag(
        "span",
        tag("b", name),
        *((" ", tag("span", said, cls="pb-roman", lang="en")) if said else ()),
        *((" ", tag("span", rest, cls="pb-org")) if rest else ()),
        cls="pb-who",
    )


def speaker_line(speaker: Speaker, language: Language = "zh") -> Markup:
    """Name and affiliation of a register entry."""
    return who(speaker.name, speaker.organization, speaker.title, language)


def clock(seconds: float) -> str:
    """Seconds as ``m:ss`` or ``h:mm:ss``."""
    minutes, second = divmod(int(seconds), 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour}:{minute:02d}:{second:02d}" if hour else f"{minute}:{second:02d}"


def middle(text: str, longest: int = 26) -> str:
    """``text`` shortened in its middle: titles of one series differ at their ends."""
    if len(text) <= longest:
        return text
    head = longest // 2
    return f"{text[:head].rstrip()}…{text[head + 1 - longest :].lstrip()}"

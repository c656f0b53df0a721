"""A transcript as HTML: the strip of the whole conversation, and its turns with offsets the page can mark.

Every paragraph carries the offset of its first character in the turn, in code points, so a citation's
``start:end`` can be marked exactly whatever the text holds.
"""

from __future__ import annotations

import re

from markupsafe import Markup

from panelbot.app.html import join, tag
from panelbot.app.views.common import affiliation, clock, colour, speaker_line
from panelbot.app.words import say
from panelbot.bot.desk.notes import said_name
from panelbot.types import Language, Transcript, Turn

_PARAGRAPH = re.compile(r"[^\n]+")


def transcript_view(transcript: Transcript, language: Language) -> Markup:
    """The whole of one transcript."""
    return tag(
        "div",
        _heading(transcript),
        strip_view(transcript, language),
        tag(
            "div",
            *(turn_view(turn, transcript, language) for turn in transcript.turns),
            cls="pb-turns",
            tabindex=0,
            role="region",
            aria_label=transcript.title or transcript.id,
        ),
        cls="pb-transcript",
        data_transcript=transcript.id,
        lang=transcript.language or None,
    )


def _heading(transcript: Transcript) -> Markup:
    facts = " · ".join(part for part in (transcript.date, transcript.event, transcript.location) if part)
    return tag("header", tag("h2", transcript.title or transcript.id), tag("p", facts) if facts else None)


def strip_view(transcript: Transcript, language: Language) -> Markup:
    """The conversation as one block a turn, coloured by speaker and as wide as the turn is long."""
    blocks = (
        tag(
            "span",
            cls=colour(transcript, turn.speaker),
            style=f"flex-grow:{max(len(turn.text), 1)}",
            data_turn=turn.index,
            title=f"{turn.index + 1} · {said_name(turn.speaker, language)}",
        )
        for turn in transcript.turns
    )
    return tag(
        "div",
        *blocks,
        cls="pb-strip",
        role="slider",
        tabindex=0,
        aria_label=say("overview", language),
        aria_valuemin=1,
        aria_valuemax=max(len(transcript.turns), 1),
        aria_valuenow=1,
    )


def turn_view(turn: Turn, transcript: Transcript, language: Language) -> Markup:
    """One turn: who speaks, when, and the paragraphs."""
    speaker = transcript.speaker(turn.speaker)
    role = say(speaker.role, language) if speaker.role in ("moderator", "audience") else ""
    header = tag(
        "header",
        speaker_line(speaker, language),
        tag("span", role, cls="pb-role") if role else None,
        tag(
            "span",
            tag("time", clock(turn.start)) if turn.start is not None else None,
            tag(
                "button",
                f"#{turn.index + 1}",
                type="button",
                cls="pb-link",
                data_do="link",
                data_turn=turn.index,
                title=say("link", language),
            ),
            tag(
                "button",
                tag("span", "✎", aria_hidden="true"),
                tag("span", say("edit_turn", language, number=turn.index + 1), cls="pb-sr"),
                type="button",
                cls="pb-tool-icon pb-edit-turn",
                data_do="edit_turn",
                title=say("edit_turn", language, number=turn.index + 1),
            ),
            cls="pb-at-turn",
        ),
    )
    return tag(
        "article",
        header,
        *paragraphs(turn.text),
        cls=f"pb-turn {colour(transcript, turn.speaker)}",
        data_turn=turn.index,
        aria_label=join(
            [said_name(turn.speaker, language), ", ", affiliation(speaker.organization, speaker.title)]
        ).unescape(),
    )


def paragraphs(text: str) -> list[Markup]:
    """The lines of a turn, each with the offset at which it starts."""
    return [tag("p", match.group(), data_start=match.start()) for match in _PARAGRAPH.finditer(text)]

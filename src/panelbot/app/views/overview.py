"""The overview as HTML: people with their shares, topics, and what was asked, each linked to its turn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from markupsafe import Markup

from panelbot.app.html import join, tag
from panelbot.app.views.answer import cited_text
from panelbot.app.views.common import colour, speaker_line
from panelbot.app.words import say
from panelbot.bot.desk.clock import clock
from panelbot.bot.desk.notes import said_name
from panelbot.bot.desk.overview import Overview, Part, Put
from panelbot.types import Answer, Language, Transcript

N_SHOWN = 12  # questions before the rest has to be asked for


def overview_view(found: Overview, language: Language, *, has_model: bool, correcting: Markup | None = None) -> Markup:
    """The whole overview, to stand over the turns; the heading over it has the title, date and place."""
    transcript = found.transcript
    facts = (say("n_turns", language, number=len(transcript.turns)), clock(found.seconds))
    people = (_part(part, transcript, language) for part in found.parts)
    return tag(
        "details",
        tag("summary", say("overview_of", language)),
        tag("p", " · ".join(fact for fact in facts if fact), cls="pb-hint"),
        correcting,
        _section("people_of", tag("ul", *people, cls="pb-parts"), language),
        _topics(found, language),
        _summary(transcript, language) if has_model else None,
        _questions(found, language),
        _stances(language) if len(found.parts) > 1 else None,
        cls="pb-overview",
        open=True,
        lang="zh-CN" if language == "zh" else "en",
    )


def _section(words: str, inside: Markup, language: Language) -> Markup:
    return tag("section", tag("h3", say(words, language)), inside)


def _part(part: Part, transcript: Transcript, language: Language) -> Markup:
    percent = round(100 * part.share)
    named = part.speaker if part.speaker.name else replace(part.speaker, name=say("nobody", language))
    return tag(
        "li",
        go_button(speaker_line(named, language), part.first),
        tag("span", say(part.speaker.role, language), cls="pb-role") if part.speaker.role != "unknown" else None,
        tag(
            "span",
            tag("span", tag("i", style=f"width:{percent}%"), cls="pb-share-bar", aria_hidden="true"),
            tag("span", f"{percent}%"),
            tag("span", " " + say("share", language), cls="pb-sr"),
            cls="pb-share",
        ),
        cls=f"pb-part {colour(transcript, part.speaker.name)}",
    )


def _stances(language: Language) -> Markup:
    """Where the table of who stands where goes once a visitor asks for it."""
    button = tag("button", say("stances", language), type="button", cls="pb-small", data_do="stances")
    return tag("section", button, cls="pb-who-stands")


def _summary(transcript: Transcript, language: Language) -> Markup:
    """Where a summary goes once a visitor asks for it: it takes a language model seconds."""
    words = say("summarise", language)
    button = tag("button", words, type="button", cls="pb-small", data_do="summarise", data_id=transcript.id)
    return tag("section", button, cls="pb-summary", aria_live="polite")


def summary_view(answer: Answer, transcripts: Mapping[str, Transcript], language: Language) -> Markup:
    """The summary, with a chip for each quote that proves it."""
    return join(
        [
            tag("h3", say("summary_of", language)),
            cited_text(answer.text, answer.citations, transcripts, language),
            tag("p", say("summary_hint", language), cls="pb-hint"),
        ]
    )


def _topics(found: Overview, language: Language) -> Markup | None:
    if not found.topics:
        return None
    chips = (
        tag("li", tag("button", topic.word, type="button", cls="pb-small", data_do="topic", data_word=topic.word))
        for topic in found.topics
    )
    return _section("topics_of", tag("ul", *chips, cls="pb-topics"), language)


def _questions(found: Overview, language: Language) -> Markup | None:
    if not found.questions:
        return None
    rows = [_question(put, found.transcript, language) for put in found.questions]
    shown, rest = rows[:N_SHOWN], rows[N_SHOWN:]
    more = (
        tag("details", tag("summary", say("n_more", language, number=len(rest))), tag("ol", *rest), cls="pb-more")
        if rest
        else None
    )
    return _section("questions_of", tag("div", tag("ol", *shown), more, cls="pb-asked"), language)


def _question(put: Put, transcript: Transcript, language: Language) -> Markup:
    turn = transcript.turns[put.turn]
    asked = tag(
        "button",
        put.text,
        type="button",
        cls="pb-put",
        lang=transcript.language or None,
        data_transcript=transcript.id,
        data_turn=put.turn,
        data_start=put.spans[0][0],
        data_end=put.spans[-1][1],
    )
    replies = (
        tag(
            "li",
            go_button(tag("b", said_name(reply.speaker, language) or say("nobody", language)), reply.turn),
            cls=colour(transcript, reply.speaker),
        )
        for reply in put.replies
    )
    audience = transcript.speaker(put.speaker).role == "audience"
    return tag(
        "li",
        asked,
        tag(
            "div",
            tag("span", clock(turn.start)) if turn.start is not None else None,
            tag("span", say("asked_by", language, speaker=said_name(put.speaker, language))) if audience else None,
            tag("span", say("replied_by", language)) if put.replies else None,
            tag("ul", *replies) if put.replies else None,
            cls="pb-replies",
        ),
    )


def go_button(inside: Markup | str, turn: int) -> Markup:
    """A button that goes to a turn of the transcript beside it."""
    return tag("button", inside, type="button", cls="pb-go", data_do="go", data_turn=turn)

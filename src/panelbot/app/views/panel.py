"""The panel as HTML: which transcripts and speakers are asked, who they are, and their register to edit."""

from __future__ import annotations

from collections import Counter

from markupsafe import Markup

from panelbot.app.html import join, tag
from panelbot.app.views.common import affiliation, clock, colour
from panelbot.app.views.icons import icon
from panelbot.app.words import say
from panelbot.bot.desk.notes import said_name
from panelbot.types import ROLES, Language, Speaker, Transcript


def people_view(transcript: Transcript, language: Language, *, read_only: bool) -> Markup:
    """The speakers of one transcript, what there is to know of it, and what can be done with it."""
    spoken = Counter[str]()
    for turn in transcript.turns:
        spoken[turn.speaker] += len(turn.text)
    total = max(spoken.total(), 1)
    people = (
        _speaker(transcript, speaker, spoken[speaker.name] / total, language, read_only=read_only)
        for speaker in transcript.speakers
    )
    return join(
        [
            tag("p", _facts(transcript), cls="pb-hint"),
            tag("ul", *people, cls="pb-persons", aria_label=say("speakers", language)),
            None if read_only else _remove_button(transcript, language),
        ]
    )


def _facts(transcript: Transcript) -> str:
    last = next((turn.end or turn.start for turn in reversed(transcript.turns) if turn.start is not None), None)
    facts = (transcript.event, transcript.location, clock(last) if last else "")
    return " · ".join(fact for fact in facts if fact)


def _remove_button(transcript: Transcript, language: Language) -> Markup:
    title = transcript.title or transcript.id
    return tag(
        "button",
        icon("remove"),
        tag("span", say("remove", language)),
        type="button",
        cls="pb-small",
        data_do="remove",
        data_id=transcript.id,
        data_title=title,
        data_confirm=say("remove_sure", language, title=title),
    )


def _speaker(transcript: Transcript, speaker: Speaker, share: float, language: Language, *, read_only: bool) -> Markup:
    percent = round(100 * share)
    rest = " · ".join(
        part for part in (affiliation(speaker.organization, speaker.title), say(speaker.role, language)) if part
    )
    line = tag(
        "label",
        tag("input", type="checkbox", data_scope="speakers", value=speaker.name),
        tag("span", tag("b", said_name(speaker.name, language)), " ", tag("span", rest, cls="pb-org"), cls="pb-who"),
    )
    bar = tag(
        "span",
        tag("span", tag("i", style=f"width:{percent}%"), cls="pb-share-bar", aria_hidden="true"),
        tag("span", f"{percent}%", title=say("share", language)),
        tag("span", " " + say("share", language), cls="pb-sr"),
        cls="pb-share",
    )
    edit = None if read_only else _editor(transcript, speaker, language)
    return tag("li", line, bar, edit, cls=f"pb-person {colour(transcript, speaker.name)}")


def _editor(transcript: Transcript, speaker: Speaker, language: Language) -> Markup:
    """A form with the register's facts of one speaker."""
    texts = (
        ("name", speaker.name),
        ("organization", speaker.organization),
        ("title", speaker.title),
        ("aliases", "，".join(speaker.aliases) if language == "zh" else ", ".join(speaker.aliases)),
    )
    fields = [
        tag(
            "label", say(f"field_{key}", language), tag("input", type="text", name=key, value=value, autocomplete="off")
        )
        for key, value in texts
    ]
    options = (tag("option", say(role, language), value=role, selected=role == speaker.role) for role in ROLES)
    fields.insert(3, tag("label", say("field_role", language), tag("select", *options, name="role")))
    others = [other.name for other in transcript.speakers if other.name != speaker.name]
    same = (tag("option", said_name(name, language), value=name) for name in others)
    fields.append(
        tag("label", say("field_merge", language), tag("select", tag("option", "—", value=""), *same, name="merge"))
    )
    form = tag(
        "form",
        *fields,
        tag("p", cls="pb-form-error", role="alert"),
        tag("button", say("save", language), type="submit", cls="pb-small pb-strong"),
        cls="pb-form",
        data_submit="speaker",
        data_transcript=transcript.id,
        data_speaker=speaker.name,
    )
    label = tag("span", " " + said_name(speaker.name, language), cls="pb-sr")
    return tag("details", tag("summary", say("edit", language), label), form, cls="pb-edit")

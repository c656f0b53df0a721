"""What can be corrected in a transcript as HTML: its head, a turn, and what its reading left in doubt."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from panelbot.app.html import join, tag
from panelbot.app.words import say
from panelbot.bot.desk.doubts import Doubt
from panelbot.types import Language, Transcript, Turn

_HEAD = ("title", "date", "event", "location")
_NAMED = ("unnamed", "numbered", "label", "named")  # doubts that a name settles
N_SHOWN = 8  # doubts before the rest has to be asked for
EXCERPT = 120  # characters of a turn in doubt


def head_form(transcript: Transcript, language: Language) -> Markup:
    """Title, date, event and place, to be written over."""
    fields = (
        tag(
            "label",
            say(f"head_{field}", language),
            tag("input", type="text", name=field, value=getattr(transcript, field), maxlength=500, autocomplete="off"),
        )
        for field in _HEAD
    )
    form = tag(
        "form",
        *fields,
        tag("p", cls="pb-form-error", role="alert"),
        tag("button", say("save", language), type="submit", cls="pb-small pb-strong"),
        cls="pb-form",
        data_submit="head",
        data_id=transcript.id,
    )
    return tag("details", tag("summary", say("correct_head", language)), form, cls="pb-head-edit")


def turn_form(transcript: Transcript, turn: Turn, language: Language) -> Markup:
    """The words of a turn and who speaks it, to be written over."""
    names = (tag("option", value=speaker.name) for speaker in transcript.speakers if speaker.name)
    listed = f"pb-speakers-{turn.index}"
    cancel = tag("button", say("cancel", language), type="button", cls="pb-small", data_do="leave_turn")
    return tag(
        "form",
        tag(
            "label",
            say("turn_speaker", language),
            tag("input", type="text", name="speaker", value=turn.speaker, list=listed, autocomplete="off"),
        ),
        tag("datalist", *names, id=listed),
        # A line end right behind the tag would be dropped; one that stands there is kept by another before it.
        tag("label", say("turn_words", language), tag("textarea", f"\n{turn.text}", name="text", rows=6)),
        tag("textarea", f"\n{turn.text}", name="was", hidden=True, readonly=True, aria_hidden="true"),
        tag("p", say("turn_kept", language), cls="pb-hint"),
        tag("p", cls="pb-form-error", role="alert"),
        tag("span", tag("button", say("save", language), type="submit", cls="pb-small pb-strong"), " ", cancel),
        cls="pb-form pb-turn-form",
        data_submit="turn",
        data_id=transcript.id,
        data_turn=turn.index,
    )


def edited_view(before: Sequence[str], language: Language) -> Markup:
    """That a turn was corrected, and what it said before."""
    texts = (tag("div", text) for text in reversed(before))
    return tag("details", tag("summary", say("turn_edited", language)), *texts, cls="pb-edited")


def doubts_view(doubts: Sequence[Doubt], transcript: Transcript, language: Language) -> Markup | None:
    """What is uncertain, each with its decisions."""
    if not doubts:
        return None
    rows = [_doubt(doubt, transcript, language) for doubt in doubts]
    more = tag("summary", say("n_more", language, number=len(rows) - N_SHOWN))
    rest = tag("details", more, tag("ul", *rows[N_SHOWN:]), cls="pb-more") if len(rows) > N_SHOWN else None
    heading = tag("h3", say("doubts", language, number=len(doubts)))
    return tag("section", heading, tag("ul", *rows[:N_SHOWN]), rest, cls="pb-doubts")


def doubt_words(doubt: Doubt, language: Language) -> Markup:
    """The question a doubt is, with the words in doubt."""
    words = say(f"doubt_{doubt.kind}", language, speaker=doubt.speaker, into=doubt.into)
    text = doubt.text[:EXCERPT] + ("…" if len(doubt.text) > EXCERPT else "")
    return join([words, " ", tag("q", text) if text and doubt.kind != "merge" else None])


def _doubt(doubt: Doubt, transcript: Transcript, language: Language) -> Markup:
    look = (
        tag("button", say("look", language), type="button", cls="pb-small", data_do="go", data_turn=doubt.turn)
        if doubt.turn >= 0
        else None
    )
    return tag(
        "li",
        tag("p", doubt_words(doubt, language)),
        tag("form", *_choices(doubt, transcript, language), look, cls="pb-choices", data_submit="doubt"),
        tag("p", cls="pb-form-error", role="alert"),
        data_key=doubt.key,
        data_id=transcript.id,
    )


def _choices(doubt: Doubt, transcript: Transcript, language: Language) -> list[Markup]:
    no = tag("button", say(f"leave_{doubt.kind}", language), type="button", cls="pb-small", data_do="leave_doubt")
    if doubt.kind == "merge":
        return [tag("button", say("one_person", language), type="submit", cls="pb-small"), no]
    if doubt.kind not in _NAMED:
        return [no]
    listed = f"pb-names-{doubt.key.replace(':', '-')}"
    names = (tag("option", value=s.name) for s in transcript.speakers if s.name and s.name != doubt.speaker)
    label = say("doubt_name", language)
    box = tag("input", type="text", name="name", list=listed, aria_label=label, placeholder=label, autocomplete="off")
    save = tag("button", say("save", language), type="submit", cls="pb-small")
    return [join([box, tag("datalist", *names, id=listed)]), save, no]

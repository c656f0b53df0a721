"""What a reader can do with an exchange: copy it, ask it again or otherwise, call it good or bad and say why."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from panelbot.app.feedback import CAUSES, NOS
from panelbot.app.html import tag
from panelbot.app.views.icons import icon
from panelbot.app.words import say
from panelbot.bot.desk.clean import clean_answer
from panelbot.types import Answer, Language, Transcript


def judge_view(
    answer: Answer, key: str, language: Language, *, transcripts: Mapping[str, Transcript], rating: str = ""
) -> Markup:
    """The row of actions under an answer; ``key`` names the exchange, ``rating`` is what was said of it."""
    plain = tag("pre", clean_answer(answer, transcripts, language), cls="pb-plain", hidden=True)
    row = tag(
        "div",
        action_button("copy", language),
        action_button("again", language),
        action_button("edit", language, words="edit_question"),
        _verdict_button("good", key, language, rating),
        _verdict_button("bad", key, language, rating),
        cls="pb-actions",
    )
    return tag("div", plain, row, _form(key, language), cls="pb-judge")


def action_button(does: str, language: Language, *, words: str = "", **more: str | bool | None) -> Markup:
    """A button with its icon and label."""
    inside = (icon(does), tag("span", say(words or does, language)))
    return tag("button", *inside, type="button", cls="pb-small", **{"data_do": does, **more})


def _verdict_button(rating: str, key: str, language: Language, given: str) -> Markup:
    return action_button(
        rating,
        language,
        aria_expanded="false",
        aria_pressed="true" if rating == given else "false",
        aria_controls=f"pb-judge-{key}",
        data_do="judge",
        data_rating=rating,
    )


def _form(key: str, language: Language) -> Markup:
    return tag(
        "form",
        *(_causes(rating, language) for rating in CAUSES),
        *_what_is_right(language),
        tag(
            "label",
            say("reason", language),
            tag("input", type="text", name="reason", maxlength=500, autocomplete="off"),
        ),
        tag("p", cls="pb-form-error", role="alert"),
        tag("button", say("save", language), type="submit", cls="pb-small pb-strong"),
        id=f"pb-judge-{key}",
        cls="pb-form",
        data_submit="judge",
        hidden=True,
    )


def _causes(rating: str, language: Language) -> Markup:
    """Why it is good, or bad: each has reasons of its own."""
    options = (
        tag(
            "label", tag("input", type="checkbox", name=f"{rating}_cause", value=cause), say(f"cause_{cause}", language)
        )
        for cause in CAUSES[rating]
    )
    return tag("fieldset", tag("legend", say(f"why_{rating}", language)), *options, cls=f"pb-causes pb-only-{rating}")


def _what_is_right(language: Language) -> list[Markup]:
    """For a bad answer: the turn or the "no" that would have been right. The page's script shows what is chosen."""
    choices = (("", "right_unsaid"), ("turn", "right_turn"), *((status, f"right_{status}") for status in NOS))
    options = (tag("option", say(words, language), value=value) for value, words in choices)
    number = tag("input", type="number", name="turn", min=1, step=1, inputmode="numeric")
    return [
        tag("label", say("right", language), tag("select", *options, name="right"), cls="pb-only-bad"),
        tag(
            "label",
            say("turn_number", language),
            tag("span", number, tag("output", cls="pb-picked"), cls="pb-turn-number"),
            cls="pb-only-turn",
        ),
    ]

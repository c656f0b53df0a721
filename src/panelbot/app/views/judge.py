"""What a reader can do with an answer: copy it with its quotes, call it good or bad and say why."""

from __future__ import annotations

from markupsafe import Markup

from panelbot.app.export import exchange_markdown
from panelbot.app.feedback import NOS
from panelbot.app.html import tag
from panelbot.app.words import say
from panelbot.types import Answer, Language


def judge_view(query: str, answer: Answer, number: int, language: Language) -> Markup:
    """The row of actions under an answer; ``number`` is the exchange's place in the conversation."""
    plain = tag("pre", exchange_markdown(query, answer), cls="pb-plain", hidden=True)
    row = tag(
        "div",
        tag("button", say("copy", language), type="button", cls="pb-small", data_do="copy"),
        _verdict_button("good", number, language),
        _verdict_button("bad", number, language),
        cls="pb-actions",
    )
    return tag("div", plain, row, _form(number, language), cls="pb-judge")


def _verdict_button(rating: str, number: int, language: Language) -> Markup:
    return tag(
        "button",
        say(rating, language),
        type="button",
        cls="pb-small",
        aria_expanded="false",
        aria_controls=f"pb-judge-{number}",
        data_do="judge",
        data_rating=rating,
    )


def _form(number: int, language: Language) -> Markup:
    reason = tag(
        "label",
        say("reason", language),
        tag("input", type="text", name="reason", maxlength=500, autocomplete="off"),
    )
    save = tag("button", say("save", language), type="submit", cls="pb-small pb-strong")
    return tag(
        "form",
        reason,
        *_what_is_right(language),
        tag("p", cls="pb-form-error", role="alert"),
        save,
        id=f"pb-judge-{number}",
        cls="pb-form",
        data_submit="judge",
        data_exchange=number,
        hidden=True,
    )


def _what_is_right(language: Language) -> list[Markup]:
    """For a bad answer: the turn or the "no" that would have been right. The page's script shows what is chosen."""
    choices = (("", "right_unsaid"), ("turn", "right_turn"), *((status, f"right_{status}") for status in NOS))
    options = (tag("option", say(words, language), value=value) for value, words in choices)
    number = tag("input", type="number", name="turn", min=0, step=1, inputmode="numeric")
    return [
        tag("label", say("right", language), tag("select", *options, name="right"), cls="pb-only-bad"),
        tag(
            "label",
            say("turn_number", language),
            tag("span", number, tag("output", cls="pb-picked"), cls="pb-turn-number"),
            cls="pb-only-turn",
        ),
    ]

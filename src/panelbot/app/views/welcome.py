"""What a visitor sees before the first question: what is on the shelf, what one can ask, and whom one is asking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from markupsafe import Markup

from panelbot.app.chat import Scope
from panelbot.app.html import tag
from panelbot.app.views.common import middle
from panelbot.app.words import say
from panelbot.bot.desk.notes import said_name
from panelbot.types import Language, Listed


def welcome_view(transcripts: Sequence[Listed], questions: Sequence[str], language: Language) -> Markup:
    """A greeting, what is on the shelf, and questions to start from."""
    if not transcripts:
        return tag("p", say("no_transcripts", language), cls="pb-notice")
    examples = (
        tag("li", tag("button", text, type="button", cls="pb-example", data_do="ask", data_query=text))
        for text in questions
    )
    return tag(
        "section",
        tag("h2", say("welcome", language)),
        tag("p", say("welcome_hint", language)),
        _on_the_shelf(transcripts, language),
        tag("ul", *examples, cls="pb-examples", aria_label=say("examples", language)),
        cls="pb-welcome",
    )


def _on_the_shelf(transcripts: Sequence[Listed], language: Language) -> Markup:
    people = {speaker.name for transcript in transcripts for speaker in transcript.speakers if speaker.name}
    spoken = Counter(each.language if each.language in ("zh", "en") else "" for each in transcripts)
    languages = [
        say("n_in_language", language, number=number, language=say(f"language_{code}", language))
        for code, number in spoken.most_common()
    ]
    dates = sorted(each.date for each in transcripts if each.date)
    facts = [
        say("n_transcripts", language, number=len(transcripts)),
        say("n_people", language, number=len(people)),
        say("n_turns", language, number=sum(each.n_turns for each in transcripts)),
        ("、" if language == "zh" else ", ").join(languages),
        say("from_to", language, first=dates[0], last=dates[-1]) if dates and dates[0] != dates[-1] else "",
    ]
    return tag(
        "div",
        tag("h3", say("on_the_shelf", language), cls="pb-sr"),
        tag("ul", *(tag("li", fact) for fact in facts if fact), cls="pb-facts"),
        tag("button", say("shelf", language), type="button", cls="pb-small", data_do="tab", data_tab="shelf"),
        cls="pb-on-shelf",
    )


def scope_view(transcripts: Sequence[Listed], scope: Scope, language: Language) -> Markup:
    """Whom the next question goes to, where that is not everybody."""
    if scope == Scope():
        return Markup("")
    comma = "、" if language == "zh" else ", "
    ids = scope.transcripts or ()
    if len(ids) > 2:
        where = say("n_chosen", language, number=len(ids), total=len(transcripts))
    else:
        titles = [middle(each.title or each.id) for each in transcripts if each.id in ids]
        where = say("scope_some", language, names=comma.join(titles)) if titles else say("scope_all", language)
    heard = (
        say("scope_speakers", language, names=comma.join(said_name(name, language) for name in scope.speakers))
        if scope.speakers
        else ""
    )
    words = comma.join(part for part in (where, heard) if part)
    reset = tag("button", say("everything", language), type="button", cls="pb-small", data_do="everything")
    return tag("p", tag("span", words), reset, cls="pb-scope")

"""Who stands where as HTML: a table of the panel by questions, blanks said. Knows no search."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from panelbot.app.html import join, tag
from panelbot.app.views.common import colour, who
from panelbot.app.words import say
from panelbot.bot.desk.stances import Row, Stance
from panelbot.types import Citation, Language, Speaker, Transcript


def table_view(transcript: Transcript, panel: Sequence[Speaker], language: Language) -> Markup:
    """The head of the table and the box that adds a question; rows come one by one."""
    heads = (
        tag("th", who(s.name, s.organization, s.title, language), scope="col", cls=colour(transcript, s.name))
        for s in panel
    )
    head = tag("tr", tag("th", say("stance_question", language), scope="col"), *heads)
    words = say("stance_ask", language)
    box = tag(
        "input", type="text", name="question", placeholder=words, aria_label=words, maxlength=500, autocomplete="off"
    )
    adding = tag(
        "form",
        box,
        tag("button", say("stance_add", language), type="submit", cls="pb-small"),
        cls="pb-choices",
        data_submit="stance",
        data_id=transcript.id,
    )
    table = tag("table", tag("caption", say("stances", language), cls="pb-sr"), tag("thead", head), tag("tbody"))
    region = tag("div", table, cls="pb-stances", role="region", tabindex=0, aria_label=say("stances", language))
    return join([adding, region])


def row_view(row: Row, transcript: Transcript, language: Language) -> Markup:
    """One question, and in each cell what that speaker said to it, or that nothing was found."""
    doubt = tag("small", say("stance_unsure", language)) if row.answered and not row.sure else None
    cells = (_cell(stance, transcript, language) for stance in row.stances)
    return tag("tr", tag("th", row.question, doubt, scope="row"), *cells)


def _cell(stance: Stance, transcript: Transcript, language: Language) -> Markup:
    hue = colour(transcript, stance.speaker.name)
    if not stance.citations:
        return tag("td", tag("span", say("stance_none", language), cls="pb-hint"), cls=hue)
    return tag("td", *(_quote(citation, language) for citation in stance.citations), cls=hue)


def _quote(citation: Citation, language: Language) -> Markup:
    return tag(
        "button",
        tag("q", citation.quote),
        type="button",
        cls="pb-put",
        title=say("turn", language, number=citation.turn + 1),
        data_transcript=citation.transcript_id,
        data_turn=citation.turn,
        data_start=citation.start,
        data_end=citation.end,
    )

"""One exchange as HTML: the question, the answer with its citation chips, the quotes under it.

It knows nothing of how an answer is found. Everything in it may come from a transcript, a visitor or a language
model, so all of it is text here; the chips are the only markup that is made out of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

from markupsafe import Markup

from panelbot.app.html import join, tag
from panelbot.app.views.common import colour, who
from panelbot.app.words import say
from panelbot.types import Answer, Citation, Language, Transcript

_MARKER = re.compile(r"\[(\d{1,3})\]")

Transcripts = Mapping[str, Transcript]


def exchange_view(query: str, answer: Answer, *, number: int, transcripts: Transcripts, language: Language) -> Markup:
    """A finished exchange; ``number`` is its 0-based place in the conversation."""
    body = tag(
        "div",
        _searched(query, answer, language),
        tag("div", answer_text(answer.text, answer.citations, transcripts, language), cls="pb-text"),
        citation_list(answer.citations, say("quotes", language), transcripts, language),
        citation_list(answer.nearest, say("nearest", language), transcripts, language, nearest=True),
        cls="pb-answer",
        lang=answer.language,
        data_status=answer.status,
    )
    return tag("article", question_view(query, language), body, cls="pb-exchange", data_exchange=number)


def question_view(query: str, language: Language) -> Markup:
    """The visitor's question."""
    return tag("p", tag("span", say("you", language), cls="pb-sr"), tag("span", query), cls="pb-question")


def live_view(query: str, text: str, language: Language) -> Markup:
    """An exchange whose answer is still being written; its markers are not chips yet."""
    waiting = tag("p", tag("span", cls="pb-dots", aria_hidden="true"), say("searching", language), cls="pb-wait")
    body = tag("div", _paragraphs(text, _plain_marker), cls="pb-text") if text else waiting
    return tag("article", question_view(query, language), tag("div", body, cls="pb-answer"), cls="pb-exchange pb-live")


def answer_text(text: str, citations: tuple[Citation, ...], transcripts: Transcripts, language: Language) -> Markup:
    """The answer's paragraphs, with a chip for every marker that has a citation."""
    by_number = {citation.number: citation for citation in citations}

    def chip(number: int) -> Markup | str:
        cited = by_number.get(number)
        return citation_chip(cited, transcripts, language) if cited else f"[{number}]"

    return _paragraphs(text, chip)


def _paragraphs(text: str, marker) -> Markup:  # type: ignore[no-untyped-def]
    lines = [line for line in text.split("\n") if line.strip()]
    return join(tag("p", _with_markers(line, marker)) for line in lines)


def _with_markers(line: str, marker) -> Markup:  # type: ignore[no-untyped-def]
    found = list(_MARKER.finditer(line))
    edges = [0, *(edge for match in found for edge in match.span()), len(line)]
    pieces = [line[start:end] for start, end in pairwise(edges)]
    return join(marker(int(piece[1:-1])) if place % 2 else piece for place, piece in enumerate(pieces))


def _plain_marker(number: int) -> Markup:
    return tag("span", number, cls="pb-chip")


def citation_chip(citation: Citation, transcripts: Transcripts, language: Language) -> Markup:
    """The numbered button that shows a quote; its place is in data attributes for the page's script."""
    label = say("citation_label", language, number=citation.number, speaker=citation.speaker)
    hue = colour(transcripts.get(citation.transcript_id), citation.speaker)
    return tag("button", citation.number, type="button", cls=f"pb-chip {hue}", aria_label=label, **_place(citation))


def citation_list(
    citations: tuple[Citation, ...],
    heading: str,
    transcripts: Transcripts,
    language: Language,
    *,
    nearest: bool = False,
) -> Markup | None:
    """The quotes under an answer: number, speaker, organization and the words themselves."""
    if not citations:
        return None
    rows = (_citation_row(citation, transcripts, language, nearest=nearest) for citation in citations)
    return tag("section", tag("h3", heading), tag("ol", *rows), cls="pb-quotes", aria_label=heading)


def _citation_row(citation: Citation, transcripts: Transcripts, language: Language, *, nearest: bool) -> Markup:
    transcript = transcripts.get(citation.transcript_id)
    place = [
        transcript.title if transcript and len(transcripts) > 1 else "",
        say("turn", language, number=citation.turn),
    ]
    inside = (
        None if nearest else tag("span", citation.number, cls="pb-number", aria_hidden="true"),
        who(citation.speaker, citation.organization, citation.title),
        tag("q", citation.quote),
        tag("span", " · ".join(part for part in place if part), cls="pb-place"),
    )
    hue = colour(transcript, citation.speaker)
    return tag("li", tag("button", *inside, type="button", cls=f"pb-quote {hue}", **_place(citation)))


def _place(citation: Citation) -> dict[str, str | int]:
    return {
        "data_transcript": citation.transcript_id,
        "data_turn": citation.turn,
        "data_start": citation.start,
        "data_end": citation.end,
    }


def _searched(query: str, answer: Answer, language: Language) -> Markup | None:
    if not answer.question or answer.question.strip() == query.strip():
        return None
    return tag("p", tag("span", say("searched", language)), tag("b", answer.question), cls="pb-searched")

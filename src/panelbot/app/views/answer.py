"""One exchange as HTML: the question, the answer with its citation chips, the quotes under it.

It knows nothing of how an answer is found. Everything in it may come from a transcript, a visitor or a language
model, so all of it is text here; the chips are the only markup that is made out of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import pairwise

from markupsafe import Markup

from panelbot.app.html import join, tag
from panelbot.app.views.common import colour, who
from panelbot.app.views.judge import judge_view
from panelbot.app.views.offers import offers_view, references_view
from panelbot.app.words import say
from panelbot.types import Answer, Citation, Language, Transcript

_MARKER = re.compile(r"\[(\d{1,3})\]")

Transcripts = Mapping[str, Transcript]


def exchange_view(query: str, answer: Answer, *, number: int, transcripts: Transcripts, language: Language) -> Markup:
    """A finished exchange; ``number`` is its 0-based place in the conversation."""
    text = _without_nearest(answer)
    parts = (
        _verdict(answer, language),
        tag("div", answer_text(text, answer.citations, transcripts, language), cls="pb-text"),
        tag("p", answer.note, cls="pb-note") if answer.note else None,
        citation_list(answer.citations, say("quotes", language), transcripts, language),
        citation_list(
            answer.nearest, say("nearest", language), transcripts, language, led_to=text.endswith((":", "："))
        ),
        offers_view(query, answer, transcripts, language),
    )
    body = tag("div", *parts, cls="pb-answer", lang=answer.language, data_status=answer.status)
    return tag(
        "article",
        question_view(query, language),
        _understood(query, answer, transcripts, language),
        body,
        judge_view(query, answer, number, language),
        cls="pb-exchange",
        data_exchange=number,
    )


def _without_nearest(answer: Answer) -> str:
    """The text of a "no" without the lines that only say what the quotes under it show."""
    lines = answer.text.split("\n")
    return "\n".join(line for line in lines if not any(near.quote in line for near in answer.nearest)).strip()


def question_view(query: str, language: Language) -> Markup:
    """The visitor's question."""
    return tag("p", tag("span", say("you", language) + " ", cls="pb-sr"), tag("span", query), cls="pb-question")


def live_view(query: str, text: str, language: Language) -> Markup:
    """An exchange whose answer is still being written; its markers are not chips yet."""
    waiting = tag("p", tag("span", cls="pb-dots", aria_hidden="true"), say("searching", language), cls="pb-wait")
    body = tag("div", _paragraphs(text, _plain_marker), cls="pb-text") if text else waiting
    return tag("article", question_view(query, language), tag("div", body, cls="pb-answer"), cls="pb-exchange pb-live")


def failed_view(query: str, words: str, language: Language) -> Markup:
    """An exchange that ended in a mistake: one sentence, and the question to try again."""
    again = tag("button", say("again", language), type="button", cls="pb-small", data_do="ask", data_query=query)
    notice = tag("p", words, cls="pb-notice", role="alert")
    return tag("article", question_view(query, language), tag("div", notice, again, cls="pb-answer"), cls="pb-exchange")


def answer_text(text: str, citations: tuple[Citation, ...], transcripts: Transcripts, language: Language) -> Markup:
    """The answer's paragraphs, with a chip for every marker that has a citation."""
    by_number = {citation.number: citation for citation in citations}

    def chip(number: int) -> Markup | str:
        cited = by_number.get(number)
        return citation_chip(cited, transcripts, language) if cited else f"[{number}]"

    return _paragraphs(text, chip)


def _paragraphs(text: str, marker: Callable[[int], Markup | str]) -> Markup:
    return join(tag("p", _with_markers(line, marker)) for line in text.split("\n") if line.strip())


def _with_markers(line: str, marker: Callable[[int], Markup | str]) -> Markup:
    edges = [0, *(edge for match in _MARKER.finditer(line) for edge in match.span()), len(line)]
    pieces = [line[start:end] for start, end in pairwise(edges)]
    return join(marker(int(piece[1:-1])) if place % 2 else piece for place, piece in enumerate(pieces))


def _plain_marker(number: int) -> Markup:
    return tag("span", number, cls="pb-chip")


def citation_chip(citation: Citation, transcripts: Transcripts, language: Language) -> Markup:
    """The numbered button that shows a quote; the page's script makes its hover card of the data attributes."""
    label = say("citation_label", language, number=citation.number, speaker=citation.speaker)
    hue = colour(transcripts.get(citation.transcript_id), citation.speaker)
    facts = " · ".join(part for part in (citation.organization, citation.title) if part)
    return tag(
        "button",
        citation.number,
        type="button",
        cls=f"pb-chip {hue}",
        aria_label=label,
        data_speaker=citation.speaker,
        data_facts=facts,
        data_quote=citation.quote,
        data_place=_place_words(citation, transcripts, language),
        **_place(citation),
    )


def citation_list(
    citations: tuple[Citation, ...], heading: str, transcripts: Transcripts, language: Language, *, led_to: bool = False
) -> Markup | None:
    """The quotes under an answer: number, speaker, organization and the words themselves.

    Where the text above leads to them, the heading is for assistive technology alone.
    """
    if not citations:
        return None
    rows = (_citation_row(citation, transcripts, language) for citation in citations)
    return tag(
        "section",
        tag("h3", heading, cls="pb-sr" if led_to else None),
        tag("ol", *rows),
        cls="pb-quotes",
        aria_label=heading,
    )


def _citation_row(citation: Citation, transcripts: Transcripts, language: Language) -> Markup:
    inside = (
        tag("span", citation.number, cls="pb-number"),
        who(citation.speaker, citation.organization, citation.title),
        tag("span", _place_words(citation, transcripts, language), cls="pb-place"),
        tag("q", citation.quote),
    )
    hue = colour(transcripts.get(citation.transcript_id), citation.speaker)
    return tag("li", tag("button", *inside, type="button", cls=f"pb-quote {hue}", **_place(citation)))


def _place_words(citation: Citation, transcripts: Transcripts, language: Language) -> str:
    transcript = transcripts.get(citation.transcript_id)
    title = transcript.title if transcript and len(transcripts) > 1 else ""
    return " · ".join(part for part in (say("turn", language, number=citation.turn), title) if part)


def _place(citation: Citation) -> dict[str, str | int]:
    return {
        "data_transcript": citation.transcript_id,
        "data_turn": citation.turn,
        "data_start": citation.start,
        "data_end": citation.end,
    }


def _verdict(answer: Answer, language: Language) -> Markup | None:
    """Which kind of "no" it is, in two or three words over the sentence that says it."""
    return None if answer.status == "answered" else tag("p", say(answer.status, language), cls="pb-verdict")


def _understood(query: str, answer: Answer, transcripts: Transcripts, language: Language) -> Markup | None:
    """How the question was taken: the standalone wording, and whom its words point at."""
    reworded = answer.question and answer.question.strip() != query.strip()
    searched = (
        tag("p", tag("span", say("searched", language)), " ", tag("b", answer.question), cls="pb-searched")
        if reworded
        else None
    )
    references = references_view(query, answer, transcripts, language)
    return tag("div", searched, references, cls="pb-understood") if searched or references else None

"""One exchange as HTML: the question, and the answer as a lead line and the quotes it stands on, each shown once.

It knows nothing of how an answer is found. Everything in it may come from a transcript, a visitor or a language
model, so all of it is text here; chips and quotes are the only markup that is made out of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from panelbot.app.conversation import Entry
from panelbot.app.html import join, tag
from panelbot.app.views.common import clock, colour, middle, who
from panelbot.app.views.judge import judge_view
from panelbot.app.views.offers import offers_view, references_view
from panelbot.app.views.tools import quote_tools
from panelbot.app.words import say
from panelbot.bot.desk.notes import said_name
from panelbot.bot.desk.places import as_it_stands, stands
from panelbot.bot.desk.translation import is_foreign
from panelbot.types import Answer, Citation, Found, Language, Transcript

_PIECE = re.compile(r"(.*?)((?:\s*\[\d{1,3}\])+)([。.]?)|(.+)", re.DOTALL)
_FRAME_LETTERS = 26  # of a frame around a quote beside its speaker's facts: "also said it", 主持人还问
_WITHIN = "\x1f"  # for the end of a paragraph within a quote; no text of an answer holds it
N_FOUND = 3  # passages shown while the answer is made

Transcripts = Mapping[str, Transcript]


def exchange_view(entry: Entry, *, key: str, transcripts: Transcripts, language: Language, rating: str = "") -> Markup:
    """A finished exchange; ``key`` names it among the visitor's, ``rating`` is what they said of it."""
    query, answer = entry.query, as_it_stands(entry.answer, transcripts)
    text = _without_nearest(answer)
    pieces = list(_pieces(text, answer.citations))
    told = {piece.citation.number for piece in pieces if isinstance(piece, Quoted)}
    rest = [citation for citation in answer.citations if citation.number not in told | _within(pieces)]
    parts = (
        _verdict(answer, language),
        tag("div", _lead(pieces, language), *_shown(pieces, transcripts, language), cls="pb-text"),
        tag("p", answer.note, cls="pb-hint") if answer.note else None,
        quotes_view(rest, say("quotes", language), transcripts, language),
        quotes_view(answer.nearest, say("nearest", language), transcripts, language, led_to=text.endswith((":", "："))),
        _also_view(answer, transcripts, language),
        offers_view(query, answer, _asked(entry, transcripts), language),
    )
    return tag(
        "article",
        question_view(query, language),
        _understood(query, answer, transcripts, language),
        tag("div", *parts, cls="pb-answer", lang=answer.language, data_status=answer.status),
        judge_view(answer, key, language, transcripts=transcripts, rating=rating),
        cls="pb-exchange",
        data_exchange=key,
    )


def _also_view(answer: Answer, transcripts: Transcripts, language: Language) -> Markup | None:
    """What was found beside the answer, folded until a reader opens it."""
    if not answer.also:
        return None
    summary = tag("summary", say("also", language, number=len(answer.also)))
    return tag("details", summary, quotes_view(answer.also, "", transcripts, language), cls="pb-more pb-also")


def _asked(entry: Entry, transcripts: Transcripts) -> Transcripts:
    """The transcripts the question was put to, as far as they are still there; all where it was put to all."""
    return {id: transcripts[id] for id in entry.transcripts if id in transcripts} or transcripts


def _without_nearest(answer: Answer) -> str:
    """The text of a "no" without the lines that only say what the quotes under it show."""
    lines = answer.text.split("\n")
    return "\n".join(line for line in lines if not any(near.quote in line for near in answer.nearest)).strip()


@dataclass(frozen=True, slots=True)
class Prose:
    """A stretch of one line, and the citations it rests on."""

    text: str
    citations: tuple[Citation, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Quoted:
    """A stretch that only says who said the words of its citation."""

    citation: Citation


Piece = Prose | Quoted


def _pieces(text: str, citations: Sequence[Citation]) -> Iterator[Piece]:
    by_number = {citation.number: citation for citation in citations}
    for number, line in enumerate(_lines(text, citations)):
        for words, markers, stop, rest in _PIECE.findall(line):
            numbers = [int(marker) for marker in re.findall(r"\d+", markers)]
            cited = tuple(by_number[each] for each in numbers if each in by_number)
            unknown = "".join(f"[{each}]" for each in numbers if each not in by_number)
            if len(cited) == 1 and not unknown and _only_frames(words, cited[0]):
                yield Quoted(cited[0])
            elif (said := f"{words}{unknown}{stop}{rest}").strip():
                yield Prose(said, cited, number)


def _lines(text: str, citations: Sequence[Citation]) -> list[str]:
    """The lines of ``text``; a quote over several paragraphs of its turn stays on one."""
    for quote in {citation.quote for citation in citations}:
        text = text.replace(quote, quote.replace("\n", _WITHIN))
    return [line.replace(_WITHIN, "\n") for line in text.split("\n")]


def _only_frames(words: str, citation: Citation) -> bool:
    """Whether ``words`` are the citation's own, with no more around them than who says so."""
    before, quote, after = words.partition(citation.quote)
    before = before.rstrip('「『“" ')
    if not quote or after.strip('」』”" 。.') or not before.endswith((":", "：")):
        return False
    for fact in sorted((citation.speaker, citation.organization, citation.title), key=len, reverse=True):
        before = before.replace(fact, "") if fact else before
    return len(re.findall(r"\w", before)) <= _FRAME_LETTERS


def _within(pieces: Iterable[Piece]) -> set[int]:
    """The citations whose words stand in the prose already."""
    return {
        citation.number
        for piece in pieces
        if isinstance(piece, Prose)
        for citation in piece.citations
        if citation.quote in piece.text
    }


def _lead(pieces: Sequence[Piece], language: Language) -> Markup | None:
    """Who speaks to it, where the answer would begin with one of several people's words."""
    names = list(dict.fromkeys(piece.citation.speaker for piece in pieces if isinstance(piece, Quoted)))
    if len(names) < 2 or not isinstance(pieces[0], Quoted):
        return None
    comma = "、" if language == "zh" else ", "
    return tag(
        "p",
        say("lead", language, names=comma.join(said_name(name, language) for name in names)),
        cls="pb-lead",
        lang=language,
    )


def _shown(pieces: Sequence[Piece], transcripts: Transcripts, language: Language) -> Iterator[Markup | None]:
    for where, group in groupby(pieces, key=lambda piece: piece.line if isinstance(piece, Prose) else "quotes"):
        here = list(group)
        if where == "quotes":
            quoted = [piece.citation for piece in here if isinstance(piece, Quoted)]
            yield quotes_view(quoted, "", transcripts, language)
        else:
            yield tag("p", *(_prose(piece, transcripts, language) for piece in here if isinstance(piece, Prose)))


def cited_text(text: str, citations: Sequence[Citation], transcripts: Transcripts, language: Language) -> Markup:
    """Text of an answer's kind by itself: its paragraphs with their chips, and quotes that stand alone as blocks."""
    return tag("div", *_shown(list(_pieces(text, citations)), transcripts, language), cls="pb-text")


def _prose(piece: Prose, transcripts: Transcripts, language: Language) -> Markup:
    stop = piece.text[len(piece.text.rstrip("。.")) :] if piece.citations else ""
    text = piece.text[: len(piece.text) - len(stop)]
    return join([text, *(citation_chip(each, transcripts, language) for each in piece.citations), stop])


def question_view(query: str, language: Language) -> Markup:
    """The visitor's question."""
    return tag("h2", tag("span", say("you", language) + " ", cls="pb-sr"), tag("span", query), cls="pb-question")


def found_view(found: Found, transcripts: Transcripts, language: Language) -> Markup:
    """What the search found, while the answer is being made of it."""
    comma = "、" if language == "zh" else ", "
    names = list(dict.fromkeys(said_name(hit.speaker.name, language) for hit in found.hits if hit.speaker.name))
    words = say("found", language, number=len(found.hits), names=comma.join(names[:N_FOUND]))
    nearest = [
        Citation(
            number=hit.rank,
            transcript_id=hit.transcript_id,
            turn=hit.turn,
            speaker=hit.speaker.name,
            organization=hit.speaker.organization,
            title=hit.speaker.title,
            quote=hit.text,
            start=hit.start,
            end=hit.end,
        )
        for hit in found.hits[:N_FOUND]
    ]
    line = words if found.hits else say("found_nothing", language)
    return join([waiting(line), quotes_view(nearest, "", transcripts, language)])


def growing_view(text: str, language: Language) -> Markup:
    """An answer that is still being written; its markers are not chips yet."""
    lines = (tag("p", re.sub(r"\s*\[\d{1,3}\]", "", line)) for line in text.split("\n") if line.strip())
    return join([tag("div", *lines, cls="pb-text"), waiting(say("writing", language))])


def waiting(words: str) -> Markup:
    """A line that says what is being done."""
    return tag("p", tag("span", cls="pb-dots", aria_hidden="true"), words, cls="pb-wait")


def failed_view(query: str, words: str, language: Language) -> Markup:
    """What stands in an answer's place after a mistake: one sentence, and the question to try again."""
    notice = tag("p", words, cls="pb-notice", role="alert")
    if not query:
        return notice
    return join(
        [notice, tag("button", say("again", language), type="button", cls="pb-small", data_do="ask", data_query=query)]
    )


def citation_chip(citation: Citation, transcripts: Transcripts, language: Language) -> Markup:
    """The numbered button that shows a quote; the page's script makes its hover card of the data attributes."""
    name = said_name(citation.speaker, language)
    label = say("citation_label", language, number=citation.number, speaker=name)
    facts = " · ".join(part for part in (citation.organization, citation.title) if part)
    return tag(
        "button",
        citation.number,
        type="button",
        cls=f"pb-chip {_hue(citation, transcripts)}",
        aria_label=label,
        data_speaker=name,
        data_facts=facts,
        data_quote=citation.quote,
        data_place=place_words(citation, transcripts, language),
        **_place(citation),
    )


def quotes_view(
    citations: Sequence[Citation], heading: str, transcripts: Transcripts, language: Language, *, led_to: bool = False
) -> Markup | None:
    """Quotes in order, each speaker named once over what they say one behind the other.

    Where the text above leads to them, the heading is for assistive technology alone.
    """
    if not citations:
        return None
    groups = groupby(citations, key=lambda each: (each.transcript_id, each.speaker, each.organization))
    blocks = (_said(list(group), transcripts, language) for _, group in groups)
    title = tag("h3", heading, cls="pb-sr" if led_to else None) if heading else None
    return tag("div", title, *blocks, cls="pb-quotes", role="group", aria_label=heading or say("quotes", language))


def _said(citations: Sequence[Citation], transcripts: Transcripts, language: Language) -> Markup:
    first = citations[0]
    rows = (
        tag("li", _quote(each, transcripts, language), quote_tools(language, foreign=is_foreign(each.quote, language)))
        for each in citations
    )
    name = tag("figcaption", who(first.speaker or say("nobody", language), first.organization, first.title, language))
    return tag("figure", name, tag("ol", *rows), cls=f"pb-said {_hue(first, transcripts)}")


def _quote(citation: Citation, transcripts: Transcripts, language: Language) -> Markup:
    transcript = transcripts.get(citation.transcript_id)
    return tag(
        "button",
        tag("span", citation.number, cls="pb-number", aria_hidden="true"),
        tag("q", citation.quote),
        tag("span", place_words(citation, transcripts, language), cls="pb-place"),
        None if _stands(citation, transcripts) else tag("span", say("note_changed", language), cls="pb-flag"),
        type="button",
        cls="pb-quote",
        title=transcript.title if transcript else None,
        **_place(citation),
    )


def _stands(citation: Citation, transcripts: Transcripts) -> bool:
    transcript = transcripts.get(citation.transcript_id)
    return transcript is None or stands(citation, transcript)


def _hue(citation: Citation, transcripts: Transcripts) -> str:
    return colour(transcripts.get(citation.transcript_id), citation.speaker)


def place_words(citation: Citation, transcripts: Transcripts, language: Language) -> str:
    """The turn as people count, its time, and where there are several the transcript."""
    transcript = transcripts.get(citation.transcript_id)
    title = middle(transcript.title) if transcript and len(transcripts) > 1 else ""
    turn = transcript.turns[citation.turn] if transcript and citation.turn < len(transcript.turns) else None
    time = clock(turn.start) if turn and turn.start is not None else ""
    return " · ".join(part for part in (say("turn", language, number=citation.turn + 1), time, title) if part)


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

"""Saved web pages: the main text as trafilatura finds it, or the page's paragraphs where that loses turns."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import replace

from panelbot.readers.document import Document
from panelbot.readers.formats.article import read_article
from panelbot.readers.markup import page_lines, parse_page
from panelbot.readers.registry import Format
from panelbot.readers.times import find_date
from panelbot.types import Reading

_MOST_LINES = 5000  # of a page that trafilatura is asked about: it takes the square of their number
_MOST_SPEECH = 0.6  # the share of a page's speech that its main text must hold: furniture is less than the rest
_NOT_WORDS = re.compile(r"\W+")
_MARKUP = re.compile(r"<!doctype html|<html[\s>]|<body[\s>]", re.IGNORECASE)


def _sniff(document: Document) -> float:
    if document.json is not None:
        return 0.0
    if _MARKUP.search(document.text, 0, 5000):
        return 0.95
    return 0.4 if document.suffix in (".html", ".htm") and "<p" in document.text else 0.0


def _read(document: Document) -> tuple[Reading, ...]:
    import trafilatura

    tree = parse_page(document.text)
    if tree is None:
        return ()
    logging.getLogger("trafilatura").setLevel(logging.ERROR)  # it reports every page that it cannot use
    lines = page_lines(tree)
    page = None
    if len(lines) <= _MOST_LINES:
        page = trafilatura.bare_extraction(tree, include_comments=False, favor_recall=True, with_metadata=True)
    facts = page if page is not None and not isinstance(page, dict) else None
    found = _main_lines(lines, facts.text) if facts and facts.text else []
    main = read_article(document, found, form=FORMAT.name) if found else None
    reading = _fuller(main, read_article(document, lines, form=FORMAT.name))
    if reading is None:
        return ()
    stated = reading.transcript
    if facts:
        date, title = find_date(facts.date or "") or stated.date, facts.title or stated.title
        stated = replace(stated, title=title, date=date, source=facts.url or stated.source)
    elif name := " ".join((tree.findtext(".//title") or "").split()):
        stated = replace(stated, title=name)
    return (replace(reading, transcript=stated),)


def _main_lines(lines: Sequence[str], text: str) -> list[str]:
    """Of a page's ``lines`` those that the main ``text`` holds, and the headings: they are no speech and end a turn."""
    held = _NOT_WORDS.sub("", text)
    return [line for line in lines if line.startswith("#") or _NOT_WORDS.sub("", line) in held]


def _fuller(main: Reading | None, whole: Reading | None) -> Reading | None:
    """``main``, the text without furniture, unless it lost turns between its speakers, or most of the page's speech."""
    if main is None or whole is None:
        return main or whole
    if _n_unnamed(whole) < _n_unnamed(main):  # the paragraphs that the main text lost say where labels stand
        return whole
    if _n_said(main) < _MOST_SPEECH * _n_said(whole):
        return whole
    people = {turn.speaker for turn in main.transcript.turns}
    numbers = [turn.index for turn in whole.transcript.turns if turn.speaker in people]
    inside = whole.transcript.turns[numbers[0] : numbers[-1] + 1] if numbers else ()
    if len(inside) <= len(main.transcript.turns):
        return main
    turns = tuple(replace(turn, index=index) for index, turn in enumerate(inside))
    names = {turn.speaker for turn in turns}
    speakers = tuple(speaker for speaker in whole.transcript.speakers if speaker.name in names)
    return replace(main, transcript=replace(main.transcript, turns=turns, speakers=speakers))


def _n_unnamed(reading: Reading) -> int:
    return sum(not turn.speaker for turn in reading.transcript.turns)


def _n_said(reading: Reading) -> int:
    return sum(len(turn.text) for turn in reading.transcript.turns if turn.speaker)


FORMAT = Format(
    name="webpage",
    looks_for='a saved page with paragraphs such as "Name: …"',
    suffixes=(".html", ".htm", ".xhtml"),
    sniff=_sniff,
    read=_read,
)

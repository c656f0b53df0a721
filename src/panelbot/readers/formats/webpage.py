"""Saved web pages: the main text as trafilatura finds it, or the page's paragraphs where that loses turns."""

from __future__ import annotations

import logging
import re
from dataclasses import replace

from panelbot.readers.document import Document
from panelbot.readers.formats.article import read_article
from panelbot.readers.registry import Format
from panelbot.readers.times import find_date
from panelbot.types import Reading

_MARKUP = re.compile(r"<!doctype html|<html[\s>]|<body[\s>]", re.IGNORECASE)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "th",
        "tr",
        "ul",
    ]
)
_UNSEEN = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "iframe",
        "svg",
        "form",
        "button",
        "select",
        "nav",
        "footer",
        "aside",
    ]
)
_SPACES = re.compile(r"[ \t\r\n\f\xa0]+")


def _sniff(document: Document) -> float:
    if document.json is not None:
        return 0.0
    if _MARKUP.search(document.text, 0, 5000):
        return 0.95
    return 0.4 if document.suffix in (".html", ".htm") and "<p" in document.text else 0.0


def _read(document: Document) -> tuple[Reading, ...]:
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.ERROR)  # it reports every page that it cannot use
    page = trafilatura.bare_extraction(document.text, include_comments=False, favor_recall=True, with_metadata=True)
    facts = page if page is not None and not isinstance(page, dict) else None
    main = read_article(document, (facts.text or "").split("\n"), form=FORMAT.name) if facts else None
    reading = _fuller(main, read_article(document, _paragraphs(document), form=FORMAT.name))
    if reading is None:
        return ()
    stated = reading.transcript
    if facts:
        date, title = find_date(facts.date or "") or stated.date, facts.title or stated.title
        stated = replace(stated, title=title, date=date, source=facts.url or stated.source)
    return (replace(reading, transcript=stated),)


def _fuller(main: Reading | None, whole: Reading | None) -> Reading | None:
    """``main``, the text without furniture, unless the ``whole`` page has turns between its speakers that it lost."""
    if main is None or whole is None:
        return main or whole
    if _n_unnamed(whole) < _n_unnamed(main):  # the paragraphs that the main text lost say where labels stand
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


def _paragraphs(document: Document) -> list[str]:
    """The page's text, a line for each block; what is not shown and what frames the page is left out."""
    import lxml.etree as etree  # pyright: ignore[reportMissingImports, reportAttributeAccessIssue]
    from lxml import html

    try:
        parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
        tree = html.document_fromstring(document.text.encode(), parser=parser)
    except (etree.LxmlError, ValueError):
        return []
    lines: list[str] = [""]
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, node in walk:
        unseen = node.tag in _UNSEEN
        if node.tag in _BLOCKS:
            lines.append("")
        if event == "start" and unseen:
            walk.skip_subtree()
        elif event == "start":
            lines[-1] += node.text or ""
        if event == "end":
            lines[-1] += node.tail or ""
    return [_SPACES.sub(" ", line).strip() for line in lines]


FORMAT = Format(name="webpage", looks_for='a saved page with paragraphs such as "Name: …"', sniff=_sniff, read=_read)

"""JSON that holds a transcript as one text, plain or as HTML: oTranscribe's files and the shortest ASR answers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from panelbot.readers.document import Document
from panelbot.readers.drafts import Piece
from panelbot.readers.formats.article import read_article
from panelbot.readers.listings import leaves
from panelbot.readers.markup import page_lines, parse_page
from panelbot.readers.recordings import make_recording
from panelbot.readers.registry import Format
from panelbot.readers.shapes import holds_text
from panelbot.types import Reading

_MARKUP = re.compile(r"<(?:p|br|div)\b[^>]{0,200}>", re.IGNORECASE)
_SHORTEST = 80  # characters; less is a title, a note or an error message


def _sniff(document: Document) -> float:
    return 0.3 if _text(document) else 0.0


def _text(document: Document) -> str:
    """The longest text in the document that a key calls one."""
    if not isinstance(document.json, Mapping):
        return ""
    texts = [value for path, value in leaves(document.json) if isinstance(value, str) and holds_text(path)]
    longest = max(texts, key=len, default="")
    return longest if len(longest) >= _SHORTEST else ""


def _read(document: Document) -> tuple[Reading, ...]:
    text = _text(document)
    tree = parse_page(text) if _MARKUP.search(text, 0, 2000) else None
    lines = text.split("\n") if tree is None else page_lines(tree)
    reading = read_article(replace(document, raw_text="\n".join(lines)), lines, form=FORMAT.name)
    if reading is not None:
        return (reading,)
    return make_recording(document, [Piece(speaker="", text=line) for line in lines], form=FORMAT.name)


FORMAT = Format(
    name="whole_text",
    looks_for='one long "text" with lines such as "Name: …"',
    suffixes=(".json", ".otr"),
    sniff=_sniff,
    read=_read,
)

"""Records in SGML: a tag on a line of its own names who speaks, and holds until the next one; tags need no end.

``<SPEAKER ID="3" NAME="Ada Pell" AFFILIATION="East">``, with ``<P>`` between paragraphs.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from panelbot.readers.dialogue import read_dialogue
from panelbot.readers.document import Document
from panelbot.readers.labels import COLUMN
from panelbot.readers.preamble import read_preamble
from panelbot.readers.reading import make_reading
from panelbot.readers.registry import Format
from panelbot.readers.shapes import speaker_rank
from panelbot.types import Reading

_TAG = re.compile(r"\s*<([A-Za-z][\w-]*)((?:\s+[\w:-]+\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'))*)\s*/?>\s*")
_ATTRIBUTE = re.compile(r"(?<![\w:-])([\w:-]++)\s*+=\s*+(?:\"([^\"]*)\"|'([^']*)')")
_PARAGRAPH = ("p", "br", "s", "l", "lb")
_BELONGS = re.compile(r"affil\w*|org\w*|party|group|institution", re.IGNORECASE)
_ANY_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>")
_MIN_SPEAKERS = 2  # tags


def _sniff(document: Document) -> float:
    if document.speaker_pattern or document.json is not None:
        return 0.0
    return 0.4 if sum(map(bool, map(_speaker, document.lines))) >= _MIN_SPEAKERS else 0.0


@lru_cache(maxsize=8192)
def _speaker(line: str) -> str:
    """The label that a tag alone on ``line`` gives, empty where it names nobody."""
    tag = _TAG.fullmatch(line)
    if tag is None or not tag.group(2):
        return ""
    attributes = {key: html.unescape(a or b).strip() for key, a, b in _ATTRIBUTE.findall(tag.group(2))}
    ranked = ((speaker_rank((tag.group(1), key)), value) for key, value in attributes.items() if value)
    name = min(((rank, value) for rank, value in ranked if rank is not None), default=(0, ""))[1]
    belongs = next((value for key, value in attributes.items() if value and _BELONGS.fullmatch(key)), "")
    return f"{name} ({belongs})" if name and belongs else name


def _read(document: Document) -> tuple[Reading, ...]:
    dialogue = read_dialogue(list(_rows(document.lines)))
    if dialogue is None:
        return ()
    return (make_reading(document, dialogue, read_preamble(dialogue.preamble), form=FORMAT.name),)


def _rows(lines: Sequence[str]) -> Iterator[str]:
    """A row a paragraph; what stands under another tag, above whoever speaks next, is a heading."""
    who = ""
    for line in lines:
        tag = _TAG.fullmatch(line)
        if tag and tag.group(1).lower() not in _PARAGRAPH:
            who = _speaker(line)
        elif text := " ".join(html.unescape(_ANY_TAG.sub(" ", line)).split()):
            yield COLUMN + COLUMN.join(("", who, text)) if who else f"# {text}"


FORMAT = Format(
    name="tagged",
    looks_for='lines such as <SPEAKER NAME="…">',
    suffixes=(".sgml", ".sgm"),
    sniff=_sniff,
    read=_read,
)

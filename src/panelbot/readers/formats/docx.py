"""Word documents (``.docx``): dialogue in paragraphs or tables, and the Teams and 腾讯会议 exports."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from panelbot.readers.dialogue import read_dialogue
from panelbot.readers.document import Document
from panelbot.readers.labels import COLUMN
from panelbot.readers.preamble import read_preamble
from panelbot.readers.reading import make_reading
from panelbot.readers.registry import Format
from panelbot.readers.tables import table_lines
from panelbot.readers.word import open_word, paragraph_text, table_cells
from panelbot.text import strip_invisible
from panelbot.types import Reading

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.table import Table
    from docx.text.paragraph import Paragraph

_BODY = "word/document.xml"
_CUE_TIME = re.compile(r"(\d+):(\d+):(\d+)(?:\.\d+)?\s*-->\s*(\d+):(\d+):(\d+)(?:\.\d+)?")


def _sniff(document: Document) -> float:
    if not document.data.startswith(b"PK\x03\x04"):
        return 0.0
    return 1.0 if _BODY.encode() in document.data or document.suffix == ".docx" else 0.0


def _read(document: Document) -> tuple[Reading, ...]:
    lines = _lines(document)
    dialogue = read_dialogue(lines, pattern=document.speaker_pattern)
    if dialogue is None:
        return ()
    return (make_reading(document, dialogue, read_preamble(dialogue.preamble), form=FORMAT.name),)


def _lines(document: Document) -> list[str]:
    from docx.text.paragraph import Paragraph

    body = open_word(document)
    headings = _headings(body)
    lines: list[str] = []
    for block in body.iter_inner_content():
        lines += _paragraph(block, headings) if isinstance(block, Paragraph) else _rows(block)
    return [strip_invisible(line) for line in _names_before_times(lines)]


def _headings(body: Word) -> frozenset[str]:
    """The ids of the styles of titles and headings."""
    named = ((style.style_id, style.name or "") for style in body.styles)
    return frozenset(id for id, name in named if name.startswith(("Title", "Heading", "标题")))


def _paragraph(paragraph: Paragraph, headings: frozenset[str]) -> list[str]:
    """The lines of a paragraph, and a blank one after it: paragraphs of a turn stay parted."""
    text = paragraph_text(paragraph._p)  # pyright: ignore[reportPrivateUsage]
    if paragraph._p.style in headings and text.strip():  # pyright: ignore[reportPrivateUsage]
        return [f"# {text.strip()}", ""]
    return [*(line.replace("\t", "  ") for line in text.replace("\r", "\n").split("\n")), ""]


def _rows(table: Table) -> Iterator[str]:
    """The rows of a table of speech with the column of each speaker told; other rows as they are."""
    cells = list(table_cells(table))
    told = list(table_lines(cells))
    yield from told or ("  ".join(dict.fromkeys(cell.strip() for cell in row if cell.strip())) for row in cells)


def _names_before_times(lines: list[str]) -> list[str]:
    """Teams writes "time --> time", then the name, then the speech; turned into "name time" headers."""
    joined: list[str] = []
    pending = ""
    for line in lines:
        if cue := _CUE_TIME.fullmatch(line.strip()):
            hours, minutes, seconds, *end = (int(part) for part in cue.groups())
            pending = f"{hours}:{minutes:02}:{seconds:02} --> {end[0]}:{end[1]:02}:{end[2]:02}"
        elif pending and line.strip():
            joined.append(COLUMN + COLUMN.join((pending, line.strip(), "")))
            pending = ""
        else:
            joined.append(line)
    return joined


FORMAT = Format(
    name="docx",
    looks_for='paragraphs such as "Name: …" or "Name 00:12:31"',
    suffixes=(".docx",),
    sniff=_sniff,
    read=_read,
)

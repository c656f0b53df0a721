"""Notes as files: Word, Markdown, CSV. Knows formats and how each keeps a text a text; not what a note is made of."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from typing import Any

from panelbot.bot.desk.clock import clock
from panelbot.bot.desk.notes import Group, Note, attribution, grouped, link_to, said_name
from panelbot.bot.quotes import markdown, safe_cell
from panelbot.types import Language

COLUMNS = (
    "speaker", "organization", "title", "transcript", "date", "time", "turn", "quote", "theme", "comment", "link",
)  # fmt: skip
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML has no place for
_WORDS = {
    "en": {"title": "Notes", "rest": "Other", "turn": "turn {n}", "comma": ", "},
    "zh": {"title": "笔记", "rest": "其他", "turn": "第 {n} 段发言", "comma": "，"},
}


def notes_csv(notes: Sequence[Note], *, base: str, language: Language) -> str:
    """The notes as CSV with a header, a row each; turns are counted from 1, texts are quoted, formulas disarmed."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_NONNUMERIC)
    out.write(",".join(COLUMNS) + "\r\n")
    for note in notes:
        who, pin = note.speaker, note.pin
        writer.writerow(map(safe_cell, (
            said_name(who.name, language), who.organization, who.title, note.title, note.date, clock(note.time),
            note.turn + 1, pin.quote, pin.theme, pin.comment, link_to(note, base),
        )))  # fmt: skip
    return out.getvalue()


def notes_markdown(notes: Sequence[Note], *, by: Group, base: str, language: Language) -> str:
    """The notes as Markdown: a quotation each, its speaker under it, then the comment."""
    blocks = [f"# {_WORDS[language]['title']}"]
    for name, group in grouped(notes, by):
        if by:
            blocks.append(f"## {markdown(name or _WORDS[language]['rest'])}")
        for note in group:
            quote = "\n".join(f"> {markdown(line)}" for line in note.pin.quote.splitlines())
            link = link_to(note, base)
            place = markdown(place_words(note, language))
            where = f"[{place}](<{link}>)" if link else place
            said = f"{quote}\n>\n> — {markdown(attribution(note.speaker, note.date, language))}. {where}"
            blocks += [said, *([markdown(note.pin.comment)] if note.pin.comment.strip() else [])]
    return "\n\n".join(blocks) + "\n"


def place_words(note: Note, language: Language) -> str:
    """In which transcript, at what time and turn."""
    words = _WORDS[language]
    parts = (note.title or note.pin.transcript_id, clock(note.time), words["turn"].format(n=note.turn + 1))
    return words["comma"].join(part for part in parts if part)


def notes_docx(notes: Sequence[Note], *, by: Group, base: str, language: Language) -> bytes:
    """The notes as a Word document: a heading for each group, quotes with their speakers, comments, links."""
    import docx  # a third of a second: with the first document

    document = docx.Document()
    document.add_heading(_WORDS[language]["title"], level=0)
    for name, group in grouped(notes, by):
        if by:
            document.add_heading(_writable(name or _WORDS[language]["rest"]), level=1)
        for note in group:
            document.add_paragraph(_writable(note.pin.quote), style="Quote")
            said = document.add_paragraph(f"— {_writable(attribution(note.speaker, note.date, language))}. ")
            _add_link(said, _writable(place_words(note, language)), link_to(note, base))
            if note.pin.comment.strip():
                document.add_paragraph(_writable(note.pin.comment))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _writable(text: str) -> str:
    return _UNWRITABLE.sub("", text)


def _add_link(paragraph: Any, words: str, address: str) -> None:
    """Words that lead to ``address``; the library reads links and has no call that writes one."""
    run = paragraph.add_run(words)
    if not address:
        return
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run.font.underline = True
    paragraph._p.append(link)
    link.append(run._r)

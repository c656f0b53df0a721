"""Dialogue text and Markdown: labels before speech, in any usual form; so are the meeting products' text exports."""

from __future__ import annotations

from panelbot.readers.dialogue import read_dialogue
from panelbot.readers.document import Document
from panelbot.readers.preamble import read_preamble
from panelbot.readers.reading import make_reading
from panelbot.readers.registry import Format
from panelbot.types import Reading


def _sniff(document: Document) -> float:
    return 0.2 if document.json is None and document.text.strip() else 0.0


def _read(document: Document) -> tuple[Reading, ...]:
    dialogue = read_dialogue(document.lines, pattern=document.speaker_pattern)
    if dialogue is None:
        return ()
    return (make_reading(document, dialogue, read_preamble(dialogue.preamble), form=FORMAT.name),)


FORMAT = Format(
    name="dialogue",
    looks_for='lines such as "Name: …", "姓名：…", "【姓名】…" or "Name 00:12:31"',
    suffixes=(".txt", ".text", ".md", ".markdown", ".log"),
    sniff=_sniff,
    read=_read,
)

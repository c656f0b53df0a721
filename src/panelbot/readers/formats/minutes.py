"""Minutes that a scribe's tool made of a chat: ``<p class="phone"><cite>Name:</cite> …`` is talk, ``irc`` is chat."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from panelbot.people import parse_label, speakers_of
from panelbot.readers.dialogue import Dialogue
from panelbot.readers.document import Document
from panelbot.readers.drafts import Piece, join_turns
from panelbot.readers.markup import page_lines, parse_page, plain
from panelbot.readers.preamble import read_preamble
from panelbot.readers.reading import make_reading
from panelbot.readers.registry import Format
from panelbot.readers.times import without_date
from panelbot.types import Reading

_TALK = re.compile(r"<p[^>]{0,200}\bclass=[\"']?(?:phone|irc)\b[^>]{0,200}>(?:&lt;)?\s{0,80}<cite", re.IGNORECASE)
_CONTINUES = re.compile(r"^(?:\.{2,}|…)\s*", re.MULTILINE)
_NAME_MARKS = " \t\n:<>"


def _sniff(document: Document) -> float:
    return 0.97 if "<cite" in document.text and _TALK.search(document.text) else 0.0


def _read(document: Document) -> tuple[Reading, ...]:
    tree = parse_page(document.text)
    if tree is None:
        return ()
    said = [node for node in tree.iter("p") if _kind(node)]
    talk = [node for node in said if _kind(node) == "phone" and plain(node)]
    pieces = list(_pieces(talk or said))
    turns = join_turns(pieces, join="\n".join)
    if not turns:
        return ()
    lines, opening = page_lines(tree), plain(said[0]).split("\n")[0]
    first = lines.index(opening) if opening in lines else 0
    labels = [parse_label(name) for name in dict.fromkeys(turn.speaker for turn in turns) if name]
    dialogue = Dialogue(turns=turns, speakers=speakers_of(labels), preamble=tuple(lines[:first]))
    n_chat = len([node for node in said if _kind(node) == "irc"]) if talk else 0
    warnings = (f"{document.name}: left out {n_chat} chat lines beside the talk",) if n_chat else ()
    preamble = read_preamble([line.lstrip("# ") for line in dialogue.preamble])
    preamble = replace(preamble, title=without_date(tree.findtext(".//title") or "") or preamble.title)
    return (make_reading(document, dialogue, preamble, form=FORMAT.name, warnings=warnings),)


def _kind(node: Any) -> str:
    classes = (node.get("class") or "").split()
    return next((kind for kind in ("phone", "irc") if kind in classes), "")


def _pieces(nodes: list[Any]) -> Iterator[Piece]:
    """The paragraphs under the names in front of them; one without a name goes on with the one before."""
    speaker, spelled = "", {}
    for node in nodes:
        cite = node.find(".//cite")
        text = plain(node)
        if cite is not None:
            name = plain(cite).strip(_NAME_MARKS)
            speaker = spelled.setdefault(name.casefold(), parse_label(name).name or name)
            text = text.lstrip("<").removeprefix(name).lstrip(_NAME_MARKS)
        yield Piece(speaker=speaker, text=_CONTINUES.sub("", text))


FORMAT = Format(
    name="minutes",
    looks_for='minutes with <p class="phone"><cite>Name:',
    suffixes=(".html", ".htm"),
    sniff=_sniff,
    read=_read,
)

"""The text of a web page that reports a panel: the page's furniture around a title, an introduction and the turns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from panelbot.readers.boilerplate import MIN_FURNITURE, is_furniture, looks_like_link
from panelbot.readers.dialogue import Dialogue, read_dialogue
from panelbot.readers.document import Document
from panelbot.readers.preamble import read_preamble
from panelbot.readers.reading import make_reading
from panelbot.readers.registry import Format
from panelbot.types import Reading

# A heading between two turns: "02 数据怎么用", "二、数据怎么用", "Part 2: data"
_SECTION = re.compile(
    r"(?:0\d|[一二三四五六七八九十]{1,2}、|第[一二三四五六七八九十]部分|part\s+\w+)[^。！？.!?]{1,30}", re.IGNORECASE
)
_HEAD_ONLY = re.compile(r"(?:首页|关键[词字]|标签|作者|来源|文章来源|tags?)\s*[:：>]", re.IGNORECASE)


def _sniff(document: Document) -> float:
    if document.json is not None:
        return 0.0
    return 0.5 if sum(map(is_furniture, document.lines)) >= MIN_FURNITURE else 0.0


def _read(document: Document) -> tuple[Reading, ...]:
    reading = read_article(document, document.lines, form=FORMAT.name)
    return () if reading is None else (reading,)


def read_article(document: Document, lines: Sequence[str], *, form: str) -> Reading | None:
    """The panel reported in ``lines``, a page's text; None where it has no turns."""
    dialogue = read_dialogue(lines, pattern=document.speaker_pattern)
    if dialogue is None:
        return None
    return make_reading(document, _without_furniture(dialogue), read_preamble(dialogue.preamble), form=form)


def _without_furniture(dialogue: Dialogue) -> Dialogue:
    """Adverts between turns are single lines; what follows the last turn runs to the end of the page."""
    *earlier, last = dialogue.turns
    turns = [replace(turn, text=_kept(turn.text.split("\n"))) for turn in earlier]
    turns.append(replace(last, text=_kept(_before_footer(last.text.split("\n")))))
    return replace(dialogue, turns=tuple(turns))


def _kept(lines: Sequence[str]) -> str:
    # a turn's first line stands after a label or under one: it is speech, whatever its words
    text = "\n".join([*lines[:1], *(line for line in lines[1:] if not _frames(line))]).strip()
    if (parts := text.rpartition("\n\n"))[0] and _SECTION.fullmatch(parts[2]):
        text = parts[0]
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text


def _before_footer(lines: Sequence[str]) -> Sequence[str]:
    for number in range(1, len(lines)):
        if _frames(lines[number]) or _is_link_list(lines[number:]):
            return lines[:number]
    return lines


def _frames(line: str) -> bool:
    """Furniture that stands between or after turns; "关键词：银行" is of the page in its head and speech in a turn."""
    return is_furniture(line) and not _HEAD_ONLY.match(line.strip())


def _is_link_list(lines: Sequence[str]) -> bool:
    """Whether ``lines`` starts with a short line and is mostly short lines that end no sentence."""
    written = [line for line in lines if line.strip()]
    return len(written) > 2 and looks_like_link(written[0]) and sum(map(looks_like_link, written)) > 0.7 * len(written)


FORMAT = Format(
    name="article",
    looks_for='a page\'s text with paragraphs such as "姓名:…" or "Name: …"',
    suffixes=(".txt",),
    sniff=_sniff,
    read=_read,
)

"""What is said between two labels, as written: times, headings, code, page heads and lists of notes are no speech.

Knows where the turns begin; not who speaks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from panelbot.readers.boilerplate import is_furniture
from panelbot.readers.drafts import join_speech
from panelbot.readers.labels import Mark, is_bare_stamp, lead_stamp
from panelbot.readers.lines import Line, is_wrapped

_LINK = re.compile(
    r"!?\[[^\]\n]{0,300}\]\((?:https?:|#|/)[^)\n]{0,600}\)|<?https?://\S+>?|\bwww\.\S+|(?<!\d)\d+:\d\d(?::\d\d)?"
)
_WORD = re.compile(r"[^\W_]")
_LIST_LINE = re.compile(r"\s*(?:[-*•+]|\d{1,2}[.)])\s+\S|\s*(?:\[[^\]]*\]\([^)]*\)|<?https?://\S+>?)\s*$|\s*\|")
_SECTION = re.compile(  # what tools put behind a talk: a summary, tasks
    r"\W*(?:(?:meeting |ai |full )?(?:summary|notes|recap|takeaways)|action items|next steps|key takeaways|to-?dos?"
    r"|chapters|(?:会议|智能|全文|AI)?(?:摘要|纪要|概要|总结)|章节速览|智能章节|要点回顾|问答回顾|待办(?:事项)?|发言(?:人)?总结|会议要点)\W*",
    re.IGNORECASE,
)
_SECTION_SHARE = 0.7
_MAX_HEADING = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """The text of a turn. ``untold`` stands under a heading behind it and is nobody's; ``left_out`` is no speech."""

    text: str
    start: float | None
    untold: str = ""
    left_out: Mapping[str, Sequence[int]] = field(default_factory=dict)


def read_speech(lines: Sequence[Line], marks: Sequence[Mark]) -> list[Speech]:
    """What is said from each mark to the next."""
    opening = {mark.line for mark in marks}
    wrapped = is_wrapped(lines[marks[0].line :], opening)
    parted = _headings_part(lines, opening, marks[0].line)
    stamped = any(mark.start is not None for mark in marks)
    ends = [mark.line for mark in marks[1:]] + [len(lines)]
    found = [
        _speech(mark, lines[mark.line + 1 : end], following, wrapped, parted, stamped)
        for mark, end, following in zip(marks, ends, [*marks[1:], None], strict=True)
    ]
    return _with_stamps_before(found, lines, marks)


def has_words(text: str) -> bool:
    """Whether ``text`` says anything beside links, times and marks."""
    return _WORD.search(_LINK.sub("", text)) is not None


def _speech(
    mark: Mark, lines: Sequence[Line], following: Mark | None, wrapped: bool, parted: bool, stamped: bool
) -> Speech:
    left_out: dict[str, list[int]] = {}
    kept: list[str] = [mark.rest]
    untold: list[str] = []
    for line in _before_end(lines, following, int(not mark.rest), left_out):
        if line.kind == "heading" and parted:
            untold.append("")
        into = untold if untold else kept
        if line.kind == "text":
            if untold and _LIST_LINE.match(line.text):
                left_out.setdefault("list", []).append(line.number)
            else:
                into.append(_without_stamp(line.text.strip(), stamped))
        elif line.kind in ("blank", "code", "heading") or (line.kind == "stamp" and stamped):
            into.append("")
    return Speech(text=_joined(kept, wrapped), start=mark.start, untold=_joined(untold, wrapped), left_out=left_out)


def _before_end(
    lines: Sequence[Line], following: Mark | None, spoken: int, left_out: dict[str, list[int]]
) -> Sequence[Line]:
    """``lines`` without what ends them: the next speaker's picture, and behind the last turn the end of the page."""
    lines = list(lines)
    if following is None:
        return _before_footer(lines, spoken, left_out)
    while lines and lines[-1].kind == "blank":
        lines.pop()
    last = lines[-1].text.strip() if lines else ""
    own = len(lines) > 1 and lines[-2].kind == "blank"
    if own and len(last) <= _MAX_HEADING and last.endswith((":", "：")) and lines[-1].kind == "text":
        left_out.setdefault("heading", []).append(lines.pop().number)  # Questions and Answers:
    elif last and last == following.label[:1].upper() and _says_more(lines[:-1], spoken):
        lines.pop()  # a capital alone behind speech and above a name that begins with it is its picture
    return lines


def _says_more(lines: Sequence[Line], spoken: int) -> bool:
    """Whether ``lines`` hold the ``spoken`` lines of text, 0 or 1, that a turn has to have."""
    return sum(line.kind == "text" for line in lines) >= spoken


def _before_footer(lines: list[Line], spoken: int, left_out: dict[str, list[int]]) -> list[Line]:
    """``lines`` of the last turn without what ends the page; at least ``spoken`` of them stay."""
    for place, line in enumerate(lines):
        if line.kind == "text" and place and lines[place - 1].kind != "text" and _SECTION.fullmatch(line.text):
            left_out.setdefault("end", []).extend(behind.number for behind in lines[place:] if behind.text.strip())
            lines = lines[:place]
            break
    while len(lines) > spoken and (not lines[-1].text.strip() or is_furniture(lines[-1].text)):
        if lines[-1].text.strip():
            left_out.setdefault("end", []).append(lines[-1].number)
        lines.pop()
    return lines


def _without_stamp(text: str, stamped: bool) -> str:
    """``text`` without the time it begins with; a time without brackets only where the file stamps its turns."""
    if not stamped and not text.startswith(("[", "(", "（", "【")):
        return text
    found = lead_stamp(text)
    if found is None or is_bare_stamp(text):
        return text
    return found[1]


def _with_stamps_before(speech: list[Speech], lines: Sequence[Line], marks: Sequence[Mark]) -> list[Speech]:
    """A time on a line of its own is the time of what follows it."""
    found: list[Speech] = []
    for mark, said in zip(marks, speech, strict=True):
        above = mark.line - 1
        while above >= 0 and lines[above].kind == "blank":
            above -= 1
        time = lines[above].time if above >= 0 and lines[above].kind == "stamp" else None
        if said.start is None and time is not None:
            said = Speech(text=said.text, start=time, untold=said.untold, left_out=said.left_out)
        found.append(said)
    return found


def _headings_part(lines: Sequence[Line], opening: set[int], first: int) -> bool:
    """Whether headings stand between turns here, so that what follows one without a label is nobody's."""
    body = [line for line in lines[first:] if line.kind in ("text", "heading")]
    followed = [
        after.number in opening
        for line, after in pairwise(body)
        if line.kind == "heading" and line.number not in opening and after.kind == "text"
    ]
    return len(followed) > 0 and sum(followed) >= _SECTION_SHARE * len(followed)


def _joined(kept: Sequence[str], wrapped: bool) -> str:
    """Lines stay lines, blank lines part paragraphs; lines broken at a width are joined."""
    paragraphs: list[list[str]] = [[]]
    for line in kept:
        if line.strip():
            paragraphs[-1].append(line.rstrip())
        elif paragraphs[-1]:
            paragraphs.append([])
    join = join_speech if wrapped else "\n".join
    return "\n\n".join(join(paragraph) for paragraph in paragraphs if paragraph).strip()

"""Lines of labelled speech to turns: the part that dialogue text, articles, subtitles and documents share.

Does not know where the lines came from.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from panelbot.people import Label, name_kind, parse_label, speakers_of
from panelbot.readers.attribution import TIMED, speaker_marks
from panelbot.readers.cast import without_cast
from panelbot.readers.drafts import Piece, join_speech, join_turns
from panelbot.readers.furniture import is_furniture, is_tool_notice
from panelbot.readers.labels import Mark, find_mark, strip_time
from panelbot.types import Speaker, Turn

_BLANK_RUN = re.compile(r"\n(?:[ \t\u3000\xa0]*\n)+")
_STRUCTURE = re.compile(r"#{1,6}\s+\S.*|[-*_=~]{3,}|!\[[^\]]*\]\([^)]*\)")
_MIN_DATED = 3
_OPENING_CHARACTERS = 6000
_WIDTHS = range(40, 101)  # characters at which programs wrap lines
_SENTENCE_ENDS = (".", "!", "?", "。", "！", "？", '"', "”", ":", "：")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialogue:
    """Turns with their speakers, and the lines before the first of them."""

    turns: tuple[Turn, ...]
    speakers: tuple[Speaker, ...]
    preamble: tuple[str, ...]


def read_dialogue(lines: Sequence[str]) -> Dialogue | None:
    """The turns in ``lines``; None where no speaker labels are found."""
    lines = _unquoted(lines)
    marks = find_speakers(lines)
    if not marks:
        return None
    labels = distinct_labels(marks)
    ends = [mark.line for mark in marks[1:]] + [len(lines)]
    wrapped = _is_hard_wrapped(lines, {mark.line for mark in marks})
    pieces = [
        Piece(
            speaker=label.name, text=_speech(mark, lines[mark.line + 1 : end], wrapped), start=mark.start, end=mark.end
        )
        for mark, label, end in zip(marks, labels, ends, strict=True)
    ]
    pieces[-1] = replace(pieces[-1], text=_without_signature(pieces[-1].text))
    turns = join_turns(pieces)
    said = [label for label, piece in zip(labels, pieces, strict=True) if piece.text]
    if not turns:
        return None
    return Dialogue(turns=turns, speakers=speakers_of(said), preamble=tuple(lines[: marks[0].line]))


def _without_signature(text: str) -> str:
    """The last turn without the lines a page ends with: （责任编辑：…）, 来源：…, Copyright …"""
    lines = text.split("\n")
    while len(lines) > 1 and (not lines[-1].strip() or is_furniture(lines[-1])):
        lines.pop()
    return "\n".join(lines)


def find_speakers(lines: Sequence[str], *, own_line: bool = True) -> Sequence[Mark]:
    """The lines that open a turn, in order; ``own_line``: a name may stand on a line of its own."""
    found = [mark for number, line in enumerate(lines) if (mark := find_mark(line, number))]
    marks = [mark for mark in found if mark.style != "alone"]
    if own_line:
        alone = [replace(mark, weighs=_heads_speech(mark, lines)) for mark in found if mark.style == "alone"]
        marks = sorted([*marks, *alone], key=lambda mark: mark.line)
    dated = sum(mark.style in TIMED and mark.start is None for mark in marks)
    if dated < _MIN_DATED:  # a day and a time: a line of the head, unless many lines have them
        marks = [mark for mark in marks if mark.style not in TIMED or mark.start is not None]
    first = next((mark.line for mark in marks if mark.style != "alone" and name_kind(mark.label) != "no"), 0)
    opening = "\n".join(lines[:first])[:_OPENING_CHARACTERS]
    return without_cast(speaker_marks(marks, opening=opening, text="\n".join(lines)), _SENTENCE_ENDS)


def distinct_labels(marks: Sequence[Mark]) -> list[Label]:
    """The labels of ``marks``; two people of one name at two organisations keep their labels whole.

    A bare role (主持人) is the one person that another label gives it to (主持人 李四).
    """
    labels = [parse_label(mark.label) for mark in marks]
    organizations: dict[str, set[str]] = {}
    for label in labels:
        if label.organization:
            organizations.setdefault(label.name, set()).add(label.organization)
    twice = {name for name, found in organizations.items() if len(found) > 1}
    labels = [replace(label, name=label.text) if label.name in twice else label for label in labels]
    holders: dict[str, set[str]] = {}
    for label in labels:
        if label.prefix:
            holders.setdefault(label.prefix, set()).add(label.name)
    spelled: dict[str, str] = {}
    for label in labels:  # "moderator" and "Moderator", "发言人 1" and "发言人1" are one
        spelled.setdefault(_folded(label.name), label.name)
    labels = [replace(label, name=spelled[_folded(label.name)]) for label in labels]
    only = {prefix: next(iter(names)) for prefix, names in holders.items() if len(names) == 1}
    return [replace(label, name=only.get(label.name, label.name)) for label in labels]


def _folded(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def _heads_speech(mark: Mark, lines: Sequence[str]) -> bool:
    """Whether speech may follow a short line: a longer line, a sentence, or at least no other name."""
    following = next((line.strip() for line in lines[mark.line + 1 : mark.line + 3] if line.strip()), "")
    if len(following) > len(mark.label) or following.endswith(_SENTENCE_ENDS):
        return True
    return following != "" and name_kind(following) in ("no", "weak")


def _unquoted(lines: Sequence[str]) -> Sequence[str]:
    """A file of Markdown quotation (every line starts with >) without its quotation marks."""
    written = [line for line in lines if line.strip()]
    if sum(line.lstrip().startswith(">") for line in written) < 0.8 * len(written):
        return lines
    return [line.lstrip().lstrip(">") for line in lines]


def _is_hard_wrapped(lines: Sequence[str], opening: set[int]) -> bool:
    """Whether a program broke the lines at a width, so that a line's end means nothing."""
    broken = [
        line.strip()
        for number, line in enumerate(lines[:-1])
        if line.strip() and lines[number + 1].strip() and number + 1 not in opening
    ]
    if len(broken) < 3 or max(map(len, broken)) not in _WIDTHS:
        return False
    width = max(map(len, broken))
    n_full = sum(len(line) > width - 16 for line in broken)
    n_open = sum(not line.endswith(_SENTENCE_ENDS) for line in broken)
    return n_full > 0.8 * len(broken) and n_open > 0.6 * len(broken)


def _speech(mark: Mark, following: Sequence[str], wrapped: bool) -> str:
    """The text of a turn as written: lines stay lines, blank lines part paragraphs."""
    lines = [line.strip() for line in following]
    if mark.start is not None:
        lines = [strip_time(line, bare=mark.style != "name_time") for line in lines]
    lines = [line for line in lines if not (_STRUCTURE.fullmatch(line) or is_tool_notice(line))]
    text = _BLANK_RUN.sub("\n\n", "\n".join([mark.rest, *lines])).strip()
    return "\n\n".join(join_speech(part.split("\n")) for part in text.split("\n\n")) if wrapped else text

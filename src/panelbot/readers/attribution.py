"""Which labels of a file are speakers: evidence weighed over the whole file, because a colon does not make one.

Counts on three things: what a label looks like (:mod:`panelbot.people.kinds`), how the file repeats it, and
which form of label (:data:`panelbot.readers.labels.STYLES`) the file uses. Reads no speech.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from panelbot.people import Kind, could_be_called, is_answer, is_common_word, is_question, name_kind, parse_label
from panelbot.readers.labels import STYLES, Mark, Style
from panelbot.text import has_han

_STRONG: tuple[Kind, ...] = ("numbered", "role", "name")
_ON_OWN_LINE: tuple[Style, ...] = ("alone", "heading", "time_alone")
TIMED: tuple[Style, ...] = ("name_time", "time_name", "time_alone", "time_inside")
_SMALL_FILE = 20
_FULL = 0.8
_STRONG_SHARE = 0.5
_YEAR = re.compile(r"(?:19|20)\d{2}|[<>]")  # a day is no name, and neither is 下一篇>…
_NUMBERED_END = re.compile(r"(.*?)\s*[\d一二三四五六七八九十]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Marked:
    mark: Mark
    name: str
    kind: Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What a file shows of one label: ``n`` lines, ``spread`` the share of the file between first and last."""

    name: str
    kind: Kind
    n: int
    spread: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """One style of label in a file.

    ``opening`` is the prose before the first label; ``is_lower`` tells whether a word is written small anywhere;
    ``full`` is the share of the written lines that carry such a label, ``strong`` of those where it is clearly a
    speaker's.
    """

    n_labels: int
    full: float
    strong: float
    opening: str
    is_lower: Callable[[str], bool]
    seen: dict[str, _Seen]


def speaker_marks(marks: Sequence[Mark], *, opening: str = "", text: str = "") -> tuple[Mark, ...]:
    """Those of ``marks`` that open a turn, in order.

    Args:
        marks: every line that has the form of a label, in order.
        opening: the file's prose before its first label; a name that it mentions is believed.
        text: the whole file, for words that are written small in it and so are no names.
    """
    possible: list[_Marked] = []
    for mark in marks:
        if _YEAR.search(mark.label):  # Thu, Nov 3, 2022 2:00PM
            continue
        name = parse_label(mark.label).name
        kind = name_kind(name)
        if name and kind != "no":
            possible.append(_Marked(mark=mark, name=name, kind=kind))
    is_lower, n_lines = _lower_words(text), sum(not line.isspace() for line in text.splitlines() if line)
    files = {style: _file(style, possible, opening, is_lower, n_lines) for style in STYLES}
    believed = {style: _believed(style, possible, files[style]) for style in STYLES}
    main = max(STYLES, key=lambda style: (len(believed[style]), -STYLES.index(style)))
    chosen = list(believed[main])
    known = {marked.name for marked in chosen}
    for style in STYLES:
        if chosen and style != main and _goes_with(style, main, len(believed[main])):
            accepted = {id(marked) for marked in believed[style] if marked.kind in _STRONG or style in TIMED}
            chosen += [m for m in possible if m.mark.style == style and (m.name in known or id(m) in accepted)]
    return tuple(marked.mark for marked in sorted(chosen, key=lambda marked: marked.mark.line))


def _goes_with(style: Style, main: Style, n_main: int) -> bool:
    """Whether labels of ``style`` may stand beside those of the file's main one."""
    if style in ("alone", "heading"):  # a name on a line of its own is often only mentioned
        return False
    if main in TIMED and n_main > 2:  # a file that stamps its turns stamps them all
        return style in TIMED and style != "time_alone" and main != "name_time"
    return not (main == "bold" and style == "colon")


def _file(
    style: Style, possible: Sequence[_Marked], opening: str, is_lower: Callable[[str], bool], n_lines: int
) -> _File:
    weighed = [item for item in possible if item.mark.style == style and item.mark.weighs]
    n_strong = sum(item.kind in _STRONG for item in weighed)
    full, strong = len(weighed) / max(n_lines, 1), n_strong / max(n_lines, 1)
    seen = _seen(weighed)
    return _File(n_labels=len(weighed), full=full, strong=strong, opening=opening, is_lower=is_lower, seen=seen)


def _believed(style: Style, possible: Sequence[_Marked], file: _File) -> list[_Marked]:
    marked = [item for item in possible if item.mark.style == style]
    if style in _ON_OWN_LINE:
        names = _believed_alone(file)
    elif style == "time_inside":  # 会议于 09:30 开始 has the form too, so only the plainest labels count
        names = {seen.name for seen in file.seen.values() if seen.kind in _STRONG and _is_speaker(seen, file)}
    elif style in TIMED or style == "bold":  # what is marked up as a label needs no second line to prove it
        names = {seen.name for seen in file.seen.values() if _is_marked_speaker(seen, file)}
    else:
        names = {seen.name for seen in file.seen.values() if _is_speaker(seen, file)}
    return [item for item in marked if item.name in names]


def _is_speaker(seen: _Seen, file: _File) -> bool:
    if is_question(seen.name):  # "A:" alone is a list; "Q:" with "A:" is an interview
        return any(map(is_answer, file.seen))
    if is_answer(seen.name) and any(map(is_question, file.seen)):
        return True
    if len(seen.name) == 1 and seen.name.isascii():  # A:, B:, C:
        return {"A", "B"} <= set(file.seen)
    if is_answer(seen.name):
        return False
    if seen.name in ("甲", "乙", "丙", "丁"):
        return {"甲", "乙"} <= set(file.seen)
    if seen.kind in ("numbered", "role") or (len(seen.name) > 1 and _is_mentioned(seen.name, file.opening)):
        return seen.kind in _STRONG or not is_common_word(seen.name)
    if seen.kind == "name":
        return seen.n > 1 or has_han(seen.name) or not _is_phrase(seen.name, file)
    return _is_used_as_name(seen, file)


def _is_phrase(name: str, file: _File) -> bool:
    """Whether capitalised words are ordinary ones (Bottom Line) and no other speaker shares the first (Grad A)."""
    words = name.split()
    alike = any(other.n > 1 and other.name.split()[0] == words[0] for other in file.seen.values())
    return not alike and all(file.is_lower(word) for word in words if len(word) > 1)


def _is_used_as_name(seen: _Seen, file: _File) -> bool:
    """Whether the file repeats a label that could be a name (小米, Priya) as only a speaker's is repeated."""
    if is_common_word(seen.name) or (seen.name[0].isupper() and file.is_lower(seen.name)):
        return _is_word_used_as_name(seen, file)
    if number := _NUMBERED_END.fullmatch(seen.name):  # 问题一：, Step 2: come once each; Expert 1: comes again
        siblings = [other for other in file.seen.values() if other.name.startswith(number.group(1)) and other.n > 1]
        return seen.n > 2 or (seen.n > 1 and len(siblings) > 1)
    if seen.n > 1:
        return (seen.spread > 0.1 or file.n_labels < _SMALL_FILE) and len(file.seen) > 1
    return _is_given_name(seen.name, file)


def _is_word_used_as_name(seen: _Seen, file: _File) -> bool:
    """Whether an everyday word is a speaker all the same: 方舟, 主播."""
    far_apart = seen.spread > 0.3
    if could_be_called(seen.name) and seen.n > 1 and (file.strong > _STRONG_SHARE or (seen.n > 2 and far_apart)):
        return True
    if file.strong and file.full > _FULL and seen.n > 1:  # every line is somebody's
        return True
    return seen.n >= (4 if file.strong else 3) and far_apart and seen.n >= 0.1 * file.n_labels


def _is_given_name(name: str, file: _File) -> bool:
    """A label seen once is believed where the file calls its other speakers by one capitalised word too."""
    if has_han(name) or not name.isalpha() or not name[0].isupper():
        return False
    others = (seen.name for seen in file.seen.values() if seen.n > 1)
    return any(other.isalpha() and not has_han(other) and other[0].isupper() for other in others)


def _is_marked_speaker(seen: _Seen, file: _File) -> bool:
    if seen.kind in ("numbered", "role") or _is_speaker(seen, file):
        return True
    if seen.n > 1 and could_be_called(seen.name):
        return True
    believed = any(other.n > 1 or other.kind in _STRONG for other in file.seen.values())
    return believed and not is_common_word(seen.name) and not file.is_lower(seen.name)


def _believed_alone(file: _File) -> set[str]:
    """Names on lines of their own: at least one comes again, as no heading does."""
    repeated = {
        seen.name
        for seen in file.seen.values()
        if seen.n > 1
        and (seen.kind in _STRONG or (seen.n > 2 and (could_be_called(seen.name) or _is_used_as_name(seen, file))))
    }
    strong = {seen.name for seen in file.seen.values() if seen.kind in _STRONG and _is_speaker(seen, file)}
    return repeated | strong if repeated and len(repeated | strong) > 1 else set()


def _is_repeated_name(seen: _Seen, file: _File) -> bool:
    return could_be_called(seen.name) or _is_used_as_name(seen, file)


def _is_mentioned(name: str, opening: str) -> bool:
    if has_han(name):
        return name in opening
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", opening) is not None


def _seen(marked: Iterable[_Marked]) -> dict[str, _Seen]:
    lines: dict[str, list[int]] = {}
    kinds: dict[str, Kind] = {}
    for item in marked:
        lines.setdefault(item.name, []).append(item.mark.line)
        kinds[item.name] = item.kind
    every = [line for found in lines.values() for line in found]
    length = max(max(every) - min(every), 1) if every else 1
    return {
        name: _Seen(name=name, kind=kinds[name], n=len(found), spread=(found[-1] - found[0]) / length)
        for name, found in lines.items()
    }


def _lower_words(text: str) -> Callable[[str], bool]:
    found: set[str] | None = None

    def is_lower(word: str) -> bool:
        nonlocal found
        if found is None:
            found = set(re.findall(r"(?<![A-Za-z'’\-])[a-z][a-z'’\-]*", text))
        return word.lower() in found

    return is_lower

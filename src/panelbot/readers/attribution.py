"""Which labels of a file are speakers: evidence weighed over the whole file, because a colon does not make one.

Counts on three things: what a label looks like (:mod:`panelbot.readers.names`), how the file repeats it, and
which form of label (:data:`panelbot.readers.labels.STYLES`) the file uses. Reads no speech.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from panelbot.readers.labels import STYLES, Mark, Style
from panelbot.readers.names import Kind, is_common_word, is_question_or_answer, name_kind
from panelbot.readers.people import parse_label
from panelbot.text import has_han

_MIN_ALONE = 2
_STRONG: tuple[Kind, ...] = ("numbered", "role", "name")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Labelled:
    mark: Mark
    name: str
    kind: Kind


def speaker_marks(marks: Sequence[Mark], *, opening: str = "") -> tuple[Mark, ...]:
    """Those of ``marks`` that open a turn, in order. ``opening`` is the file's prose before its first label."""
    labelled = [
        _Labelled(mark=mark, name=name, kind=name_kind(name))
        for mark in marks
        if (name := parse_label(mark.label).name)
    ]
    by_style: dict[Style, list[_Labelled]] = {
        style: _accepted(style, [item for item in labelled if item.mark.style == style], opening) for style in STYLES
    }
    main = max(STYLES, key=lambda style: (len(by_style[style]), -STYLES.index(style)))
    if not by_style[main]:
        return ()
    known = {item.name for item in by_style[main]}
    chosen = list(by_style[main])
    for style in STYLES:
        if style != main:
            chosen += [
                item
                for item in _others(style, main, labelled, by_style)
                if item.name in known or _stands_beside(style, main, item)
            ]
    return tuple(item.mark for item in sorted(chosen, key=lambda item: item.mark.line))


def _others(
    style: Style, main: Style, labelled: Sequence[_Labelled], by_style: dict[Style, list[_Labelled]]
) -> list[_Labelled]:
    if style in ("alone", "heading"):  # a name on a line of its own is often only mentioned
        return []
    if main == "timed" and len(by_style[main]) > 2:  # a file that stamps its turns stamps them all
        return []
    accepted = {item.name for item in by_style[style]}
    known = {item.name for item in by_style[main]}
    return [item for item in labelled if item.mark.style == style and (item.name in accepted or item.name in known)]


def _stands_beside(style: Style, main: Style, item: _Labelled) -> bool:
    return item.kind in _STRONG and not (main == "bold" and style == "colon")


def _accepted(style: Style, items: Sequence[_Labelled], opening: str) -> list[_Labelled]:
    possible = [item for item in items if item.kind != "no"]
    counts = Counter(item.name for item in possible)
    strong = {item.name for item in possible if item.kind in _STRONG and _is_strong(item, counts)}
    if style == "timed":
        names = set(counts) if len(possible) > 1 else strong
    elif style in ("alone", "heading"):
        names = _repeated_alone(possible, counts)
    else:
        weak = [item for item in possible if item.name not in strong]
        names = strong | _accepted_weak(weak, counts, strong, len(possible), opening)
    return [item for item in possible if item.name in names]


def _is_strong(item: _Labelled, counts: Counter[str]) -> bool:
    if is_question_or_answer(item.name):  # "A:" alone is a list; "Q:" with "A:" is an interview
        return sum(is_question_or_answer(name) for name in counts) > 1
    return True


def _accepted_weak(
    weak: Sequence[_Labelled], counts: Counter[str], strong: set[str], n_labels: int, opening: str
) -> set[str]:
    accepted: set[str] = set()
    spread = _spread(weak)
    for name in dict.fromkeys(item.name for item in weak):
        n = counts[name]
        common = is_common_word(name)
        if common and strong:
            keep = n >= 4 and spread[name] > 0.3 and n >= 0.1 * n_labels
        elif common:
            keep = n >= 3 and spread[name] > 0.3
        else:
            keep = n >= 2 and (spread[name] > 0.1 or n_labels < 20)
        if (
            keep
            or (n == 1 and _is_given_name(name, counts) and not common)
            or (name in opening and not common and len(name) > 1)
        ):
            accepted.add(name)
    if len(accepted) + len(strong) == 1 and not strong and n_labels < 3:
        return set()
    return accepted


def _is_given_name(name: str, counts: Counter[str]) -> bool:
    """A label seen once is believed where the file calls its other speakers by one capitalised word too."""
    if has_han(name) or not name.isalpha() or not name[0].isupper():
        return False
    return any(n > 1 and other.isalpha() and not has_han(other) and other[0].isupper() for other, n in counts.items())


def _repeated_alone(items: Sequence[_Labelled], counts: Counter[str]) -> set[str]:
    repeated = {
        item.name
        for item in items
        if counts[item.name] >= _MIN_ALONE and (item.kind in _STRONG or not is_common_word(item.name))
    }
    if len(repeated) < 2:
        return set()
    return repeated | {item.name for item in items if item.kind in _STRONG and not is_question_or_answer(item.name)}


def _spread(items: Sequence[_Labelled]) -> dict[str, float]:
    """The share of the labelled lines between a name's first and last label."""
    if not items:
        return {}
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for item in items:
        first.setdefault(item.name, item.mark.line)
        last[item.name] = item.mark.line
    length = max(items[-1].mark.line - items[0].mark.line, 1)
    return {name: (last[name] - first[name]) / length for name in first}

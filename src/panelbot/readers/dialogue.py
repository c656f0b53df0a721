"""Lines of labelled speech to turns: the part that dialogue text, articles, subtitles and documents share.

Does not know where the lines came from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from panelbot.people import Label, of_several, parse_label, speakers_of
from panelbot.readers.boilerplate import MIN_FURNITURE, is_furniture
from panelbot.readers.drafts import Piece, join_turns
from panelbot.readers.forms import Chosen, Layout, choose_marks, folded
from panelbot.readers.heads import Head, end_of_front_matter, find_head, is_mentioned, with_opening
from panelbot.readers.interview import with_examiners, with_untold_questions
from panelbot.readers.labels import Form, Mark, find_marks, is_bare_stamp, lead_stamp
from panelbot.readers.lines import SENTENCE_END, Line, is_wrapped, read_lines
from panelbot.readers.pattern import marks_by_pattern
from panelbot.readers.speech import Speech, has_words, read_speech
from panelbot.types import Speaker, Turn

_MAX_NAMED = 8  # places that are named
_NAMES = {
    "head": ("head line", "head lines"),
    "heading": ("heading", "headings"),
    "code": ("line of code", "lines of code"),
    "notice": ("line of a tool", "lines of a tool"),
    "page": ("page head or foot", "page heads and feet"),
    "list": ("line of a list under a heading", "lines of lists under headings"),
    "end": ("line after the talk", "lines after the talk"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialogue:
    """Turns with their speakers, and the lines before the first of them.

    ``left_out`` says what of the file is no turn, ``doubtful`` which lines may be labels and open a turn of nobody,
    ``sure`` how sure the labels are, 0 to 1.
    """

    turns: tuple[Turn, ...]
    speakers: tuple[Speaker, ...]
    preamble: tuple[str, ...]
    left_out: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    sure: float = 1.0


def read_dialogue(texts: Sequence[str], *, pattern: str = "") -> Dialogue | None:
    """The turns in the lines ``texts``; None where no form of label explains them.

    Args:
        texts: the lines of a file.
        pattern: a regular expression with a group ``speaker`` that says what a label is, in the place of the form.

    Raises:
        InputError: ``pattern`` cannot be used.
    """
    lines = read_lines(texts)
    chosen = marks_by_pattern(lines, pattern) if pattern else _choose(lines)
    head = Head(marks=chosen.marks) if pattern else find_head(chosen.marks, lines)
    marks = with_examiners(with_untold_questions(head.marks, lines), lines)
    marks = with_opening(marks, lines)
    if not any(mark.label for mark in marks):
        return None
    speech = read_speech(lines, marks)
    marks, speech = _with_words(marks, speech)
    if not marks:
        return None
    labels = distinct_labels(marks)
    pieces = [
        Piece(speaker=label.name, text=said.text, start=said.start, end=mark.end)
        for mark, label, said in zip(marks, labels, speech, strict=True)
    ]
    turns = join_turns(_with_untold(pieces, speech))
    said = [label for label, piece in zip(labels, pieces, strict=True) if piece.text and label.name]
    if not turns or not said:
        return None
    return Dialogue(
        turns=turns,
        speakers=speakers_of(said),
        preamble=(*(lines[n].text for n in range(marks[0].line)), "", *head.key),
        left_out=_left_out(lines, marks, speech),
        doubtful=tuple(f"{mark.line + 1}: {mark.label[:60]}" for mark in chosen.doubtful if mark.line >= marks[0].line),
        sure=chosen.sure if chosen.marks else 0.5,
    )


def find_speakers(texts: Sequence[str], *, own_line: bool = True) -> Sequence[Mark]:
    """The lines that open a turn, in order; ``own_line``: a name may stand on a line of its own."""
    lines = read_lines(texts)
    chosen = _choose(lines, own_line=own_line)
    return chosen.marks if any(mark.label for mark in chosen.marks) else ()


def distinct_labels(marks: Sequence[Mark]) -> list[Label]:
    """The labels of ``marks``; two people of one name at two organisations, or in one label, keep them whole.

    A bare role (主持人) is the one person that another label gives it to (主持人 李四).
    """
    written = list(dict.fromkeys(mark.label for mark in marks))
    labels = [parse_label(text) for text in written]
    organizations: dict[str, set[str]] = {}
    for label in labels:
        if label.organization:
            organizations.setdefault(label.name, set()).add(label.organization)
    twice = {name for name, found in organizations.items() if len(found) > 1}
    several = of_several(labels)
    labels = [replace(label, name=label.text) if label.name in twice else label for label in labels]
    labels = [Label(text=label.text, name=label.text) if label.text in several else label for label in labels]
    holders: dict[str, set[str]] = {}
    for label in labels:
        if label.prefix:
            holders.setdefault(label.prefix, set()).add(label.name)
    spelled: dict[str, str] = {}
    for label in labels:  # "moderator" and "Moderator", "发言人 1" and "发言人1" are one
        spelled.setdefault(folded(label.name), label.name)
    labels = [replace(label, name=spelled[folded(label.name)]) for label in labels]
    only = {prefix: next(iter(names)) for prefix, names in holders.items() if len(names) == 1}
    labels = [replace(label, name=only.get(label.name, label.name)) for label in labels]
    meant = dict(zip(written, labels, strict=True))
    return [meant[mark.label] for mark in marks]


def _choose(lines: Sequence[Line], *, own_line: bool = True) -> Chosen:
    layout = _layout(lines, captions=not own_line)
    candidates: list[tuple[Mark, ...]] = []
    framed = _framing(lines) | set(range(end_of_front_matter(lines)))
    for line in lines:
        marked = line.kind == "heading" and line.text.lstrip().startswith("#")
        possible = (line.kind == "text" or marked) and line.number not in framed and not line.quoted
        found = find_marks(line.text, line.number) if possible else ()
        found = tuple(_above_stamp(mark, lines) if mark.form.family == "line" else mark for mark in found)
        if not own_line:
            found = tuple(mark for mark in found if mark.form.family not in ("line", "stop", "dash"))
        candidates.append(found)
    return choose_marks(candidates, layout, known=is_mentioned(candidates, lines))


def _framing(lines: Sequence[Line]) -> set[int]:
    """The lines that frame a page: several kinds of furniture, each once; a speaker called 关键词 comes again."""
    found = [line for line in lines if line.kind == "text" and is_furniture(line.text)]
    heads = Counter(line.text.replace("：", ":").partition(":")[0].strip() for line in found)
    if len(heads) < MIN_FURNITURE:
        return set()
    return {line.number for line in found if heads[line.text.replace("：", ":").partition(":")[0].strip()] == 1}


def _layout(lines: Sequence[Line], *, captions: bool) -> Layout:
    written = [line for line in lines if line.kind in ("text", "heading")]
    wrapped = is_wrapped(lines)
    starts: set[int] = set()
    before: Line | None = None
    for line in lines:
        if line.kind == "text":
            indented = before is not None and _indent(line.text) >= _indent(before.text) + 2
            if before is None or before.kind != "text" or not wrapped or indented:
                starts.add(line.number)
        elif line.kind == "heading":
            starts.add(line.number)
        if line.kind != "page":
            before = line
    following = {line.number: after.number for line, after in pairwise(written)}
    numbers = tuple(line.number for line in written if line.kind == "text")
    texts = [line.text for line in lines]
    return Layout(
        lines=texts,
        written=numbers,
        starts=frozenset(starts),
        following=following,
        broken=captions or wrapped,
        gaps=_gaps(lines),
    )


def _gaps(lines: Sequence[Line]) -> list[int | None]:
    """The blank lines above each line; None where a heading or the end of a page that ends a sentence is above."""
    gaps: list[int | None] = []
    gap: int | None = None
    ends = True
    for line in lines:
        gaps.append(gap)
        if line.kind == "page":
            gap = None if ends else 0
        elif line.kind == "blank":
            gap = None if gap is None else gap + 1
        else:
            gap = 0 if line.kind == "text" else None
            ends = line.kind != "text" or line.text.rstrip().endswith(SENTENCE_END)
    return gaps


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(" \u3000"))


def _above_stamp(mark: Mark, lines: Sequence[Line]) -> Mark:
    """A label on its own line right above a time: the time is the label's."""
    below = mark.line + 1
    if below >= len(lines) or mark.label.endswith((".", "。", "?", "？", "!", "！")):
        return mark
    line = lines[below]
    if line.kind == "stamp" and line.time is not None:
        return replace(mark, form=Form("stamped", mark.form.signs + "below"), start=line.time)
    if line.kind == "text" and (stamp := lead_stamp(line.text)) and not is_bare_stamp(line.text):
        return replace(mark, form=Form("stamped", mark.form.signs + "below"), start=stamp[0])
    return mark


def _with_words(marks: Sequence[Mark], speech: Sequence[Speech]) -> tuple[list[Mark], list[Speech]]:
    """Without the turns that hold only links and times, as those of ``Recording:`` and ``GitHub Issue:`` do."""
    kept = [(mark, said) for mark, said in zip(marks, speech, strict=True) if has_words(said.text)]
    return [mark for mark, _ in kept], [said for _, said in kept]


def _with_untold(pieces: Sequence[Piece], speech: Sequence[Speech]) -> list[Piece]:
    """The pieces, and after each what stands behind it and is nobody's: text under a heading without a speaker."""
    found: list[Piece] = []
    for piece, said in zip(pieces, speech, strict=True):
        found.append(piece)
        if said.untold:
            found.append(Piece(speaker="", text=said.untold))
    return found


def _left_out(lines: Sequence[Line], marks: Sequence[Mark], speech: Sequence[Speech]) -> tuple[str, ...]:
    """What of the file is no turn: ``3 head lines (1-3)``, ``2 lines of code (8-9)``."""
    first = marks[0].line
    found: dict[str, list[int]] = {}
    for line in lines[:first]:
        if line.text.strip():
            found.setdefault("head", []).append(line.number)
    for line in lines[first:]:
        if line.kind in ("heading", "code", "notice", "page"):
            found.setdefault(line.kind, []).append(line.number)
    for said in speech:
        for kind, numbers in said.left_out.items():
            found.setdefault(kind, []).extend(numbers)
    return tuple(_counted(kind, numbers) for kind, numbers in found.items())


def _counted(kind: str, numbers: Sequence[int]) -> str:
    one, many = _NAMES[kind]
    where = _runs(sorted(set(numbers)))
    more = ", …" if len(where) > _MAX_NAMED else ""
    return f"{len(numbers)} {one if len(numbers) == 1 else many} ({', '.join(where[:_MAX_NAMED])}{more})"


def _runs(numbers: Sequence[int]) -> list[str]:
    """Line numbers from 1, runs as ``3-7``."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return [f"{a + 1}" if a == b else f"{a + 1}-{b + 1}" for a, b in runs]

"""Which lines of a file open a turn: the form that marks its speakers is found over the whole file.

A form is believed for how much of the file it explains and how its labels come again; a label of that form is then
believed whatever it looks like. What a label looks like decides only where the form leaves it open. A line that may
be a label and is not believed opens a turn of nobody: its words are not the person's before. Reads no speech.

The log-odds here and in :mod:`panelbot.readers.shape` were set by hand with the failures of the seen repositories of
docs/reading.md in view; only its held-out half judges them.
"""

from __future__ import annotations

import math
import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache, partial
from itertools import pairwise

from panelbot.people import name_kind, strip_honorific
from panelbot.readers.labels import INSERTED, Family, Form, Mark
from panelbot.readers.preamble import is_key
from panelbot.readers.shape import label_kind, label_name, label_shape, without_aside, without_count
from panelbot.text import has_han

_STRENGTH: dict[Family, float] = {
    "column": 6.0,
    "stamped": 3.0,
    "marked": 1.5,
    "enclosed": 0.0,
    "colon": 0.0,
    "tab": 0.0,
    "dash": -1.5,
    "stop": -1.0,
    "line": -1.0,
}
"""Log-odds of a form before the file is seen: few lines look like ``Name 00:12:31`` by chance, many like ``Name:``."""
_DOUBT = -2.2  # log-odds from which a label that is not believed opens a turn of nobody
_BELIEVED = 2.0
_PARTED = -4.0
_MIN_COUNTED = 3
_KNOWN = 4.0
_ROUNDS = 4
_COUNT = re.compile(r"[\d一二三四五六七八九十百]+|[a-z]|[ivxIVX]{1,5}|[①-⑳]")  # what a list counts with
_OFTEN = 0.3
_FEW = 0.1  # of the labels of the main form
_MIN_PARAGRAPHS = 4
_MANY, _LIST = 50, 2000  # marks
_ALIKE = 4  # labels that begin or end alike: a title
_ALL, _MIN_ALL = 0.98, 5  # of the lines, and how many
_THROUGHOUT = 7.0  # above what a label's look can take away: the form is the evidence
_CLAUSE = -5.0  # log-odds of a label's look
_SURE: tuple[Family, ...] = ("column", "stamped", "marked")  # as which no speech is written
_MOSTLY = 0.7
_NEAR, _CALL = 4, 250  # lines and characters above a label in which its bearer may be given the floor
_REGULAR = 0.9  # of the labels that come again stand alike: below a blank line
_SENTENCE_END = (".", "!", "?", "。", "！", "？", '"', "”", ":", "：", "…")
_ELLIPSIS = re.compile(r"(?:\.{2,}|…+|⋯+|。{2,})")  # the label of who goes on
_QUOTES = ("「", "『", "“", '"', "«")
_SPEECH = re.compile(r"[，。！？；、]|[,.!?;…](?:\s|$)|(?<![a-z'’])[a-z][a-z'’]++ [a-z]++ [a-z]")
_HANGING = 0.7  # of the lines that go on; what a chat says among the talk stands at the margin too
_FIELD_SPEAKS = 0.1  # of the lines of a field hold a sentence
_PERSON_SPEAKS = 0.8  # of a person's; below, lines are cut anywhere, as captions are
_MANY_PEOPLE = 10
_TOLD = re.compile(r"\s(?:--|[—–|])\s|[(（][^()（）]+[)）]\s*$")  # Name -- Title, Office (Name)


@dataclass(frozen=True, kw_only=True)
class Layout:
    """How the lines of a file stand: ``written`` those with text, ``starts`` those that begin a paragraph."""

    lines: Sequence[str]
    written: tuple[int, ...]
    starts: frozenset[int]
    following: Mapping[int, int]
    """The next written line of each written line but the last."""
    broken: bool
    """Whether lines end anywhere, as those of captions do."""
    gaps: Sequence[int | None]
    """How many blank lines stand above each line; None behind a page's end or a heading, where any may have stood."""

    @cached_property
    def texts(self) -> frozenset[int]:
        """The written lines that are no headings."""
        return frozenset(self.written)

    @cached_property
    def above(self) -> dict[int, int]:
        """The written line above each written line but the first."""
        return {after: before for before, after in self.following.items()}

    def is_below_blank(self, number: int) -> bool:
        """Whether line ``number`` is the first of its page or part, or the one above it is blank."""
        return self.gaps[number] != 0

    def is_called(self, label: str, number: int) -> bool:
        """Whether the lines right above line ``number`` speak of ``label``, as who gives somebody the floor does."""
        near = (
            line.lstrip(" \t*_-•[(")[1:] for line in self.lines[max(0, number - _NEAR) : number]
        )  # no label's place
        above = " ".join(near)[-_CALL:]
        return label in above and (has_han(label) or re.search(rf"\b{re.escape(label)}\b", above) is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The lines that open turns, in order; a mark without label opens a turn of nobody.

    ``sure`` is the mean probability of the labels, 0 to 1; ``doubtful`` are the labels that were not believed.
    """

    marks: tuple[Mark, ...]
    sure: float = 0.0
    doubtful: tuple[Mark, ...] = ()


@dataclass(frozen=True, kw_only=True)
class _Channel:
    """The marks of one form in a file, and what the file shows of them."""

    form: Form
    marks: tuple[Mark, ...]
    names: tuple[str, ...]  # of each mark, folded
    units: int  # lines of the file that could carry such a mark
    layout: Layout

    @cached_property
    def counts(self) -> Counter[str]:
        return Counter(self.names)

    @cached_property
    def at(self) -> dict[int, str]:
        """The name on each line that carries a mark."""
        return {mark.line: name for mark, name in zip(self.marks, self.names, strict=True)}

    @cached_property
    def throughout(self) -> bool:
        """Whether every line from the first mark on is built so and stands alike: no speech is, all through a file."""
        if self.form.family == "line" or self.share <= _ALL or len(self.marks) < _MIN_ALL:
            return False
        below = [self.layout.is_below_blank(mark.line) for mark in self.marks[1:]]
        body = [number for number in self.layout.written if number > self.marks[0].line]
        if all(below):
            body = [number for number in body if self.layout.is_below_blank(number)]
        return (all(below) or not any(below)) and len(below) > _ALL * len(body)

    @cached_property
    def bare(self) -> frozenset[int]:
        """The lines that hold a label and no speech."""
        return frozenset(mark.line for mark in self.marks if not mark.rest)

    @cached_property
    def share(self) -> float:
        return min(len(self.marks) / max(self.units, 1), 1.0)

    @cached_property
    def again(self) -> float:
        """The share of marks whose label comes again."""
        return sum(self.counts[name] > 1 for name in self.names) / len(self.names)

    @cached_property
    def below_blank(self) -> float:
        """The share of the marks whose label comes again that stand below a blank line."""
        marks = [mark for mark, name in zip(self.marks, self.names, strict=True) if self.counts[name] > 1]
        marks = [mark for mark in marks if is_person(mark.label)] or marks
        return sum(self.layout.is_below_blank(mark.line) for mark in marks) / len(marks) if marks else 0.0

    @cached_property
    def gap(self) -> int:
        """How many blank lines part almost every label that comes again from what is above it."""
        marks = [mark for mark, name in zip(self.marks, self.names, strict=True) if self.counts[name] > 1]
        marks = [mark for mark in marks if is_person(mark.label)] or marks
        gaps = sorted(gap for mark in marks if (gap := self.layout.gaps[mark.line]) is not None)
        return gaps[round((1 - _REGULAR) * len(gaps))] if len(gaps) >= _MIN_ALL else 0

    @cached_property
    def alone(self) -> bool:
        """Whether almost every label that comes again has its line to itself, the speech below it."""
        marks = [mark for mark, name in zip(self.marks, self.names, strict=True) if self.counts[name] > 1]
        marks = [mark for mark in marks if is_person(mark.label)] or marks
        return len(marks) >= _MIN_ALL and sum(not mark.rest for mark in marks) >= _REGULAR * len(marks)

    @cached_property
    def hangs(self) -> bool:
        """Whether labels stand at the margin and what goes on below them is indented."""
        again = [mark.line for mark, name in zip(self.marks, self.names, strict=True) if self.counts[name] > 1]
        on = [n for n in self.layout.written if n not in self.at and not self.layout.is_below_blank(n)]
        return (
            min(len(again), len(on)) >= _MIN_ALL
            and sum(map(self.is_indented, again)) < (1 - _ALL) * len(again)
            and sum(map(self.is_indented, on)) > _HANGING * len(on)
        )

    def is_indented(self, number: int) -> bool:
        return self.layout.lines[number][:1].isspace()

    @cached_property
    def people(self) -> float:
        """The share of the labels coming again that are built like names, roles or numbered speakers, or alike."""
        again = {name: mark for mark, name in zip(self.marks, self.names, strict=True) if self.counts[name] > 1}
        return sum(map(self.is_like, (mark.label for mark in again.values()))) / len(again) if again else 0.0

    def is_like(self, label: str) -> bool:
        """Whether ``label`` is built like a person's, or like several others here."""
        return is_person(label) or self.endings[_ending(label)] >= _ALIKE

    @cached_property
    def small(self) -> float:
        """The share of the labels coming again that are written small."""
        again = {mark.label for mark, name in zip(self.marks, self.names, strict=True) if self.counts[name] > 1}
        return sum(map(str.islower, again)) / len(again) if again else 0.0

    @cached_property
    def capital(self) -> float:
        """The share of the speech in Latin letters that begins with a capital."""
        first = [mark.rest[0] for mark in self.marks if mark.rest and mark.rest[0].isascii() and mark.rest[0].isalpha()]
        return sum(map(str.isupper, first)) / len(first) if first else 1.0

    @cached_property
    def ends(self) -> float:
        """The share of the speech on the label's line that ends as a sentence does."""
        rests = [mark.rest for mark in self.marks if mark.rest]
        return sum(rest.endswith(_SENTENCE_END) for rest in rests) / len(rests) if rests else 0.0

    @cached_property
    def spoken(self) -> Counter[str]:
        """How often sentences, or parts of one, stand behind each label on its line, or go on below it."""
        marks = zip(self.marks, self.names, strict=True)
        return Counter(name for mark, name in marks if _SPEECH.search(self._said(mark)))

    def _said(self, mark: Mark) -> str:
        below = mark.line + 1
        goes_on = mark.rest and self.layout.broken and self.layout.following.get(mark.line) == below
        return f"{mark.rest} {self.layout.lines[below].strip()}" if goes_on and below not in self.at else mark.rest

    @cached_property
    def speaks(self) -> float:
        """The share of the labels built like people's that have sentences behind them."""
        people = [name for mark, name in zip(self.marks, self.names, strict=True) if _is_surely_person(mark.label)]
        own = Counter(people)
        said = sum(min(self.spoken[name], n) for name, n in own.items())
        return said / len(people) if len(people) >= _MANY_PEOPLE else 0.0

    @cached_property
    def quoted(self) -> float:
        """The share of the speech that begins with a quotation mark."""
        return sum(mark.rest.startswith(_QUOTES) for mark in self.marks) / len(self.marks)

    @cached_property
    def caps(self) -> float:
        return sum(mark.label.isupper() for mark in self.marks) / len(self.marks)

    @cached_property
    def endings(self) -> Counter[str]:
        """How many different labels that begin paragraphs share a title: 陳志全議員, MR P. TEITI."""
        found = {
            name: _ending(mark.label)
            for mark, name in zip(self.marks, self.names, strict=True)
            if mark.line in self.layout.starts and label_shape(mark.label) > -1
        }
        return Counter(ending for ending in found.values() if ending)

    @cached_property
    def counters(self) -> int:
        """How many different labels are what a list counts with; an interview has one that looks so: 問, C."""
        return sum(_COUNT.fullmatch(name) is not None for name in self.counts)

    @cached_property
    def stems(self) -> Counter[str]:
        """How many different labels begin alike but for a number at their end: Step 1, Step 2."""
        return Counter(_stem(name) for name in self.counts)


def _ending(label: str) -> str:
    """What labels with a title share: the end of a Chinese one (陳志全議員), the beginning of another (MR P. TEITI)."""
    label = without_aside(label)
    if has_han(label):
        return label[-2:] if len(label) > 3 else ""
    first, _, rest = label.partition(" ")
    return first if rest and first[:1].isupper() else ""


def choose_marks(candidates: Sequence[Sequence[Mark]], layout: Layout, *, known: Iterable[str] = ()) -> Chosen:
    """The marks that open turns.

    Args:
        candidates: for each line, the labels it may begin with.
        layout: how the lines stand.
        known: names that the file itself lists before anybody speaks.
    """
    channels = _channels([mark for marks in candidates for mark in marks], layout)
    if not channels:
        return Chosen(marks=())
    listed = frozenset(map(folded, known))
    odds = {channel.form: _log_odds(channel, listed) for channel in channels}
    main = max(channels, key=lambda channel: (_explained(channel, odds[channel.form]), channel.form))
    believed = {name for name, z in zip(main.names, odds[main.form], strict=True) if z > 0}
    within = [mark.line for mark, z in zip(main.marks, odds[main.form], strict=True) if z > 0]
    alike = _alike(main, channels)
    again = {name for one in alike for name in _believed_again(one, odds[one.form])}
    if not believed or not _is_dialogue(main, believed | again):
        return Chosen(marks=())
    certain = {name for one in (main, *alike) for name in _certain(one, odds[one.form])}
    taken: dict[int, Mark] = {}
    doubtful: dict[int, Mark] = {}
    continued: set[int] = set()
    sure: list[float] = []
    for channel in sorted(channels, key=lambda channel: (channel is not main, -_STRENGTH[channel.form.family])):
        for mark, name, z in zip(channel.marks, channel.names, odds[channel.form], strict=True):
            if mark.line in taken or (z <= 2 and _is_first_line(mark, name, channel, believed)):
                continue
            apart = mark.line < within[0] or mark.line > within[-1]
            z = _beside(channel, main, name, mark, z, believed, apart=apart)
            if name in certain and (channel is main or channel in alike):  # wherever it stands
                z = max(z, 1.0)
            if z > 0:
                named = any(map(str.isalnum, mark.label))  # ???: a turn of nobody, as the file says
                if _ELLIPSIS.fullmatch(mark.label):
                    continued.add(mark.line)
                taken[mark.line] = mark if named else replace(mark, label="")
                doubtful.pop(mark.line, None)
                sure.append(1 / (1 + math.exp(-z)))
            elif z > _DOUBT and mark.line not in doubtful:
                doubtful[mark.line] = mark
    for mark in list(_between(taken, channels, odds)):
        taken[mark.line] = mark
        doubtful.pop(mark.line, None)
    nobody = {line: replace(mark, label="", rest=_whole(mark)) for line, mark in doubtful.items()}
    marks = _gone_on([mark for _, mark in sorted({**nobody, **taken}.items())], continued, layout)
    marks = list(_resumed(marks, layout))
    marks = _without_counts(marks)
    return Chosen(marks=marks, sure=sum(sure) / len(sure), doubtful=tuple(doubtful[n] for n in sorted(doubtful)))


@lru_cache(maxsize=8192)
def folded(name: str) -> str:
    """A name without spaces, case and width: ``发言人 1`` and ``发言人1`` are one."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def _gone_on(marks: Sequence[Mark], continued: Collection[int], layout: Layout) -> list[Mark]:
    """``...:`` as minutes have it: the speaker of the mark before goes on; behind a heading nobody says who that is.

    Only where one follows another: somebody unknown, whom dots may stand for as well, has no reason to follow himself.
    """
    if not any(one.line in continued and two.line in continued for one, two in pairwise(marks)):
        return list(marks)
    found: list[Mark] = []
    for mark in marks:
        if mark.line in continued and found:
            parted = None in layout.gaps[found[-1].line + 1 : mark.line + 1]
            mark = replace(mark, label="" if parted else found[-1].label)
        found.append(mark)
    return found


def _resumed(marks: Sequence[Mark], layout: Layout) -> Iterator[Mark]:
    """``marks``, and behind a turn in brackets one with which the speaker before it goes on, where nobody else does."""
    before: Mark | None = None
    for mark, after in zip(marks, (*(mark.line for mark in marks[1:]), None), strict=True):
        yield mark
        if INSERTED not in mark.form.signs:
            before = mark
            continue
        following = layout.following.get(mark.line)
        if before and following is not None and following != after and following in layout.texts:
            rest = layout.lines[following].strip()
            yield Mark(line=following, label=before.label, rest=rest, form=before.form)


def _between(
    taken: Mapping[int, Mark], channels: Sequence[_Channel], odds: Mapping[Form, Sequence[float]]
) -> Iterator[Mark]:
    """Marks that alone part two turns of one speaker, who would else not be named again, and are built like names."""
    lines = sorted(taken)
    again = [folded(taken[a].label) == folded(taken[b].label) for a, b in pairwise(lines)]
    possible: dict[int, list[tuple[float, Mark]]] = {}
    for channel in channels:
        if channel.form.family in ("colon", "marked", "enclosed", "stamped"):
            for mark, z in zip(channel.marks, odds[channel.form], strict=True):
                place = bisect_right(lines, mark.line) - 1
                if 0 <= place < len(again) and again[place] and mark.line not in taken and mark.rest and z > _PARTED:
                    possible.setdefault(place, []).append((z, mark))
    rarely = math.log((len(again) + 1) / (sum(again) - len(possible) + 1))
    for found in possible.values():
        z, mark = found[0]
        if len(found) == 1 and z + min(rarely, -_PARTED) > 0 and is_person(mark.label):
            yield mark


def _without_counts(marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """``marks`` without the numbers of the questions in their labels, where several have one."""
    counted = {mark.label for mark in marks if without_count(mark.label) != mark.label}
    if len(counted) < _MIN_COUNTED:
        return tuple(marks)
    return tuple(replace(mark, label=without_count(mark.label)) for mark in marks)


def _certain(channel: _Channel, odds: Sequence[float]) -> set[str]:
    """The names that most of their lines show to be speakers' beyond doubt."""
    if channel.form.family in ("line", "dash", "stop"):
        return set()
    marks = zip(channel.marks, channel.names, odds, strict=True)
    sure = Counter(name for mark, name, z in marks if z > _BELIEVED and not _of_field(channel, mark.label, name))
    return {name for name, n in sure.items() if n > 1 and n > channel.counts[name] / 2}


def _channels(marks: Sequence[Mark], layout: Layout) -> list[_Channel]:
    found: dict[Form, list[Mark]] = {}
    for mark in marks:
        found.setdefault(mark.form, []).append(mark)
    channels = []
    for form, those in found.items():
        if _never_again(form, those):
            continue
        names = tuple(folded(label_name(mark.label)) for mark in those)
        channels.append(
            _Channel(form=form, marks=tuple(those), names=names, units=_units(form, those, layout), layout=layout)
        )
    return channels


def _never_again(form: Form, marks: Sequence[Mark]) -> bool:
    """Whether these are the lines of a text or of a list: many, and hardly one comes again."""
    least, share = (_MANY, 0.15) if form.family in ("line", "stop", "dash") else (_LIST, 0.02)
    if len(marks) < least:
        return False
    counts = Counter(mark.label for mark in marks)
    return sum(counts[mark.label] > 1 for mark in marks) < share * len(marks)


def _units(form: Form, marks: Sequence[Mark], layout: Layout) -> int:
    """How many lines could carry such a mark: lines or, where more of these carry one, beginnings of paragraphs."""
    plausible = [mark for mark in marks if label_shape(mark.label) > -2]
    if form.family in ("column", "stamped"):
        return len(marks)
    first = min((mark.line for mark in plausible), default=0)
    body = [number for number in layout.written if number >= first]
    if form.family == "line":
        n_starts = sum(number in layout.starts for number in body)  # the label's line and the speech's are two
        counts = Counter(mark.label for mark in marks)
        return max(n_starts // 2, sum(counts[mark.label] > 1 or is_person(mark.label) for mark in marks), 1)
    shares = [len(marks) / max(len(body), 1)]
    for begins in (layout.starts.__contains__, layout.is_below_blank):
        n_begin = sum(map(begins, body))
        shares.append(sum(begins(mark.line) for mark in marks if mark.line >= first) / max(n_begin, 1))
    share = max(shares if n_begin > _MIN_PARAGRAPHS else shares[:2])
    return max(round(len(marks) / max(share, 1e-9)), 1)


def _log_odds(channel: _Channel, listed: frozenset[str]) -> list[float]:
    """For each mark of ``channel`` the log-odds that its label is a speaker's.

    The share of the lines that carry a label is estimated with the labels, by expectation maximisation.
    """
    strength = _STRENGTH[channel.form.family]
    everywhere = channel.form.family != "line" and channel.share > _REGULAR
    if channel.form.family in ("line", "dash", "stop") and channel.again < 0.3 and not everywhere:
        strength -= 4.0  # headings and first sentences come once each
    if channel.form.family == "line" and _is_bold(channel.form) and channel.again > _MOSTLY:
        strength += 1.5
    of_field, of_label = cache(partial(_of_field, channel)), cache(partial(_of_label, channel))  # labels come again
    fields = [of_field(mark.label, name) for mark, name in zip(channel.marks, channel.names, strict=True)]
    told = [
        strength
        + of_label(mark.label, name, mark.rest.isupper())
        + _of_place(channel, mark)
        + (_KNOWN if name in listed else 0.0)
        + (_THROUGHOUT if channel.throughout and not field and not _is_aside(channel, mark, name) else 0.0)
        for mark, name, field in zip(channel.marks, channel.names, fields, strict=True)
    ]
    share = channel.share
    odds: list[float] = []
    for _ in range(_ROUNDS):
        share = min(max(share, 0.02), 0.985)
        odds = [z + math.log(share / (1 - share)) for z in told]
        # what a field holds is not the person's before either
        odds = [max(z + f, min(z, _DOUBT + 1)) if f else z for z, f in zip(odds, fields, strict=True)]
        share = (sum(1 / (1 + math.exp(-z)) for z in odds) + channel.share) / (channel.units + 1)
    return odds


def _is_aside(channel: _Channel, mark: Mark, name: str) -> bool:
    """Whether what stands before a plain sign is a clause and comes once: a colon inside a turn."""
    return channel.form.family not in _SURE and channel.counts[name] == 1 and label_shape(mark.label) <= _CLAUSE


def _of_label(channel: _Channel, label: str, name: str, loud: bool) -> float:
    """What the label says: how often it comes, how it is built, and whether it only counts (Step 1, Step 2).

    ``loud``: what follows it is in capitals, too.
    """
    n = channel.counts[name]
    shape = label_shape(label)
    if n > 1 and _is_bold(channel.form):
        shape = max(shape, -1.0)  # what is written bold again and again is no clause
    z = min(math.log2(n), 5.0) + shape
    if n == 1 and channel.people > 0.8 and not channel.is_like(label):
        z -= 1.0
    if channel.stems[_stem(name)] > 1 and _stem(name) != name:  # Speaker 1, Speaker 2; but Step 1, Step 2
        pointed = _stem(name).endswith(".")  # Decision 63.1, Decision 63.2: what a point parts counts no people
        z += 3.0 if name_kind(label) == "numbered" else -9.0 if pointed else -2.5 if n == 1 else 0.0
    if label.isupper() and not loud and not has_han(label):
        z += 1.5  # capitals mark a label as bold does
    elif channel.caps > 0.9 and channel.form.family in ("colon", "stop") and n == 1:
        z -= 1.0
    if channel.small > _OFTEN and label.islower():
        z += 2.0  # minutes that write every name small
    if _COUNT.fullmatch(label) and channel.form.family not in ("column", "stamped"):
        z -= 6.0 if channel.form.family != "colon" else 3.0 if channel.counters > 1 else 0.0
    if n <= _ALIKE and channel.endings[_ending(label)] >= _ALIKE:
        z += 1.5
    if channel.form.family == "line":
        told = _TOLD.search(label) is not None
        lone = 0.0 if channel.form.signs and channel.again > _MOSTLY else -4.0  # bold like the others is no heading
        z += 1.5 if told else 0.0 if n > 1 or is_person(label) else lone
    return z


def _of_field(channel: _Channel, label: str, name: str) -> float:
    """The log-odds of a label behind which no sentence ever stands, where they stand behind people's: Movers: A, B."""
    n, speaks = channel.counts[name], min(channel.speaks, 0.99)
    if n < 2 or speaks < _PERSON_SPEAKS or _is_surely_person(label):
        return 0.0
    said = channel.spoken[name]
    odds = said * math.log(speaks / _FIELD_SPEAKS) + (n - said) * math.log((1 - speaks) / (1 - _FIELD_SPEAKS))
    return max(min(odds, 0.0), -8.0)


def _is_bold(form: Form) -> bool:
    return form.family in ("marked", "line") and form.signs.endswith(("**", "_"))


def is_person(label: str) -> bool:
    """Whether a label is built like a name, a role or a numbered speaker."""
    return label_kind(without_count(label)) in ("name", "numbered", "role")


def _is_surely_person(label: str) -> bool:
    """A role, a number, a Chinese name, or a first name that is known: two capitals alone head many lines."""
    name = label_name(label)
    kind = name_kind(name)
    if kind == "name" and strip_honorific(label) != label:  # Mr. NORTH
        return True
    return kind in ("numbered", "role") or (kind == "name" and (has_han(name) or name_kind(name.split()[0]) == "name"))


def _of_place(channel: _Channel, mark: Mark) -> float:
    """What stands around the label: the start of a paragraph, and speech that begins as the others' does."""
    z = 0.0
    plain = channel.form.family in ("colon", "tab", "dash", "stop", "line", "enclosed")
    if plain and mark.line not in channel.layout.starts:
        z -= 1.5
    elif plain and channel.below_blank >= _REGULAR and not channel.layout.is_below_blank(mark.line):
        z -= 5.0 if has_han(mark.label) and not channel.is_like(mark.label) else 3.5
    elif channel.gap > 1 and (gap := channel.layout.gaps[mark.line]) is not None:
        z += 1.5 if gap >= channel.gap else 0.0 if channel.is_like(mark.label) else -3.5
    if plain and mark.rest[:1].islower() and channel.capital > 0.8:
        z -= 1.5
    if channel.is_indented(mark.line) and channel.hangs:
        z -= 9.0
    if not mark.rest and not _heads_speech(mark, channel):
        z -= 3.0
    elif channel.alone and plain and channel.form.family != "line":
        z += 1.5 if not mark.rest else -2.0
    if mark.rest.startswith(_QUOTES) and channel.quoted < _FEW and channel.counts[channel.at[mark.line]] == 1:
        signs = not any(map(str.isalnum, mark.label))  # ???: "revokable" would be a typo
        z -= 0.0 if signs or channel.is_like(mark.label) else 4.0  # prose: he said on the telephone: "…"
    if _may_be_called(mark.label, channel) and channel.layout.is_called(mark.label, mark.line):
        z += 1.5
    return z


def _may_be_called(label: str, channel: _Channel) -> bool:
    """Whether ``label`` has the build of a name, and is none of what is counted (表一)."""
    counted = channel.stems[_stem(folded(label))] > 1
    return len(label) > 1 and (label[0].isupper() or has_han(label[0])) and not counted


def _heads_speech(mark: Mark, channel: _Channel) -> bool:
    """Whether speech may follow a label on a line of its own: a longer line, a sentence, at least no other label."""
    following = channel.layout.following.get(mark.line)
    if following is None:
        return False
    line = channel.layout.lines[following].strip()
    name = channel.at.get(following)
    if name is None:
        return True
    if channel.alone and (following not in channel.bare or label_shape(mark.label) > label_shape(line)):
        return True  # Ann: and below it "I have three points:"
    if channel.form.family == "line" and channel.counts[name] == 1 and not is_person(line):
        return True
    return channel.form.family == "line" and (len(line) > len(mark.label) or line.endswith(_SENTENCE_END))


def _explained(channel: _Channel, odds: Sequence[float]) -> float:
    """How much of the file the labels of ``channel`` that are believed explain."""
    believed = sum(1 / (1 + math.exp(-z)) for z in odds if z > 0)
    alone = len({name for name, z in zip(channel.names, odds, strict=True) if z > 0}) == 1  # nobody to talk to
    lines = [mark.line for mark, z in zip(channel.marks, odds, strict=True) if z > 0]
    span = (lines[-1] - lines[0]) / max(len(channel.layout.lines), 1) if lines else 0.0  # chat behind a talk has little
    return believed * (1 + 0.1 * _STRENGTH[channel.form.family]) * (0.5 if alone else 1.0) * (0.1 + 0.9 * span)


def _alike(main: _Channel, channels: Sequence[_Channel]) -> list[_Channel]:
    """The other channels of a form like that of ``main``: whoever asks may be in bold, who answers not."""
    plain = {"colon", "marked"}
    return [one for one in channels if one is not main and {one.form.family, main.form.family} <= plain]


def _believed_again(channel: _Channel, odds: Sequence[float]) -> set[str]:
    return {name for name, z in zip(channel.names, odds, strict=True) if z > 0 and channel.counts[name] > 1}


def _is_dialogue(channel: _Channel, believed: set[str]) -> bool:
    """Whether the labels are people's: one comes again, or two are built as people's labels are."""
    marks = [(mark, name) for mark, name in zip(channel.marks, channel.names, strict=True) if name in believed]
    if channel.form.family == "line" and len(believed) < 2:
        return False
    keys = {name for mark, name in marks if is_key(mark.label) and channel.counts[name] == 1}  # 标题：, Date:
    believed = believed - keys
    marks = [(mark, name) for mark, name in marks if name not in keys]
    strong = {name for mark, name in marks if is_person(mark.label)}
    again = {name for name in believed if channel.counts[name] > 1}
    if channel.form.family in ("column", "stamped"):
        return bool(again or strong or len(believed) > 2)
    if again:
        return len(believed) > 1 or any(len(name) > 1 for name in strong)
    # nobody speaks twice: a dialogue only where every label is a person's beyond doubt
    sure = {name for mark, name in marks if _is_surely_person(mark.label)}
    return len(strong) > 1 and len(strong) == len(believed) and bool(sure)


def _beside(
    channel: _Channel, main: _Channel, name: str, mark: Mark, z: float, believed: set[str], *, apart: bool
) -> float:
    """The log-odds of a label beside those of the main form; ``apart`` from all of which it may stand."""
    if channel is main:
        return z
    family, chief, label, rest = channel.form.family, main.form.family, mark.label, mark.rest
    # some minutes go on in another form, as where a machine takes over from a scribe
    if apart and channel.counts[name] > 1 and is_person(label) and (family in _SURE or chief in _SURE):
        return z
    if family == "line":  # a name on a line of its own is often only mentioned
        return z + _KNOWN if name in believed and chief in ("stamped", "line") and name == folded(label) else -9.0
    if family in ("dash", "stop", "tab") and chief in ("line", "stamped", "column"):
        return -9.0  # "Bea. Thank you.": said to her
    if family == "enclosed" and chief == "marked" and rest[:1].islower() and main.capital > _REGULAR:
        return -9.0  # where a label in bold has its colon, **Ada** asks whether …: somebody speaks of her
    if name in believed:
        sure = family in ("colon", "marked", "enclosed", "stamped") or name == folded(label)
        return z + _KNOWN + (4.0 if sure else 0.0)
    if family in ("dash", "stop", "tab") or channel.form.signs.endswith(("line", "below", "between")):
        return -9.0
    if family == "enclosed" or len(channel.marks) < _FEW * len(main.marks):  # a form apart: a sound, a line of the head
        return min(z, 1.0) - 1.0 if is_person(label) else -9.0
    if chief in ("column", "stamped") and len(main.marks) > 2 and family not in ("column", "stamped"):
        return -1.0 if z > 0 and is_person(label) else -9.0  # where turns are stamped, a colon inside one is speech
    return z if family != "colon" or chief in ("colon", "stamped") else z - 1.0


def _is_first_line(mark: Mark, name: str, channel: _Channel, believed: set[str]) -> bool:
    """Whether the line above is a believed label without speech, so that this line is its speech."""
    above = channel.layout.above.get(mark.line)
    return (
        above is not None and name not in believed and channel.at.get(above, "") in believed and above in channel.bare
    )


def _whole(mark: Mark) -> str:
    return f"{mark.label}: {mark.rest}" if mark.rest else mark.label


def _stem(name: str) -> str:
    return re.sub(r"(?<![\d一二三四五六七八九十])[\d一二三四五六七八九十]+$", "", name)

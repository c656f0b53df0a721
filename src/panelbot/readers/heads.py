"""The head of a file: facts and lists of people that stand before anybody speaks and have the form of a turn.

Knows how people are listed; what is in doubt stays a turn.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from panelbot.people import is_heading, is_short_for, name_kind, parse_label, states_position
from panelbot.people.attendance import listed_people
from panelbot.people.label_words import is_initials_of
from panelbot.readers.forms import folded
from panelbot.readers.labels import Form, Mark
from panelbot.readers.lines import Line
from panelbot.readers.preamble import is_key
from panelbot.readers.speech import has_words
from panelbot.readers.times import find_date
from panelbot.text import has_han

_ATTENDANCE = re.compile(r"\b(?:attendees|attendance|participants|present)\b|出席|与会|參加|参加", re.IGNORECASE)
_MOSTLY = 0.7
_KEY_LINE = re.compile(r"[a-z][\w-]*\s*:.*|\s.*|-\s.*|[\]})#].*|")
_MENTION_LINES = 500  # of an attendance list
_LIST_OF_NAMES = re.compile(r"[^。！？.!?]{1,2000}")
_BETWEEN_NAMES = re.compile(r"[、,，;；/]|\s{2,}|\band\b|和|与")
_BETWEEN_PEOPLE = re.compile(r"(?:(?<!\s)\s+)?[;；]\s*")
_BRACKET = re.compile(r"[(（\[][^()（）\[\]]*[)）\]]")
_ABBREVIATION = re.compile(r"\b(Dr|Prof|Mrs?|Ms|St|Inc|Ltd|Co|Corp|Jr|Sr|[A-Z])\.")
_PERSON = re.compile(r"(?P<name>.+?)(?<!\s)\s*(?:[,，:：|]|\s[-–—]\s|(?<=[\u4e00-\u9fff])\s)\s*(?P<told>.+)")
_SPEECH = re.compile(
    r"[我你您他她请請谢謝吗呢吧啊了]|怎么|怎麼|什么|(?<!顾)问|(?<!顧)問|大家|欢迎|歡迎|各位|开始|先说"
    r"|\b(?:I|you|we|me|my|your|our|is|are|will|thanks?|welcome|please|what|how|over|let|go|start|hello|hi|yes|no)\b",
    re.IGNORECASE,
)
_ORGANIZATION_END = re.compile(
    r"(?:公司|集团|银行|大学|学院|研究院|研究所|协会|学会|委员会|基金会|医院|事务所|出版社|报社|日报|电视台|科技|证券|基金"
    r"|保险|传媒|财经|智库|中心|局|厅|集團|銀行|大學|學院|協會|醫院|財經)$"
)
_NAME_WORD = re.compile(r"[A-Z0-9&][^\s]*|of|the|and|for|de|&|at")
_GAP = re.compile(r"\s{2,}")
_PAIR = re.compile(r"([^\s:：]{1,6})\s?[:：]\s?([^:：]{1,40})")  # 葉：葉承禮
_MAX_BIOGRAPHY = 60
_MAX_TITLE = 80
_MAX_FACT = 120
_MAX_NAME = 60
_MIN_PROSE = 60  # characters of a line of prose; heads have shorter ones
_FRONT_SPEAKERS = re.compile(r"speakers?\s*:\s*(.*)", re.IGNORECASE)
_FRONT_ITEM = re.compile(r"\s*-\s+(.+)")
_SENTENCE_END = (".", "!", "?", "。", "！", "？", '"', "”", "…")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The marks behind the head of a file; ``key`` says who its labels stand for: ``Lena Berg (LB)``."""

    marks: tuple[Mark, ...]
    key: tuple[str, ...] = ()


def find_head(marks: Sequence[Mark], lines: Sequence[Line]) -> Head:
    """``marks`` without those of the head: a title with a colon, facts, lists of people, a key to the labels."""
    marks, spelled = _shortened(marks)
    if n_key := _key_length(marks):
        key = (*spelled, *(f"{mark.rest} ({mark.label})" for mark in marks[:n_key]))
        return Head(marks=tuple(marks[n_key:]), key=key)
    if legend := _legend(marks):
        key = (*spelled, *(f"{name} ({short})" for pairs in legend for short, name in pairs.items()))
        return Head(marks=tuple(marks[len(legend) :]), key=key)
    return Head(marks=_behind_head(marks, lines), key=spelled)


def _shortened(marks: Sequence[Mark]) -> tuple[Sequence[Mark], tuple[str, ...]]:
    """``marks``, and who is written in full at his first turn and short from there on: 林(林煥光), then 林."""
    written = {mark.label for mark in marks}
    short: dict[str, str] = {}
    key: list[str] = []
    for label in written:
        parsed = parse_label(label)
        alias = parsed.aliases[-1] if parsed.aliases else ""
        if alias in written and label.startswith(alias) and is_short_for(alias, parsed.name):
            short[label] = alias
            key.append(f"{parsed.name} ({alias})")
    return [replace(mark, label=short.get(mark.label, mark.label)) for mark in marks], tuple(sorted(key))


def _legend(marks: Sequence[Mark]) -> list[dict[str, str]]:
    """For each mark at the top that only says who short labels are, whom it says: 問：記者　　黃：黃遠輝."""
    found: list[dict[str, str]] = []
    for mark in marks:
        told = [_PAIR.fullmatch(part.strip()) for part in _GAP.split(f"{mark.label}：{mark.rest}")]
        pairs = {pair[1]: pair[2] for pair in told if pair and not pair[2].endswith(_SENTENCE_END)}
        if len(pairs) < len(told) or any(pairs.keys() & earlier.keys() for earlier in found):
            break
        found.append(pairs)
    names = {short: name for pairs in found for short, name in pairs.items()}
    later = {mark.label for mark in marks[len(found) :]}
    named = any(is_short_for(short, parse_label(name).name) for short, name in names.items())
    return found if named and len(names) > 1 and names.keys() <= later else []


def _behind_head(marks: Sequence[Mark], lines: Sequence[Line]) -> tuple[Mark, ...]:
    marks = _behind_attendance(marks, lines)
    counts = Counter(folded(parse_label(mark.label).name) for mark in marks)
    first = 1 if len(marks) > 1 and _is_title(marks) else 0
    told = [mark for mark in marks if mark.rest and mark.label]
    again = [mark for mark in told if counts[folded(parse_label(mark.label).name)] > 1] or told
    ends = sum(mark.rest.endswith(_SENTENCE_END) for mark in again) > 0.8 * len(again)
    while first < len(marks) - 1 and _is_head_mark(marks[first], counts, lines, marks[first + 1].line, ends):
        first += 1
    headed = first < len(marks) and not marks[first].rest and name_kind(marks[first].label) == "role"
    biographies = first + headed  # 嘉宾： on a line of its own
    while biographies < len(marks) and _is_biography(marks[biographies]):
        biographies += 1
    return tuple(marks[biographies if biographies > first + headed + 1 else first :])


def _behind_attendance(marks: Sequence[Mark], lines: Sequence[Line]) -> Sequence[Mark]:
    """``marks`` without the few that stand above a heading such as Attendees: an agenda that names who brings what."""
    heading = next((line.number for line in lines if line.kind == "heading" and _ATTENDANCE.search(line.text)), -1)
    behind = [mark for mark in marks if mark.line > heading]
    return behind if len(behind) > 0.5 * len(marks) else marks


def with_opening(marks: Sequence[Mark], lines: Sequence[Line]) -> list[Mark]:
    """``marks``, and before them one for the talk that a file begins with, where its head names one speaker.

    Text before the first label that is longer than the labelled part is no head either: it is told as nobody's.
    """
    stated = _stated_speakers(lines)
    first = marks[0].line if marks else len(lines)
    body = [line for line in lines[end_of_front_matter(lines) : first] if line.kind == "text"]
    prose = [line for line in body if _is_prose(line.text.strip())]
    n_before = sum(len(line.text) for line in prose)
    n_behind = sum(len(line.text) for line in lines[first:])
    if not prose or (marks and n_before < n_behind) or not (marks or len(stated) == 1):
        return list(marks)
    opening = prose[0]
    name = stated[0] if len(stated) == 1 else ""
    return [Mark(line=opening.number, label=name, rest=opening.text.strip(), form=Form("line", "head")), *marks]


def _is_prose(text: str) -> bool:
    return len(text) >= _MIN_PROSE or (len(text) >= _MIN_PROSE // 2 and text.endswith(_SENTENCE_END))


def end_of_front_matter(lines: Sequence[Line]) -> int:
    """The line behind a block of ``key: value`` between two rules at the top of a file; 0 where there is none."""
    if next((line.text.strip() for line in lines if line.text.strip()), "") != "---":
        return 0
    written = [line for line in lines if line.text.strip()]
    end = next((place for place, line in enumerate(written[1:], 1) if line.text.strip() == "---"), 0)
    is_keys = end > 0 and all(_KEY_LINE.fullmatch(line.text) for line in written[1:end])
    return written[end].number + 1 if is_keys else 0


def _stated_speakers(lines: Sequence[Line]) -> list[str]:
    """The people that a front matter lists under ``speakers:``."""
    found: list[str] = []
    inside = False
    for line in lines[: end_of_front_matter(lines)]:
        key = _FRONT_SPEAKERS.fullmatch(line.text)
        item = _FRONT_ITEM.fullmatch(line.text)
        if key:
            inside = True
            found += [part.strip(" '\"") for part in key.group(1).strip("[] ").split(",") if part.strip()]
        elif inside and item:
            found.append(item.group(1).strip(" '\""))
        else:
            inside = False
    return found


def _key_length(marks: Sequence[Mark]) -> int:
    """How many marks at the top say in full who a label stands for, each once, before the labels speak."""
    n = 0
    seen: set[str] = set()
    while (
        n < len(marks) and marks[n].label not in seen and name_kind(parse_label(marks[n].rest).name) in ("name", "weak")
    ):
        if not marks[n].rest or len(marks[n].rest) > _MAX_NAME or marks[n].rest.endswith(_SENTENCE_END):
            break
        seen.add(marks[n].label)
        n += 1
    later = {mark.label for mark in marks[n:]}
    short = all(len(mark.label) < len(mark.rest) and mark.label.isupper() for mark in marks[:n])
    return n if n > 1 and short and len(seen & later) > 0.5 * n else 0


def is_mentioned(candidates: Sequence[Sequence[Mark]], lines: Sequence[Line]) -> frozenset[str]:
    """The labels that the lines before the first one that comes again speak of, as an attendance list does.

    Initials of one of those whom the list names are his. A line that comes again as it is was listed twice, not said.
    """
    found = [[mark for mark in marks if mark.form.family != "line"] for marks in candidates]
    said: dict[str, set[str | int]] = {}
    for mark in chain.from_iterable(found):
        said.setdefault(mark.label, set()).add(mark.rest or mark.line)
    first = next((n for n, marks in enumerate(found) if any(len(said[mark.label]) > 1 for mark in marks)), 0)
    opening = "\n".join(line.text for line in lines[: min(first, _MENTION_LINES)])
    if not opening.strip():
        return frozenset()
    listed = [person.label.name for person in listed_people(opening)]
    own = {mark.label for mark in chain.from_iterable(found[:first])}
    labels = {mark.label for mark in chain.from_iterable(candidates[first:])} - own
    return frozenset(
        parse_label(label).name
        for label in labels
        if len(label) > 1 and (_stands_in(label, opening) or sum(is_initials_of(label, name) for name in listed) == 1)
    )


def _stands_in(label: str, opening: str) -> bool:
    if has_han(label):
        return label in opening
    return label in opening and re.search(rf"(?<!\w){re.escape(label)}(?!\w)", opening) is not None


def _is_head_mark(mark: Mark, counts: Counter[str], lines: Sequence[Line], end: int, ends: bool) -> bool:
    """Whether a mark before anybody speaks states a fact or lists people."""
    if mark.form.family in ("stamped", "column"):
        return is_key(mark.label) and mark.start is None and not mark.rest
    if _is_cast(mark):
        return True
    body = "\n".join([mark.rest, *(line.text for line in lines[mark.line + 1 : end] if line.kind == "text")]).strip()
    if not mark.label:  # before anybody speaks, what may be a label and is none is of the head
        return True
    once = counts[folded(parse_label(mark.label).name)] == 1
    if is_key(mark.label) or is_heading(mark.label):
        return once or not has_words(body) or _are_listed(body)
    if not once:
        return False
    n_headings = sum(line.kind == "heading" for line in lines[mark.line : end])
    if n_headings > 1 or (n_headings and not mark.rest.endswith(_SENTENCE_END)):
        return True  # a title above the headings
    stated = find_date(mark.rest) != "" and len(mark.rest) < _MAX_TITLE
    unlike = ends and body != "" and len(body) <= _MAX_FACT and not body.endswith(_SENTENCE_END)
    return not has_words(body) or stated or unlike or _are_listed(body)


def _are_listed(text: str) -> bool:
    listed = _BRACKET.sub("", _ABBREVIATION.sub(r"\1", text))
    if _LIST_OF_NAMES.fullmatch(listed) is None:
        return False
    names = [part.strip() for part in _BETWEEN_NAMES.split(listed) if part.strip()]
    n_names = sum(name_kind(name) == "name" for name in names)
    return n_names == len(names) or (len(names) > 3 and n_names >= _MOSTLY * len(names))


def _is_title(marks: Sequence[Mark]) -> bool:
    """``Ocean Futures: Who Pays`` before anybody speaks: once, in Latin letters, and no sentence."""
    first = marks[0]
    if (
        first.form.family != "colon"
        or name_kind(first.label) != "name"
        or has_han(first.label)
        or " " not in first.label
    ):
        return False
    again = any(mark.label == first.label for mark in marks[1:])
    return not again and 0 < len(first.rest) <= _MAX_TITLE and not first.rest.endswith((*_SENTENCE_END, ":", "："))


def _is_biography(mark: Mark) -> bool:
    """``沈志峰：江苏银行运营部总经理`` among others of its kind, before anybody speaks."""
    return (
        mark.start is None
        and len(mark.rest) <= _MAX_BIOGRAPHY
        and bool(_LIST_OF_NAMES.fullmatch(mark.rest) and states_position(mark.rest))
    )


def _is_cast(mark: Mark) -> bool:
    """``嘉宾：李华，望津银行副行长；赵强，…`` and the like: a role, and people instead of speech."""
    listed = _ABBREVIATION.sub(r"\1", mark.rest)
    if mark.start is not None or not _LIST_OF_NAMES.fullmatch(listed):
        return False
    if "role" not in (name_kind(mark.label), name_kind(mark.label.removesuffix("s"))) and not is_key(mark.label):
        return False
    bare = _BRACKET.sub("", listed)
    return _are_names(_BETWEEN_NAMES.split(bare)) or all(map(_is_person, _BETWEEN_PEOPLE.split(listed)))


def _are_names(parts: Iterable[str]) -> bool:
    names = [parse_label(part.strip()).name for part in parts if part.strip()]
    return bool(names) and all(name_kind(name) == "name" for name in names)


def _is_person(entry: str) -> bool:
    """``李华，望津银行副行长``, "Jane Doe, The Ledger": a name with a position or an organisation."""
    if _SPEECH.search(entry):  # "Moderator: Ana Ruiz, over to you"
        return False
    match = _PERSON.fullmatch(_BRACKET.sub("", entry).strip())
    if match is None:
        return name_kind(entry) == "name"
    name, told = match["name"].strip(), match["told"].strip()
    if name_kind(name) != "name" or (not has_han(name) and " " not in name) or len(told) > _MAX_BIOGRAPHY:
        return False
    if has_han(told):  # 李华，赵行长 calls two people
        return name_kind(told) != "name" and (states_position(told) or _ORGANIZATION_END.search(told) is not None)
    return states_position(told) or all(_NAME_WORD.fullmatch(word) for word in told.split())

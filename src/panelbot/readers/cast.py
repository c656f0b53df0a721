"""The lines of a cast list before anybody speaks: ``主持人：柏亮``, ``Panelists: Ana Ruiz (CTO, Acme), Tom Lee``.

They have the form of a turn. Knows how people are listed; what is in doubt stays a turn.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from panelbot.people import name_kind, parse_label, states_position
from panelbot.readers.labels import Mark
from panelbot.text import has_han

_LIST_OF_NAMES = re.compile(r"[^。！？.!?]{1,200}")
_BETWEEN_NAMES = re.compile(r"[、,，;；/]|\s{2,}|\band\b|和|与")
_BETWEEN_PEOPLE = re.compile(r"\s*[;；]\s*")
_BRACKET = re.compile(r"[(（\[][^()（）\[\]]*[)）\]]")
_ABBREVIATION = re.compile(r"\b(Dr|Prof|Mrs?|Ms|St|Inc|Ltd|Co|Corp|Jr|Sr|[A-Z])\.")
_PERSON = re.compile(r"(?P<name>.+?)\s*(?:[,，:：|]|\s[-–—]\s|(?<=[\u4e00-\u9fff])\s)\s*(?P<told>.+)")
_SPEECH = re.compile(
    r"[我你您他她请請谢謝吗呢吧啊了]|怎么|怎麼|什么|(?<!顾)问|(?<!顧)問|大家|欢迎|歡迎|各位|开始|先说"
    r"|\b(?:I|you|we|me|my|your|our|is|are|will|thanks?|welcome|please|what|how|over|let|go|start|hello|hi|yes|no)\b",
    re.IGNORECASE,
)
_ORGANIZATION_END = re.compile(
    r"(?:公司|集团|银行|大学|学院|研究院|研究所|协会|学会|委员会|基金会|医院|事务所|出版社|报社|日报|电视台|科技|证券|基金"
    r"|保险|传媒|财经|智库|中心|局|厅|公司|集團|銀行|大學|學院|協會|醫院|財經)$"
)
_NAME_WORD = re.compile(r"[A-Z0-9&][^\s]*|of|the|and|for|de|&|at")
_MAX_BIOGRAPHY = 60
_MAX_TITLE = 80


def without_cast(marks: Sequence[Mark], ends: tuple[str, ...]) -> Sequence[Mark]:
    """``marks`` without a title with a colon and without a cast list; ``ends`` are what a sentence ends with."""
    first = 1 if len(marks) > 1 and _is_title(marks, ends) else 0
    while first < len(marks) and _is_cast(marks[first]):
        first += 1
    headed = first < len(marks) and not marks[first].rest and name_kind(marks[first].label) == "role"
    biographies = first + headed  # 嘉宾： on a line of its own
    while biographies < len(marks) and _is_biography(marks[biographies]):
        biographies += 1
    return marks[biographies if biographies > first + headed + 1 else first :]


def _is_title(marks: Sequence[Mark], ends: tuple[str, ...]) -> bool:
    """``Ocean Futures: Who Pays`` before anybody speaks: once, in Latin letters, and no sentence."""
    first = marks[0]
    if first.style != "colon" or name_kind(first.label) != "name" or has_han(first.label) or " " not in first.label:
        return False
    again = any(mark.label == first.label for mark in marks[1:])
    return not again and 0 < len(first.rest) <= _MAX_TITLE and not first.rest.endswith(ends)


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
    if "role" not in (name_kind(mark.label), name_kind(mark.label.removesuffix("s"))):
        return False
    bare = _BRACKET.sub("", listed)
    return _are_names(_BETWEEN_NAMES.split(bare)) or all(map(_is_person, _BETWEEN_PEOPLE.split(listed)))


def _are_names(parts: Sequence[str]) -> bool:
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

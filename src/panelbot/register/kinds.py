"""Kinds of organisation and of job: what an organisation is and what a title makes of its bearer.

Knows words and where the head of a name stands, in Chinese and English. Does not know any question or transcript.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from panelbot.shipped import shipped_toml
from panelbot.text.fold import fold

_COMPANY = re.compile(r"(?:股份有限公司|有限责任公司|有限公司|股份公司|集团公司|集团|公司)$")
_COMPANY_EN = re.compile(
    r"(?<![,\s])[,\s]+(?:inc|ltd|limited|co|corp|corporation|company|group|holdings|plc|llc|gmbh|ag|sa)\.?$"
)
_BRACKET = re.compile(r"[（(\[【].{0,200}?[)）\]】]")
_PARTS = re.compile(r"[·、，,;；/&|]|(?<!\s)\s+(?:and\s+|兼\s*)|兼(?=\S)")
_EN_TAIL = re.compile(r"(?<!\s)\s+(?:of|for|at|to|in|on|with)\s+.*$")
_HOST = re.compile(
    r"(?P<host>.{1,60}?(?:协会|学会|商会|联合会|大学|学院|医院|银行|集团|公司|法院))(?P<inside>.{1,60}(?:委员会|分会|研究所|研究院|研究中心|部|处|室|系|科))$"
)
# A vice president is no president, and the chairman's assistant is no chairman.
_LESSER = re.compile(r"(?:副|助理|vice|deputy|assistant|associate|former|prime|前|原)[\s-]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind: ``heads`` end a name or title; ``words`` are what a question calls it or its people."""

    id: str
    heads: tuple[str, ...]
    words: tuple[str, ...]
    people: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    at: tuple[str, ...] = ()
    surely_at: tuple[str, ...] = ()
    external: bool = False


@lru_cache(maxsize=1)
def organization_lexicon() -> Mapping[str, Kind]:
    """Kinds of organisation by id."""
    return _read("organization")


@lru_cache(maxsize=1)
def job_lexicon() -> Mapping[str, Kind]:
    """Kinds of job by id."""
    return _read("job")


def _read(section: str) -> Mapping[str, Kind]:
    data = shipped_toml("register/kinds.toml")[section]
    return {name: _kind(name, row) for name, row in data.items()}


def _kind(name: str, row: Mapping[str, list[str]]) -> Kind:
    def listed(*keys: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(word for key in keys for word in row.get(key, ())))

    return Kind(
        id=name,
        heads=listed("zh", "en"),
        words=listed("zh", "en", "also_zh", "also_en"),
        people=listed("people_zh", "people_en"),
        known=listed("known"),
        at=listed("at"),
        surely_at=listed("surely_at"),
        external=bool(row.get("external", False)),
    )


@lru_cache(maxsize=4096)
def organization_kinds(organization: str) -> frozenset[str]:
    """The kinds an organisation is of, by the head of its name: 中国银行法学会 is a law society and no bank.

    The head of a Chinese name is at its end; of an English one at its end or before "of". Departments and company
    forms behind the head (运营部, 有限公司, Inc.) are looked through. A name of parts (A·B) has the kinds of each.
    """
    name = _BRACKET.sub("", fold(organization)).strip()
    whole = _known_kinds(name)
    return frozenset(whole | {kind for part in _PARTS.split(name) for kind in _part_kinds(part.strip())})


def _known_kinds(name: str) -> set[str]:
    return {
        kind.id
        for kind in organization_lexicon().values()
        if any(name == known or name.startswith(known + " ") for known in kind.known)
    }


def _part_kinds(part: str) -> set[str]:
    if not part:
        return set()
    host = _HOST.match(part)
    if host is not None:  # a committee of an association, an institute of a university
        inside = _part_kinds(host["inside"]) & {"research"}
        return _part_kinds(host["host"]) | inside
    plain = _COMPANY_EN.sub("", _COMPANY.sub("", part)) or part
    if re.search("[\u4e00-\u9fff]", plain):
        return _known_kinds(plain) | _heads_at_end(plain)
    head = re.sub(r"^the\s+", "", plain)
    # A known name is known whole ("bank of england"); else the head is what stands before "of" (ministry of finance).
    return (
        _known_kinds(head)
        or _heads_at_end(_EN_TAIL.sub("", head), last_only=True)
        or _heads_at_end(head, last_only=True)
    )


def _heads_at_end(name: str, *, last_only: bool = False) -> set[str]:
    """Kinds whose head ends furthest right; of several that end there, the longest."""
    best: tuple[int, int] = (0, 0)
    kinds: set[str] = set()
    for kind in organization_lexicon().values():
        for head in kind.heads:
            end = _end_of(head, name)
            if end < 0 or (last_only and end != len(name)):
                continue
            if (end, len(head)) > best:
                best, kinds = (end, len(head)), {kind.id}
            elif (end, len(head)) == best:
                kinds.add(kind.id)
    return kinds


def _end_of(head: str, name: str) -> int:
    if not head.isascii():
        at = name.rfind(head)
        return -1 if at < 0 else at + len(head)
    return len(name) if re.search(rf"(?<![a-z]){re.escape(head)}$", name) else -1


@lru_cache(maxsize=4096)
def job_kinds(title: str, organization: str = "") -> Mapping[str, float]:
    """The jobs a title makes of its bearer, with a strength in (0, 1].

    1 where a part of the title ends with the job (the CTO of "CTO and founder"), 0.8 where only the kind of
    organisation says so (a law society's director is a lawyer to an asker who says "the lawyer").
    """
    strengths: dict[str, float] = {}
    folded = fold(title)
    for part in _PARTS.split(_BRACKET.sub("", folded)):
        for kind in job_lexicon().values():
            if _is_title(part.strip(), kind):
                strengths[kind.id] = 1.0
    kinds = organization_kinds(organization) if organization else frozenset()
    for kind in job_lexicon().values():
        if kinds.intersection(kind.surely_at):
            strengths[kind.id] = 1.0
        elif kinds.intersection(kind.at):
            strengths.setdefault(kind.id, 0.8)
    return strengths


def _is_title(part: str, kind: Kind) -> bool:
    # The head of "assistant to the chairman" is the assistant; of "head of legal" the whole is the job.
    stripped = _EN_TAIL.sub("", part)
    return any(_ends_with(part if " of " in head else stripped, head) for head in kind.heads)


def _ends_with(text: str, head: str) -> bool:
    if not text.endswith(head):
        return False
    before = text[: len(text) - len(head)]
    if head.isascii() and before and before[-1].isascii() and before[-1].isalnum():
        return False
    # 总裁 ends no 副总裁; 理事长 ends with no 理事 because heads are compared at the end
    return not _LESSER.search(before)

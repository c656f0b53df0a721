"""What the speakers of a panel call each other: 沈总, 徐博士, Dr. Chen. Does not put names to anybody."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from panelbot.people.names import chinese_surname
from panelbot.register.address import Address, addresses
from panelbot.register.diarization_names import Call, sentence_at
from panelbot.types import Turn

# A mention is one of a fellow panelist where the words around it are those of a conversation: 马总 may be anybody.
_BEFORE = re.compile(
    r"(?:刚才|刚刚|刚|像|正如|如|跟|和|与|同意|赞同|问|听|请|让|by|as|agree with|like|with|what|to)"
    r"(?:那个|这个|我们|咱们)?\s*$",
    re.I,
)
_AFTER = re.compile(
    r"\s*+(?:刚才|刚刚|也|所|您|你|这边|那边)?(?:说|讲|提|谈|分享|介绍|问|的观点|的问题|的发言)|"
    r"\s*+,?\s*+(?:just|also|already)?\s*+(?:said|says|mentioned|pointed out|asked|talked|explained|raised)\b"
)

_EXECUTIVE = re.compile(r"总经理|总裁|总监|董事长|创始人|创办人|合伙人|首席.{1,4}官|\bC[A-Z]O\b")
_OFFICES = (
    "律师",
    "教授",
    "院长",
    "校长",
    "园长",
    "所长",
    "行长",
    "会长",
    "局长",
    "处长",
    "科长",
    "主任",
    "院士",
    "主编",
    "医生",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """A form of address for the speaker labelled ``label``, and the sentence of turn ``turn`` it is said in."""

    label: str
    form: str
    turn: int
    sentence: str


def find_aliases(names: Mapping[str, str], turns: Sequence[Turn], calls: Iterable[Call]) -> tuple[Alias, ...]:
    """Each form of address that can mean only one speaker; ``names`` maps labels to names, "" where there is none."""
    calls = tuple(calls)
    found: dict[tuple[str, str], Alias] = {}
    for alias in (*_called(names, calls), *_mentioned(names, turns)):
        if not names[alias.label] or names[alias.label] not in alias.form:
            found.setdefault((alias.label, alias.form), alias)
    n_bearers = Counter(form for _, form in found)
    return tuple(alias for alias in found.values() if n_bearers[alias.form] == 1)


def formal_addresses(name: str, title: str) -> tuple[str, ...]:
    """How a Chinese bearer of ``title`` is addressed by rule: 胡伟, 总经理 is 胡总; 李四, 律师 is 李律师."""
    surname = chinese_surname(name)
    if not surname:
        return ()
    forms = [honorific for honorific in _OFFICES if honorific in title]
    executive = ["总"] if _EXECUTIVE.search(title) else []
    return tuple(surname + form for form in dict.fromkeys((*executive, *forms)))


def _called(names: Mapping[str, str], calls: Sequence[Call]) -> Iterator[Alias]:
    """Forms under which the floor was given or thanks were said; a nameless speaker's must come twice."""
    for call in calls:
        if call.label not in names:
            continue
        bearers = _bearers(names, call.address)
        if bearers == [call.label] or (not names[call.label] and not bearers and _agreed(call, calls)):
            yield Alias(label=call.label, form=call.address.form, turn=call.turn, sentence=call.sentence)


def _agreed(call: Call, calls: Sequence[Call]) -> bool:
    """Whether the speaker is given the floor and addressed again under one surname, and nobody else under it."""
    surname = call.address.surname
    mine = [other for other in calls if other.label == call.label]
    if not surname or any(other.address.surname != surname for other in mine):
        return False
    alone = all(other.label == call.label for other in calls if other.address.surname == surname)
    return alone and len({other.turn for other in mine}) > 1 and any(other.address.act == "calls" for other in mine)


def _mentioned(names: Mapping[str, str], turns: Sequence[Turn]) -> Iterator[Alias]:
    for turn in turns:
        for address in addresses(turn.text):
            bearers = _bearers(names, address)
            if len(bearers) != 1 or bearers[0] == turn.speaker or not _of_a_panelist(turn.text, address):
                continue
            sentence = sentence_at(turn.text, address.start)
            yield Alias(label=bearers[0], form=address.form, turn=turn.index, sentence=sentence)


def _of_a_panelist(text: str, address: Address) -> bool:
    end = address.start + len(address.form)
    return bool(address.act != "mentions" or _BEFORE.search(text[: address.start]) or _AFTER.match(text, end))


def _bearers(names: Mapping[str, str], address: Address) -> list[str]:
    return [label for label, name in names.items() if name and address.fits(name)]

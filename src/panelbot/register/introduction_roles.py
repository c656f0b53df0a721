"""Which part the people in a sentence of introduction play: who moderates, who sits on the panel, who asks.

Reads the words around the names; does not know whose names they are. Where two people talk and nobody is said to
moderate, nobody has a part: the one who asks may stand on either side.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from panelbot.register import introduction_english
from panelbot.text import has_han
from panelbot.types import Role

_BRACKET = r"(?:\s*+[（(][^）)]*[）)])?"
_MODERATES = re.compile(
    rf"^{_BRACKET}\s*+(?:女士|先生|老师|教授|博士)?\s*+(?:将|负责)?(?:担任|作为|出任)?\s*+"
    r"(?:联合|共同|嘉宾|本次|本场|此次|圆桌|论坛|讨论|对话|的)*主持(?!研|编|设计|起草|完成|开发|制定|翻译|的(?!圆桌|论坛|讨论|对话|对谈))"
)
_MODERATOR_BEFORE = re.compile(
    r"主持(?:是|为|由)?[\s:：]*$|主持人(?:是|为|由|[\s:：])*[^，,。；;、与和及跟同对嘉]{0,30}$"
)
_AUDIENCE_BEFORE = re.compile(r"(?:听众|观众)(?:代表)?[\s:：]*$")
_PANEL = re.compile("嘉宾|参与|参加|出席|对话|圆桌|讨论|与会|论坛|分享")
_TWO_TALK = re.compile("对谈|专访|采访|访谈|[与和同跟][^，,。；;]{2,40}对话")
_OPENS = re.compile(
    rf"^{_BRACKET}\s*(?:女士|先生|老师)?(?:对话(?!嘉宾)|连线|邀请|请来|请到|携手|发起|召集|致辞|致词|致开幕|致欢迎)"
)
_LINKED = re.compile(r"\s*(?:、|和|与|及|以及|&|\band\b)\s*")
_LINKED_WITH_MORE = re.compile(r"[^,，;；。]*(?:、|和|与|及|&|\band\b)[^,，;；。]*")

Span = tuple[int, int]


def find_roles(sentence: str, spans: Sequence[Span]) -> list[Role]:
    """The role of each person named at ``spans`` of ``sentence``, in order; ``unknown`` where it is not told."""
    borders = [0, *(end for _, end in spans)]
    nexts = [*(start for start, _ in spans[1:]), len(sentence)]
    lefts = [sentence[border:start] for border, (start, _) in zip(borders, spans, strict=False)]
    rights = [sentence[end:border] for (_, end), border in zip(spans, nexts, strict=True)]
    chinese = has_han(sentence)
    moderates = _moderates if chinese else introduction_english.moderates
    found: list[Role] = []
    for left, right in zip(lefts, rights, strict=True):
        audience = chinese and _AUDIENCE_BEFORE.search(left) is not None
        found.append("moderator" if moderates(left, right) else "audience" if audience else "unknown")
    doubtful = _share(found, lefts, rights, chinese)
    for number, (start, end) in enumerate(spans):
        if found[number] == "unknown" and number not in doubtful:
            sits = _sits_chinese(sentence, rights[number]) if chinese else None
            told = introduction_english.sits(sentence, start, end, led="moderator" in found) if sits is None else sits
            found[number] = "panelist" if told else "unknown"
    return found


def _share(found: list[Role], lefts: Sequence[str], rights: Sequence[str], chinese: bool) -> set[int]:
    """Give the moderator's part to whom a bare "and" joins to the moderator; the numbers of whom it may join."""
    doubtful: set[int] = set()
    numbers = list(pairwise(range(len(found))))
    for first, second in reversed(numbers) if chinese else numbers:
        led, other = (second, first) if chinese else (first, second)
        if found[led] != "moderator" or found[other] != "unknown":
            continue
        says = _MODERATES.match(rights[led]) if chinese else introduction_english.leads_to_several(lefts[led])
        if says and _LINKED.fullmatch(rights[first]):
            found[other] = "moderator"
        elif says and _LINKED_WITH_MORE.fullmatch(rights[first]):
            doubtful.add(other)
    return doubtful


def _moderates(left: str, right: str) -> bool:
    return bool(_MODERATES.match(right) or _MODERATOR_BEFORE.search(left))


def _sits_chinese(sentence: str, right: str) -> bool:
    return bool(_PANEL.search(sentence)) and not _TWO_TALK.search(sentence) and not _OPENS.match(right)

"""True sentences made false by a word or two: another number, another name, the opposite.

Knows a few words of both languages; does not know who speaks.
"""

from __future__ import annotations

import re
from collections.abc import Callable

Change = Callable[[str], str]


def _swap(pattern: str, new: dict[str, str]) -> Change:
    """The first match of ``pattern`` replaced by what ``new`` says of it."""
    return lambda text: re.sub(pattern, lambda m: new[m.group()], text, count=1)


def _put(pattern: str, new: str) -> Change:
    return lambda text: re.sub(pattern, new, text, count=1)


def _words(new: dict[str, str]) -> Change:
    """As `_swap` for whole words, English ones between word boundaries."""
    return _swap("|".join(word if word[0] > "z" else rf"\b{word}\b" for word in new), new)


_DIGITS = dict(zip("二三四五六七八九十两", "五六七八九二三四六七", strict=True))
FACTS: tuple[Change, ...] = (
    lambda text: re.sub(r"\d", lambda m: str((int(m.group()) + 3) % 10), text, count=1),
    _swap("[二三四五六七八九十两](?=[个成年月天倍家次种点万亿百千位名块件])", _DIGITS),
    _words({"two": "seven", "three": "eight", "four": "nine", "five": "two", "six": "three", "ten": "four"}),
    _words({"January": "March", "March": "July", "April": "June", "September": "April", "Monday": "Friday"}),
    _words({"北京": "南京", "上海": "重庆", "中国": "巴西", "美国": "荷兰", "China": "Brazil", "English": "Turkish"}),
)
OPPOSITES: tuple[Change, ...] = (
    _put(r"\b(is|are|was|were|will|can|should|could|would)\b(?! not|n't)", r"\1 not"),
    _put("(?<![不是可就还只但总老都])(是|可以|应该)(?![不否])", r"不\1"),
    _put(r"\b(is|are|was|were|will|ca|should|could|would|do|does|did)(?:n't| not)\b", r"\1"),
    _put("(?<![是会能要想])不(?=[是会能要想])|没(?=有)", ""),
    _words(
        {
            "more": "less", "increase": "decrease", "good": "bad", "easy": "hard", "always": "never",
            "增加": "减少", "上升": "下降", "提高": "降低", "恢复": "萎缩", "支持": "反对", "容易": "困难",
        }
    ),
)  # fmt: skip


def changed(text: str, changes: tuple[Change, ...], first: int = 0) -> str:
    """``text`` after the first of ``changes`` that does anything, beginning with number ``first``; else empty."""
    first %= len(changes)
    made = (change(text) for change in changes[first:] + changes[:first])
    return next((new for new in made if new != text), "")

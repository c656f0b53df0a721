"""How speakers address one another: "有请徐金涛老师", "感谢沈总", "Thank you, Ana", "Ana Ruiz, what do you think?".

Finds the forms of address and what is done with them; does not decide who is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from panelbot.people.affiliation import split_affiliation
from panelbot.people.lexicon import word_list
from panelbot.people.names import HAN, chinese_surname, is_chinese_name, is_given_name, is_latin_name, is_word

Act = Literal["thanks", "calls", "mentions"]
_HONORIFICS = "|".join(word_list("honorifics"))
_HONORIFIC = re.compile(_HONORIFICS)
# Words that stand between names in speech: whatever precedes a name is cut off after the last of them.
_BETWEEN = re.compile(
    "谢谢|感谢|多谢|有请|邀请|欢迎|先请|请问|请教|请|首先|然后|接下来|下面|最后|那么|那个|这个|这位|那位|刚才|刚刚|刚|我们|咱们|包括|关于|"
    f"问问|问|让|由|像|从|是|和|跟|与|以及|及|还有|给|对|向|听|同意|按照|正如|如|也|就|的|了|在|昨天|今天|之前|{_HONORIFICS}"
)
_THANKS = re.compile("(?:谢谢|感谢|多谢|谢)(?:一下|了|我们的?|这个|那个|您|你|非常)*$")
_CALLS = re.compile(
    "(?:有请|先请|请教|请问|请|欢迎|然后|接下来|下面|首先是?|那么|那|从|来|问问|想问)(?:一下|我们的?|这个|那个|咱们)*$"
)
_CALLED_AFTER = re.compile("[，,]?(?:您|你|有请|请|先|来|怎么|开始|发言|给)|[。，,？?！! ]*$")
_TITLES = {word.capitalize() for word in word_list("honorifics_english")} - {"Madam", "Madame"}
_TITLE_EN = rf"(?:{'|'.join(sorted(_TITLES))}|Judge|Senator|Minister)\b\.?\s+"
_NAME_EN = rf"(?P<form>(?:{_TITLE_EN})?[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)?)"
_THANKS_EN = re.compile(
    rf"\b(?i:thank\s+you|thanks)(?i:\s+(?:so|very)\s+much|\s+again|\s+a lot)*(?:\s*+,)?\s++(?i:to\s+)?{_NAME_EN}"
    r"(?=\s*(?:[.,!;]|$|\bfor\b))"
)
_CALLS_EN = re.compile(
    r"(?:\b(?i:over\s+to(?:\s+you)?|turn\s+to|hear\s+from|start\s+with|begin\s+with|bring\s+in|go\s+to|welcome|ask))"
    rf"(?:\s*+,)?\s++{_NAME_EN}(?=\s*(?:[.,!?;]|$))"
    rf"|(?:^|[.!?]\s+)(?:(?i:and|so|now)\s+)?{_NAME_EN.replace('form', 'vocative')}\s*,\s+"
    r"(?=(?i:what|how|can|could|do|would|please|why|your|you|where|when|is|are|welcome|tell|thank|over)\b)"
)
_MENTION_EN = re.compile(rf"(?P<form>{_TITLE_EN}[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)?)")
_HAN_RUN = re.compile(f"[{HAN}]*+")
_REACH = 100  # characters before a form of address that say what is done with it, and before an honorific what it is of
_TAIL, _TAIL_EN = 60, 160  # the floor is handed over in a turn's last characters
_HEAD = 60  # and thanks are given in its first


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A form of address: ``form`` as said, ``surname`` or ``name`` (the whole one) where they can be told."""

    form: str
    surname: str = ""
    name: str = ""
    start: int
    act: Act

    def fits(self, name: str) -> bool:
        """Whether a person called ``name`` may be addressed so."""
        if self.name:
            return self.name == name
        if self.surname and not self.surname.isascii():
            return chinese_surname(name) == self.surname
        return set(self.form.split()) <= set(name.split()) or (
            bool(self.surname) and name.split()[-1:] == [self.surname]
        )


@lru_cache(maxsize=4096)  # several readers of the register look at the same turns
def addresses(text: str) -> tuple[Address, ...]:
    """The forms of address in ``text``, in order; one at a place, and a mention only where it is nothing more."""
    found: dict[int, Address] = {}
    for address in (*_chinese(text), *_english(text)):
        found.setdefault(address.start, address)
    return tuple(found[start] for start in sorted(found))


def handed_to(text: str) -> Address | None:
    """Whom the turn ``text`` hands the floor to: the last form of address in its end, unless that is thanks.

    With "有请徐金涛老师，徐老师有请" the whole name is the answer.
    """
    reach = _TAIL_EN if text.isascii() else _TAIL
    late = [address for address in addresses(text) if address.start >= len(text) - reach]
    if not late or late[-1].act != "calls":
        return None
    last = late[-1]
    whole = [
        address for address in late if address.name and address.surname == last.surname and address.act != "thanks"
    ]
    return replace(last, name=whole[-1].name, form=whole[-1].form) if whole and last.surname else last


def thanked(text: str) -> Address | None:
    """Whom the turn ``text`` thanks when it begins."""
    early = [address for address in addresses(text) if address.start < _HEAD and address.act != "mentions"]
    return early[0] if early and early[0].act == "thanks" else None


def _chinese(text: str) -> Iterator[Address]:
    for honorific in _HONORIFIC.finditer(text):
        run = _HAN_RUN.match(text[max(0, honorific.start() - _REACH) : honorific.start()][::-1])
        before = run.group()[::-1] if run else ""
        borders = [match.end() for match in _BETWEEN.finditer(before)]
        surname, name, length = _called(before[borders[-1] :] if borders else before)
        if not surname:
            continue
        start = honorific.start() - length
        form = (name or surname) + honorific[0]
        act = _act(text[max(0, start - _REACH) : start], text[honorific.end() :])
        yield Address(form=form, surname=surname, name=name, start=start, act=act)


def _called(segment: str) -> tuple[str, str, int]:
    """Surname, whole name and length of what ``segment`` ends in, where only an affiliation stands before it."""
    if surname := chinese_surname(segment + "某"):
        if surname == segment:
            return surname, "", len(segment)
        # an honorific follows: a word inside a name of three is no objection, 华丽 of 余华丽 misheard as 华丽于 is
        if is_chinese_name(segment, sure=len(segment) > 2 and not is_word(segment[:2])) and not is_word(segment):
            return surname, segment, len(segment)
    for tail in (1, 0):  # 黑派科技创始人李明李总: the surname is said again
        again = segment[-tail:] if tail else ""
        for length in (3, 4, 2):
            place, name = segment[: -length - tail], segment[len(segment) - length - tail : len(segment) - tail]
            if not is_chinese_name(name) or not split_affiliation(place) or (again and again != chinese_surname(name)):
                continue
            if not tail and len(name) > 2 and chinese_surname(name[-1] + "某"):
                continue  # 余华丽于总: the last character may be another surname
            return chinese_surname(name), name, length + tail
    return "", "", 0


def _act(before: str, after: str) -> Act:
    if _THANKS.search(before):
        return "thanks"
    return "calls" if _CALLS.search(before) or _CALLED_AFTER.match(after) else "mentions"


def _english(text: str) -> Iterator[Address]:
    for act, pattern in (("thanks", _THANKS_EN), ("calls", _CALLS_EN), ("mentions", _MENTION_EN)):
        for match in pattern.finditer(text):
            groups = match.groupdict()
            key = "form" if groups.get("form") else "vocative"
            form = " ".join(groups[key].split())
            titled = re.match(_TITLE_EN, form)
            bare = form[titled.end() :] if titled else form
            if not (is_latin_name(bare) or is_given_name(bare)):
                continue
            name = bare if is_latin_name(bare) else ""
            surname = bare.split()[-1] if titled or name else ""
            yield Address(form=form, surname=surname, name=name, start=match.start(key), act=_as_act(act))


def _as_act(act: str) -> Act:
    return "thanks" if act == "thanks" else "calls" if act == "calls" else "mentions"

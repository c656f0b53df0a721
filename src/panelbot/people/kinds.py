"""How much a label looks like what a transcript calls a speaker. Judges one label alone, not its file."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal

from panelbot.people.affiliation_chinese import around_title
from panelbot.people.lexicon import word_list
from panelbot.people.names import is_chinese_name, is_common_word, is_known_given_name, strip_honorific
from panelbot.people.roles import is_numbered_label, is_role, numbered_parts
from panelbot.shipped import shipped_lines
from panelbot.text.fold import simplify
from panelbot.text.language import has_han

Kind = Literal["numbered", "role", "name", "weak", "no"]
"""``name``: a person's name by its form; ``weak``: could be one, if the file uses it as one; ``no``: cannot be."""

_MAX_CHARACTERS = 48
_TURNS = frozenset(("q", "a", "question", "answer", "问", "答", "問"))  # the labels of an interview's turns
_MAX_HAN = 14

# 凤凰卫视记者: a role, and in front of it where from.
_ROLE_FROM = re.compile(
    r"[^\s，。！？：；、]{0,8}?(?:记者|主播|观众|听众|嘉宾|网友|主持人?|翻译|提问者?|现场提问|媒体)"
)
_LATIN_NAME_PARTICLES = frozenset(
    "de da di do du del della der den des van von zu la le los las bin ibn al el ap ter ten y e i dos af".split()
)
_LATIN_TITLE_WORDS = frozenset({"of", "the", "and", "for", "&", "on", "in"})  # The Member for Leeds; Tides and Turbines
_LATIN_WORD = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ'’.\-]*|[A-Za-zÀ-ɏ]?\d+|&")
_SUFFIX = re.compile(r"(?:,|(?<!\s))\s+(?:Jr|Sr|II|III|IV|Ph\.?D|M\.?D|Esq|CFA|CPA)\.?$")
_HAN_ADDRESS = re.compile(
    rf"(?:老|小|阿)[\u4e00-\u9fff]{{1,2}}|[\u4e00-\u9fff]{{1,4}}(?:{'|'.join(word_list('honorifics'))}|师兄|师姐)"
)
_TRANSLITERATED = re.compile(r"[\u4e00-\u9fff]{1,8}(?:[·•・‧][\u4e00-\u9fffA-Za-z.]{1,10}){1,3}")
# What ends or starts a clause of speech rather than a label: 他说, 我认为, 第一个问题, 一是.
_HAN_CLAUSE = re.compile(
    r"第[一二三四五六七八九十百\d]+|[一二三四五六七八九十]{1,3}(?:是|、|来|方面|个)|[我你他她它这那]|(?:首先|其次|然后|最后|另外|比如|例如|因为|所以|但是|如果|就是|也就是|换句话)"
)
_HAN_CLAUSE_END = re.compile(
    r"(?:说|问|讲|说道|问道|讲到|表示|认为|指出|提到|写道|强调|回答|答道|觉得|知道|是|为|有|叫|做|到|下|包括|如下|例如|比如|问题|原因|方面|结论|一点|几点|两点|三点|四点|几个|两个"
    r"|三个|一个|的|了|吗|呢|吧|啊|說|問|講|認為|問題)"
)
_OTHERS = re.compile(r"[\u4e00-\u9fff]{2}等[\u4e00-\u9fff]{2}")  # 张明等提案: several, and what is theirs
_HAN_SPEECH = re.compile(r"[我你您他她它咱这那哪的了吗呢吧啊么們们]|告诉|觉得|认为|因为|所以|不是|就是")
_IMPOSSIBLE = re.compile(r"[，。！？；、,;!?…\"“”‘《》<>{}=|\\/@#$%^*+~]|\.\.|\d{3,}|^\W*$|^\d+[.)、\s]*|--")


@lru_cache(maxsize=4096)
def name_kind(label: str) -> Kind:
    """What kind of speaker label ``label`` could be, by its characters and words alone."""
    label = _SUFFIX.sub("", unicodedata.normalize("NFKC", label))
    if not label or len(label) > _MAX_CHARACTERS:
        return "no"
    if is_role(label):
        return "numbered" if numbered_parts(label)[1] else "role"
    if label.casefold() in _TURNS:
        return "role"
    if is_numbered_label(label) and len(label) > 1:
        return "numbered"
    label = simplify(label) if has_han(label) else label
    if label.casefold().rstrip(".") in _words_before_colons() or _IMPOSSIBLE.search(label):
        return "no"
    return _han_kind(label) if has_han(label) else _latin_kind(label)


def is_transliterated(label: str) -> bool:
    """Whether it is a foreign name in Chinese characters: 史蒂夫·乔布斯."""
    return _TRANSLITERATED.fullmatch(label) is not None


def _han_kind(label: str) -> Kind:
    if len(label) > _MAX_HAN and not re.search(r"[A-Za-z ]", label):
        return "no"
    if _ROLE_FROM.fullmatch(label):
        return "role"
    if is_transliterated(label) or _is_han_name(label) or around_title(label)[0]:
        return "name"
    if (
        _OTHERS.search(label)
        or _HAN_CLAUSE.match(label)
        or _HAN_CLAUSE_END.search(label, len(label) - 2)
        or _HAN_SPEECH.search(label)
    ):
        return "no"
    return "name" if _HAN_ADDRESS.fullmatch(label) and not is_common_word(label) else "weak"


def _is_han_name(label: str) -> bool:
    return is_chinese_name(label, sure=True) and not is_common_word(label) and not _HAN_SPEECH.search(label[1:])


def _latin_kind(label: str) -> Kind:
    words = label.split()
    if not re.search(r"[A-Za-zÀ-ɏ]", label):  # another script: its words cannot be judged, its use can
        return "weak" if len(words) <= 4 and label.replace(" ", "").isalpha() else "no"
    if len(words) > 6 or not all(_LATIN_WORD.fullmatch(word.strip("()")) for word in words):
        return "no"
    if any(word.islower() and word not in _LATIN_NAME_PARTICLES | _LATIN_TITLE_WORDS for word in words):
        # a nickname such as "alice" may be written small; a clause may not
        return "weak" if len(words) == 1 and label.isalpha() else "no"
    if strip_honorific(label) != label or (len(words) == 1 and is_known_given_name(label)):
        return "name"
    capitalised = [word for word in words if word[0].isupper()]
    common = any(word.casefold() in _words_before_colons() | _LATIN_TITLE_WORDS for word in words if len(word) > 1)
    return "name" if 2 <= len(capitalised) <= 4 and not common and not any(c.isdigit() for c in label) else "weak"


@lru_cache(maxsize=1)
def _words_before_colons() -> frozenset[str]:
    lines = shipped_lines("people/words_before_colons.txt")
    return frozenset(word.strip().casefold() for line in lines for word in line.split("|"))


def is_heading(text: str) -> bool:
    """Whether ``text`` is one of the words that head a part of a transcript file: 章节速览, Summary, 原文."""
    return text.strip(" :：#*[]()（）【】").casefold() in _words_before_colons()

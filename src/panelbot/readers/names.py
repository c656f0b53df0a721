"""How much a label looks like what a transcript calls a speaker. Judges one label alone, not its file."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from panelbot.text import has_han
from panelbot.text.surnames import split_surname

Kind = Literal["numbered", "role", "name", "weak", "no"]
"""``name``: a person's name by its form; ``weak``: could be one, if the file uses it as one; ``no``: cannot be."""

_MAX_CHARACTERS = 48
_MAX_HAN = 14

_NUMBERED = re.compile(
    r"(?:speaker|spk|participant|guest|person|voice|panell?ist|user|attendee|student|respondent|interviewer|interviewee"
    r"|unknown(?: speaker)?|host|moderator|channel|audience(?: member)?|caller|member|juror|expert|analyst|female|male"
    r"|woman|man)(?:[\s_\-#.]*\d{1,3}|[\s_\-#.]+[a-z])"
    r"|(?:(?:未知)?发言人|说话人|讲话人|演讲人|讲者|讲话者|嘉宾|参会人|参会者|与会者|用户|访客|观众|听众|提问者|记者"
    r"|主持人|学员|学生|人物|角色|专家|分析师|委员|代表|评委|员工|客户|發言人|說話人|講者|嘉賓|觀眾|聽眾|與會者)"
    r"[\s_\-#.]*(?:\d{1,3}|[a-z]|[一二三四五六七八九十]{1,2}|[甲乙丙丁戊己庚辛])|s\d{1,2}",
    re.IGNORECASE,
)

_ROLE_LATIN = re.compile(
    r"(?:the )?(?:(?:co-?|vice |deputy |acting )?(?:moderator|host|chair|chairman|chairwoman|chairperson|president"
    r"|facilitator|anchor|presenter)|interviewer|interviewee|emcee|mc|operator|narrator|announcer|reporter|journalist"
    r"|translator|interpreter|guest|panell?ist|speaker|audience|audience (?:member|question)|attendee|participant"
    r"|everyone|all|crowd|caller|unknown|unidentified|man|woman|student"
    r"|(?:unidentified|unknown|male|female|new) (?:speaker|voice|male|female|participant))",
    re.IGNORECASE,
)
_ROLE_HAN = re.compile(
    r"[^\s，。！？：；、]{0,8}?(?:主持人?|主播|司仪|嘉宾|记者|观众(?:提问)?|听众|提问(?:者|人)?|现场提问|媒体(?:提问)?|网友(?:提问)?|与会者|参会者"
    r"|会议主席|主席|发言人|说话人|翻译|旁白|采访(?:者|人)|受访(?:者|人)|被访(?:者|人)|众人|全体|未知|学员|点评人|工作人员|讲师|评委|导师"
    r"|嘉賓|記者|觀眾(?:提問)?|聽眾|提問(?:者|人)?|媒體|與會者|發言人|說話人|翻譯|採訪者|受訪者|眾人|全體|主持)"
)
_Q_AND_A = frozenset({"q", "a", "question", "answer", "问", "答", "問"})

_LATIN_NAME_PARTICLES = frozenset(
    [
        "de",
        "da",
        "di",
        "do",
        "du",
        "del",
        "della",
        "der",
        "den",
        "des",
        "van",
        "von",
        "zu",
        "la",
        "le",
        "los",
        "las",
        "bin",
        "ibn",
        "al",
        "el",
        "ap",
        "ter",
        "ten",
        "y",
        "e",
        "i",
        "dos",
        "af",
    ]
)
_LATIN_TITLE_WORDS = frozenset({"of", "the", "and", "for", "&", "on", "in"})  # The Member for Leeds; Tides and Turbines
_LATIN_WORD = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ'’.\-]*|[A-Za-zÀ-ɏ]?\d+|&")
_SUFFIX = re.compile(r",?\s+(?:Jr|Sr|II|III|IV|Ph\.?D|M\.?D|Esq|CFA|CPA)\.?$")
_HONORIFIC = re.compile(
    r"(?:mr|mrs|ms|miss|dr|prof|professor|sir|dame|lord|lady|rev|hon|senator|sen|rep|judge|justice|president|minister|ambassador"
    r"|governor|mayor|captain|gen|general|col|lt|sgt|chairman|madam)\.?\s+\S",
    re.IGNORECASE,
)
_HAN_ADDRESS = re.compile(
    r"(?:老|小|阿)[\u4e00-\u9fff]{1,2}|[\u4e00-\u9fff]{1,4}(?:总|老师|先生|女士|小姐|教授|博士|院长|行长|主任|律师|经理|董事长|主席|部长|处长|局长"
    r"|校长|会长|秘书长|医生|同学|师兄|师姐|總|老師|院長|行長|律師|經理|董事長|部長|會長|醫生|同學)"
)
_HAN_NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U0003134f]{2,4}")
_TRANSLITERATED = re.compile(r"[\u4e00-\u9fff]{1,8}(?:[·•・‧][\u4e00-\u9fffA-Za-z.]{1,10}){1,3}")
_DICTIONARY_ENTRY = re.compile(r"^([\u3400-\u9fff]{2,5}) \d+ (?!nr)", re.MULTILINE)
# What ends or starts a clause of speech rather than a label: 他说, 我认为, 第一个问题, 一是.
_HAN_CLAUSE = re.compile(
    r"第[一二三四五六七八九十百\d]+|[一二三四五六七八九十]{1,3}(?:是|、|来|方面|个)|[我你他她它这那]|(?:首先|其次|然后|最后|另外|比如|例如|因为|所以|但是|如果|就是|也就是|换句话)"
)
_HAN_CLAUSE_END = re.compile(
    r"(?:说|问|讲|说道|问道|讲到|表示|认为|指出|提到|写道|强调|回答|答道|觉得|知道|是|为|有|叫|做|到|下|包括|如下|例如|比如|问题|原因|方面|结论|一点|几点|两点|三点|四点|几个|两个"
    r"|三个|一个|的|了|吗|呢|吧|啊|說|問|講|認為|問題)"
)
_HAN_SPEECH = re.compile(r"[我你您他她它咱这那哪的了吗呢吧啊么們们]|告诉|觉得|认为|因为|所以|不是|就是")
# 成本端, 安全性, 高频类: a common word and one of these is a thing, though it may start with a surname.
_HAN_THING = re.compile(r"[端侧性层面类型方业险率量者度链圈价费期点线体品户市版款级部组化力值]")
_IMPOSSIBLE = re.compile(r"[，。！？；、,;!?…\"“”‘《》<>{}=|\\/@#$%^*+~]|\.\.|\d{3,}|^\W*$|^\d+[.)、\s]*|--")


@lru_cache(maxsize=4096)
def name_kind(label: str) -> Kind:
    """What kind of speaker label ``label`` could be, by its characters and words alone."""
    label = _SUFFIX.sub("", unicodedata.normalize("NFKC", label))
    if not label or len(label) > _MAX_CHARACTERS:
        return "no"
    folded = label.casefold()
    if _NUMBERED.fullmatch(label):
        return "numbered"
    if folded in _Q_AND_A or _ROLE_LATIN.fullmatch(label):
        return "role"
    if folded.rstrip(".") in _words_before_colons() or _IMPOSSIBLE.search(label):
        return "no"
    return _han_kind(label) if has_han(label) else _latin_kind(label)


def is_question(label: str) -> bool:
    """True for the label of an interview's questions: Q, 问."""
    return unicodedata.normalize("NFKC", label).casefold() in ("q", "question", "问", "問")


def is_answer(label: str) -> bool:
    """True for the label of an interview's answers: A, 答."""
    return unicodedata.normalize("NFKC", label).casefold() in ("a", "answer", "答")


def could_be_called(label: str) -> bool:
    """True for an everyday word that is also built like a name: 方舟, 江山, 老狼."""
    if not 2 <= len(label) <= 3 or not _HAN_NAME.fullmatch(label):
        return False
    return split_surname(label)[0] != "" or label[0] in "老小阿"


def _han_kind(label: str) -> Kind:
    if len(label) > _MAX_HAN and not re.search(r"[A-Za-z ]", label):
        return "no"
    if _ROLE_HAN.fullmatch(label):
        return "role"
    if _TRANSLITERATED.fullmatch(label):
        return "name"
    if _HAN_CLAUSE.match(label) or (_HAN_CLAUSE_END.search(label, len(label) - 2) and _ends_clause(label)):
        return "no"
    if _HAN_SPEECH.search(label):
        return "no"
    if _is_han_name(label) or (_HAN_ADDRESS.fullmatch(label) and not is_common_word(label)):
        return "name"
    return "weak"


def _ends_clause(label: str) -> bool:
    if any(_HAN_CLAUSE_END.fullmatch(label, len(label) - n) for n in (1, 2) if len(label) > n):
        return not (
            _is_han_name(label)
            and len(label) <= 3
            and not label.endswith(("说", "問", "问", "說", "讲", "的", "了", "是"))
        )
    return False


def _is_han_name(label: str) -> bool:
    if not _HAN_NAME.fullmatch(label):
        return False
    if _HAN_THING.fullmatch(label[-1]) and is_common_word(label[:-1]):
        return False
    surname, given = split_surname(label)
    return bool(surname) and 1 <= len(given) <= (3 if len(surname) == 2 else 2) and not is_common_word(label)


def _latin_kind(label: str) -> Kind:
    words = label.split()
    if not re.search(r"[A-Za-zÀ-ɏ]", label):  # another script: its words cannot be judged, its use can
        return "weak" if len(words) <= 4 and label.replace(" ", "").isalpha() else "no"
    if len(words) > 6 or not all(_LATIN_WORD.fullmatch(word.strip("()")) for word in words):
        return "no"
    if any(word.islower() and word not in _LATIN_NAME_PARTICLES | _LATIN_TITLE_WORDS for word in words):
        # a nickname such as "alice" may be written small; a clause may not
        return "weak" if len(words) == 1 and label.isalpha() else "no"
    if _HONORIFIC.match(label):
        return "name"
    if len(words) == 1 and label.capitalize() in _given_names() and not label.islower():
        return "name"
    capitalised = [word for word in words if word[0].isupper()]
    common = any(word.casefold() in _words_before_colons() | _LATIN_TITLE_WORDS for word in words if len(word) > 1)
    return "name" if 2 <= len(capitalised) <= 4 and not common and not any(c.isdigit() for c in label) else "weak"


@lru_cache(maxsize=1)
def _given_names() -> frozenset[str]:
    lines = files("panelbot.readers").joinpath("given_names.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(name for line in lines if not line.startswith("#") for name in line.split())


@lru_cache(maxsize=1)
def _words_before_colons() -> frozenset[str]:
    text = files("panelbot.readers").joinpath("words_before_colons.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word.strip().casefold() for line in lines for word in line.split("|"))


def is_heading(text: str) -> bool:
    """True where ``text`` is one of the words that head a part of a transcript file: 章节速览, Summary, 原文."""
    return text.strip(" :：#*[]()（）【】").casefold() in _words_before_colons()


def is_common_word(label: str) -> bool:
    """True where the dictionary has ``label`` as a word that is no person's name (成本, 方向, 高层)."""
    return label in _dictionary()


@lru_cache(maxsize=1)
def _dictionary() -> frozenset[str]:
    # jieba's word list marks names of people "nr"; reading the list is five times faster than loading the segmenter.
    text = files("jieba").joinpath("dict.txt").read_text(encoding="utf-8")
    return frozenset(_DICTIONARY_ENTRY.findall(text))

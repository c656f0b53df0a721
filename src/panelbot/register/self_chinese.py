"""Self-introductions in Chinese: "我是江苏银行的沈志峰", "我叫曹杰".

Speech recognisers misplace punctuation and "我是" begins a thousand other sentences ("我是觉得…", "我是做投资的"), so
a name counts only in a name's form, ended by a pause or by a word that cannot belong to it, and led in by "我叫",
by an affiliation, or by nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from panelbot.people.affiliation import split_affiliation
from panelbot.people.affiliation_chinese import ends_as_organization, ends_with_title
from panelbot.people.facts import NO_AFFILIATION, Affiliation
from panelbot.people.lexicon import word_list
from panelbot.people.names import HAN, chinese_surname, is_chinese_name, is_word
from panelbot.register.self_introduction import SelfIntroduction

_HONORIFIC = "|".join(word_list("honorifics"))
_CUE = re.compile(
    r"(?P<named>我的名字(?:就?叫做?|是)|我名叫|我叫做?|本人名?叫)|(?P<is>我就是|我是|本人是)|(?P<origin>我来自于?)"
)
# Words right before the cue that make it another person's speech, or no statement.
_REPORTED = re.compile(
    "(?:说|讲|道|告诉我|问|喊|写|答|自称|以为|如果|假如|假设|要是|好像|觉得|认为|知道|比如|就像|除非|因为|[“‘「『])"
    "[，, ]?$"
)
_GREETING = re.compile(
    "(?:好|hello|hi|嗨|谢谢|感谢.{0,12}|介绍一下.{0,6}|自我介绍.{0,6}|^)"
    "[，,。！! 啊呀]*+(?:那个|嗯|那|首先|呃)?[，, ]*+$",
    re.I,
)
_CLAUSE = re.compile(r"[^，,。！!？?；;：:\n]*")
_PAUSE = r"$|[\s（(、]"
_AFTER_NAME = re.compile(
    rf"{_PAUSE}|我们|我|然后|那么|那个|那|很|非常|特别|今天|这次|感谢|谢谢|大家|首先|现在|目前|主要|负责|来自|是|也|在|就|啊|呢|哈|{_HONORIFIC}"
)
_LEAD = re.compile(
    "(?:来自于?|咱们|我们|这个|那个|今天|本场|本次|这次|这场|此次|今晚|现场|论坛|圆桌|活动|会议|节目|直播|讨论|环节|对话|的|\\s)+"
)
_MODERATOR = re.compile("(?:嘉宾|特邀|圆桌|论坛)?主持人?[、，,\\s]?")
_MORE = re.compile("[，,。\\s]*(?:然后)?我?(?:也?是|来自于?|现在是|目前是|现任|担任)(?P<told>[^，,。！!？?；;]{2,40})")
_LATIN_ALIAS = re.compile(r"\s+([A-Za-z]{3,12})(?![A-Za-z])")
_LATIN_NAME = re.compile(r"[A-Z][a-z]{1,14}(?: [A-Z][a-z]{1,14}){0,2}(?=$|[\s，,。])")
_CALL_ME = re.compile(rf"(?:可以|都)叫我(?:是|为|做)?([{HAN}]{{2,3}}|[A-Z][a-z]{{1,12}})(?=[，,。！\s]|就|$)")
_PLAIN_FORMS = frozenset(("老师", "先生", "女士", "小姐", "同学", "总", "老板", "大夫"))  # no titles
_LONGEST_PLACE = 24  # characters of an organisation told without a name; more is speech
_TITLED = re.compile(f"[{HAN}](?:{_HONORIFIC})$")


def find(text: str) -> Iterator[SelfIntroduction]:
    """The self-introductions in ``text``, in order."""
    for cue in _CUE.finditer(text):
        clause = _CLAUSE.match(text, cue.end())
        before = text[max(0, cue.start() - 20) : cue.start()]
        if clause is None or _REPORTED.search(before):
            continue
        told = _told(cue, clause.group().strip(), greeted=_GREETING.search(before) is not None)
        if told is None:
            continue
        told = replace(told, start=cue.start(), end=clause.end())
        if told.name and not told.affiliation and (more := _MORE.match(text, clause.end())):
            further = split_affiliation(_strip_lead(more["told"]))
            if further:
                told = replace(told, affiliation=further, end=more.end(), sure=True)
        yield replace(told, aliases=(*told.aliases, *_CALL_ME.findall(text[cue.end() : cue.end() + 80])))


def _told(cue: re.Match[str], clause: str, *, greeted: bool) -> SelfIntroduction | None:
    if cue["origin"]:
        return _nameless(clause)
    if cue["named"]:
        latin = _LATIN_NAME.match(clause)
        name = _name_at(clause, 0, sure=True) or (latin[0] if latin else "")
        return _telling(name=name, aliases=_latin_alias(clause[len(name) :])) if name else None
    return _described(clause, greeted=greeted) or _nameless(clause)


def _described(clause: str, *, greeted: bool) -> SelfIntroduction | None:
    """What follows "我是": the first name that what stands before it can lead in, else one that needs confirmation."""
    doubtful = None
    for start in range(len(clause) - 1):
        # right after a title a word that is also an everyday one is a name: 校长叶一生
        name = _name_at(clause, start, sure=start > 0 and ends_with_title(clause[:start]))
        told = _introduced(clause[:start], name, clause[start + len(name) :], greeted=greeted) if name else None
        if told is not None and told.sure:
            return told
        doubtful = doubtful or told
    return doubtful


def _name_at(clause: str, start: int, *, sure: bool) -> str:
    """The name that begins at ``start`` and is ended by what follows it; empty where there is none."""
    for length in (3, 4, 2):
        name = clause[start : start + length]
        if len(name) == length and is_chinese_name(name, sure=sure) and _AFTER_NAME.match(clause, start + length):
            return name
    return ""


def _introduced(before: str, name: str, after: str, *, greeted: bool) -> SelfIntroduction | None:
    """``name`` as what stands before it leads it in: a role, an affiliation or nothing; None where it cannot be one."""
    moderator = _MODERATOR.search(before)
    place = _strip_lead(_MODERATOR.sub("", before, count=1))
    told = split_affiliation(place)
    title = re.match(_HONORIFIC, after)
    if place:
        apart = len(name) == 3 and not is_word(name[:2]) and not is_word(name[1:])
        sure = bool(told) and (place.endswith("的") or ends_with_title(place) or apart)
        if not told and (len(name) < 3 or len(place) < 2):
            return None
    else:
        sure = moderator is not None or (greeted and re.match(_PAUSE, after) is not None)
    if told.organization and title and not told.title and title[0] not in _PLAIN_FORMS:
        told = Affiliation(organization=told.organization, title=title[0])
    role = "moderator" if moderator else ""
    return _telling(name=name, affiliation=told, role=role, aliases=_latin_alias(after), sure=sure)


def _nameless(clause: str) -> SelfIntroduction | None:
    """An affiliation without a name: "我是长沙市第一中学的朱老师", "我是江苏银行的总经理"."""
    clause = _strip_lead(clause)
    titled = _TITLED.search(clause)
    if titled and chinese_surname(titled.group()):
        told = split_affiliation(clause[: titled.start()])
        return _telling(affiliation=told, aliases=(titled.group(),)) if told.organization else None
    told = split_affiliation(clause)
    whole = ends_as_organization(told.organization) and told.title and ends_with_title(clause)
    return _telling(affiliation=told) if whole and len(told.organization) <= _LONGEST_PLACE else None


def _telling(
    *,
    name: str = "",
    affiliation: Affiliation = NO_AFFILIATION,
    role: str = "",
    aliases: tuple[str, ...] = (),
    sure: bool = True,
) -> SelfIntroduction:
    """A self-introduction whose place in the turn is not known yet."""
    return SelfIntroduction(start=0, end=0, name=name, affiliation=affiliation, role=role, aliases=aliases, sure=sure)


def _strip_lead(text: str) -> str:
    lead = _LEAD.match(text)
    return text[lead.end() :] if lead else text


def _latin_alias(after: str) -> tuple[str, ...]:
    """A Latin name that follows the Chinese one: "贾佩 Amanda"."""
    latin = _LATIN_ALIAS.match(after)
    return (latin[1],) if latin and not ends_with_title(latin[1].upper()) and not latin[1].isupper() else ()

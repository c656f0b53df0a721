"""Chinese labels written without signs: 市发改委价格处孟建业处长, 消费者代表蓝秀英, 江苏银行 沈志峰, 陈健波议员.

Knows where titles, bodies and names end. Takes simplified characters.
"""

from __future__ import annotations

import re
from dataclasses import replace

from panelbot.people.affiliation import split_affiliation
from panelbot.people.affiliation_chinese import around_title, ends_as_body, ends_with_title, trailing_title
from panelbot.people.facts import Affiliation, Label
from panelbot.people.kinds import is_transliterated
from panelbot.people.lexicon import word_list
from panelbot.people.names import is_chinese_name, is_latin_name, is_word
from panelbot.people.roles import is_role, role_of
from panelbot.people.surnames import split_surname

_COURTESIES = frozenset((*word_list("courtesies"), "小姐", "同志"))
_GROUP = re.compile("(?:代表|委员|家长|业主|居民|村民|市民)$")
_FOREIGN = re.compile(r"(?P<organization>[\u3400-\u9fff·]{2,}) ?(?P<name>[A-Z].+)")  # 金融时报Ann Lee
_ELECTED = re.compile("(?:人大|政协|党)(?:代表|委员|常委)$")  # what one is, not where one works


def split_han(text: str) -> Label:
    """The label ``text``, of which at least a part is Chinese; where no name is found it is the name."""
    if (foreign := _FOREIGN.fullmatch(text)) and is_latin_name(foreign["name"]):
        return Label(text=text, name=foreign["name"], organization=foreign["organization"])
    parts = text.split(" ")
    if len(parts) > 1:
        return _of_words(text, parts)
    if named := _around_title(text) or _behind_title(text):
        return named
    body, title = trailing_title(text)
    if body and title and (named := _ahead_of_title(text, body, title)):
        return named
    return Label(text=text, name=text)


def _of_words(text: str, parts: list[str]) -> Label:
    joined = "".join(parts)
    if is_chinese_name(joined, sure=True):
        return Label(text=text, name=joined)
    names = [part for part in parts if is_chinese_name(part, sure=True) or is_transliterated(part)]
    if len(names) == 1:
        rest = " ".join(part for part in parts if part != names[0])
        return _about(text, names[0], rest)
    split = [split_han(part) for part in parts]
    named = [label for label, part in zip(split, parts, strict=True) if label.name != part]
    if len(named) == 1 and not names:
        rest = " ".join(part for label, part in zip(split, parts, strict=True) if label is not named[0])
        told = split_affiliation(rest)
        organization = named[0].organization or told.organization or rest
        return replace(named[0], text=text, organization=organization, title=named[0].title or told.title)
    return Label(text=text, name=text)


def _about(text: str, name: str, about: str) -> Label:
    if is_role(about):
        return Label(text=text, name=name, role=role_of(about), prefix=about)
    if about in _COURTESIES:
        return Label(text=text, name=name)
    told = _told(about)
    return (
        Label(text=text, name=name, organization=told.organization, title=told.title)
        if told
        else Label(text=text, name=text)
    )


def _told(about: str) -> Affiliation:
    """Where and as what a person works, by what stands before the name; a group one speaks for is a title."""
    if _ELECTED.search(about):
        return Affiliation(title=about)
    if group := _GROUP.search(about):
        before = about[: group.start()]
        if ends_as_body(before):
            return Affiliation(organization=before, title=group.group())
        found = split_affiliation(about)
        return found if len(found.organization) > 1 and found.title else Affiliation(title=about)
    found = split_affiliation(about)
    if found.title or found.organization:
        return found
    return Affiliation(organization=about) if ends_as_body(about) else found


def _around_title(text: str) -> Label | None:
    """李部长鸿源, 欧阳副局长明: the title between surname and given name, as gazettes and letters write it."""
    surname, title, given = around_title(text)
    return Label(text=text, name=surname + given, title=title) if given and not is_role(given) else None


def _behind_title(text: str) -> Label | None:
    """江苏银行运营部总经理沈志峰, 主席孟建业, 乘客代表蓝秀英: a name behind what its bearer is."""
    for length in (3, 2, 4):
        name, about = text[-length:], text[:-length]
        if (
            about
            and is_chinese_name(name, sure=True)
            and (is_role(about) or ends_with_title(about) or _GROUP.search(about))
        ):
            return _about(text, name, about)
    return None


def _is_surely_called(body: str) -> bool:
    """Whether what stands before a title is built like a name, though it could be a word elsewhere: 李卓人议员."""
    surname, given = split_surname(body, everyday=True)
    return bool(surname) and len(given) == 2 and not is_word(body) and not ends_as_body(body)


def _ahead_of_title(text: str, body: str, title: str) -> Label | None:
    """孟建业处长, 市发改委价格处孟建业处长: a name before a title; a surname alone keeps it (孟处长)."""
    told = "" if title in _COURTESIES else title
    if is_chinese_name(body, sure=True) or (told and _is_surely_called(body)):
        return Label(text=text, name=body, title=told)
    for length in (3, 2, 4):
        name, about = body[-length:], body[:-length]
        if about and is_chinese_name(name, sure=True) and (ends_as_body(about) or ends_with_title(about)):
            before = _told(about)
            whole = "".join(filter(None, (before.title, told)))
            return Label(text=text, name=name, organization=before.organization, title=whole)
    return None

"""What a part of a label is: a person's name, an honour, an aside, initials. Does not know how labels are built."""

from __future__ import annotations

import re
from functools import lru_cache

from panelbot.people.affiliation import states_position
from panelbot.people.kinds import is_transliterated
from panelbot.people.lexicon import word_list
from panelbot.people.names import (
    is_chinese_name,
    is_known_given_name,
    is_latin_name,
    strip_honorific,
)
from panelbot.people.romanise import name_syllables
from panelbot.text.language import has_han

_ASIDES = re.compile("|".join(re.escape(word).replace("_", r"\s+") for word in word_list("asides")), re.I)
_ASIDE = re.compile(
    r"(?:he|she|they|him|her|them|his|hers|theirs)(?:\s*/\s*\w+)*"
    r"|(?:via|through|in|by|speaking|from the|on the|off the)\s+.*|cont(?:inued|'d|d)?\.?|\W*\d*\W*"
    r"|(?:以)?(?:[中英法德日韩俄葡粤汉]|普通|广东|西班牙|阿拉伯)[国东通]?[文语话]|通过.*|(?:在?线上|连线|远程|语音|视频|电话|网络)(?:参会|连线|发言|接入)?",
    re.I,
)
_OFFICE = re.compile(
    rf"(?P<office>(?:{'|'.join(map(re.escape, word_list('offices_english')))})\b\.?)\s+(?P<name>.+)", re.I
)


@lru_cache(maxsize=8192)
def is_person(text: str) -> bool:
    """Whether ``text`` in a label is a person's name, with an honorific or without."""
    if has_han(text):
        return is_chinese_name(text, sure=True) or is_transliterated(text)
    bare = strip_honorific(text)
    office = _OFFICE.fullmatch(bare)
    bare = office["name"] if office else bare
    one = re.fullmatch(r"[A-ZÀ-Þ][\w'’-]+", bare) is not None
    titled = bare != text and one and not states_position(bare)
    return titled or is_latin_name(bare) or is_known_given_name(bare)


def without_title(text: str) -> tuple[str, str]:
    """``(name, title)`` of a Latin name: "Mayor Ann Lee" has a title, "Dr. Ann Lee" none, "Ms Lee" stays whole."""
    bare = strip_honorific(text)
    if (office := _OFFICE.fullmatch(bare)) and is_latin_name(office["name"]):
        return office["name"], office["office"]
    return (bare, "") if is_latin_name(bare) else (text, "")


@lru_cache(maxsize=4096)
def is_aside(text: str) -> bool:
    """Whether ``text`` beside a name says nothing of who it is: how a person joined, spoke or was heard."""
    if _ASIDES.fullmatch(text) or _ASIDE.fullmatch(text):
        return True
    return text == text.lower() and not has_han(text) and not states_position(text)


def is_initials_of(text: str, name: str) -> bool:
    """Whether ``text`` may be how a record shortens ``name``: DE, RPL for Rita Poll."""
    words = [word for word in re.split(r"[\s-]+", name) if word[:1].isalpha()]
    if not re.fullmatch("[A-Z]{2,4}", text) or len(words) < 2 or has_han(name):
        return False
    return text[0] == words[0][0].upper() and words[-1][0].upper() in text[1:]


def is_short_for(text: str, name: str) -> bool:
    """Whether the person ``name`` may be written ``text`` from there on: 林 for 林煥光, DE or Dana for Dana Eriks."""
    if len(text) >= len(name) or not is_person(name):
        return False
    if has_han(name):
        return len(text) == 1 and name.startswith(text)
    return is_initials_of(text, name) or text == name.split()[0]


def same_in_other_script(name: str, other: str) -> bool:
    """Whether ``other`` is ``name`` in Latin letters or the other way round: 张三 and "Zhang San"."""
    if has_han(name) == has_han(other):
        return False
    han, latin = (name, other) if has_han(name) else (other, name)
    if not 2 <= len(han) <= 4:
        return False
    surname, given = ("".join(part) for part in name_syllables(han))
    letters = re.sub(r"[^a-z]", "", latin.casefold())
    return letters in (surname + given, given + surname)

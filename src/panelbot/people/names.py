"""What has the form of a person's name, Chinese or Latin. Does not know who anybody is.

A wrong name is worse than none, so a form that is also an everyday word is not a name unless the words
before it say so ("我叫…", "my name is …": ``sure=True``).
"""

from __future__ import annotations

import re
from functools import lru_cache

from panelbot.people.lexicon import word_list
from panelbot.people.surnames import split_surname, surnames
from panelbot.shipped import shipped_words
from panelbot.text.fold import simplify
from panelbot.text.words import dictionary_entry

HAN = "\u3400-\u4dbf\u4e00-\u9fff"
HAN_RUN = re.compile(f"[{HAN}]+")
# Characters of running speech that given names hardly ever hold.
_SPEECH = frozenset(
    "的了是我你您他她它们这那哪就也都很吗呢吧啊么什没不把被让给跟对从到在会要说讲做个着过得与及或但而且其此该各每些"
)
_RARE = 20  # frequency in jieba's dictionary up to which a word may be a name all the same
_COMMON = 3000  # frequency from which a word, or a part of a name, is taken for itself
_NOT_NAMES = frozenset((*word_list("not_chinese_names"), *word_list("title_heads")))
# 江苏人, 管理员, 欧马哥: what people are; 安全性, 成本端: things. Neither ends a name.
_NOT_LAST = frozenset("人者员们哥姐爷叔妹班岗界类迷粉控族端侧性层面型率额费")
_HONORIFIC_END = re.compile(f"(?:{'|'.join(word_list('honorifics'))})$")
_HONORIFIC_EN = re.compile(
    rf"^(?:(?:the\s+)?(?:(?:Rt|Right)\.?\s+)?(?:{'|'.join(word_list('honorifics_english'))}|judge|senator)\b\.?\s+)+",
    re.I,
)
_PARTICLE = "de|del|della|di|da|dos|du|van|von|der|den|la|le|bin|ibn|al|el|ben|ter|ten|y"
_TOKEN = r"(?:(?:[dl]['’])?[A-ZÀ-ÖØ-ÞŁŚŠŽČ][\w'’]{0,40}(?:-[\w'’]{1,40}){0,4}|[A-Z]\.)"
_LATIN_NAME = re.compile(rf"{_TOKEN}(?:\s+(?:(?:{_PARTICLE})\s+)*{_TOKEN}){{1,3}}")
_DOTTED = re.compile(r"(?:[A-Za-z]{1,3}\.){2,}[A-Za-z]?|(?:[A-Z]\.\s?)+")
_HONOUR = re.compile(r"\s*[,，]\s*([A-Z][A-Za-z.]{1,9})(?![A-Za-z])")
_NOT_A_PERSON = frozenset(word_list("not_a_person"))


def _known(text: str) -> tuple[int, bool] | None:
    """How often jieba counted a word of 2 to 4 characters, and whether it takes it (often wrongly) for a name."""
    entry = dictionary_entry(text) if 2 <= len(text) <= 4 else None
    return None if entry is None else (entry[0], entry[1].startswith("nr"))


def is_word(text: str) -> bool:
    """Whether ``text`` is a Chinese word: 管理员, 顾问, 阳光; famous names of three characters are none."""
    known = _known(text)
    return known is not None and not (known[1] and len(text) > 2)


def is_common_word(text: str) -> bool:
    """Whether the dictionary has ``text`` as a word that is no person's name (成本, 方向, 高层)."""
    known = _known(text)
    return known is not None and not known[1]


def _is_common(text: str) -> bool:
    frequency, name = _known(text) or (0, False)
    return frequency >= _COMMON and not name


def chinese_surname(text: str) -> str:
    """The surname ``text`` begins with, compound ones first; empty where there is none."""
    return split_surname(text)[0]


def is_chinese_name(text: str, *, sure: bool = False) -> bool:
    """Surname and a given name of one or two characters, and not an everyday word.

    ``sure`` is for places where a name must stand: there a rare word, or one jieba takes for a name, is a name.
    """
    text = simplify(text)
    surname, given = split_surname(text, everyday=sure)
    if not surname or not 1 <= len(given) <= 2 or HAN_RUN.fullmatch(text) is None:
        return False
    if any(character in _SPEECH for character in given) or _HONORIFIC_END.search(text):
        return False
    if text in _NOT_NAMES or text[-1] in _NOT_LAST:
        return False
    if surname in surnames() - surnames(everyday=False):
        return len(given) == 2 and _known(text) is None and not is_word(text[:2]) and not is_word(given)
    if sure:
        frequency, name = _known(text) or (0, True)
        return frequency < (_COMMON if name else _RARE)
    return not is_word(text) and not _is_common(given) and not _is_common(text[:2])


def is_latin_name(text: str) -> bool:
    """Two to four capitalised words, none of them a word that is no name ("Bank", "The", "Director")."""
    if _LATIN_NAME.fullmatch(text) is None:
        return False
    tokens = [re.sub(r"['’].*|\.$", "", token).casefold() if token[:2] != "O'" else token for token in text.split()]
    return not any(token in _NOT_A_PERSON for token in tokens) and any(len(token) > 1 for token in tokens)


def is_given_name(text: str) -> bool:
    """One capitalised word that may be a given name: no acronym and no everyday word."""
    return text[:1].isupper() and not text.isupper() and text.casefold() not in _NOT_A_PERSON


def is_known_given_name(text: str) -> bool:
    """Whether ``text`` is a given name that many people bear, written with a capital: Priya, ANNA."""
    return text[:1].isupper() and text.capitalize() in given_names()


def given_names() -> frozenset[str]:
    """Common Latin given names, capitalised, without those that are everyday words (Will, Mark)."""
    return shipped_words("people/given_names.txt")


def is_person_name(text: str, *, sure: bool = False) -> bool:
    """A Chinese or a Latin person's name, by its form."""
    return is_chinese_name(text, sure=sure) or is_latin_name(text)


def strip_honorific(name: str) -> str:
    """``name`` without "Dr.", "Ms" and the like in front; unchanged where nothing would be left."""
    return _HONORIFIC_EN.sub("", name) or name


def latin_names(text: str) -> tuple[tuple[int, int], ...]:
    """``(start, end)`` of what looks like a Latin person's name in ``text``, leftmost and longest first."""
    found: list[tuple[int, int]] = []
    position = 0
    while match := _LATIN_NAME.search(text, position):
        start, end = match.span()
        while not is_latin_name(text[start:end]):
            shorter = text[start:end].rsplit(None, 1)[0]
            end = start + len(shorter)
            if not shorter or " " not in shorter:
                break
        if is_latin_name(text[start:end]):
            found.append((start, end))
            position = end
        else:
            position = start + len(text[start:].split(None, 1)[0])
    return tuple(found)


@lru_cache(maxsize=4096)
def is_honour(text: str) -> bool:
    """Whether ``text`` is letters behind a name: "B.B.S.", J.P., CBE, QC, "Ph.D"."""
    words = re.split(r"[\s,]+", text.strip())
    if len(words) > 1:
        return all(map(is_honour, words))
    plain = text.replace(".", "")
    if plain in word_list("honours") or (plain.isupper() and plain.casefold() in word_list("postnominals")):
        return True
    return plain.casefold() in ("jr", "sr", "phd", "md", "esq") or _DOTTED.fullmatch(text) is not None


def without_honours(text: str) -> str:
    """What follows a name in ``text`` without the honours it begins with: ", CBE, chair of Acme"."""
    while (match := _HONOUR.match(text)) and is_honour(match[1]):
        text = text[match.end() :]
    return text

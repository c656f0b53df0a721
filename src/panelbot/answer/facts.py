"""Numbers, dates and names of a sentence: the facts a wrong answer gets wrong.

Knows how they are written in both languages; does not know what they mean.
"""

from __future__ import annotations

import re
from functools import lru_cache

from panelbot.retrieve.coverage import meanings
from panelbot.text import fold, has_han
from panelbot.text.stem import stem

_NUMBER = re.compile(r"\d+(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_HAN_NUMBER = re.compile("[零〇一二两三四五六七八九十百千万亿]+")
_UNITS = {"万": 10_000, "亿": 100_000_000, "千": 1_000, "百": 100}
_WORDS = {
    "zero": 0, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "k": 1_000}
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_CAPITALISED = re.compile(r"\b[A-Z][\w&'’-]*(?:\s+(?:of\s+|and\s+)?[A-Z][\w&'’-]*)*")


def numbers(text: str) -> frozenset[float]:
    """The numbers written in ``text`` in digits, with 万/million and the like worked in, and months by name."""
    folded = fold(text)
    found: set[float] = set()
    for match in _NUMBER.finditer(folded):
        value = float(re.sub("[,，]", "", match.group()))
        after = folded[match.end() : match.end() + 10].lstrip()
        scale = next((n for unit, n in _UNITS.items() if after.startswith(unit)), 1)
        word = re.match(r"[a-z]+", after)
        found.add(value * (_SCALES.get(word.group(), 1) if word and scale == 1 else scale))
    found |= {float(n) for word, n in _WORDS.items() if re.search(rf"\b{word}\b", folded)}
    months = {float(i) for i, month in enumerate(_MONTHS, 1) if re.search(rf"\b{month}\b", folded)}
    found |= months - {5.0}  # "may" is mostly a verb
    return frozenset(found)


def spoken_numbers(text: str) -> frozenset[float]:
    """As `numbers`, with Chinese numerals, small English ones and the bare digits: what a cited text may stand for."""
    folded = fold(text)
    found = set(numbers(text)) | {float(re.sub("[,，]", "", m)) for m in _NUMBER.findall(folded)}
    found |= {float(_han_value(m)) for m in _HAN_NUMBER.findall(folded)}
    small = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    found |= {float(i) for i, word in enumerate(small, 1) if re.search(rf"\b{word}\b", folded)}
    return frozenset(found)


def _han_value(numeral: str) -> int:
    """十二 is 12, 三百二十 is 320, 一万二千 is 12000."""
    total, section, digit = 0, 0, 0
    for character in numeral:
        if character in _DIGITS:
            digit = digit * 10 + _DIGITS[character] if digit and section == 0 else _DIGITS[character]
        elif character == "十":
            section, digit = section + (digit or 1) * 10, 0
        elif character in "百千":
            section, digit = section + (digit or 1) * _UNITS[character], 0
        else:
            total, section, digit = (total + section + digit or 1) * _UNITS[character], 0, 0
    return total + section + digit


def numbers_hold(sentence: str, cited: str) -> bool:
    """True where every number of ``sentence`` is one of ``cited``."""
    wanted = numbers(sentence)
    return not wanted or wanted <= spoken_numbers(cited)


def names_hold(sentence: str, cited: str, known: str = "") -> bool:
    """True where every proper name of ``sentence`` occurs in ``cited`` or in ``known``, in either script.

    ``known`` is what the register says of the cited speakers. A Latin name is found in Chinese text by its sound
    (Suzhou, 苏州) or by what the dictionary says of a word (Shanghai, Bitcoin).
    """
    held = fold(f"{cited} {known}")
    return all(_held(name, held) for name in proper_names(sentence))


def proper_names(sentence: str) -> tuple[str, ...]:
    """Capitalised words that do not merely begin the sentence, and Latin words in a Chinese sentence."""
    if has_han(sentence):
        latin = re.findall(r"[A-Za-z][A-Za-z0-9&.-]+", sentence)
        return tuple(latin) + _han_names(sentence)
    found: list[str] = []
    for match in _CAPITALISED.finditer(sentence):
        words = match.group().split()
        if not sentence[: match.start()].strip(" \"'“(") or sentence[: match.start()].rstrip().endswith(
            (".", ":", "?")
        ):
            words = words[1:]
        found.extend(word for word in words if word[0].isupper() and word not in {"I", "I'm", "The", "A"})
    return tuple(re.sub(r"['’]s?$", "", word) for word in found)


def _han_names(sentence: str) -> tuple[str, ...]:
    return tuple(word for word, tag in _tagged(sentence) if tag in {"nr", "ns", "nt", "nz"} and len(word) > 1)


@lru_cache(maxsize=256)
def _tagged(sentence: str) -> tuple[tuple[str, str], ...]:
    import jieba.posseg  # the tagger's tables: loaded with the first Chinese sentence a model writes

    return tuple((pair.word, pair.flag) for pair in jieba.posseg.cut(sentence))


def _held(name: str, held: str) -> bool:
    wanted = fold(name)
    if wanted in held:
        return True
    if wanted.endswith("s") and wanted[:-1] in held:
        return True
    if has_han(wanted) or not has_han(held):
        return False
    return wanted.replace("-", "") in _sounds(held) or _glossed(wanted, held)


@lru_cache(maxsize=64)
def _sounds(text: str) -> str:
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(text))


def _glossed(word: str, held: str) -> bool:
    """True where a Chinese word in ``held`` is said by the dictionary to mean ``word``."""
    return stem(word) in meanings(held)

"""The ways in which people and numbers are written, spelled out for whoever checks an answer.

Knows spellings of both languages, on purpose by none of panelbot's own code; does not know what is checked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from panelbot.types import Speaker

_ADDRESS = "总 先生 女士 老师 博士 教授 律师 行长 主任 院长".split()
_ENGLISH = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
).split()
_TENS = {word: 10 * i for i, word in enumerate("thirty forty fifty sixty seventy eighty ninety".split(), 3)}
_MONTHS = "january february march april may june july august september october november december".split()
_SCALES = {"hundred": 100, "thousand": 1e3, "million": 1e6, "billion": 1e9, "百": 100, "千": 1e3, "万": 1e4, "亿": 1e8}
_HAN = "零一二三四五六七八九"


def names_of(speaker: Speaker, everybody: Sequence[Speaker]) -> frozenset[str]:
    """What ``speaker`` may be called and nobody else of ``everybody`` is."""
    shared = {name for other in everybody if other.name != speaker.name for name in _spelled(other)}
    return _spelled(speaker) - shared


@lru_cache(maxsize=4096)
def _spelled(speaker: Speaker) -> frozenset[str]:
    name = speaker.name
    found = {form for form in (name, speaker.organization, *speaker.aliases) if len(form) > 1}
    if re.fullmatch("[\u4e00-\u9fff]{2,4}", name):
        found |= {name[0] + address for address in _ADDRESS} | {_traditional(name)} | _in_latin_letters(name)
    words = [word for word in name.split() if re.fullmatch(r"[A-Z][a-z]{2,}", word)]
    if len(words) > 1:
        found |= {*words, f"{words[-1]}, {words[0]}", name.upper()}
    return frozenset(found)


def _traditional(name: str) -> str:
    from opencc import OpenCC

    return OpenCC("s2t").convert(name)


def _in_latin_letters(name: str) -> set[str]:
    from pypinyin import lazy_pinyin

    family, *given = (part.capitalize() for part in lazy_pinyin(name))
    joined = "".join(given).capitalize()
    return {f"{family} {joined}", f"{joined} {family}", f"{family} {' '.join(given)}"}


def surely_numbers_of(text: str) -> frozenset[float]:
    """The numbers a sentence states: digits, Chinese numerals before a measure, English number words from two on."""
    counted = re.findall("([零一二两三四五六七八九十百千万亿]+)(?=[个年月天倍家次种点位名块件成%％])", text)
    stated = {_han(numeral) for numeral in counted if numeral not in {"一", "十", "百", "千", "万", "亿"}}
    words = set(re.findall("[a-z]+", text.lower()))
    stated |= {float(n) for n, word in enumerate(_ENGLISH) if n > 1 and word in words}
    return frozenset(stated | {n for _, n in _digits(text)} | {float(n) for word, n in _TENS.items() if word in words})


def numbers_of(text: str) -> frozenset[float]:
    """Every number that ``text`` may be read to hold, plain and scaled."""
    found = {value for pair in _digits(text) for value in pair}
    found |= {_han(numeral) for numeral in re.findall("[零〇一二两三四五六七八九十百千万亿]+", text)}
    words = re.findall("[a-z]+", text.lower())
    found |= {float(_ENGLISH.index(word)) for word in words if word in _ENGLISH}
    found |= {float(_TENS[word]) for word in words if word in _TENS}
    return frozenset(found | {float(_MONTHS.index(word) + 1) for word in words if word in _MONTHS})


def _digits(text: str) -> list[tuple[float, float]]:
    """Each number in digits, as it is written and with the scale word after it."""
    found = []
    for match in re.finditer(r"\d+(?:[,，]\d{3})*(?:\.\d+)?", text):
        value = float(re.sub("[,，]", "", match.group()))
        after = text[match.end() : match.end() + 9].lstrip().lower()
        scale = next((n for word, n in _SCALES.items() if after.startswith(word)), 1)
        found.append((value, value * scale))
    return found


def _han(numeral: str) -> float:
    """The value of a Chinese numeral, read from its end."""
    total, unit, top = 0.0, 1.0, 1.0
    for character in reversed(numeral.replace("两", "二").replace("〇", "零")):
        if character in "万亿":
            top = max(_SCALES[character], top if top > _SCALES[character] else 1)
            unit = top
        elif character in "十百千":
            unit = top * {"十": 10, "百": 100, "千": 1000}[character]
        else:
            total += _HAN.index(character) * unit
            unit *= 10 if len(numeral) > 1 and not re.search("[十百千万亿]", numeral) else 1
    return total + (unit if numeral[0] in "十百千万亿" else 0)

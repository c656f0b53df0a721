"""Numbers as they are written and spoken in both languages, each with what it counts.

Knows digits, Chinese numerals, English number words and months by name; does not know what is true.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from panelbot.text import fold
from panelbot.text.stem import stem
from panelbot.text.words import STOP_WORDS

_DIGITS = re.compile(r"\d+(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_HAN = re.compile("[零〇一二两三四五六七八九十百千万亿]+")
_MEASURE = re.compile("[个年月日号天倍家次种点位名块件成岁分%]")
_HAN_SCALES = {"万": 10_000, "亿": 100_000_000, "千": 1_000, "百": 100}
_HAN_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = {word: 10 * i for i, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "k": 1_000}
_VALUES = {word: i for i, word in enumerate(_SMALL)} | _TENS
_WORD = "|".join([*_VALUES, *_SCALES])
_PHRASE = re.compile(rf"\b(?:{_WORD})\b(?:(?:\s+and\s+|[\s-]+)(?:{_WORD})\b)*")
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_RANGE = re.compile(r"\s*(?:(?:到|至|或|和|、|[-–~—,，]|to|or|and)\s*)?")
_UNIT = re.compile(r"\s*(%|per ?cent|[\u4e00-\u9fff]{1,2}|[a-z]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A value at ``start:end`` of the folded text; ``unit`` is what follows it, ``stated``: it surely is a number."""

    value: float
    start: int
    end: int
    stated: bool = True
    unit: str = ""


def read_numbers(text: str) -> tuple[Number, ...]:
    """The numbers of ``text`` in order, each with its unit; in "20 to 30 people" both are of people."""
    folded = fold(text)
    digits = _in_digits(folded)
    rest = list(folded)
    for number in digits:
        rest[number.start : number.end] = " " * (number.end - number.start)
    found = sorted([*digits, *_in_han("".join(rest)), *_in_words("".join(rest))], key=lambda n: n.start)
    units: list[Number] = []
    for number in reversed(found):
        after = folded[number.end : units[-1].start] if units else ""
        same = bool(units) and _RANGE.fullmatch(after) is not None
        units.append(replace(number, unit=units[-1].unit if same else _unit(folded, number.end)))
    return tuple(reversed(units))


def _unit(text: str, end: int) -> str:
    match = _UNIT.match(text, end)
    word = match.group(1) if match else ""
    word = "%" if word.startswith("per") and word.endswith("cent") else word
    return "" if word in STOP_WORDS else stem(word)


def _in_digits(text: str) -> list[Number]:
    found: list[Number] = []
    for match in _DIGITS.finditer(text):
        value, end = float(re.sub("[,，]", "", match.group())), match.end()
        scale = re.match(r"\s*([万亿千百]|[a-z]+)", text[end : end + 12])
        factor = {**_HAN_SCALES, **_SCALES}.get(scale.group(1), 1) if scale else 1
        if scale and factor > 1:
            end += scale.end()
        found.append(Number(value=value * factor, start=match.start(), end=end))
    return found


def _in_han(text: str) -> list[Number]:
    """Chinese numerals; one that counts nothing and has no place value may be part of a word (一些, 十分)."""
    found: list[Number] = []
    for match in _HAN.finditer(text):
        numeral = match.group()
        counts = _MEASURE.match(text, match.end()) is not None or (len(numeral) > 1 and numeral[-1] in "十百千万亿")
        bare = not numeral.strip("十百千万亿") or numeral == "一"
        stated = counts and not bare
        found.append(Number(value=float(han_value(numeral)), start=match.start(), end=match.end(), stated=stated))
    return found


def han_value(numeral: str) -> int:
    """十二 is 12, 三百二十 is 320, 一万二千 is 12000."""
    total, section, digit = 0, 0, 0
    for character in numeral:
        if character in _HAN_DIGITS:
            digit = digit * 10 + _HAN_DIGITS[character] if digit and section == 0 else _HAN_DIGITS[character]
        elif character == "十":
            section, digit = section + (digit or 1) * 10, 0
        elif character in "百千":
            section, digit = section + (digit or 1) * _HAN_SCALES[character], 0
        else:
            total, section, digit = (total + section + digit or 1) * _HAN_SCALES[character], 0, 0
    return total + section + digit


def _in_words(text: str) -> list[Number]:
    """English number words: "a hundred and six" is one number, "five six" are two; "one" may be a pronoun."""
    found: list[Number] = []
    for match in _PHRASE.finditer(text):
        words = [w for w in re.finditer("[a-z]+", match.group()) if w.group() != "and"]
        first = 0
        for at in range(1, len(words) + 1):
            if at < len(words) and _goes_on(words[at - 1].group(), words[at].group()):
                continue
            part = [w.group() for w in words[first:at]]
            start, end = match.start() + words[first].start(), match.start() + words[at - 1].end()
            stated = part != ["one"] and not (len(part) == 1 and part[0] in _SCALES)
            found.append(Number(value=float(word_value(part)), start=start, end=end, stated=stated))
            first = at
    months = [(i, m) for i, month in enumerate(_MONTHS, 1) for m in re.finditer(rf"\b{month}\b", text)]
    # "may" is mostly a verb
    return found + [Number(value=float(i), start=m.start(), end=m.end(), stated=i != 5) for i, m in months]


def _goes_on(word: str, following: str) -> bool:
    """Whether two number words that follow each other are of one number."""
    if following in _SCALES or word in _SCALES:
        return True
    return word in _TENS and following in _SMALL[1:10]


def word_value(words: list[str]) -> int:
    """["two", "hundred", "and", "six"] without the "and" is 206."""
    total, section = 0, 0
    for word in words:
        if word == "hundred":
            section = (section or 1) * 100
        elif word in _SCALES:
            total, section = total + (section or 1) * _SCALES[word], 0
        else:
            section += _VALUES[word]
    return total + section

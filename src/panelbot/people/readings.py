"""How Chinese is read aloud: pypinyin's readings, looked up word by word, so that none waits for all its tables.

The words are cut as pypinyin cuts them: from the left, the longest phrase it has. Knows no names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

from panelbot.text.lookup import Lookup

# What pypinyin takes for Chinese; everything else stays itself.
_RUN = re.compile("([〇\ue815-\ue864\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U00032389]+)")
_BEGINS = ""  # the value of what only begins a phrase


def tone_syllables(text: str) -> tuple[str, ...]:
    """The pinyin of each character of ``text`` with a tone digit, 5 for none (``lü4`` is ``lv4``)."""
    found: list[str] = []
    for i, run in enumerate(_RUN.split(text)):
        if i % 2:
            found.extend(syllable for word in _phrases(run) for syllable in _readings(word))
        elif run:
            found.append(run)
    return tuple(found)


def _phrases(run: str) -> Iterator[str]:
    while run:
        longest = 1
        for n in range(1, len(run) + 1):
            known = _table().get(run[:n])
            if known is None:
                break
            longest = n if known != _BEGINS else longest
        yield run[:longest]
        run = run[longest:]


def _readings(word: str) -> list[str]:
    known = str(_table().get(word) or "")
    return known.split(" ") if known else list(word)  # a character that has no reading stands for itself


@lru_cache(maxsize=1)
def _table() -> Lookup:
    spec = find_spec("pypinyin")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("pypinyin is not installed")
    tables = sorted(Path(spec.origin).parent.glob("phrases_dict.*"))  # its versions differ in how they keep it
    return Lookup("pinyin", tables[0], _pairs)


def _pairs() -> Iterator[tuple[str, str]]:
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT
    from pypinyin.contrib.tone_convert import to_tone3

    @cache
    def tone3(syllable: str) -> str:
        return to_tone3(syllable, v_to_u=False, neutral_tone_with_five=True)

    found = {word[:n]: _BEGINS for word in PHRASES_DICT for n in range(2, len(word))}
    found |= {chr(code): tone3(readings.split(",")[0]) for code, readings in PINYIN_DICT.items()}
    found |= {word: " ".join(tone3(readings[0]) for readings in parts) for word, parts in PHRASES_DICT.items()}
    yield from found.items()

"""Readings that are looked up are those that pypinyin gives with all its tables in memory."""

from __future__ import annotations

import random

import pytest
from pypinyin import Style, lazy_pinyin
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

from panelbot.people.readings import tone_syllables
from panelbot.people.romanise import syllables


def mixed(seed: int) -> str:
    """A phrase, part of one, any character and other writing, in any order."""
    pick = random.Random(seed)
    phrase = pick.choice(sorted(PHRASES_DICT))
    pieces = [pick.choice(sorted(PHRASES_DICT)), phrase[: pick.randrange(1, len(phrase) + 1)]]
    pieces += [chr(pick.choice(sorted(PINYIN_DICT))), pick.choice(("", "A1", " ", "·", "、"))]
    pick.shuffle(pieces)
    return "".join(pieces)


@pytest.mark.parametrize("text", ["", "Ada", "银行行长", "绿女", "重庆的长乐", *map(mixed, range(60))])
def test_readings_are_those_of_pypinyin(text: str) -> None:
    assert tone_syllables(text) == tuple(lazy_pinyin(text, style=Style.TONE3, neutral_tone_with_five=True))
    assert syllables(text) == tuple(lazy_pinyin(text))

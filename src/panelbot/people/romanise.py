"""Chinese names and words in Latin letters: toneless pinyin, surnames in the reading they have as surnames.

Knows readings, not people: what a person writes their own name like is the register's business.
"""

from __future__ import annotations

import re
from functools import lru_cache

from panelbot.people.readings import tone_syllables
from panelbot.people.surnames import split_name
from panelbot.text.fold import simplify
from panelbot.text.language import has_han

_TONE = re.compile(r"(?<=[a-z])[1-5]$")
# Characters whose reading as a surname is not their commonest one.
SURNAME_READINGS = {
    "单": "shan4", "曾": "zeng1", "解": "xie4", "仇": "qiu2", "区": "ou1", "查": "zha1", "盖": "ge3", "朴": "piao2",
    "翟": "zhai2", "任": "ren2", "华": "hua4", "纪": "ji3", "宁": "ning4", "尉": "wei4", "缪": "miao4", "冼": "xian3",
    "乐": "yue4", "逄": "pang2", "员": "yun4", "召": "shao4", "繁": "po2", "种": "chong2", "秘": "bi4", "折": "she2",
    "黑": "he4", "洗": "xian3", "覃": "qin2", "臧": "zang1", "卜": "bu3", "葛": "ge3", "晟": "cheng2", "哈": "ha3",
    "那": "na1", "过": "guo1", "隗": "wei3", "瞿": "qu2", "阚": "kan4", "应": "ying1", "燕": "yan1", "柏": "bai3",
    "薄": "bo2", "车": "che1", "重": "chong2", "谌": "chen2", "牟": "mu4", "褚": "chu3", "郇": "xun2", "芮": "rui4",
    "宓": "mi4", "恽": "yun4", "郄": "qie4", "乜": "nie4", "幺": "yao1", "眭": "sui1", "訾": "zi1", "逯": "lu4",
    "长孙": "zhang3 sun1", "尉迟": "yu4 chi2", "万俟": "mo4 qi2", "澹台": "tan2 tai2", "单于": "chan2 yu2",
    "令狐": "ling2 hu2", "呼延": "hu1 yan2", "夏侯": "xia4 hou2", "鲜于": "xian1 yu2", "宇文": "yu3 wen2",
}  # fmt: skip


def syllables(text: str, *, tones: bool = False) -> tuple[str, ...]:
    """The pinyin of each character of ``text`` (``tones``: with a tone digit); other runs stay themselves."""
    return _syllables(text, tones)


@lru_cache(maxsize=8192)
def _syllables(text: str, tones: bool) -> tuple[str, ...]:
    found = tone_syllables(text)
    return found if tones else tuple(_TONE.sub("", syllable) for syllable in found)


def name_syllables(name: str, *, tones: bool = False) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Pinyin of surname and of given name, the surname in its reading as one: 单雄信 is Shan, not Dan."""
    surname, given = split_name(name)
    reading = SURNAME_READINGS.get(simplify(surname))
    if reading is None:
        first = _syllables(surname, tones)
    else:
        first = tuple(part if tones else part[:-1] for part in reading.split())
    return first, _syllables(given, tones) if given else ()


def romanise_name(name: str) -> str:
    """A Chinese name as an English text writes it, surname first: 沈志峰 is ``Shen Zhifeng``.

    A name without Chinese characters is returned as it is.
    """
    if not has_han(name):
        return name
    surname, given = name_syllables(name)
    parts = ("".join(surname), "".join(given))
    return " ".join(part.replace("v", "ü").capitalize() for part in parts if part)


@lru_cache(maxsize=1)
def _all_syllables() -> frozenset[str]:
    from pypinyin import pinyin_dict

    spelt = {_plain(reading) for readings in pinyin_dict.pinyin_dict.values() for reading in readings.split(",")}
    return frozenset(syllable for syllable in spelt if syllable.isascii() and (len(syllable) > 1 or syllable in "aeo"))


def _plain(reading: str) -> str:
    import unicodedata

    decomposed = unicodedata.normalize("NFD", reading.replace("ü", "v"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


@lru_cache(maxsize=4096)
def is_pinyin(word: str) -> bool:
    """Whether ``word`` (Latin, lower case) can be cut into pinyin syllables."""
    if not word:
        return True
    return any(word[:n] in _all_syllables() and is_pinyin(word[n:]) for n in range(min(6, len(word)), 0, -1))

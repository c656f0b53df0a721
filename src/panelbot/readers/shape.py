"""How much a few words are built like a label of a person, in log-odds: names, roles and handles, or a clause.

Breaks ties where the form of a file leaves a label open. Knows one label, not its file.
"""

from __future__ import annotations

import re
from functools import lru_cache

from panelbot.people import name_kind, parse_label
from panelbot.text import has_han

_CLAUSE_MARKS = re.compile(
    r"[。！？；!?;\"“”‘《》]|[^\W\d_]{3}\.\s{1,3}[a-z]|[，,]\s?[\u4e00-\u9fff].*[，,]|[a-z],\s(?:[a-z]|I\s)"
)
_SMALL = frozenset("of the and for in on at to by from with a an de da di du del van von der la le al bin y e".split())
_HAN_SPEECH = re.compile(r"[我你您他她它咱这那哪的了吗呢吧啊么]|告诉|觉得|认为|因为|所以|不是|就是")
_ORDINAL = re.compile(
    r"第[一二三四五六七八九十百\d]+[^届屆]|[一二三四五六七八九十]{1,3}(?:是|、|来|方面|个)|其[一二三四]"
)
_MAX_WORDS = 10
_MAX_HAN = 14
_WORD = re.compile(r"[^\W\d_]{2,}(?:['’.\-][^\W\d_]+)*|[aAI]")
_AROUND = ".,;()[]'\"’"
_TIED = re.compile(r"[A-ZÀ-Þ](?=[^\W\d_]*[a-zß-ÿ])[^\W\d_]*+_[\w.]+(?:[\[(][^\])]*[\])])?")  # Nora_fes_(Org): no prose
_COMMA = re.compile(r"[，、；]")
_MAX_TOLD = 12  # characters of a name with its office behind a comma
_LONGEST = 100


@lru_cache(maxsize=8192)
def label_name(label: str) -> str:
    """The name in a label; a clause is its own name."""
    n_han = sum(map(has_han, label))
    clause = n_han > 2 * _MAX_HAN or (n_han > _MAX_TOLD and _COMMA.search(label)) or len(label) > _LONGEST
    clause = clause or _CLAUSE_MARKS.search(label) is not None
    tied = _TIED.fullmatch(label) is not None
    return label if clause else parse_label(label.replace("_", " ") if tied else label).name


@lru_cache(maxsize=8192)
def label_shape(label: str) -> float:
    """Log-odds, about -4 (a clause) to 1 (a name, a role or a numbered speaker)."""
    z = -2.0 if _CLAUSE_MARKS.search(label) else 0.0
    kind = name_kind(label_name(label))
    if kind in ("name", "numbered", "role"):
        return z + 1.0
    if _TIED.fullmatch(label):
        return z + 0.5
    if kind == "no":
        z -= 2.0
    return z + (_han(label) if has_han(label) else _latin(label))


def _latin(label: str) -> float:
    words = [word for token in label.split() if _WORD.fullmatch(word := token.strip(_AROUND))]
    if not re.search(r"\s", label):  # a handle: nora_fes, bert.oster
        return 0.0
    small = [word for word in words if word.islower() and word not in _SMALL]
    z = -1.5 if len(words) > _MAX_WORDS else 0.0
    if len(words) == 1 or not small:
        return z
    return z - min(1.0 + 0.5 * len(small), 3.0)


def _han(label: str) -> float:
    if _ORDINAL.match(label):
        return -6.0
    n_han = sum(map(has_han, label))
    if _COMMA.search(label):
        return -2.0
    z = -1.0 if n_han > _MAX_HAN else 0.0
    if n_han > 2 * _MAX_HAN:
        z -= 2.0
    return z - (1.5 if _HAN_SPEECH.search(label) else 0.0)

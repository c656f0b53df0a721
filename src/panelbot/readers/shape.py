"""How much a few words are built like a label of a person, in log-odds: names, roles and handles, or a clause.

Breaks ties where the form of a file leaves a label open. Knows one label, not its file.
"""

from __future__ import annotations

import re
from functools import lru_cache

from panelbot.people import is_role, name_kind, parse_label, states_position
from panelbot.people.kinds import Kind
from panelbot.text import has_han

_CLAUSE_MARKS = re.compile(
    r"[。！？；!?;\"“”‘《》]|[^\W\d_]{3}\.\s{1,3}[a-z]|[，,]\s?[\u4e00-\u9fff].*[，,]|[a-z],\s(?:[a-z]|I\s)"
)
_SMALL = frozenset("of the and for in on at to by from with a an de da di du del van von der la le al bin y e".split())
_HAN_SPEECH = re.compile(r"[我你您他她它咱这那哪的了吗呢吧啊么]|(?<=.{3})之|告诉|觉得|认为|因为|所以|不是|就是")
_ORDINAL = re.compile(
    r"第[一二三四五六七八九十百\d]+[^届屆]|[一二三四五六七八九十]{1,3}(?:是|、|来|方面|个)|其[一二三四]"
)
_MAX_WORDS = 10
_MAX_HAN = 14
_WORD = re.compile(r"[^\W\d_]{2,}(?:['’.\-][^\W\d_]+)*|[aAI]")
_AROUND = ".,;()[]'\"’"
_TIED = re.compile(r"[A-ZÀ-Þ](?=[^\W\d_]*[a-zß-ÿ])[^\W\d_]*+_[\w.]+(?:[\[(][^\])]*[\])])?")  # Nora_fes_(Org): no prose
_COMMA = re.compile(r"[，、；]")
_BESIDE = re.compile(r"(?<!\s)\s*+[(（\[［][^()（）\[\]［］]*+[)）\]］]$")  # (in chat), [from the queue]
_COUNTED = re.compile(r"\d{1,3}[、.)）]\s*(?=[^\W\d])")  # 3、Name: the third question
_SEVERAL = re.compile(r"(?<!\s)\s*+(?:[/+&＆]|\band\b)\s*+")
_MAX_TOLD = 12  # characters of a name with its office behind a comma
_LONGEST = 100


def without_count(label: str) -> str:
    """``label`` without the number of a question in front of it."""
    return label[found.end() :] if (found := _COUNTED.match(label)) else label


def label_kind(label: str) -> Kind:
    """The kind of name in ``label``; what stands with a title is one: 張宇人議員."""
    kind = name_kind(name := label_name(label))
    return "name" if kind == "weak" and name != label and has_han(name) and parse_label(label).title else kind


def without_aside(label: str) -> str:
    """``label`` without brackets behind it and the signs of doubt about it."""
    bare = _BESIDE.sub("", label)
    sure = bare.rstrip("?").rstrip() if bare.endswith("?") else bare
    named = sure.lstrip("?")
    return (named if named[:1].isalnum() else sure) or label


@lru_cache(maxsize=8192)
def label_name(label: str) -> str:
    """The name in a label; a clause is its own name."""
    label = without_count(label)
    n_han = sum(map(has_han, label))
    clause = n_han > 2 * _MAX_HAN or (n_han > _MAX_TOLD and _COMMA.search(label)) or len(label) > _LONGEST
    clause = clause or _CLAUSE_MARKS.search(label) is not None or _calls(label)
    tied = _TIED.fullmatch(label) is not None
    return label if clause else parse_label(label.replace("_", " ") if tied else label).name


@lru_cache(maxsize=8192)
def label_shape(label: str) -> float:
    """Log-odds, about -4 (a clause) to 1 (a name, a role or a numbered speaker)."""
    if (counted := without_count(label)) != label:  # 3、Name asks; what else is counted is an item of a list
        z = label_shape(counted)
        return z if z >= 1 else z - 3.0 - has_han(counted[0])
    if not any(map(str.isalnum, label)):  # ???: somebody, whom the writer did not know
        return 0.0
    if _calls(label):
        return -6.0
    label = without_aside(label)
    if len(several := _SEVERAL.split(label)) > 1 and all(several):  # Ian/Jana
        return min(map(label_shape, several))
    z = -2.0 if _CLAUSE_MARKS.search(label) else 0.0
    kind = label_kind(label)
    if kind in ("name", "numbered", "role"):
        return z + 1.0
    if _TIED.fullmatch(label):
        return z + 0.5
    if kind == "no":
        z -= 2.0
    return z + (_han(label) if has_han(label) else _latin(label))


def _calls(label: str) -> bool:
    """Whether a clause begins with whom it is said to: 主席，英文有句话说."""
    whom, comma, rest = label.partition("，")
    return bool(comma) and is_role(whom) and not states_position(rest) and name_kind(rest) != "name"


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
    z = -3.0 if n_han > _MAX_HAN else 0.0
    return z - (1.5 if _HAN_SPEECH.search(label) else 0.0)

"""Roles and numbers in the place of a name: 主持人, "The Acting Chair", 参会人3, "Speaker B", 3号会议室.

The one test for each, and what an English answer calls them. Does not know who is behind one.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from panelbot.people.lexicon import word_list
from panelbot.shipped import shipped_toml
from panelbot.text.fold import simplify
from panelbot.text.language import has_han
from panelbot.types import ROLES, Language, Role

_AHEAD_HAN = "(?:现场|台下|会议|大会|论坛|圆桌|对话|发言|特邀|与会|到场|代理|署理|副|联合|专访)*"
_BEHIND_HAN = "(?:先生|女士|小姐|同志|们)?"
_AHEAD_LATIN = (
    r"(?:(?:the|our|mr|mrs|ms|madam|madame|acting|deputy|vice|co|session|panel|unidentified|unknown|guest)\.?[\s-]+)*"
)
_MARK = r"\d{1,4}|[一二三四五六七八九十]{1,3}|[甲乙丙丁戊己庚辛]"
_NUMBER = rf"(?:[\s_#.:-]*(?P<mark>{_MARK})|(?<=[\u3400-\u9fff])(?P<letter>[A-Za-z])|[\s_#.-]+(?P<apart>[A-Za-z]))?"
# What is counted in labels and is no role: a device, a room, a person of whom only the kind is known.
_COUNTED_HAN = (
    "用户|手机用户|会议用户|成员|访客|人物|角色|专家|分析师|代表|员工|客户|学生|同学|老师|家长|居民|学者|组员"
    "|男|女|男声|女声|声音|通道|声道|麦克风|机位"
)
_COUNTED_LATIN = (
    "speaker|spk|spkr|participant|person|voice|user|student|respondent|expert|analyst|member|juror|female|male|man|woman"
    "|channel|track|caller|unknown|guest user|delegate|teacher|parent|resident|witness|s"
)
_ROOM = re.compile(
    rf"(?:第?(?:{_MARK})[号楼层\s]*+)*+(?:会议室|教室|报告厅|会场|房间|演播室)\s*(?:[A-Za-z]?\d{{0,4}}|{_MARK})?"
    r"|(?:(?:meeting|conference|board|court|class)\s*room|room|studio)(?:\s*+(?:[-#]\s*+)?\d{1,4}|\s+[A-Z]\d{0,3})?",
    re.IGNORECASE,
)
_TELEPHONE = re.compile(r"(?:手机|电话)?(?:用户|来电)?\s*\+?[\d(][\d\s().*xX•-]{3,}\d")
_TURN_LETTER = frozenset(("q", "a", "question", "answer", "问", "答"))
_STEM = re.compile("[A-Z]|[甲乙丙丁戊己庚辛]")


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleWord:
    """A kind of role: what its words make of their bearer, and what an English answer calls that one."""

    role: Role
    english: str
    words: tuple[str, ...]


@lru_cache(maxsize=1)
def role_words() -> tuple[RoleWord, ...]:
    """Every kind of role there is a word for."""
    told = shipped_toml("people/roles.toml")
    return tuple(
        RoleWord(role=role, english=english, words=tuple(words.split()))
        for role in ROLES
        for english, words in told[role].items()
    )


def role_pattern(*roles: Role) -> str:
    """An expression for the words of ``roles`` (of every kind where none is given), with what may qualify them."""
    kinds = [kind for kind in role_words() if not roles or kind.role in roles]
    return _qualified([word for kind in kinds for word in kind.words])


def _qualified(words: list[str]) -> str:
    longest = sorted(words, key=lambda word: (-len(word), word))
    han = "|".join(word for word in longest if has_han(word))
    latin = "|".join(re.escape(word).replace("_", r"\s+") for word in longest if not has_han(word))
    parts = [f"{_AHEAD_HAN}(?:{han}){_BEHIND_HAN}"] * bool(han) + [f"{_AHEAD_LATIN}(?:{latin})"] * bool(latin)
    return f"(?:{'|'.join(parts)})"


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[RoleWord, re.Pattern[str]], ...]:
    return tuple(
        (kind, re.compile(rf"(?P<word>{_qualified(list(kind.words))}){_NUMBER}", re.IGNORECASE))
        for kind in role_words()
    )


@lru_cache(maxsize=4096)
def _find(text: str) -> tuple[RoleWord, str, str] | None:
    """The kind of role ``text`` is, its word and its number; None where it is more or less than that."""
    plain = simplify(unicodedata.normalize("NFKC", text).strip())
    if plain.casefold() in ("mr speaker", "mr. speaker", "madam speaker", "madame speaker"):  # who presides
        return next(kind for kind in role_words() if "议长" in kind.words), plain, ""
    for kind, pattern in _patterns():
        if match := pattern.fullmatch(plain):
            return kind, match["word"], match["mark"] or match["letter"] or match["apart"] or ""
    return None


def role_of(text: str) -> Role:
    """The role ``text`` is a word for ("主持人", "The Chair", "Panelist 2"), else ``unknown``."""
    found = _find(text)
    return found[0].role if found else "unknown"


def is_office(text: str) -> bool:
    """Whether the role ``text`` is a title as well, as a chair's is and a moderator's is not."""
    found = _find(text)
    return found is not None and found[0].english == "the chair"


def is_member(text: str) -> bool:
    """Whether ``text`` is a word for every member of a body: 议员, 委员 and, alone, anybody's."""
    found = _find(text)
    return found is not None and found[0].english == "a member" and not found[2]


def is_role(text: str) -> bool:
    """Whether ``text`` is a word for a part in the conversation, counted or not, and names nobody."""
    return _find(text) is not None


def role_name(text: str, language: Language) -> str:
    """What an answer in ``language`` calls the person under the role ``text``; empty where it is no role.

    A role is translated, never romanised: 主持人 is "the moderator", 观众2 "audience member 2".
    """
    if language == "zh" or not has_han(text):
        return text if is_role(text) else ""
    if (found := _find(text)) is None:
        return ""
    noun = found[0].english
    if not found[2]:
        return noun
    bare = re.sub(r"^(?:an?|the) (?:unnamed )?", "", noun)
    number = "一二三四五六七八九十".find(found[2]) + 1
    return f"{bare.capitalize()} {number or found[2].upper()}"


def numbered_parts(text: str) -> tuple[str, str]:
    """The kind and the mark of a numbered label: ``("发言人", "1")``, ``("grad", "b")``; empty where it is none."""
    plain = unicodedata.normalize("NFKC", text).strip()
    found = _find(plain)
    if found and found[2]:
        return found[1].casefold(), found[2].casefold()
    han = re.fullmatch(rf"({_COUNTED_HAN})[\s_#.:-]*({_MARK}|[A-Za-z])", simplify(plain))
    latin = re.fullmatch(rf"({_COUNTED_LATIN})(?:[\s_#.:-]*(\d{{1,4}})|[\s_#.-]+([A-Za-z]))", plain, re.IGNORECASE)
    if match := han or latin:
        return match[1].casefold(), next(mark for mark in match.groups()[1:] if mark).casefold()
    *words, mark = re.split(r"[\s_-]+", plain.casefold())
    if words and re.fullmatch(r"[a-z]|\d{1,4}", mark) and all(word in word_list("label_words") for word in words):
        return " ".join(words), mark
    return "", ""


@lru_cache(maxsize=4096)
def is_numbered_label(text: str) -> bool:
    """Whether ``text`` counts speakers, rooms or devices and names nobody: 参会人3, SPEAKER_01, 3号会议室."""
    plain = unicodedata.normalize("NFKC", text).strip()
    kind, _ = numbered_parts(plain)
    if kind and (has_han(kind) or is_role(kind) or re.fullmatch(_COUNTED_LATIN, kind)):
        return True
    room = _ROOM.fullmatch(simplify(plain)) or _TELEPHONE.fullmatch(plain)
    return room is not None or _STEM.fullmatch(plain) is not None or plain.casefold() in _TURN_LETTER


@lru_cache(maxsize=4096)
def is_label(text: str) -> bool:
    """Whether ``text`` says what a person does in the place of a name: "Project Manager", "Grad B", 发言人1."""
    if names_nobody(text):
        return True
    words = re.split(r"[\s_.,-]+", text.strip().casefold())
    own = [word for word in words if word not in word_list("label_words") and len(word) > 1 and not word.isdigit()]
    return not own and not has_han(text)


def names_nobody(text: str) -> bool:
    """Whether a label is a role or a number and nothing more."""
    return is_role(text) or is_numbered_label(text)

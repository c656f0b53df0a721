"""What a label says beside the name: ``李四（江苏银行）``, ``主持人 李四``, ``Jane Doe, CEO of Acme``.

Knows labels only; the register adds what the introduction and the speech say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from panelbot.readers.names import name_kind
from panelbot.text import has_han
from panelbot.types import Evidence, Role, Speaker

_BRACKETED = re.compile(r"([^()（）\[\]【】]+?)\s*[(（\[【]\s*(.{1,120}?)\s*[)）\]】]")
_SPACED_HAN = re.compile(r"([\u3400-\u9fff])[ \u3000]+([\u3400-\u9fff])")
_MODERATOR = re.compile(
    r"主持人?|会议主席|司仪|facilitator"
    r"|(?:the )?(?:acting |vice[- ]|deputy |co-?)?(?:moderator|host|chair(?:man|woman|person)?|emcee|mc)",
    re.IGNORECASE,
)
_PANELIST = re.compile(r"(?:圆桌|对话|发言)?嘉宾|panell?ist|guest|speaker", re.IGNORECASE)
_AUDIENCE = re.compile(r"(?:现场)?(?:观众|听众)|提问者|audience(?: member)?|attendee", re.IGNORECASE)
# What stands in brackets after a name and says nothing of who it is: pronouns, how they joined, what they did.
_ASIDE = re.compile(
    r"(?:he|she|they|him|her|them|his|hers|theirs)(?:\s*/\s*\w+)*|me|you|guest|external|internal|unverified|外部|来宾|\W*\d+\W*"
    r"|(?:大?笑|(?:在?线上|连线|远程|语音|视频|电话|网络)(?:参会|连线|发言|接入)?|插话|打断|补充|画外音|代答|停顿|沉默)",
    re.IGNORECASE,
)
_TITLE_WORD = re.compile(
    r"\b(?:ceo|cto|cfo|coo|cmo|cio|cso|cro|chief|president|director|manager|head|partner|founder|co-founder|professor|analyst|officer"
    r"|editor|chair\w*|secretary|economist|counsel|lawyer|attorney|engineer|lead|vp|vice|minister|fellow|researcher|consultant|owner)\b",
    re.IGNORECASE,
)
_HAN_TITLE = re.compile(
    r"(?:董事长|总裁|总经理|经理|行长|总监|主任|创始人|合伙人|CEO|CTO|CFO|COO|教授|研究员|律师|分析师|首席\w{2,6}|院长|会长|秘书长|理事|主编|负责人|所长|工程师)$"
)
_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv|phd|ph\.d|md|m\.d|esq|cfa|cpa)\.?", re.IGNORECASE)
_ACT = re.compile(r"([\u3400-\u9fff·\d]{2,12}?)(?:提问|回答|问|答|問)")
_NUMBERED_QUESTION = re.compile(r"([QAqaＱＡ问答問])[\s.]*\d{1,3}")
_ONE_NAME = re.compile(r"[A-ZÀ-Þ][\w'’\-]+")
_GIVEN_NAMES = re.compile(r"[A-ZÀ-Þ][\w'’\-]+(?: [A-ZÀ-Þ][\w'’\-]*\.?)?")
_ROLE_PREFIX = re.compile(
    r"(主持人|主持|嘉宾|主播|moderator|host|panell?ist|guest)\s*[\s:：\-–—]?\s*(.+)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A speaker label taken apart; ``text`` is the label as written."""

    text: str
    name: str
    organization: str = ""
    title: str = ""
    role: Role = "unknown"
    alias: str = ""
    prefix: str = ""
    """The role written before the name: 主持人 in ``主持人 李四``, The Chair in ``The Chair (Ann Lee)``."""


@lru_cache(maxsize=4096)
def parse_label(text: str) -> Label:
    """Take ``text`` apart into a name and the facts written beside it."""
    label = Label(text=text, name=_without_act(_tidy(text)))
    if match := _BRACKETED.fullmatch(label.name):
        label = _with_bracket(replace(label, name=_tidy(match.group(1))), match.group(2).strip())
    elif has_han(label.name):
        label = _with_spaces(label)
    elif "," in label.name:
        label = _with_commas(label)
    return _with_role_prefix(label)


def speakers_of(labels: Iterable[Label]) -> tuple[Speaker, ...]:
    """One Speaker for each name in order of first label, with the facts its labels state and their evidence."""
    facts: dict[str, dict[str, tuple[str, str]]] = {}
    for label in labels:
        known = facts.setdefault(label.name, {})
        stated = {"organization": label.organization, "title": label.title, "aliases": label.alias}
        stated["role"] = "" if label.role == "unknown" else label.role
        for field, value in stated.items():
            if value:
                known.setdefault(field, (value, label.text))
    return tuple(_speaker(name, known) for name, known in facts.items())


def _speaker(name: str, known: dict[str, tuple[str, str]]) -> Speaker:
    value = {field: stated[0] for field, stated in known.items()}
    role: Role = value.get("role", "unknown")  # type: ignore[assignment]  # only roles are stored under "role"
    return Speaker(
        name=name,
        organization=value.get("organization", ""),
        title=value.get("title", ""),
        role=role,
        aliases=(value["aliases"],) if "aliases" in value else (),
        evidence=tuple(Evidence(field=field, source="label", text=known[field][1]) for field in known),
    )


def states_position(text: str) -> bool:
    """True where ``text`` names a position in an organization: 江苏银行行长, "Partner at Law LLP"."""
    return _HAN_TITLE.search(text) is not None or _TITLE_WORD.search(text) is not None


def role_word(text: str) -> Role:
    """The role that ``text`` names, ``unknown`` where it names none."""
    if _MODERATOR.fullmatch(text):
        return "moderator"
    if _AUDIENCE.fullmatch(text):
        return "audience"
    return "panelist" if _PANELIST.fullmatch(text) else "unknown"


def _tidy(text: str) -> str:
    spaced = " ".join(text.split())
    # 李　明: a two-character name spread out to the width of three
    return _SPACED_HAN.sub(r"\1\2", spaced) if len(spaced) == 3 and _SPACED_HAN.fullmatch(spaced) else spaced


def _without_act(name: str) -> str:
    """``记者问`` and ``张三答`` without the verb, ``Q1`` without its number."""
    if numbered := _NUMBERED_QUESTION.fullmatch(name):
        return numbered.group(1)
    act = _ACT.fullmatch(name)
    return act.group(1) if act and name_kind(act.group(1)) in ("name", "role", "numbered") else name


def _with_bracket(label: Label, inside: str) -> Label:
    inner = parse_label(inside)
    kind, role = name_kind(label.name), role_word(label.name)
    named = name_kind(inner.name) in (("name", "weak") if role != "unknown" else ("name",))
    if kind in ("role", "numbered") and named:  # 主持人（李四）, Speaker 1 (Ann Lee)
        return replace(inner, text=label.text, role=role, prefix=label.name)
    if _ASIDE.fullmatch(inside) or (inside == inside.lower() and not has_han(inside) and not states_position(inside)):
        return label
    if has_han(label.name) != has_han(inside) and _same_name(label.name, inside):
        return replace(label, alias=inside)
    return _with_affiliation(label, inside)


def _with_affiliation(label: Label, text: str) -> Label:
    if (role := role_word(text)) != "unknown":
        return replace(label, role=role)
    if " of " in text and not has_han(text):  # CEO of Acme
        title, _, organization = text.partition(" of ")
        if _TITLE_WORD.search(title):
            return replace(label, title=title.strip(), organization=organization.strip())
    if has_han(text):
        if match := _HAN_TITLE.search(text):
            organization = text[: match.start()].strip(" \u3000,，、·")
            return replace(label, organization=organization, title=match.group())
        return replace(label, organization=text)
    if _TITLE_WORD.search(text) and "," not in text:
        return replace(label, title=text)
    if "," in text:
        first, _, second = text.partition(",")
        if _TITLE_WORD.search(first):
            return replace(label, title=first.strip(), organization=second.strip())
    return replace(label, organization=text)


def _with_commas(label: Label) -> Label:
    name, _, rest = (part.strip() for part in label.name.partition(","))
    if _SUFFIX.fullmatch(rest):
        return label
    if _ONE_NAME.fullmatch(name) and _GIVEN_NAMES.fullmatch(rest) and not states_position(rest):
        return replace(label, name=f"{rest} {name}", alias=label.name)  # Falk, Ines
    return _with_affiliation(replace(label, name=name), rest)


def _with_spaces(label: Label) -> Label:
    """``江苏银行 沈志峰`` and ``沈志峰 江苏银行行长``: one part is a name, the other is none."""
    parts = label.name.split(" ")
    if len(parts) != 2 or not all(has_han(part) or part.isupper() for part in parts):
        return label
    first, second = ((name_kind(part) == "name") for part in parts)
    if first == second or role_word(parts[0]) != "unknown":
        return label
    name, about = parts if first else parts[::-1]
    return _with_affiliation(replace(label, name=name), about)


def _with_role_prefix(label: Label) -> Label:
    match = _ROLE_PREFIX.fullmatch(label.name)
    if match is None or name_kind(match.group(2)) != "name" or name_kind(label.name) == "numbered":
        return label
    role = role_word("主持人" if match.group(1) == "主播" else match.group(1))
    name, prefix = _tidy(match.group(2)), match.group(1)
    return replace(label, name=name, prefix=prefix, role=role if label.role == "unknown" else label.role)


def _same_name(name: str, other: str) -> bool:
    han, latin = (name, other) if has_han(name) else (other, name)
    from pypinyin import lazy_pinyin  # 60 ms: only where a label carries both scripts

    syllables = lazy_pinyin(han)
    letters = re.sub(r"[^a-z]", "", latin.casefold())
    return letters in (
        "".join(syllables),
        "".join(syllables[1:] + syllables[:1]),
        "".join(syllables[2:] + syllables[:2]),
    )

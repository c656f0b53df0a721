"""Speaker labels as files write them: "沈志峰（江苏银行）", "主持人 李四", "Speaker 2", "Jane Doe (CTO, Acme)".

Does not know what the turns say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from panelbot.register.affiliation import split_affiliation
from panelbot.register.claims import NO_AFFILIATION, Affiliation
from panelbot.register.names import HAN, is_chinese_name, is_latin_name, is_person_name, strip_honorific
from panelbot.text import has_han
from panelbot.types import Role

_Patterns = tuple[tuple[Role, re.Pattern[str]], ...]
_ROLE_WORDS: tuple[tuple[Role, str], ...] = (
    ("moderator", "主持人|主持|司仪|moderator|host|facilitator|emcee|interviewer|session chair"),
    (
        "audience",
        "现场观众|观众提问|观众|听众|网友|提问者|提问人|现场提问|"
        "audience(?: member)?|questioner|attendee|member of the audience",
    ),
    ("panelist", "圆桌嘉宾|特邀嘉宾|嘉宾|来宾|对话嘉宾|panell?ist|guest(?: speaker)?|interviewee"),
)
_NUMBERED_WORDS = (
    "发言人|说话人|讲话人|发言者|说话者|讲话者|演讲者|讲者|与会者|参会人|参会者|参与者|用户|成员|未知发言人|未知说话人|未知|"
    r"(?:unknown )?(?:speaker|spk|participant|person|voice|caller|user|spkr)|unidentified(?: speaker)?|unknown|[sq]|a"
)
_NUMBER = r"[\s_#.:-]*(?:\d{1,3}|[A-Za-z]|[一二三四五六七八九十]{1,3})?"
_PLACEHOLDER = re.compile(rf"(?:{_NUMBERED_WORDS}){_NUMBER}", re.I)
_ROLE: _Patterns = tuple((role, re.compile(rf"(?:{words}){_NUMBER}", re.I)) for role, words in _ROLE_WORDS)
_ROLE_PREFIX: _Patterns = tuple(
    (role, re.compile(rf"(?:{words})(?:\s*[-–—:：/|·.,]\s*|\s+|(?=[{HAN}]))(?P<rest>.+)", re.I))
    for role, words in _ROLE_WORDS
)
_ROLE_SUFFIX: _Patterns = tuple(
    (role, re.compile(rf"(?P<rest>.+?)(?:\s*[-–—:：/|·,]\s*|\s+)(?:{words})", re.I)) for role, words in _ROLE_WORDS
)
_BRACKET = re.compile(r"(?P<outer>.*?)\s*[（(\[【〔<](?P<inner>[^（(\[【〔<）)\]】〕>]+)[）)\]】〕>]\s*")
_ASIDE = re.compile(
    r"线上|线下|视频|连线|远程|电话|翻译|口译|笑|男|女|字幕|画外音|音频|缺席|发言|提问|续|同上|"
    r"remote|online|video|phone|by phone|via .*|off[- ].*|on[- ].*|cont(?:inued|'d|d)?\.?|inaudible|laughs|laughing|"
    r"translated|through .*|voice ?over|v\.?o\.?|external|guest user",
    re.I,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What a label says. ``placeholder`` is true where it names nobody ("发言人3", "Moderator")."""

    name: str
    affiliation: Affiliation = NO_AFFILIATION
    role: Role = "unknown"
    placeholder: bool = False


def parse_label(label: str) -> Label:
    """Name, affiliation and role told by ``label``; a label in no known form is the name itself."""
    text = " ".join(label.split())
    if bracket := _BRACKET.fullmatch(text):
        parsed = _parse_bracket(bracket["outer"], bracket["inner"])
        if parsed is not None:
            return parsed
    return _parse_plain(text)


def is_placeholder(label: str) -> bool:
    """Whether ``label`` numbers or describes a speaker and names nobody."""
    return parse_label(label).placeholder


def role_of(text: str) -> Role:
    """The role ``text`` is a word for ("主持人", "Moderator", "Panelist 2"), else ``unknown``."""
    for role, pattern in _ROLE:
        if pattern.fullmatch(text.strip()):
            return role
    return "unknown"


def _parse_bracket(outer: str, inner: str) -> Label | None:
    outer, inner = outer.strip(), inner.strip()
    if not outer:
        return _parse_plain(inner)
    plain = _parse_plain(outer)
    if plain.placeholder:
        told = _parse_plain(inner)
        if not told.placeholder and is_person_name(told.name, sure=True):
            return Label(name=told.name, affiliation=told.affiliation, role=plain.role)
        return None if told.role == "unknown" else Label(name=outer, role=told.role, placeholder=True)
    if not is_person_name(plain.name, sure=True) and is_person_name(strip_honorific(inner)):
        return Label(name=strip_honorific(inner), affiliation=split_affiliation(outer), role=plain.role)
    if (role := role_of(inner)) != "unknown":
        return Label(name=plain.name, affiliation=plain.affiliation, role=role)
    if _ASIDE.fullmatch(inner):
        return plain
    return Label(name=plain.name, affiliation=_bracketed_affiliation(inner) or plain.affiliation, role=plain.role)


def _bracketed_affiliation(text: str) -> Affiliation:
    """A label's bracket is an affiliation whether or not its words are known: "(Lethbridge, CPC)", （度小满）."""
    found = split_affiliation(text)
    if found.title or (found and has_han(text)):
        return found
    return Affiliation(organization=text) if len(text) >= 3 and (has_han(text) or text[0].isupper()) else found


def _parse_plain(text: str) -> Label:
    if (role := role_of(text)) != "unknown":
        return Label(name=text, role=role, placeholder=True)
    if _PLACEHOLDER.fullmatch(text):
        return Label(name=text, placeholder=True)
    for role, pattern in (*_ROLE_PREFIX, *_ROLE_SUFFIX):
        match = pattern.fullmatch(text)
        if match and is_person_name(name := _join_han(match["rest"]), sure=True):
            return Label(name=strip_honorific(name), role=role)
    return _split_label(text)


def _split_label(text: str) -> Label:
    """A name with its affiliation before or behind it, without brackets."""
    joined = _join_han(text)
    if is_chinese_name(joined, sure=True):
        return Label(name=joined)
    for name, rest in _cuts(text):
        told = split_affiliation(rest)
        if told and (is_latin_name(strip_honorific(name)) or is_chinese_name(name, sure=True)):
            return Label(name=strip_honorific(name), affiliation=told)
    bare = strip_honorific(text)
    return Label(name=bare if is_latin_name(bare) else text)


def _cuts(text: str) -> list[tuple[str, str]]:
    """The ways to cut ``text`` in (name, affiliation)."""
    if not has_han(text):
        parts = re.split(r"\s*[,|]\s*|\s+[-–—]\s+", text, maxsplit=1)
        return [(parts[0], parts[1])] if len(parts) == 2 else []
    cuts: list[tuple[str, str]] = []
    words = re.split(r"[\s,，|·/—–-]+", text)
    if len(words) > 1:
        cuts += [(words[-1], " ".join(words[:-1])), (words[0], " ".join(words[1:]))]
    else:
        cuts += [(text[-n:], text[:-n]) for n in (3, 2, 4) if len(text) > n and split_affiliation(text[:-n]).title]
    return cuts


def _join_han(text: str) -> str:
    """``text`` without the blanks typesetters put inside Chinese names ("柏　亮")."""
    joined = re.sub(r"\s+", "", text)
    return joined if re.fullmatch(f"[{HAN}]{{2,4}}", joined) and re.match(rf"[{HAN}]\s", text) else text

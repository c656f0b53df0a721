"""Speaker labels taken apart: "沈志峰（江苏银行）", 市发改委价格处孟建业处长, "Oster, Bert (External)", "Speaker 2".

The one label parser: whatever a file's form marked as a label is read, and none is rejected. Does not know what the
turns say, nor who else speaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from panelbot.people.affiliation import split_affiliation, states_position
from panelbot.people.facts import Label
from panelbot.people.label_han import split_han
from panelbot.people.label_words import (
    is_aside,
    is_initials_of,
    is_person,
    is_short_for,
    same_in_other_script,
    without_title,
)
from panelbot.people.names import is_honour
from panelbot.people.roles import is_office, is_role, names_nobody, role_of, role_pattern
from panelbot.text.fold import fold, simplify
from panelbot.text.language import has_han
from panelbot.types import Evidence, Role, Speaker

_EDGES = " \t\u3000\xa0*_:：|,，、"
_LONGEST = 200  # characters
_COMMA = re.compile("[,，]")
_OPENING, _CLOSING = "([（【〔［<", ")]）】〕］>"
_SPACED_HAN = re.compile(r"([\u3400-\u9fff])[ \u3000]+([\u3400-\u9fff])")
_COUNT = re.compile(r"\d{1,3}\s*[-_.、)]\s*(?=\D)|\d{1,3}\s+(?=[^\W\d])")
_DEVICE = re.compile(
    r"(?:['’]s?|的)\s*(?:iphone|ipad|macbook\w*|phone|pc|laptop|galaxy|android|手机|电脑|平板)\b.*", re.I
)
_PARTS = re.compile(
    r"\s+[-–—]{1,3}\s+|\s*(?:--|—|\||｜|\t|@|＠|//)\s*|\s+/\s+"
    r"|(?<=[\u3400-\u9fff])\s*[-–/·_]\s*|\s*/\s*(?=[\u3400-\u9fff])"
)
_ROLES = role_pattern("moderator", "panelist", "audience")
_ROLE_AHEAD = re.compile(rf"(?P<role>{_ROLES})(?:\s*[-–—:：/|·.,]+\s*|\s+|(?=[\u3400-\u9fff]))(?P<rest>.+)", re.I)
_ROLE_BEHIND = re.compile(rf"(?P<rest>.+?)(?<![\s\-–—:：/|·,，])[\s\-–—:：/|·,，]++(?P<role>{_ROLES})", re.I)
_ACTING = re.compile(r"(?<=[\u3400-\u9fff]{2})代理?$|(?:,\s*|(?<![\s,])\s+)acting$", re.I)  # in another's chair
_ACT = re.compile(r"([\u3400-\u9fff·\d]{2,12}?)(?:提问|回答|问|答|书面(?:补充)?(?:意见|质询|质疑|发言|答复|报告))")
_NUMBERED_TURN = re.compile(r"([QAqaＱＡ问答])[\s.]*\d{1,3}")
_ONE_NAME = re.compile(r"(?:(?:van|von|de|da|del|di|la|le|bin|al|el|ter|ten|Mc|Mac|O)['’\s]?)*[A-ZÀ-Þ][\w'’\-]+")
_GIVEN_NAMES = re.compile(r"[A-ZÀ-Þ][\w'’\-]*\.?(?: [A-ZÀ-Þ][\w'’\-]*\.?){0,2}")
_DEPARTMENT = re.compile(
    r"(?:Relations|Operations|Marketing|Sales|Finance|Communications|Affairs|Engineering|Strategy|Resources|Development|Research|Products?|Services|Policy|Legal|Compliance)$",
    re.I,
)


def of_several(labels: Iterable[Label]) -> frozenset[str]:
    """The texts of ``Name, Name``: what looks like an organization there is the whole name of another label."""
    several = [label for label in labels if label.organization and _COMMA.search(label.text)]
    if not several:
        return frozenset()
    names = {fold(label.name) for label in labels if not label.organization}
    return frozenset(label.text for label in several if fold(label.organization) in names)


@lru_cache(maxsize=8192)
def parse_label(text: str) -> Label:
    """Take ``text`` apart into a name and the facts written beside it; what has no known form is the name itself."""
    if not text.strip():
        return Label(text=text, name=text, placeholder=True)
    if len(text) > _LONGEST:  # a form marked a paragraph: nothing in it is told apart
        return Label(text=text, name=text.strip() or text)
    tidy = _tidy(text)
    simple = simplify(tidy)
    parsed = _parse(simple)
    if simple != tidy:
        parsed = _restored(parsed, simple, tidy)
    return replace(parsed, text=text, name=parsed.name or tidy or text)


def _tidy(text: str) -> str:
    spaced = " ".join(text.split()).strip(_EDGES).removesuffix(" -")
    # 李　明: a two-character name spread out to the width of three
    return _SPACED_HAN.sub(r"\1\2", spaced) if len(spaced) == 3 and _SPACED_HAN.fullmatch(spaced) else spaced


def _restored(label: Label, simple: str, original: str) -> Label:
    def back(text: str) -> str:
        at = simple.find(text)
        if at < 0 and len(simple) == len(original):  # a surname and a given name with a title between them
            written = dict(zip(simple, original, strict=True))
            return "".join(written.get(character, character) for character in text)
        return original[at : at + len(text)] if at >= 0 else text

    facts = {field: back(getattr(label, field)) for field in ("name", "organization", "title", "prefix")}
    return replace(label, **facts, aliases=tuple(map(back, label.aliases)))


def _parse(text: str) -> Label:
    text = _without_act(text)
    if names_nobody(text):
        return Label(text=text, name=text, role=role_of(text), placeholder=True)
    outer, inner = _peel(text)
    label = _plain(outer) if outer else Label(text=text, name="")
    for bracket in inner:
        label = _with_bracket(label, bracket)
    return label


def _peel(text: str) -> tuple[str, list[str]]:
    """``text`` without the brackets around it, and what they hold, in order; brackets may stand in brackets."""
    behind: list[str] = []
    while text and text[-1] in _CLOSING and (at := _opening(text)) >= 0:
        behind.insert(0, text[at + 1 : -1].strip())
        text = text[:at].strip(_EDGES + "-–—")
    ahead = re.match(r"[(\[（【〔［<]([^)\]）】〕］>]+)[)\]）】〕］>]\s*(?=\S)", text)
    if ahead:
        behind.insert(0, ahead[1].strip())
        text = text[ahead.end() :].strip(_EDGES)
    if not text and behind:  # <Bert Oster>
        text = behind.pop(0)
    return text, behind


def _opening(text: str) -> int:
    depth = 0
    for at in range(len(text) - 1, -1, -1):
        depth += (text[at] in _CLOSING) - (text[at] in _OPENING)
        if depth == 0:
            return at
    return -1


def _plain(text: str) -> Label:
    """A label without brackets."""
    text = _DEVICE.sub("", text) or text
    if (count := _COUNT.match(text)) and _person_in(text[count.end() :], whole=False):
        text = text[count.end() :]
    if names_nobody(text):
        return Label(text=text, name=text, role=role_of(text), placeholder=True)
    for pattern in (_ROLE_AHEAD, _ROLE_BEHIND):
        match = pattern.fullmatch(text)
        if match and (told := _person_in(match["rest"], whole=pattern is _ROLE_BEHIND)) is not None:
            return replace(told, prefix=match["role"], role=_either(told.role, role_of(match["role"])))
    return _split(text)


def _person_in(text: str, *, whole: bool) -> Label | None:
    """``text`` as a label of its own, where it names a person; ``whole``: and tells nothing else."""
    told = _split(text)
    beside = told.organization or told.title
    named = is_person(told.name) or (told.title and told.name != text)
    return told if named and not (whole and beside) else None


def _without_act(text: str) -> str:
    """``记者问`` and ``张三答`` without the verb, ``Q1`` without its number."""
    if numbered := _NUMBERED_TURN.fullmatch(text):
        return numbered[1]
    act = _ACT.fullmatch(text)
    return act[1] if act and (names_nobody(act[1]) or _person_in(act[1], whole=False)) else text


def _split(text: str) -> Label:
    """A name with what stands before or behind it, parted by signs, by commas, by blanks or by nothing."""
    if is_person(text):
        name, title = without_title(text)
        return Label(text=text, name=name, title=title)
    parts = [part.strip(_EDGES) for part in _PARTS.split(text) if part and part.strip(_EDGES)]
    if len(parts) > 1:
        return _of_parts(text, parts)
    if re.search("[,，]", text):
        return _with_commas(text)
    if has_han(text):
        return split_han(text)
    name, title = without_title(text)
    return Label(text=text, name=name, title=title)


def _of_parts(text: str, parts: list[str]) -> Label:
    found = [number for number, part in enumerate(parts) if is_person(_split(part).name)]
    number = found[0] if found else 0
    label = replace(_split(parts[number]), text=text)
    for other in (*parts[number + 1 :], *parts[:number]):
        label = _with_fact(label, other)
    return label


def _with_commas(text: str) -> Label:
    name, *rest = (part.strip() for part in re.split("[,，]", text))
    told = [part for part in rest if part and not is_honour(part)]
    if not told:  # Martin King, Jr. keeps what is his name; B.B.S. and CBE are not
        suffix = next((part for part in rest if re.fullmatch(r"(?:[JS]r\.?|I{2,3}|IV)", part)), "")
        return replace(_split(name), text=text, **({"name": f"{name}, {suffix}"} if suffix else {}))
    if len(told) == 1 and _is_reversed(name, told[0]):
        return Label(text=text, name=f"{told[0]} {name}", aliases=(text,))
    return _with_fact(replace(_split(name), text=text), ", ".join(told))


def _is_reversed(surname: str, given: str) -> bool:
    if states_position(given) or role_of(given) != "unknown" or is_role(given) or is_aside(given):
        return False
    return bool(_ONE_NAME.fullmatch(surname) and _GIVEN_NAMES.fullmatch(given)) and not (
        surname.isupper() and given.isupper()
    )


def _with_bracket(label: Label, inner: str) -> Label:
    role = role_of(inner)
    if is_role(inner) and not names_nobody(label.name):
        return replace(label, role=role if role != "unknown" else label.role)
    nobody = label.placeholder or names_nobody(label.name)
    told = _parse(_ACTING.sub("", inner) if nobody else inner)
    if not label.name:
        return replace(told, text=label.text)
    office = not nobody and not is_person(label.name) and (states_position(label.text) or bool(label.organization))
    if (nobody or office) and is_person(told.name) and not is_honour(inner):
        return _holder(told, label, office or is_office(label.name))
    if nobody and role != "unknown":
        return replace(label, role=role)
    if same_in_other_script(label.name, inner) or is_initials_of(inner, label.name) or inner in label.name.split():
        return replace(label, aliases=(*label.aliases, inner))
    if is_short_for(label.name, told.name):
        return replace(told, text=label.text, aliases=(*label.aliases, *told.aliases, label.name))
    if is_aside(inner) or is_honour(inner):
        return label
    if (
        not is_person(label.name)
        and is_person(told.name)
        and has_han(label.name) != has_han(told.name)
        and split_affiliation(label.name)
    ):
        return replace(told, text=label.text, organization=label.name)
    return _with_fact(label, inner)


def _holder(told: Label, label: Label, office: bool) -> Label:
    """The person ``told`` in brackets behind a role, a number or an office: "The Minister (Ann Lee)"."""
    title = label.title or ("" if label.organization or not office else label.text.removeprefix("The "))
    return replace(
        told,
        text=label.text,
        role=_either(label.role, told.role),
        title=told.title or title,
        organization=told.organization or label.organization,
        placeholder=False,
        prefix=label.text,
    )


def _either(first: Role, second: Role) -> Role:
    return first if first != "unknown" else second


def _with_fact(label: Label, text: str) -> Label:
    """``label`` with what ``text`` beside the name says: a role, an aside, or where and as what its bearer works."""
    if is_aside(text) or is_honour(text):
        return label
    if is_role(text):
        return replace(label, role=_either(role_of(text), label.role))
    found = _affiliation(text)
    organization = ", ".join(filter(None, (label.organization, found[0])))
    return replace(label, organization=organization, title=", ".join(filter(None, (label.title, found[1]))))


def _affiliation(text: str) -> tuple[str, str]:
    """Organisation and title; where no word is known, ``text`` is where the person is from."""
    parts = [part.strip() for part in re.split("[—–;；]", text) if part.strip()]
    if len(parts) > 1:
        told = [_affiliation(part) for part in parts]
        return ", ".join(filter(None, (a for a, _ in told))), ", ".join(filter(None, (b for _, b in told)))
    found = split_affiliation(text)
    if (
        found.title
        and _DEPARTMENT.search(found.organization)
        and found.title in text
        and text.endswith(found.organization)
    ):
        return "", text
    if found.title:
        return found.organization, found.title
    return text, ""


def speakers_of(labels: Iterable[Label]) -> tuple[Speaker, ...]:
    """One Speaker for each name in order of first label, with the facts its labels state and their evidence."""
    found: dict[str, dict[str, tuple[str, str]]] = {}
    for label in labels:
        known = found.setdefault(label.name, {})
        role = "" if label.role == "unknown" else label.role
        stated = {
            "organization": label.organization,
            "title": label.title,
            "role": role,
            "aliases": "\n".join(label.aliases),
        }
        for field, value in stated.items():
            if value:
                known.setdefault(field, (value, label.text))
    return tuple(_speaker(name, known) for name, known in found.items())


def _speaker(name: str, known: dict[str, tuple[str, str]]) -> Speaker:
    value = {field: stated[0] for field, stated in known.items()}
    role: Role = value.get("role", "unknown")  # type: ignore[assignment]  # only roles are stored under "role"
    return Speaker(
        name=name,
        organization=value.get("organization", ""),
        title=value.get("title", ""),
        role=role,
        aliases=tuple(value.get("aliases", "").split("\n")) if "aliases" in value else (),
        evidence=tuple(Evidence(field=field, source="label", text=known[field][1]) for field in known),
    )

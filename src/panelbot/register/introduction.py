"""Who is who by the prose that introduces a panel: "由…柏亮主持,…理事肖飒参与", "moderated by Jane Doe of The Ledger".

Works from names that are known to be speakers; does not look for names of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from panelbot.register import introduction_english
from panelbot.register.affiliation import split_affiliation
from panelbot.register.affiliation_chinese import ends_with_title
from panelbot.register.claims import NO_AFFILIATION, Affiliation, Claim, claim_facts
from panelbot.register.labels import role_of
from panelbot.register.lexicon import word_list
from panelbot.register.names import HAN, is_chinese_name
from panelbot.text import has_han, sentence_spans

_STOP = ',，;；:：。!！?？\n|【】[]《》“”"'
# Words that lead in to a person; what stands before them says nothing of that person.
_LEAD_IN = re.compile(
    "由|邀请到了|邀请到|邀请了|邀请|请到了|有请|请到|欢迎|分别是|分别为|包括|来自于|来自|主持人|主持|特邀嘉宾|对话嘉宾|圆桌嘉宾|嘉宾|"
    "第[一二三四五六七八九十]位是?|最后一位是?|首先是|其次是|然后是|还有|最后是"
)
_LEADING_AND = re.compile("^(?:[、和与及跟暨\\s]|以及|并|是|为)+")
_MODERATES = re.compile(
    r"^(?:女士|先生|老师|教授|博士)?\s*(?:担任|作为|出任)?\s*(?:本次|本场|此次|圆桌|论坛|讨论|对话|的)*(?:主持)"
)
_MODERATOR_BEFORE = re.compile("(?:主持人|主持)(?:是|为|由)?[\\s:：]*$")
_AUDIENCE_BEFORE = re.compile("(?:听众|观众)(?:代表)?[\\s:：]*$")
_FROM = re.compile(f"来自于?([{HAN}A-Za-z0-9]{{2,12}})的$")
_HEADING = re.compile(r"\W*(?P<role>[^\W\d_][\w ]*?)\s*[:：]?")
_PANEL = re.compile(
    "嘉宾|参与|参加|出席|对话|圆桌|讨论|与会|论坛|分享|panel|with|joined by|guests?|speakers?|featuring|discuss", re.I
)
_BEHIND = re.compile(rf"\s*(?:[,，:：—–-]|\s|他是|她是|是|来自于?|现任|担任)+(?P<told>[{HAN}A-Za-z0-9·、&\s]+)")
_NEXT_SAID = re.compile("然后|那么|我们|主持|担任|将|和大家|为大家|来为|就")
_MODERATED_BY = re.compile(
    f"由(?P<before>[^，,。；;\n]{{2,40}}?)(?:女士|先生|老师|教授)?(?:担任)?主持|"
    f"主持(?:人)?[\\s:：]+(?P<after>[{HAN}]{{2,4}})(?=[\\s，,。（(、]|$)"
)
_PIECE = re.compile("[,，。;；、！!？?：:\n]")
_HONORIFIC_END = re.compile(f"(?:{'|'.join(word_list('honorifics'))})$")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where a name stands in a sentence, and the border before which the text belongs to somebody else."""

    name: str
    start: int
    end: int


def introduce(text: str, names: Iterable[str], *, turn: int | None = None) -> tuple[Claim, ...]:
    """Claims of organisation, title and role for each of ``names`` that ``text`` introduces."""
    names = sorted(set(names), key=lambda name: (-len(name), name))
    claims: list[Claim] = []
    heading = ""
    for start, end in sentence_spans(text):
        sentence = text[start:end]
        heading = _heading(sentence, heading)
        places = _places(sentence, names)
        for number, place in enumerate(places):
            before = places[number - 1].end if number else 0
            after = places[number + 1].start if number + 1 < len(places) else len(sentence)
            claims += _claims_of(sentence, place, before, after, turn, heading)
    return tuple(claims)


def introduced_names(text: str) -> tuple[str, ...]:
    """The names ``text`` presents: 研究所所长肖耿教授, 金融科技合伙人蔡振轩, "with us is Ana Ruiz of Banco Sur"."""
    found = introduction_english.presented(text)
    for piece in _PIECE.split(text):
        for told in dict.fromkeys((_HONORIFIC_END.sub("", piece), piece)):
            names = [told[-n:] for n in (3, 4, 2) if is_chinese_name(told[-n:]) and ends_with_title(told[:-n])]
            found += names[:1]
    return tuple(dict.fromkeys(found))


def introduced_moderator(text: str) -> str:
    """The one person ``text`` says moderates; empty where it names none or several."""
    found: list[str] = []
    for match in _MODERATED_BY.finditer(text):
        told = match["before"] or match["after"]
        tails = [told[-n:] for n in (3, 4, 2)] if match["before"] else [told[:n] for n in (3, 4, 2)]
        found += [name for name in tails if is_chinese_name(name, sure=True)][:1]
    found += introduction_english.moderators(text)
    return found[0] if len(set(found)) == 1 else ""


def _places(sentence: str, names: list[str]) -> list[_Place]:
    """Each name where it stands first, in the order of the sentence; longer names take their ground first."""
    taken: list[_Place] = []
    for name in names:
        pattern = re.escape(name) if has_han(name) else rf"\b{re.escape(name)}\b"
        for match in re.finditer(pattern, sentence):
            if all(match.end() <= place.start or match.start() >= place.end for place in taken):
                taken.append(_Place(name=name, start=match.start(), end=match.end()))
    return sorted(taken, key=lambda place: place.start)


def _heading(sentence: str, current: str) -> str:
    """The role a heading such as "嘉宾：" or "Panelists:" gives to the lines below it."""
    match = _HEADING.fullmatch(sentence)
    role = role_of(match["role"].removesuffix("s")) if match else "unknown"
    if role != "unknown":
        return role
    return "" if sentence.rstrip().endswith((":", "：")) else current


def _claims_of(sentence: str, place: _Place, before: int, after: int, turn: int | None, heading: str) -> list[Claim]:
    left, right = sentence[before : place.start], sentence[place.end : after]
    told = _affiliation(left, right)
    role = _role(sentence, sentence[: place.start], left, right) or heading
    if not told and role not in ("moderator", "audience"):
        return []
    return claim_facts(
        place.name,
        source="introduction",
        text=sentence,
        turn=turn,
        name=place.name,
        organization=told.organization,
        title=told.title,
        role=role,
    )


def _affiliation(left: str, right: str) -> Affiliation:
    bracket = re.match(r"\s*[（(]([^）)]+)[）)]", right)
    if bracket and (told := split_affiliation(bracket[1])):
        return told
    ahead = _ahead(left)
    if ahead and (told := split_affiliation(ahead)):
        return told
    if from_where := _FROM.search(left):
        return Affiliation(organization=from_where[1])
    return _behind(right)


def _ahead(left: str) -> str:
    """The words right before the name that may be its affiliation."""
    segment = re.split(f"[{re.escape(_STOP)}]", left)[-1]
    segment = re.split("[（(）)]", segment)[-1]
    if not has_han(segment):
        return introduction_english.ahead(segment)
    lead_ins = list(_LEAD_IN.finditer(segment))
    segment = segment[lead_ins[-1].end() :] if lead_ins else segment
    pieces = segment.split("、")
    others = [n for n, piece in enumerate(pieces) if _names_another(piece)]
    return _LEADING_AND.sub("", "、".join(pieces[others[-1] + 1 :] if others else pieces)).strip()


def _names_another(piece: str) -> bool:
    """Whether ``piece`` of an enumeration is a person of its own: 小米金融总裁王五."""
    return any(
        is_chinese_name(piece[-n:]) and split_affiliation(piece[:-n]).title for n in (3, 2) if len(piece) > n + 2
    )


def _behind(right: str) -> Affiliation:
    """The affiliation told behind the name: ", chief economist at Banco Sur", " 江苏银行运营部总经理"."""
    if has_han(right):
        match = _BEHIND.match(right)
        return split_affiliation(_NEXT_SAID.split(match["told"])[0]) if match else NO_AFFILIATION
    return introduction_english.behind(right)


def _role(sentence: str, prefix: str, left: str, right: str) -> str:
    if _MODERATES.match(right) or _MODERATOR_BEFORE.search(left):
        return "moderator"
    if _AUDIENCE_BEFORE.search(left):
        return "audience"
    if not has_han(sentence) and introduction_english.moderates(prefix, right):
        return "moderator"
    return "panelist" if _PANEL.search(sentence) else ""

"""Who is who by the prose that introduces a panel: "由…柏亮主持,…理事肖飒参与", "moderated by Jane Doe of The Ledger".

Works from names that are known to be speakers; does not look for names of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from panelbot.people.affiliation import split_affiliation
from panelbot.people.affiliation_chinese import ends_as_organization, ends_with_title
from panelbot.people.facts import NO_AFFILIATION, Affiliation
from panelbot.people.label_words import is_initials_of
from panelbot.people.lexicon import word_list
from panelbot.people.names import HAN, is_chinese_name
from panelbot.people.roles import role_of
from panelbot.register import introduction_english
from panelbot.register.claims import Claim, claim_facts
from panelbot.register.introduction_roles import find_roles
from panelbot.text import has_han, sentence_spans

_STOP = ',，;；:：。!！?？\n|【】[]《》“”"'
# Words that lead in to a person; what stands before them says nothing of that person.
_LEAD_IN = re.compile(
    "(?:两人|二人|两位|双方)[应受与和]?|举行|举办|召开|参加|出席|与会的?|到场的|在座的|专访|采访|对话|对谈|连线|携手|围绕|由|邀请到了|邀请到|邀请了|邀请|请到了|有请|请到|欢迎|分别是|分别为|包括|来自于|来自|主持人|主持|特邀嘉宾|对话嘉宾|圆桌嘉宾|嘉宾|"
    "(?<![申邀有])请|第[一二三四五六七八九十]位是?|最后一位是?|首先是|其次是|然后是|还有|最后是"
)
_LEADING_AND = re.compile("^(?:[、和与及跟暨\\s]|以及|并|是|为)+")
_FROM = re.compile(f"来自于?([{HAN}A-Za-z0-9]{{2,12}})的$")
_HEADING = re.compile(r"\W*(?P<role>[^\W\d_](?:[\w ]*\w)?)\s*[:：]?")
_BEHIND = re.compile(rf"\s*(?:[,，:：—–-]|\s|他是|她是|是|来自于?|现任|担任)+(?P<told>[{HAN}A-Za-z0-9·、&\s]+)")
_NEXT_SAID = re.compile("然后|那么|我们|主持|担任|将|和大家|为大家|来为|就")
_MODERATED_BY = re.compile(
    f"由(?P<before>[^，,。；;\n]{{2,40}}?)(?:女士|先生|老师|教授)?(?:担任)?主持|"
    f"主持(?:人)?[\\s:：]+(?P<after>[{HAN}]{{2,4}})(?=[\\s，,。（(、]|$)"
)
_ALOOF = re.compile(r"\s[^，,。；;：:、]*\s")
_PARTING = " \u3000\n，,。；;、：:（(和与及跟暨"  # what parts a person of a list from the next
_PIECE_END = re.compile("[^，,。；;、：:（）()]*$")
_BULLET = 4  # characters before the first name of a line of its own
_MOST = 2_000_000  # names times characters of a sentence; a list of 300 people with their offices has as many
_PIECE = re.compile("[,，。;；、！!？?：:\n]")
_HONORIFIC_START = re.compile(f"^(?:{'|'.join(word_list('honorifics'))})(?=、)")
_HONORIFIC_END = re.compile(f"(?:{'|'.join(word_list('honorifics'))})$")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where a name stands in a sentence, and the border before which the text belongs to another person."""

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
        if not places or len(places) * len(sentence) > _MOST:
            continue
        shared = NO_AFFILIATION
        roles = find_roles(sentence, [(place.start, place.end) for place in places])
        for place, role, (left, right) in zip(places, roles, _surroundings(sentence, places), strict=True):
            told = _affiliation(left, right, listed=place.start < _BULLET or ";" in sentence)
            if not told:
                told = shared = introduction_english.of_a_list(sentence[place.end :], last=bool(shared))
            if is_initials_of(told.organization, place.name):
                told = NO_AFFILIATION
            claims += _claims_of(place, told, heading if heading and role == "unknown" else role, sentence, turn)
    return _one_moderator(claims)


def _surroundings(sentence: str, places: Sequence[_Place]) -> list[tuple[str, str]]:
    """What stands before and behind each place, up to its neighbours.

    Words that blanks part from both neighbours (李四 江苏银行行长 王五) are told of the first where nothing stands
    before the first name of all, else of the second; words that touch the second name are its own.
    """
    borders = [0, *(place.end for place in places)]
    gaps = [sentence[a:b] for a, b in zip(borders, [*(place.start for place in places), len(sentence)], strict=True)]
    behind = bool(gaps) and not _ahead(gaps[0])
    found: list[tuple[str, str]] = []
    for number in range(len(places)):
        left, right = gaps[number], gaps[number + 1]
        if number:
            left = _HONORIFIC_START.sub("", left, count=1)
        if behind and number and _ALOOF.fullmatch(left):
            left = ""
        last = number + 1 == len(places)
        if not last and has_han(right) and (right[-1] not in _PARTING or (not behind and _ALOOF.fullmatch(right))):
            right = _PIECE_END.sub("", right)
        found.append((left, right))
    return found


def _one_moderator(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """``claims`` without their moderators where two sentences tell of different ones: one of them is misread."""
    told: dict[str, set[str]] = {}
    for claim in claims:
        if (claim.field, claim.value) == ("role", "moderator"):
            told.setdefault(claim.text, set()).add(claim.person)
    doubtful = len(set(map(frozenset, told.values()))) > 1
    return tuple(claim for claim in claims if not doubtful or (claim.field, claim.value) != ("role", "moderator"))


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
        for told in re.split("[、和与及]", match["before"]) if match["before"] else [match["after"]]:
            tails = [told[-n:] for n in (3, 4, 2)] if match["before"] else [told[:n] for n in (3, 4, 2)]
            found += [name for name in tails if is_chinese_name(name, sure=True)][:1]
    found += introduction_english.moderators(text)
    return found[0] if len(set(found)) == 1 else ""


def _places(sentence: str, names: list[str]) -> list[_Place]:
    """Each name where it stands first, in the order of the sentence; longer names take their ground first."""
    taken: list[_Place] = []
    ground = bytearray(len(sentence))
    for name in names:
        pattern = re.escape(name) if has_han(name) else rf"\b{re.escape(name)}\b"
        for match in re.finditer(pattern, sentence):
            start, end = match.span()
            if not any(ground[start:end]):
                ground[start:end] = b"\1" * (end - start)
                taken.append(_Place(name=name, start=start, end=end))
    return sorted(taken, key=lambda place: place.start)


def _heading(sentence: str, current: str) -> str:
    """The role a heading such as "嘉宾：" or "Panelists:" gives to the lines below it."""
    match = _HEADING.fullmatch(sentence)
    role = role_of(match["role"].removesuffix("s")) if match else "unknown"
    if role != "unknown":
        return role
    return "" if sentence.rstrip().endswith((":", "：")) else current


def _claims_of(place: _Place, told: Affiliation, role: str, sentence: str, turn: int | None) -> list[Claim]:
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


def _affiliation(left: str, right: str, *, listed: bool) -> Affiliation:
    bracket = re.match(r"\s*[（(]([^）)]+)[）)]", right)
    if bracket and (told := split_affiliation(bracket[1])):
        return told
    ahead = _ahead(left)
    if ahead and (told := split_affiliation(ahead)):
        return told
    if from_where := _FROM.search(left):
        return Affiliation(organization=from_where[1])
    return _behind(right, listed=listed)


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


def _behind(right: str, *, listed: bool) -> Affiliation:
    """The affiliation told behind the name: ", chief economist at Banco Sur", " 江苏银行运营部总经理"."""
    if not has_han(right):
        return introduction_english.behind(right, listed=listed)
    match = _BEHIND.match(right)
    told = _NEXT_SAID.split(match["told"])[0].strip() if match else ""
    # 望津银行副行长赵一鸣: what goes on behind the title is the next person
    return split_affiliation(told) if ends_with_title(told) or ends_as_organization(told) else NO_AFFILIATION

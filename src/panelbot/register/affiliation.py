"""Splits what is said of a person into organisation and title: "江苏银行运营部总经理", "chief economist at Banco Sur".

Knows the heads of titles and of organisations in both languages; does not know any organisation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from panelbot.register.lexicon import word_list
from panelbot.text import has_han


@dataclass(frozen=True, slots=True, kw_only=True)
class Affiliation:
    """Where a person works and as what; empty where it is not said."""

    organization: str = ""
    title: str = ""

    def __bool__(self) -> bool:
        return bool(self.organization or self.title)


_RANKS = "|".join(word_list("title_ranks"))
_HEADS = "|".join(word_list("title_heads"))
_NOT_A_HEAD = "会|协会|学会|事务所|部|联盟|办公室|大会|论坛|俱乐部|小组|制|们|沙龙"
_TITLE_ZH = re.compile(
    rf"(?:{_RANKS})*(?:(?:{_HEADS})(?!{_NOT_A_HEAD})|(?<![A-Za-z])(?:C[A-Z]O|S?E?VP|GM|PM|MD)(?![A-Za-z]))"
)
_STRONG_ORGANIZATION = re.compile(
    "公司|集团|银行|分行|支行|大学|学院|研究院|科学院|工程院|研究所|研究中心|法学会|学会|协会|商会|委员会|联合会|基金会|理事会|"
    "中学|小学|学校|幼儿园|附中|附小|党校|医院|事务所|实验室|出版社|杂志社|报社|日报|电视台|广播电台|法院|检察院|交易所|"
    "证监会|银保监会|教育局|俱乐部|联盟|工作室|智库|中心(?!部)"
)
_WEAK_ORGANIZATION = re.compile(
    "金融|科技|财经|资本|基金|证券|保险|信托|信科|控股|咨询|传媒|文化|互联|网络|数据|软件|智能|汽车|电子|能源|医药|生物|"
    "教育|投资|创投|资管|租赁|支付|物流|电商|零售|地产|置业|食品|旅游|影业|音乐|游戏|视频|杂志|论坛|社区|平台|公链|局|厅|署|部|院|所|社"
)
_UNIT = re.compile("(?:部|处|科|室|组|司|中心|事业部|事业群|线|板块)$")
_LONGEST = 60  # characters; more is speech
_EDGES = " \t\u3000,，、;；:：。.—–-－|/·的"

_HEAD_EN = (
    r"C[A-Z]{1,2}O|(?:S|E)?VP|MD|founder|founding\s+\w+|president|chair(?:man|woman|person)?|director|professor|economist|lawyer|attorney|partner|"
    r"counsel|manager|head|editor|reporter|correspondent|columnist|journalist|analyst|engineer|scientist|researcher|fellow|dean|principal|"
    r"secretary|minister|commissioner|officer|lead|leader|architect|consultant|advisor|adviser|investor|teacher|lecturer|physician|surgeon|"
    r"nurse|judge|senator|mayor|governor|ambassador|author|writer|producer|host|anchor|designer|developer|treasurer|coordinator|"
    r"specialist|strategist|banker|trader|owner|student|captain|superintendent|curator|librarian|planner|chief|statistician|regulator|"
    r"underwriter|actuary|auditor|accountant|agronomist|geologist|biologist|physicist|psychologist|historian|farmer"
)
_TITLE_EN = re.compile(rf"\b(?:co-?|vice[\s-])?(?:{_HEAD_EN})\b", re.I)
_LINK_AT = re.compile(r"\s*(?:,|\||\s[-–—]\s|\b(?:at|from|with)\b)\s*", re.I)
_LINK_OF = re.compile(r"\s+(?:of|for)\s+", re.I)
# Heads whose "of" tells what they hold, not the body they belong to.
_OFFICE = re.compile(r"\b(?:minister|secretary|commissioner|professor|fellow|dean)\b", re.I)
_MINISTER = re.compile(r"(?:\w+\s+){0,3}minister\s+(?:of|for)\b|leader of the (?:opposition|government)\b", re.I)
_COMPANY_TAIL = re.compile(r",\s*(?!(?:Inc|Ltd|LLC|LLP|PLC|Corp|Co|S\.A|GmbH)\b)", re.I)
_PREFIXED = re.compile(
    r"(?P<organization>[A-Z][\w&.'’-]*(?:\s+[A-Z][\w&.'’-]*)*)\s+(?P<title>(?:[a-z]|C[A-Z]O\b|[SE]?VP\b|MD\b).*)"
)
_ARTICLE = re.compile(r"^(?:who\s+)?(?:(?:is|was)\s+)?(?:(?:an?|the|our|their|your)\s+)?(?:former\s+)?")
_TO_BE = re.compile(r"(?:(?:supposed|going) to be|will be|be)\s+(?:(?:an?|the|your)\s+)?")
_WORKS_AS = re.compile(r"(?:at|for|with)\s+(?P<organization>[^,]+?)\s+as\s+(?:an?\s+|the\s+)?(?P<title>[^,]+)")
_FILLER = re.compile(r"\b(?:u[hm]|er|I|we)\b|\s+(?:in|for|on|of)\s+(?:in\s+)?this\b|\s+and\s+(?:is|was|also|has)\b")
_SPEECH = re.compile(
    "[我你您他她它们吗呢吧啊]|^(?:代表|负责|从事|做|搞|学|研究)|各位|这个|那个|今天|感谢|欢迎|大家|有请|如果|因为|所以|觉得|认为"
)


def split_affiliation(text: str) -> Affiliation:
    """Organisation and title of one person as told in ``text``, both empty where neither can be recognised."""
    text = text.strip(_EDGES)
    if not text:
        return Affiliation()
    return _split_chinese(text) if has_han(text) else _split_english(text)


def ends_with_title(text: str) -> bool:
    """Whether the last words of ``text`` are a Chinese title ("…的首席分析师")."""
    return any(match.end() == len(text) for match in _TITLE_ZH.finditer(text))


def _split_chinese(text: str) -> Affiliation:
    if len(text) > _LONGEST or _SPEECH.search(text):
        return Affiliation()
    titles = list(_TITLE_ZH.finditer(text))
    if not titles:
        return Affiliation(organization=text) if ends_as_organization(text) else Affiliation()
    organization, unit = _split_unit(text[: titles[0].start()].rstrip(_EDGES))
    return Affiliation(organization=organization, title=unit + text[titles[0].start() : titles[-1].end()])


def _split_unit(text: str) -> tuple[str, str]:
    """Cuts a department off the organisation it belongs to: 江苏银行运营部 is 江苏银行 and 运营部."""
    if not _UNIT.search(text):
        return text, ""
    strong = [match.end() for match in _STRONG_ORGANIZATION.finditer(text) if match.end() < len(text)]
    weak = [match.end() for match in _WEAK_ORGANIZATION.finditer(text) if 4 <= match.end() < len(text)]
    border = strong[-1] if strong else weak[0] if weak else 0
    unit = text[border:]
    return (text[:border], unit) if border and 2 <= len(unit) <= 12 else (text, "")


def ends_as_organization(text: str) -> bool:
    """Whether ``text`` ends in the head of a Chinese organisation's name (银行, 大学, 科技)."""
    return any(
        match.end() == len(text)
        for pattern in (_STRONG_ORGANIZATION, _WEAK_ORGANIZATION)
        for match in pattern.finditer(text)
    )


def _split_english(text: str) -> Affiliation:
    text = _TO_BE.sub("", _ARTICLE.sub("", _FILLER.split(text)[0])).strip(_EDGES).removesuffix(" and")
    if _MINISTER.match(text):
        return Affiliation(title=text)
    if swapped := _WORKS_AS.match(text):
        text = f"{swapped['title']} at {swapped['organization']}"
    head = _TITLE_EN.search(text)
    if head is None:
        organization = re.sub(r"^(?:of|at|from|with|for)\s+", "", text, flags=re.I)
        return Affiliation(organization=_one_organization(organization))
    if owner := re.match(r"(?!(?:Her|His) Maj)(?P<organization>[^,]+?)['’]s?\s+(?P<title>.+)$", text[: head.end()]):
        return Affiliation(
            organization=_one_organization(owner["organization"]), title=owner["title"] + text[head.end() :]
        )
    link = _link(text, head.end())
    if link is None:
        prefixed = _PREFIXED.fullmatch(text)
        if prefixed and not _TITLE_EN.search(prefixed["organization"]):
            return Affiliation(organization=prefixed["organization"], title=prefixed["title"])
        return Affiliation(title=text)
    title, rest = text[: link.start()], text[link.end() :]
    if link.group().strip() == "," and _TITLE_EN.match(_ARTICLE.sub("", rest)):
        further = _split_english(rest)
        return Affiliation(organization=further.organization, title=f"{title}, {further.title}")
    return Affiliation(organization=_one_organization(rest), title=title)


def _link(text: str, start: int) -> re.Match[str] | None:
    """What joins title and organisation: "at" before "of", as in "vice president of engineering at Acme"."""
    at, of = _LINK_AT.search(text, start), _LINK_OF.search(text, start)
    if of is None or (at is not None and at.start() < of.start()):
        return at
    whole = _OFFICE.search(text[: of.start()]) is not None or _one_organization(text[of.end() :]) == ""
    if at is not None and (whole or at.group().strip() != ","):
        return at
    return None if whole else of


def _one_organization(text: str) -> str:
    """``text`` up to the comma that ends the name; empty where it does not begin with a capital, so names nothing."""
    name = _COMPANY_TAIL.split(text)[0].strip(_EDGES)
    return name if re.match(r"(?:the\s+)?[A-Z0-9]", name) else ""

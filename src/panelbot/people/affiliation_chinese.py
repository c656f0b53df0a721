"""Splits Chinese affiliations: "江苏银行运营部总经理" is 江苏银行 and 运营部总经理.

Knows the heads of titles and of organisations; does not know any organisation.
"""

from __future__ import annotations

import re

from panelbot.people.facts import NO_AFFILIATION, Affiliation
from panelbot.people.lexicon import word_list
from panelbot.people.surnames import split_surname

_RANKS = "|".join(word_list("title_ranks"))
_HEADS = "|".join(word_list("title_heads"))
_NOT_A_HEAD = "会|协会|学会|事务所|部|联盟|办公室|大会|论坛|俱乐部|小组|制|们|沙龙"
_TITLE = re.compile(
    rf"(?:{_RANKS})*(?:(?:{_HEADS})(?!{_NOT_A_HEAD})|(?<![A-Za-z])(?:C[A-Z]O|S?E?VP|GM|PM|MD)(?![A-Za-z]))"
)
_TRAILING = re.compile(rf"(?P<body>.+?)(?P<title>(?:{_RANKS})*(?:{_HEADS}|{'|'.join(word_list('honorifics'))}))")
_HEAD_OF = re.compile(r"[\u4e00-\u9fff]{1,5}(?<!家)长")  # of an office: 署长, 参谋长
_SPEAKS = re.compile("发言|讲话|致辞|致词|说明|总结|提问|回答|主持|汇报|报告|介绍|补充|质询|答复|意见|书面|[问答说]")
_STRONG_ORGANIZATION = re.compile(
    "公司|集团|银行|分行|支行|大学|学院|研究院|科学院|工程院|研究所|研究中心|法学会|学会|协会|商会|委员会|联合会|基金会|理事会|"
    "中学|小学|学校|幼儿园|附中|附小|党校|医院|事务所|实验室|出版社|杂志社|报社|日报|电视台|广播电台|法院|检察院|交易所|"
    "证监会|银保监会|教育局|俱乐部|联盟|工作室|智库|中心(?!部)"
)
_WEAK_ORGANIZATION = re.compile(
    "金融|科技|财经|资本|基金|证券|保险|信托|信科|控股|咨询|传媒|文化|互联|网络|数据|软件|智能|汽车|电子|能源|医药|生物|"
    "教育|投资|创投|资管|租赁|支付|物流|电商|零售|地产|置业|食品|旅游|影业|音乐|游戏|视频|杂志|论坛|社区|平台|公链|局|厅|署|部|院|所|社"
)
_UNIT = re.compile("(?:部|处|科|室|组|司|系|中心|事业部|事业群|线|板块)$")
# What no organisation's name holds: a clause, or a word that points at one not named here.
_CLAUSE = re.compile("主持|参加|出席|举行|举办|召开|专访|采访|表示|指出|^(?:本[报刊台行院校]|我[行司院校]|该|某|与会)")
_LONGEST_NAME = 26
_LONGEST = 60  # characters; more is speech
_SPEECH = re.compile(
    "[我你您他她它们吗呢吧啊]|^(?:代表|负责|从事|做|搞|学|研究)|各位|这个|那个|今天|感谢|欢迎|大家|有请|如果|因为|所以|觉得|认为"
)
_EDGES = " \t\u3000,，、;；:：。.—–-－|/·的"


def ends_with_title(text: str) -> bool:
    """Whether the last words of ``text`` are a Chinese title ("…的首席分析师")."""
    return any(match.end() == len(text) for match in _TITLE.finditer(text))


def split_chinese(text: str) -> Affiliation:
    """Organisation and title in ``text``, both empty where neither can be recognised or ``text`` is speech."""
    text = text.strip(_EDGES)
    if not text or len(text) > _LONGEST or _SPEECH.search(text):
        return NO_AFFILIATION
    titles = list(_TITLE.finditer(text))
    if not titles:
        return Affiliation(organization=_plausible(text)) if ends_as_organization(text) else NO_AFFILIATION
    organization, unit = _split_unit(text[: titles[0].start()].rstrip(_EDGES))
    organization = _plausible(organization)
    return Affiliation(organization=organization, title=unit + text[titles[0].start() : titles[-1].end()])


def _plausible(organization: str) -> str:
    """``organization`` unless it is a clause or too long for a name."""
    return "" if len(organization) > _LONGEST_NAME or _CLAUSE.search(organization) else organization


def _split_unit(text: str) -> tuple[str, str]:
    """Cut a department off the organisation it belongs to: 江苏银行运营部 is 江苏银行 and 运营部."""
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


def ends_as_body(text: str) -> bool:
    """Whether ``text`` ends in what a body or a unit of one is called: 江苏银行, 市发改委价格处, 物价科, 河湾镇."""
    return (
        ends_as_organization(text)
        or re.search("(?:处|科|室|委|办|系|站|村|镇|乡|街道|社区|联社|工会|妇联|政协|人大)$", text) is not None
    )


def trailing_title(text: str) -> tuple[str, str]:
    """``text`` without the title or form of address it ends in, and that: 孟建业 and 副处长."""
    match = _TRAILING.fullmatch(text)
    return (match["body"], match["title"]) if match else (text, "")


def around_title(text: str) -> tuple[str, str, str]:
    """Surname, title and given name of 李部长鸿源, 楊主任工程師恆偉; three times "" where ``text`` is none such."""
    surname, rest = split_surname(text)
    if surname and not _is_office(surname, rest):
        for length in (2, 1):
            title, given = rest[:-length], rest[-length:]
            if _is_office(surname, title) and not _SPEAKS.fullmatch(given):
                return surname, title, given
    return "", "", ""


def _is_office(surname: str, text: str) -> bool:
    """Whether ``text`` behind a surname is one title or several: 主任工程师."""
    body, title = trailing_title(surname + text)
    while title and len(body) > len(surname):
        body, title = trailing_title(body)
    return (body == surname and bool(text)) or _HEAD_OF.fullmatch(text) is not None

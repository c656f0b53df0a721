"""Whether a span of Chinese stands for itself or inside another word (高峰 in 高峰期, 银行 in 手机银行).

Asks jieba's dictionary, loaded with the first question that needs it.
"""

from __future__ import annotations

import re

from panelbot.text.words import cut, is_word
from panelbot.understand.folded import Folded
from panelbot.understand.mentions import Mention

# What may stand right behind or before a kind of organisation without making another word of it.
_KIND_BREAKERS = re.compile(
    r"(?:业|卡|间|家(?!怎|如|认|觉|说|的)|存款|贷款|系|账户|账号|网点|理财|股|利率|法|监|行业|界|协会|"
    r"学会|联盟|收费|资产|从业|职业|事务|费|执业|资格|专业|电商|产业|学生|教育|生活|系统|体系|制度|"
    r"市场|信息|法规)"
)
_KIND_PREFIX = re.compile(
    r"(?:手机|网上|网络|数字|开放|移动|直销|投资|商业|中央|世界|开发|政策性|电子|血液|精子|种子|题|词)$"
)
_NAME_BREAKERS = re.compile(r"(?:业|法学|保险监|间市场)")


def inside_another_word(folded: Folded, mention: Mention) -> bool:
    """True where the mention is only a piece of a longer word."""
    text, start, end = folded.text, mention.start, mention.end
    word = text[start:end]
    if word.isascii():
        return False
    if mention.kind in ("organization_kind", "job"):
        return _KIND_BREAKERS.match(text, end) is not None or _kind_has_owner(text, start)
    if mention.kind in ("role", "everyone"):
        return False
    if mention.kind == "organization":
        return word.endswith("银行") and _NAME_BREAKERS.match(text, end) is not None
    if len(word) > 2 or not (len(word) == 1 or is_word(word)):
        return _crosses(text, start, end) if len(word) == 2 else False
    return _crosses(text, start, end)


def _kind_has_owner(text: str, start: int) -> bool:
    """True where what stands before makes a name of it: 招商银行 is that bank, 手机银行 no bank at all."""
    return _KIND_PREFIX.search(text[:start]) is not None


def _crosses(text: str, start: int, end: int) -> bool:
    at = 0
    for piece in cut(text):
        if at < end and at + len(piece) > start and (at < start or at + len(piece) > end):
            return True
        at += len(piece)
    return False

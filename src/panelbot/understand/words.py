"""Whether a span of Chinese stands for itself or inside another word (高峰 in 高峰期, 银行 in 手机银行).

Asks jieba's dictionary, loaded with the first question that needs it.
"""

from __future__ import annotations

import re

from panelbot.people.surnames import surnames
from panelbot.text.folded import Folded
from panelbot.text.words import cut, is_word, word_class
from panelbot.understand.chinese_grammar import opening_end
from panelbot.understand.mention import Mention
from panelbot.understand.organizations import places, well_known

# What may stand right behind or before a kind of organisation without making another word of it.
_KIND_BREAKERS = re.compile(
    r"(?:业|卡|间|家(?!怎|如|认|觉|说|的)|存款|贷款|系|账户|账号|网点|理财|股|利率|法|监|行业|界|协会|"
    r"学会|联盟|收费|资产|从业|职业|事务|费|执业|资格|专业|电商|产业|学生|教育|生活|系统|体系|制度|"
    r"市场|信息|法规)"
)
_KIND_PREFIX = re.compile(
    r"(?:手机|网上|网络|数字|开放|移动|直销|投资|商业|中央|世界|开发|政策性|电子|血液|精子|种子|题|词)$"
)
# An association is always one of something, so that any word before it makes a name: 反催收联盟.
_ASSOCIATION = re.compile("(?:联盟|协会|学会|商会|联合会|促进会|研究会|基金会)$")
_NAME_BREAKERS = re.compile(r"(?:业|法学|保险监|间市场)")


def everyday(word: str) -> bool:
    """Whether it is a Chinese name that is a word of the language as well (高峰, 关键, 文)."""
    if word.isascii() or len(word) > 2:
        return False
    return len(word) == 1 or (is_word(word) and not word_class(word).startswith("nr"))


def inside_another_word(folded: Folded, mention: Mention) -> bool:
    """Whether the mention is only a piece of a longer word."""
    text, start, end = folded.text, mention.start, mention.end
    word = text[start:end]
    if word.isascii():
        return False
    if mention.kind == "organization_kind" and _ASSOCIATION.search(word) and _is_of_something(text, start):
        return True
    if mention.kind in ("organization_kind", "job"):
        return _KIND_BREAKERS.match(text, end) is not None or _kind_has_owner(text, start, end)
    if mention.kind in ("role", "everyone"):
        return False
    if mention.kind == "organization":
        seat = re.match(r"(?:主城|老城|新城|城)?[市县区镇省州](?!的?嘉宾)|人口|地区", text[end:])
        return (word.endswith("银行") and _NAME_BREAKERS.match(text, end) is not None) or seat is not None
    if len(word) > 2:
        return False
    return _crosses(text, start, end) or (is_word(word) and _leans_left(text, start))


# One-character words that may stand before a name.
_BEFORE_NAMES = "和与跟及在据按问请对向给让被把那是由从即像比听就而但为说会请看"


def _leans_left(text: str, start: int) -> bool:
    """Whether a lone character before makes a word of a name that is a word itself: 早高峰."""
    before = re.search(r"[\u3400-\u9fff]+$", text[:start])
    last = cut(before.group())[-1] if before else ""
    return len(last) == 1 and last not in _BEFORE_NAMES


def _is_of_something(text: str, start: int) -> bool:
    before = re.search(r"[\u3400-\u9fff]+$", text[:start])
    if before is None or re.search("[那这该各哪两几家个位]$", before.group()):
        return False
    last = cut(before.group())[-1]
    return len(last) > 1 and last not in ("那个", "这个", "请问", "关于", "对于", "行业", "根据", "为什么", "为何")


def _kind_has_owner(text: str, start: int, end: int) -> bool:
    """Whether what stands before makes a name of it: 招商银行 is that bank, 手机银行 no bank at all."""
    if _KIND_PREFIX.search(text[:start]):
        return True
    before = re.search(r"[\u3400-\u9fff]+$", text[:start])
    if before is None:
        return False
    if any(before.group()[-n:] + text[start:end] in well_known() for n in (1, 2, 3)):
        return True
    last = cut(before.group())[-1]
    named = last in well_known() or last in places() or (len(last) > 1 and not is_word(last))
    # 李院长, 李明院长: a title behind a name
    return (
        named
        or (len(before.group()) > 1 and before.group()[-2:] in surnames())
        or (last in surnames() and last not in "和同与都方那时从在会对为因所")
    )


def _crosses(text: str, start: int, end: int) -> bool:
    at = opening_end(text) if opening_end(text) <= start else 0  # 那马总呢 is not 那马
    for piece in cut(text[at:]):
        over = at < start < at + len(piece) or (at < end < at + len(piece) and text[end] not in "和与跟")
        if over and is_word(piece):  # jieba also guesses words that are none: 那肖, 飒呢
            return True
        at += len(piece)
    return False

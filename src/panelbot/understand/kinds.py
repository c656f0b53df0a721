"""What a question wants beside what was said: the questions asked, the people, an overview, or a task of another kind.

Knows the form of such questions in both languages; does not know who is on a panel or what was asked there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from panelbot.text import fold
from panelbot.types import QuestionKind

_GAP = "@"  # where a reference stands

# To ask, not what only has the word in it (问题, 访问, 顾问), nor to ask for an object.
_ASKS_ZH = "(?<![访顾慰疑学])问(?![题卷世津]|[^，。？]*的时候)|提出?了?[^，。？]{0,8}(?:问题|疑问|质疑)"
_ABOUT_ASKING = re.compile(
    r"\b(?:who|what|which|whom|did (?:any|some)(?:one|body))\b[^.?!]*\b(?:ask|asks|asked|asking)\b(?! for\b)"
    r"|\bquestions?\b[^.?!]*\b(?:asked|put to|raised?)\b|\b(?:put|raised?|asked) (?:the|a|that|which) question\b"
    rf"|(?:主持|嘉宾|观众|听众|记者|谁|有人|大家|[他她{_GAP}]们?)[^，。？]{{0,8}}(?:{_ASKS_ZH})"
    "|(?<![访顾慰疑学])问(?![题卷世津])(?:了|过|的)?[^，。？]{0,4}(?:谁|什么|哪些)",
    re.IGNORECASE,
)

_EN_TALK = (
    "(?:panel|panel discussion|discussion|meeting|call|podcast|show|episode|roundtable|interview|debate|session|talk|"
    "conversation|transcript|recording|hearing|webinar|event)s?"
)
_EN_HERE = rf"(?:(?:on|in|at|of|to|during|from) )?(?:(?:this|the|that|these|whole|entire) )*(?:{_EN_TALK}|here|it|all)"
_EN_PEOPLE = "(?:speakers?|panell?ists?|participants?|guests?|people|members|attendees|voices)"
_ZH_TALK = "(?:讨论|会议?|访谈|对谈|对话|节目|播客|论坛|圆桌|活动|座谈|辩论|录音|这里|一期|期|场|次)"
_ZH_HERE = rf"(?:(?:在|这|本|该|此|整|那|场|次|期|个|的|里|上|中|会|都|一共|总共)*{_ZH_TALK}?(?:里|上|中|的|会)*)"
_ZH_PEOPLE = "(?:嘉宾|发言人|发言者|与会者|参会者|参加者|讲者|讲话人|说话人|成员|专家|人)"
_ZH_ATTEND = "(?:参加|出席|在场|发言|参与|讲话|说话|到场)"
_EN_LEAD = r"(?:(?:please|can you|could you|would you|tell me|hi|hello|ok|and|so) )*"
_ZH_LEAD = "(?:请问?|麻烦|帮我?|给我|能不能|能否|可以|你|一下)*"

_PEOPLE = (
    rf"{_EN_LEAD}who(?:'s| is| are| was| were)(?: all)?(?: the)?(?: {_EN_PEOPLE})?(?: {_EN_HERE})?",
    rf"{_EN_LEAD}(?:who|which {_EN_PEOPLE}) (?:spoke|speaks|talked|talks|took part|participated|attended|appeared|is "
    rf"speaking|are speaking|was there|were there|is talking)(?: {_EN_HERE})?",
    rf"{_EN_LEAD}(?:list|name|show)(?: me)?(?: all)?(?: of)? the {_EN_PEOPLE}(?: {_EN_HERE})?",
    rf"{_EN_LEAD}(?:what|how many) (?:are the )?{_EN_PEOPLE}"
    rf"(?: (?:are|were|was|is|spoke|took part|there|on|in))*(?: {_EN_HERE})?",
    rf"{_EN_LEAD}who(?:'s| is| was| are) (?:the )?(?:{_GAP}|moderator|host|chair(?:man|woman|person)?)(?: {_EN_HERE})?",
    rf"{_EN_LEAD}what(?:'s| is| was) {_GAP}'?s? (?:job|title|role|position|profession)",
    rf"{_EN_LEAD}(?:which|what) (?:company|organi[sz]ation|firm|bank|institution|group) (?:is|was|does) {_GAP} "
    r"(?:from|with|at|in|of|represent|work for|work at|belong to)",
    rf"{_EN_LEAD}(?:where|who) (?:does|did|is) {_GAP} (?:work|work for|represent|from)",
    rf"{_ZH_LEAD}(?:{_ZH_HERE})?(?:都)?(?:有|是)?(?:谁|哪些{_ZH_PEOPLE}|哪几[位个](?:{_ZH_PEOPLE})?|什么人|哪些人)(?:{_ZH_ATTEND})?"
    rf"(?:了|过|的|在)?(?:{_ZH_HERE})?",
    rf"{_ZH_LEAD}(?:{_ZH_HERE})?(?:{_ZH_ATTEND})?的?(?:{_ZH_PEOPLE}|{_GAP}|主持人?)(?:都|一共|共)?(?:有|是|叫)(?:谁|哪些人?|哪几[位个]|什么人|多少[人位个]?|几[位个人]|什么名字)",
    rf"{_ZH_LEAD}(?:{_ZH_HERE})?(?:有|来了)?(?:几|多少)(?:位|个|名)?(?:{_ZH_PEOPLE})(?:{_ZH_ATTEND})?了?",
    rf"{_ZH_LEAD}(?:列出|介绍|说说)(?:所有|全部)?(?:{_ZH_HERE})的?{_ZH_PEOPLE}(?:名单|有哪些)?",
    rf"{_GAP}是(?:哪[家个](?:公司|单位|机构|企业|银行)的?(?:人)?|做什么的|干什么的|什么(?:职务|职位|身份|人))",
    rf"{_GAP}(?:在哪[里儿家]?(?:个?公司|个?单位)?(?:工作|上班)|代表(?:谁|哪家|哪个(?:公司|单位|机构)))",
    rf"{_GAP}的?(?:职务|职位|头衔|身份)是什么",
)
_OVERVIEW = (
    rf"{_EN_LEAD}(?:summari[sz]e|sum up|recap|tl;? ?dr|outline)(?: (?:for me|me))?(?: (?:{_EN_HERE}|everything))?",
    rf"{_EN_LEAD}(?:give(?: me)?|make|write|provide|i (?:need|want)|what(?:'s| is| are| were))? ?"
    r"(?:an?|the)? ?(?:short |brief |quick |main |key )*"
    rf"(?:summary|overview|recap|outline|gist|highlights|takeaways?|points|topics|themes|questions)"
    rf"(?: (?:of|from|in) )?(?:{_EN_HERE}|everything)?",
    rf"{_EN_LEAD}what(?:'s| is| was| were) "
    rf"(?:{_EN_HERE} about|(?:discussed|talked about|said|covered)(?: {_EN_HERE})?)",
    rf"{_EN_LEAD}what (?:do|did) they (?:talk|speak|discuss)(?: about)?(?: {_EN_HERE})?",
    rf"{_ZH_LEAD}(?:做|写|给)?(?:个|一个|一份)?(?:总结|概括|归纳|概述|小结|摘要)(?:一下|下)?(?:全文|全部|所有|内容|主要|要点|重点|{_ZH_HERE})*",
    rf"{_ZH_LEAD}{_ZH_HERE}(?:主要|大概|都)*(?:讲|谈|聊|讨论|说)了?(?:的是|的)?(?:什么|哪些(?:话题|内容|问题|方面)?|啥)(?:内容|话题|问题)?",
    rf"{_ZH_LEAD}{_ZH_HERE}的?(?:主题|要点|重点|主要内容|话题|大意)(?:有|是)?(?:什么|哪些)?",
)
_TASK = (
    rf"{_EN_LEAD}(?:translate|write|draft|compose|rewrite|rephrase|paraphrase|proofread|convert|draw|design|generate)\b.*",
    rf"{_ZH_LEAD}(?:把.{{1,20}})?(?:翻译|译成|改写|起草|写(?:一|个|封|篇|首)|画(?:一|个|张)|做(?:一?个|一?张)(?:表|图|幻灯|PPT)|生成).*",
)


def _any(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


_PEOPLE_RE, _OVERVIEW_RE, _TASK_RE = _any(_PEOPLE), _any(_OVERVIEW), _any(_TASK)


def kind_beside(text: str, pointing: Sequence[tuple[int, int]]) -> QuestionKind | None:
    """The kind of a question that asks for more than what was said; None for one that does not.

    ``pointing`` are the spans of its references.
    """
    for start, end in sorted(pointing, reverse=True):
        text = f"{text[:start]}{_GAP}{text[end:]}"
    plain = re.sub(r"[\s?？!！。.，,、:：;；]+", " ", fold(text)).strip()
    joined = re.sub(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])", "", plain)
    if _PEOPLE_RE.fullmatch(joined):
        return "people"
    if _GAP not in joined and _OVERVIEW_RE.fullmatch(joined):
        return "overview"
    if _TASK_RE.fullmatch(joined):
        return "task"
    return "asked" if _ABOUT_ASKING.search(text) else None

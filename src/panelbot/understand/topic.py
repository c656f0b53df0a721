"""What a question is about: its wording without the words that point at speakers or frame the asking.

Knows framing words of both languages. Does not know what a corpus talks about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from panelbot.types import Language
from panelbot.understand.chinese_grammar import NOUN
from panelbot.understand.lexicon import english

_GAP = "\u0000"  # where a reference stood
_EN_FRAMES = re.compile(
    rf"(?:according to|in the (?:eyes|opinion|view) of|(?:in|from)(?=\s*{_GAP}'s?)|as for|what about|"
    rf"how about)\s*{_GAP}?"
    rf"|{_GAP}(?:'s?)?\s*(?:own\s+)?(?:view|opinion|perspective|point of view|standpoint)s?\b",
    re.IGNORECASE,
)
# "… when discussing the budget": the occasion is as good a subject as what stands before it.
_EN_OCCASION = re.compile(
    r"\b(?:when|while|in|during) (?:discussing|talking about|speaking of|presenting on|presenting|debating)\b",
    re.IGNORECASE,
)
_MOMENT = re.compile(
    r"\b(?:conclu\w+|clos(?:e|ed|ing)(?: remarks)?|open(?:ed|ing)(?: remarks)?|introduc\w+|"
    r"wrap(?:ped)? up|at the end|at the beginning)\b"
    r"|(?:最后|开场|一开始|结尾|开头)?(?:的|是|怎么|如何)*(?:总结|开场白|开场|结束语|结语|收尾|自我介绍|介绍)",
    re.IGNORECASE,
)
_EN_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_ZH_FRAMES = re.compile(
    r"^(?:请|麻烦)?你?(?:帮我)?(?:总结|概括|归纳|介绍|对比|比较)(?:一下|下)?|(?:说的话|的原话)|(?:请问一?下?|想问一?下?|我?想知道|^能不能|^可不可以|告诉我|总结一下|概括一下|帮我)"
    rf"|(?:在|据|根据|按照|按)\s*{_GAP}\s*(?:看来|的说法|的观点|所说|说|介绍|来说|眼里|眼中)"
    rf"|(?:对|对于|就)\s*{_GAP}\s*(?:来说|而言|来讲)"
    r"|(?:是|都|又|具体|主要|最后|当时|分别|各自|到底|究竟|还|也)*(?:怎么|如何|怎样|咋)(?:看待|看|"
    r"说|想(?![象要办])|讲|评价|回答|回应|理解|认为|表态|总结|描述|介绍|解释|谈)的?"
    rf"|(?:有没有|有|持|抱|是)?(?:着|过)?(?:什么|何|哪些|怎么?样的?|啥)样?的?(?:不同的?|共同的?)?(?:{NOUN})"
    rf"|的(?:{NOUN})(?:是(?:什么|怎样的?|啥))?"
    rf"|{_GAP}\s*(?:都|又|也|还|有没有|是否|曾经?|是不是|具体|主要|最后|当时|分别|一共|首先)*"
    r"(?:认为|觉得|表示|指出|提到过?了?|说到|说过|说了|说的?|讲了|讲到|谈到过?了?|谈了|提出|回答|回应|强调|问了|问到|问|主张)"
    r"|(?:是)?(?:谁|哪位(?:嘉宾|专家)?|哪个人|哪些人|哪些嘉宾|有没有人|有谁|有人)(?:最先|首先|曾经?|在会上|都)?"
    r"(?:说过?了?|提到过?了?|提过|提出过?了?|讲过?了?|谈到过?了?|认为|觉得|表示|指出|主张|建议过?|"
    r"反对|支持|问过?了?|提及过?)?"
    r"|是(?:什么(?!时候|地方|样|人)|怎么样的?|怎样的?|哪些|怎么回事|啥)|(?:怎么样|怎样|如何)$|有(?:什么|哪些|何)|(?<!为)什么(?!时候|"
    r"样|人)|哪些"
)
_ZH_LEAD = re.compile(
    rf"^(?:[\s{_GAP}，,、：:]|那么|那(?![些个位家种边里时年天])|对于?(?=[^话应手方付比待])|关于|针对|"
    rf"就(?=.{{2}})|在(?=.{{0,12}}(?:上|"
    rf"方面)$)|的|呢|又|还|也|都)+"
)
_ZH_TAIL = re.compile(r"(?:[\s？?。！!，,、]|吗|呢|吧|啊|的|了(?=$)|方面|这个问题|问题上|这个话题|这件事)+$")


def topic_of(text: str, references: Sequence[tuple[int, int]], language: Language) -> str:
    """``text`` without the spans in ``references`` and without what frames the question; may be empty."""
    for start, end in sorted(references, reverse=True):
        text = f"{text[:start]}{_GAP}{text[end:]}"
    topic = _chinese_topic(text) if language == "zh" else _english_topic(text)
    if re.search(r"[^\W他她它啥的了话]", topic):
        return topic
    moment = _MOMENT.search(
        text, text.find(_GAP) + 1
    )  # "how did the moderator conclude": the moment is all there is to look for
    return " ".join(moment.group().replace(_GAP, "").split()) if moment else ""


def _chinese_topic(text: str) -> str:
    text = re.sub(rf"{_GAP}(?:\s*(?:和|与|跟|、)\s*{_GAP})+", _GAP, text)
    text = _ZH_FRAMES.sub(" ", text)
    text = _ZH_LEAD.sub("", text.strip())
    text = re.sub(rf"[{_GAP}]+(?:和|与|跟|、)?", " ", text)
    text = _ZH_LEAD.sub("", text.strip())
    text = _ZH_TAIL.sub("", text)
    return re.sub(r"\s+", " ", re.sub(r"[？?！!。，,]", " ", text)).strip()


@lru_cache(maxsize=1)
def _leading() -> frozenset[str]:
    return (english("leading") | english("speech_verbs") | english("voice_nouns")) - english("subjects_too")


def _english_topic(text: str) -> str:
    text = re.sub(rf"{_GAP}['’]s?", _GAP, _EN_FRAMES.sub(" ", text))
    text = _EN_OCCASION.sub(" ", text)
    words = list(_EN_WORD.finditer(text.replace(_GAP, " ")))
    first = next(
        (w.start() for w in words if re.sub(r"['’]s$", "", w.group().casefold().replace("’", "'")) not in _leading()),
        None,
    )
    if first is None:
        return ""
    rest = text[first:].replace(_GAP, " ")
    rest = re.sub(r"(?:,?\s+and why)?[\s?.!,;:]+$", "", rest + "?")
    rest = re.sub(r"\s+(?:about|on|of|for|to|by|in|from|with|and|or|vs)$", "", rest)
    return re.sub(r"\s+([,;])", r"\1", re.sub(r"\s+", " ", rest)).strip(" ,;:")

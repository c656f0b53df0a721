"""Chinese grammar of questions, as far as it tells who speaks from what is spoken about.

Knows patterns around a span. Does not know who is on the panel.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from panelbot.text.folded import Folded
from panelbot.understand.english_grammar import Place
from panelbot.understand.mention import Mention

# What makes a reference of the words before it: 银行那边, 小米的嘉宾, 沈志峰先生.
TAIL = (
    r"(?:那边|这边|那位|这位|那家|这家|一方|他们|自己|本人|先生|女士|老师|们|各自|分别|的?(?:那位|这位|几位|两位|一位)?"
    r"(?:嘉宾|代表|人士|专家|同学|同志|负责人|老总|高管|朋友|发言人|人(?=[怎如认觉说讲谈提]))|这个人|那个人)"
)
STRONG_TAIL = re.compile(
    r"(?:那边|这边|那位|这位|那家|这家|的?(?:那位|这位|一位)?(?:嘉宾|代表|负责人|老总|高管|发言人|人士))"
)
# Where the talk takes place: who speaks there takes part in it.
_TALK = "(?:会议?|节目|讨论|论坛|圆桌|对话|对谈|访谈|采访|播客|座谈|直播|活动|台)"
_HERE = rf"(?:在?(?:这|本|那|该)?[次场期个]?{_TALK}(?:当中|[上里中])|在?(?:现场|这里))"
_THERE = rf"(?:自己|本人|亲自|{_HERE})"
_ADVERB = (
    rf"(?:{_HERE}|是|又|都|也|还|具体|主要|最后|最终|当时|到底|究竟|一共|曾经|曾|有没有|是否|是不是|亲自|"
    r"首先|先|后来|刚才|刚刚|今天|这次|本人|个人|自己|们|各自|分别|一起|共同|同时|总体|整体|真的|其实|"
    r"反复|多次|特别|为什么|为何|怎么会|会|能|"
    r"对此|\s)*"
)
_HOW = r"(?:怎么|怎么样|如何|怎样|咋|是怎么|是如何)"
_SPEAK = (
    r"(?:看待|看|说|想(?![象要办])|讲|评价|解释|回答|回应|理解|认为|描述|总结|表态|"
    r"提到|定义|介绍|判断|评论|形容|谈|建议|比喻|概括|点评|反驳|预测|展望|答)"
)
_VERB = (
    r"(?:认为|觉得|表示|指出|强调|建议|主张|提到|提及|提出|谈到|谈及|讲到|讲述|说到|说过|说了|说的|"
    r"说|讲了|讲的|讲|谈了|谈|聊到|聊了|聊|回答|回应|问了|问过|"
    r"问到|问|追问|提问|反对|同意|赞同|赞成|支持|担心|担忧|预测|预计|预言|看好|看重|总结|解释|介绍|"
    r"分享|透露|举了|举的|举过|补充|承认|批评|质疑|呼吁|希望|"
    r"相信|推荐|点评|评价|概括|主张|怀疑|不认同|认同|不同意|不赞成|吐槽|感慨|期待|看待|列举|描述|比喻|"
    r"反驳|提醒|抱怨|更正|改口|纠正|承诺|答应|保证|放心|乐观|悲观|满意|道歉|发言|展望|打了个比方)"
)
NOUN = (
    r"(?:观点|看法|意见|态度|立场|想法|回答|发言|建议|判断|见解|说法|主张|评价|预测|理解|总结|原话|"
    r"结论|感受|观察|体会|展望|解释|回应|介绍|"
    r"思路|金句|核心观点|角度)"
)
_OBJECT = r"(?:对于?|就|针对|关于|在|从|围绕)[^，。？！?,]{1,30}?"
_VOICE = re.compile(
    rf"{TAIL}*{_ADVERB}(?:{_HOW}{_SPEAK}|{_VERB}"
    rf"|{_OBJECT}{_ADVERB}(?:{_HOW}{_SPEAK}|(?:持|抱|是|有)?(?:有?什么|有?何|有?哪些|怎么?样?的?|怎样的?|"
    rf"啥|一些|哪种)?样?的?{NOUN}|认为|觉得|表示|{_VERB}(?:了|过|什么|哪些))"
    rf"|(?:的|有什么|有何|有哪些|有啥)[^，。？！?,的]{{0,6}}?{NOUN}|看来|眼里|眼中|那里?听)"
)
_TOPIC_LEFT = re.compile(
    r"(?:关于|有关|提到过?了?|提及|谈到了?|谈及|说到|讲到|说起|谈论|讨论过?|评价|看待|怎么看|如何看|"
    r"怎样看|问过?了?|问到|采访|了解|认识|给|跟|和|与|被|"
    r"对|对于|针对|比|像|除了|不同意|反对|同意|赞同|支持|批评|回应|反驳|谁是|夸|质疑|提过?|介绍|投资|"
    r"收购|不认同|认同|向|替|为|把|将|离|过|了)$"
)
_VOICE_LEFT = re.compile(
    r"(?:根据|依据|据|按照|按|听听|听一下|请|问问|问一下|想听|听|总结一下|概括一下|总结|概括|归纳|对比一下|对比|比较一下|比较)$"
)
_START = re.compile(
    r"^(?:请问一?下?|想问一?下?|我?想知道|问一下|问下|你?能?告诉我|那么?|那|其中|所以|但是?|而|然后|"
    r"好的?|嗯|另外|还有|为什么|为何|"
    r"你?觉得|麻烦|帮我?看看|帮我|查一?下|在|到底|究竟|\s|[，,、：:])*"
)


_ASKS = re.compile(r"怎么|如何|什么|哪|吗|呢|谁|几|多少|啥|为何|是否|有没有|多大|多久")


def place_chinese(folded: Folded, mentions: Sequence[Mention]) -> tuple[Place, ...]:
    """The place of each mention, in order; one joined by 和, 与, 跟 or 、 shares its neighbour's."""
    places: list[Place] = []
    for at, mention in enumerate(mentions):
        told = at + 1 < len(mentions) and _told_before(folded.text, mention.end)
        places.append("loose" if told else _place(folded.text, mention.start, mention.end))
    for at in range(len(mentions) - 2, -1, -1):
        left, right = mentions[at], mentions[at + 1]
        between = folded.text[left.end : right.start]
        if (
            not re.fullmatch(
                rf"{TAIL}*\s*(?:和|与|跟|、|以及|还有|及|vs|,|，|and|还是|或)?\s*(?:那位|这位|那家|这家)?", between
            )
            or not between
        ):
            continue
        outer = _place(folded.text, left.start, right.end)
        place = outer if outer in ("voice", "actor") else places[at]
        if places[at] != "topic" and place in ("voice", "actor"):
            places[at] = places[at + 1] = place
        elif places[at] == "topic":
            places[at + 1] = "topic"
    return tuple(places)


def _told_before(text: str, end: int) -> bool:
    """Whether it is in a clause told before the question: 主持人问到网点，沈志峰怎么回答."""
    clause, *rest = re.split(r"[，。？！；,?!;]", text[end:])
    if re.match(rf"{TAIL}*(?:的角度)?(?:看来|眼里|眼中|的视角|的立场)", clause):
        return False
    return bool(rest) and not _ASKS.search(clause) and _ASKS.search("".join(rest)) is not None


def _place(text: str, start: int, end: int) -> Place:
    before, after = text[:start], text[end:]
    clause = re.split(r"[，。？！；,?!;]", before)[-1]
    if re.search(r"(?:在|从|以)$", clause) and re.match(
        rf"{TAIL}*(?:的角度)?(?:看来|看|眼里|眼中|的视角|的立场)", after
    ):
        return "voice"
    if re.search(r"(?:对于?|就)$", clause) and re.match(rf"{TAIL}*(?:来说|而言|来讲)", after):
        return "actor"
    if _VOICE_LEFT.search(clause):
        return "voice"
    if _TOPIC_LEFT.search(clause) or re.search(r"(?:对于?|关于|针对)[\u3400-\u9fff]{0,3}$", clause):
        return "topic"
    if _VOICE.match(after):
        return "voice"
    opening = _START.sub("", clause)
    if not opening:
        return "actor" if after.strip("？?。 ") else "loose"
    if re.search(r"(?:谁|哪位|大家|他们|嘉宾|了|过|看)", opening) or not after.strip("？?。 吗呢"):
        return "loose"
    return "actor"


def strong_tail(text: str, end: int) -> int:
    """The length of a tail behind ``end`` that makes a definite person of a general word (银行那位), else 0."""
    match = STRONG_TAIL.match(text, end)
    return match.end() - end if match else 0


def present(text: str, end: int) -> bool:
    """Whether who is named in front of ``end`` is said to have spoken themselves, or here."""
    return re.match(rf"{_ADVERB}{_THERE}", text[end:]) is not None


def tail_length(text: str, end: int) -> int:
    """The length of the words behind ``end`` that belong to the reference."""
    match = re.compile(
        r"(?:那边|这边|那位|这位|一方|先生|女士|老师|们|的?(?:那位|这位|几位|两位)?(?:嘉宾|代表|人士|"
        r"负责人|老总|高管|发言人))"
    ).match(text, end)
    return match.end() - end if match else 0


def opening_end(text: str) -> int:
    """Where the words that only open a question end: 请问, 那, 我想知道."""
    match = _START.match(text)
    return match.end() if match is not None else 0


_DEFINITE = re.compile(r"(?:那|这|该)(?:位|个|家|名)[\u3400-\u9fff]{0,4}$")


def definite_before(text: str, start: int) -> bool:
    """Whether it stands behind 那位, 那个, 这家 and the like, also with an adjective between: 那位夜班护士."""
    return _DEFINITE.search(text[:start]) is not None


def head_length(text: str, start: int) -> int:
    """The length of the words before ``start`` that belong to the reference."""
    match = _DEFINITE.search(text[:start])
    return len(match.group()) if match is not None else 0


_ACTS = re.compile(
    r"(?:后来|最后|当时)?(?:怎么|如何|在|对|接到|拿出|为什么|有没有|会不会|会(?!议|员|计|场|费|长|诊|谈|所)|要|想|把|给|用|让|是怎么|"
    r"什么时候|打算|放心|提|有什么请求|有何)(?!业|生)"
)


def acts(text: str, start: int, end: int) -> bool:
    """Whether a job at the start of a clause acts: 研究员在追问的时候拿出了什么; not 医生短缺的原因."""
    clause = re.split(r"[，。？！；,?!;]", text[:start])[-1]
    return not _START.sub("", clause) and _ACTS.match(text, end) is not None


def plural_near(text: str, start: int, end: int) -> bool:
    """两位律师, 律师们, 几家银行, 各银行."""
    return (
        re.search(r"(?:[两三四五六七八九几多]|各|所有|这些|那些)(?:位|个|家|名|些)?$", text[:start]) is not None
        or re.match(r"们|(?:和.{1,8})?(?:都|各自|分别)", text[end:]) is not None
    )


_SLOT = re.compile(
    rf"^(?P<slot>[\u3400-\u9fffA-Za-z0-9·. ]{{2,20}}?)(?P<tail>{TAIL}*)"
    rf"(?P<verb>{_ADVERB}(?:{_HOW}{_SPEAK}|(?:认为|觉得|表示|指出|强调|提到|说过|说了|说|讲了|谈到|谈了|回答|回应)"
    rf"|{_OBJECT}{_ADVERB}(?:{_HOW}{_SPEAK}|(?:持|抱|是|有)?(?:有?什么|有?何|有?哪些|怎么?样?的?|怎样的?)?样?的?{NOUN})"
    rf"|的[^，。？！?,的]{{0,4}}?(?:观点|看法|意见|态度|立场|想法|发言|说法)))"
)
# Who says it themselves, or here, takes part; then any verb of speech will do.
_PRESENT = re.compile(
    rf"^(?P<slot>[\u3400-\u9fffA-Za-z0-9·. ]{{2,20}}?)(?P<tail>{TAIL}*?)"
    rf"(?P<verb>(?={_ADVERB}{_THERE}){_ADVERB}(?:{_HOW}|{_VERB}|{_OBJECT}{_ADVERB}[^，。？！?,]{{0,6}}{NOUN}|(?:有|持|是)?[^，。？！?,]{{0,4}}{NOUN}))"
)
_ACCORDING = re.compile(
    r"(?:据|根据|按照|按|在)(?P<slot>[\u3400-\u9fffA-Za-z· ]{2,12}?)(?P<tail>)(?P<verb>看来|的说法|"
    r"所说|说|介绍|的观点|的看法|眼里|眼中)"
)


def unknown_slots(folded: Folded) -> Iterator[tuple[int, int, bool]]:
    """``(start, end, present)`` of what the grammar gives to a speaker; whether it says they were there."""
    at = 0
    for clause in re.split(r"(?<=[，。？！；,?!;])", folded.text):
        opening = _START.match(clause)
        skip = opening.end() if opening else 0
        present = _PRESENT.match(clause[skip:])
        for match in (present or _SLOT.match(clause[skip:]), _ACCORDING.search(clause[skip:])):
            if match is not None:
                yield at + skip + match.start("slot"), at + skip + match.end("slot"), match is present
        at += len(clause)

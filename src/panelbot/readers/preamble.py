"""What the lines before the first turn say: title, date, event, location, and the introduction of the people.

Knows the shapes of page heads and meeting headers; leaves the people themselves to the register.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from panelbot.people import is_heading, name_kind, states_position
from panelbot.people.attendance import attendance_lines, is_attendance_heading
from panelbot.readers.boilerplate import is_furniture
from panelbot.readers.times import TIME, find_date, without_date

Field = Literal["title", "date", "event", "location", "source", "language"]

_FIELDS: dict[Field, str] = {
    "title": "标题|主题|题目|会议主题|会议名称|会议标题|论坛主题|圆桌主题"
    "|title|subject|topic|meeting|meeting title|meeting name|transcript title|session|name",
    "date": "时间|日期|会议时间|会议日期|录制时间|录音时间|开始时间|创建时间|发布时间|采访时间|活动时间"
    "|date|time|when|datetime|meeting date|meeting time|recorded|recorded on|start time|started|published",
    "event": "活动|活动名称|论坛|会议|峰会|event|conference",
    "location": "地点|地址|会议地点|活动地点|采访地点|location|venue|place|where",
    "source": "来源|文章来源|链接|原文链接|网址|source|url|link",
    "language": "语言|language",
}
_FIELD_OF: dict[str, Field] = {word: field for field, words in _FIELDS.items() for word in words.split("|")}
_KEY = re.compile(r"(?:[-*]\s++)?(?:\*\*|__)?([^:：*_]{1,24}?)(?:\*\*|__)?\s*[:：]\s*+(?:\*\*|__)?\s*+(\S.*)")
_BYLINE_KEYS = "作者|记者|编辑|责任编辑|责编|文|摄影|阅读|浏览|author|editor|by"
# 来源：云溪观察网 作者：纪行. Only words known to be keys end a value: a title may hold a colon of its own.
_NEXT_KEY = re.compile(rf"(?<![\s|])[\s|]+(?:{'|'.join(_FIELD_OF)}|{_BYLINE_KEYS})\s*[:：]", re.IGNORECASE)
_PEOPLE = re.compile(
    r"(?:主持人?|嘉宾|圆桌嘉宾|对话嘉宾|出席嘉宾|与会嘉宾|参会人员?|与会人员?|参与者|参与人|发言人|采访者|受访者|moderators?|hosts?|chair|panell?ists?|speakers?|guests?|participants|attendees|interviewer|interviewee|present"
    r"|remote|regrets|apologies|absent|scribes?|scribe\(s\)|note[- ]?takers?|minutes takers?|invited experts?"
    r"|also present|in attendance"
    r"|(?:出席|缺席|列席|与会|與會|参加|參加|应到|实到|请假|到会|接待|参与单位).{0,12}|主持|记录|記錄|记录人)",
    re.IGNORECASE,
)
_KEYWORDS = re.compile(r"关键[词字]\s*[:：]?|keywords?\s*:?", re.IGNORECASE)
_EMPHASIS = re.compile(r"(\*{1,3}|__)(\S(?:[^*_]*\S)?)\1")
_CONTENTS = re.compile(rf"[\[(]?{TIME}[\])]?\s+\S")
_BYLINE = re.compile(r"阅读|浏览|作者|来源|编辑|\||\bviews?\b|^by ", re.IGNORECASE)
# What Teams puts after a meeting's title: -20240315_140000-Meeting Recording
_RECORDING = re.compile(
    r"[-_]\d{8}[-_]\d{6}(?:[-_]?Meeting (?:Recording|Transcript))?$|[-_]Meeting (?:Recording|Transcript)$"
)
_PROSE_END = re.compile(r"[。！？.!?…][”’\"')）」』]*$")
_LATIN_SENTENCE = re.compile(r"(?:\S+\s+){7,}\S+[.!?:][\"'”’)]*$")
_QUOTED = re.compile(r"[“\"《「]([^”\"》」]{4,60})[”\"》」]")
_EVENT_WORD = re.compile(r"(?:论坛|峰会|大会|年会|沙龙|研讨会|会议|活动周|博览会|座谈会|盛典|论壇|高峰会|研討會)$")
_NAMED_EVENT = re.compile(
    r"([^，。,.；;：:“”\"\s日]{2,24}(?:论坛|峰会|大会|年会|沙龙|研讨会|论壇|研討會))(?=在[\u4e00-\u9fff]{2,12}(?:召开|举办|举行|召開|舉辦|舉行))"
)
_HELD = re.compile(
    r"在([\u4e00-\u9fff]{2,12}?)(?:成功|隆重|正式|顺利|圆满)?(?:召开|举办|举行|举行|开幕|落幕|召開|舉辦|舉行)"
)
_EVENT_LATIN = re.compile(
    r"\b(?:[Aa]t|[Dd]uring) the ((?:[A-Z0-9][\w'’&\-]*\s+(?:(?:of|on|for|and|in|the)\s+){0,2}){0,7}"
    r"(?:Summit|Conference|Forum|Congress|Symposium|Festival|Meeting|Convention|Expo|Week))\b"
)
_EVENT_PLACE = re.compile(r"\s+(?:was )?(?:held )?in ([A-Z][\w\-]+(?: [A-Z][\w\-]+)?)")
_MAX_TITLE = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Preamble:
    """The facts stated before the first turn; empty where nothing says so."""

    title: str = ""
    date: str = ""
    event: str = ""
    location: str = ""
    source: str = ""
    language: str = ""
    introduction: str = ""


def read_preamble(lines: Sequence[str]) -> Preamble:
    """The facts in ``lines``, the part of a file that stands before its first turn."""
    stated: dict[Field, str] = {}
    dated: list[str] = []
    heads: list[str] = []
    prose: list[str] = []
    lists_words, lists_people, listed_lines = False, False, attendance_lines(lines)
    for line in (line.strip() for line in lines):
        if not line:
            continue
        listed, lists_words = lists_words, _KEYWORDS.fullmatch(line) is not None
        heads_people = is_attendance_heading(line)
        if heads_people or (lists_people and (line.startswith("#") or is_heading(line))):
            prose.append(line.strip("#*_:： ") + ":")  # says what the list below is: those present, or regrets
            lists_people = heads_people
            if heads_people:
                continue
        dated.append(line)
        if listed or lists_words or _says_nothing(line):
            continue  # the keywords themselves stand on the line after the word
        if line.startswith("#"):
            heads.append(line.lstrip("# ").strip("* "))
        elif field := _stated_field(line):
            stated.setdefault(*field)
        elif _is_prose(line) or _names_people(line) or line in listed_lines:
            prose.append(_EMPHASIS.sub(r"\2", line))
        else:
            (prose if prose else heads).append(line)
    return _assemble(stated, heads, prose, [line for line in dated if line not in prose])


def stated_fields(lines: Iterable[str]) -> dict[Field, str]:
    """What lines such as ``Title: …`` or ``日期：…`` state, the first of each; every other line is passed over."""
    stated: dict[Field, str] = {}
    for line in lines:
        if field := _stated_field(line.strip()):
            stated.setdefault(*field)
    return stated


def _assemble(stated: dict[Field, str], heads: Sequence[str], prose: Sequence[str], others: Sequence[str]) -> Preamble:
    introduction = "\n\n".join(prose)
    event, location = _event(introduction)
    title = stated.get("title") or _title(heads)
    # a byline's day is the day of publication; the introduction's may lack its year
    date = find_date(stated.get("date", "")) or find_date("\n".join(others)) or find_date(introduction)
    found = Preamble(title=title, date=date, event=event, location=location, introduction=introduction)
    source, language = stated.get("source", ""), stated.get("language", "")
    found = replace(found, event=stated.get("event") or event, location=stated.get("location") or location)
    return replace(found, source=source, language=language)


def _stated_field(line: str) -> tuple[Field, str] | None:
    match = _KEY.fullmatch(line)
    if match is None:
        return None
    field = _FIELD_OF.get(match.group(1).strip().casefold())
    value = _NEXT_KEY.split(match.group(2), maxsplit=1)[0].strip(" *_\"'")
    if field is None or (field == "date" and not find_date(value)) or len(value) > 2 * _MAX_TITLE:
        return None
    return field, value


def _says_nothing(line: str) -> bool:
    """Furniture, rules, the headings of an export's parts and the lines of its table of contents."""
    return is_furniture(line) or is_heading(line) or _CONTENTS.match(line) is not None or set(line) <= set("-=*_#~ ")


def _is_prose(line: str) -> bool:
    if _LATIN_SENTENCE.fullmatch(line):
        return True
    return len(line) > 20 and (_PROSE_END.search(line) is not None or len(line) > _MAX_TITLE)


def _names_people(line: str) -> bool:
    match = _KEY.fullmatch(line)
    if match is None:
        return False
    key, value = match.group(1).strip(), match.group(2)
    return _PEOPLE.fullmatch(key) is not None or (name_kind(key) == "name" and states_position(value))


def _title(heads: Sequence[str]) -> str:
    """The first heading that is no byline: no date, no "word: value"."""
    heads = [_RECORDING.sub("", head) for head in heads]
    possible = [head for head in heads if 1 < len(head) <= _MAX_TITLE and not _is_label(head)]
    for head in possible:
        if not find_date(head):
            return head
    titled = without_date(possible[0]) if possible and not _BYLINE.search(possible[0]) else ""
    return titled if len(titled) > 3 else ""


def _is_label(head: str) -> bool:
    """Navigation, "Speakers:", or a fact of the file that was not understood (时间：下午)."""
    key = _KEY.fullmatch(head)
    return " > " in head or head[-1] in ":：" or (key is not None and _FIELD_OF.get(key.group(1).casefold()) == "date")


def _event(introduction: str) -> tuple[str, str]:
    held = _HELD.search(introduction)
    location = held.group(1) if held else ""
    for quoted in _QUOTED.findall(introduction):
        if _EVENT_WORD.search(quoted):
            return quoted, location
    if match := _NAMED_EVENT.search(introduction):
        return match.group(1), location
    if match := _EVENT_LATIN.search(introduction):
        place = _EVENT_PLACE.match(introduction, match.end())
        return match.group(1).strip(), place.group(1) if place else ""
    return "", location


def is_key(label: str) -> bool:
    """Whether a word states a fact of the meeting or lists its people: 时间, Date, 出席, Attendees, Regrets."""
    word = label.strip().casefold()
    return word in _FIELD_OF or _PEOPLE.fullmatch(word) is not None

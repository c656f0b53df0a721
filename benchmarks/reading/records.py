"""Oracles of what was taken down word for word, in parliaments, courts, interviews, podcasts and recordings.

Written from looking at the files; know nothing of how panelbot reads.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from xml.etree import ElementTree

from benchmarks.reading.minutes import is_note
from benchmarks.reading.pieces import NO_SPEECH, UNDECIDED, Piece, by_lines, html_lines


def legco(text: str) -> Iterator[Piece]:
    """A turn stands behind two empty lines; what stands there without a label (a heading, a direction) is left open.

    So does the wording of a motion ("…動議的議案如下：") until the next turn: it is read into the record.
    """
    speaker, blank = NO_SPEECH, 0
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or re.match(r"\s*(?:立法會\s+─|\d{1,5}\s*$)", line):
            blank += not line.strip()
            yield Piece(label=NO_SPEECH, text=line, line=number)
            continue
        found = re.match(
            r"(?P<speaker>(?:\d+\. )?[^\s，。：、（(「“]{2,24}(?: [^\s，。：、（]{1,8})?)\s*"
            r"(?:[(（]譯文 ?[)）])?[：︰]",
            line,
        )
        people = r"議員|主席|局長|司長|長官|秘書|先生|女士|博士|教授|副局"
        if found and found[1].endswith("如下"):
            speaker = UNDECIDED
        elif found and re.search(people, found[1]) and blank >= 1 and not re.search("出席|缺席|列席", found[1]):
            speaker = re.sub(r"^\d+\. *", "", found["speaker"])
            yield Piece(label=NO_SPEECH, text=found[0], line=number)
            line = line[found.end() :]
        elif blank >= 2 and speaker != NO_SPEECH:
            speaker = UNDECIDED
        yield Piece(label=speaker, text=line, line=number)
        blank = 0


def gazette(text: str) -> Iterator[Piece]:
    """``蘇委員清泉：…`` opens a turn; documents read into the record, with headings and numbers, are left open."""
    return by_lines(
        text,
        label=r"(?P<speaker>[\u4e00-\u9fff．‧•]{1,10}(?:（[^）：]{1,30}）)?)：\s*(?P<text>.*)",
        heading=r"#{1,6}\s|\S　+\S|(?:提案人|連署人|說明|決議)：|.*(?:條文|提案|彙整表|議事錄)：$",
        quoted=r"\s*<|.*</?t[drh]|\s{3,}\S|\s*(?:[(（]?[一二三四五六七八九十\d]+[)）、．.])",
        start=r"(?:主席|[\u4e00-\u9fff]委員[\u4e00-\u9fff]{1,3}|[\u4e00-\u9fff]{2,4}(?:長|人員))：",
        speaks=lambda one: (
            re.search(r"主席|委員|長|人員|代表|秘書|主任|先生|女士|教授|律師|主任|專員|總經理|參事", one) is not None
            and not re.search(r"^(?:出席|列席|請假|提案|連署|說明|決議)", one)
        ),
    )


_TITLED = re.compile(
    r"^(?:主席（)?(?P<surname>[\u4e00-\u9fff]{1,2}?)"
    r"(?:代理?|副|前)*(?:主任|高級|簡任|專門|調辦事|總|執行)*(?:[^\W長（]{0,3}長|委員|秘書|主任|主席|經理|參事|技正|協理|法官|律師|教授|分析師|工程[師司])+"
    r"(?P<given>[\u4e00-\u9fff]{1,2}?)(?:書面[\u4e00-\u9fff]{2,6})?(?:代?）)?：",
    re.M,
)


def gazette_persons(text: str) -> dict[str, str]:
    """``蘇委員清泉``, ``蘇清泉委員``, ``蘇委員清泉書面意見`` and ``主席（蘇委員清泉代）`` are 蘇清泉."""
    behind = re.findall(
        r"^(([\u4e00-\u9fff]{2,4}?)(?:委員|(?:副?秘書|部|局|處|司|署|院|校)長|教授|律師))：", text, re.M
    )
    within = {found[0][:-1]: found["surname"] + found["given"] for found in _TITLED.finditer(text)}
    return {**{label: name for label, name in behind if label not in within}, **within}


def cook(text: str) -> Iterator[Piece]:
    """Parts of a sitting cut from pages: each begins and breaks off anywhere, with page numbers and dates between."""
    day = r"(?:\w+day,? )?\d+(?:st|nd|rd|th)?"
    return by_lines(
        html_lines(text),
        label=r"\s*(?P<speaker>(?:HON|MR|MRS|MS|DR|MADAM|THE)\b\.?\s[A-Z .’'()-]{2,60}?)\s*:\s*(?P<text>.*)",
        heading=r"\s*[A-Z][A-Z ,.’'()&-]{6,}$|\s*(?:Seconded by|Motion agreed|Motion Agreed)|\s*\(.*\)\s*$",
        nothing=rf"\s*(?:(?:Page)?[\d\s]+|{day} [A-Z]\w+,? \d{{4}}|\w+ (?:Parliament|Meeting))\s*$",
        first=UNDECIDED,
    )


def hearing_page(text: str) -> Iterator[Piece]:
    text = re.sub(r"(?i)</?strong>", "\x02", text.replace("\n", " "))
    return by_lines(
        html_lines(text), label=r"\s*\x02(?P<speaker>[^\x02]{3,60}?)[.:]?\x02\s*:?\s*(?P<text>.*)", start=r"\s*\x02"
    )


def oral_history(text: str) -> Iterator[Piece]:
    label = r"(?P<speaker>[^\W\d][\w.’'-]*\d?(?: [\w.’'-]+){0,3})\s*:\s*(?P<text>.*)"
    labels = Counter(re.findall(r"^([^\W\d][^:\n]{0,40}?)\s*: *$", text, re.M))
    inline = Counter(re.findall(r"^([^\W\d][^:\n]{0,40}?)\s*: *\S", text, re.M))
    heads = {"INTERVIEWEE", "INTERVIEWER", "DATE", "PLACE", "Interviewee", "Date", "Location", "Place", "Interview"}
    return by_lines(
        text,
        label=label,
        start=r"## Interview\b",
        end=r"Retrieved from",
        speaks=lambda one: one not in heads and labels[one] + inline[one] > 1,
        nothing=rf"(?:{'|'.join(heads)}|Interviewer)s?\s*:\s*\S",
    )


def earnings(text: str) -> Iterator[Piece]:
    return by_lines(
        text, label=r"(?P<speaker>[A-Z][\w.’'-]*(?: [\w.’'-]+){0,4}):\s+(?P<text>.*)", nothing=r"\*\*|---", start="---"
    )


def calls(text: str) -> Iterator[Piece]:
    return by_lines(text, label=r"\[[\d:]+\]\s+\*\*(?P<speaker>[^*]+)\*\*:\s*(?P<text>.*)")


def podcast(text: str) -> Iterator[Piece]:
    return by_lines(
        text,
        label=r"\*\*(?P<speaker>[^*:]{1,60}?)(?::\s*\*\*|\*\*\s*:)\s*(?P<text>.*)",
        speaks=lambda one: one != "Break",
    )


def bitcoin(text: str) -> Iterator[Piece]:
    """Talks and interviews; a talk before its questions carries no label, so the file does not say whose it is."""
    body = re.sub(r"\A---\n.*?\n---\n", lambda front: "\n" * front[0].count("\n"), text, count=1, flags=re.S)
    labels = Counter(re.findall(r"^(?:\*\*|\[)?([A-Z][\w.’'@ -]{0,40}?)(?:\*\*|\])?: ", body, re.M))
    name, stamp = r"[A-Z][\w.’'@ -]{0,40}?|\?{1,3}", r"(?:\(?\d\d?:\d\d(?::\d\d)?\)?)?"
    return by_lines(
        body,
        label=rf"(?:\*\*|\[)?(?P<speaker>{name})(?:\*\*|\])?:(?:\*\*)?\s*{stamp}\s*(?P<text>.*)",
        nothing=r"<?https?:",
        first=UNDECIDED,
        speaks=lambda one: (labels[one] > 1 or one in ("Q", "A", "?", "??", "???")) and not is_note(one),
    )


def vtt(text: str) -> Iterator[Piece]:
    return by_lines(text, label=r"(?P<speaker>[^:\n<>]{1,60}?): (?P<text>.*)", nothing=r"WEBVTT|\d+$|[\d:.]+ -->")


def akoma(text: str) -> Iterator[Piece]:
    root = ElementTree.fromstring(text)
    shown = {one.get("id"): one.get("showAs") for one in root.iter("TLCPerson")}
    for number, speech in enumerate(root.iter("speech"), 1):
        said = " ".join("".join(part.itertext()) for part in speech if part.tag != "from")
        who = (speech.get("by") or "").lstrip("#")
        who = UNDECIDED if who in ("日期", "") else shown.get(who) or who
        yield Piece(label=who, text=re.sub(r"<[^>]+>", " ", said), line=number)


def oyez(text: str) -> Iterator[Piece]:
    sections = (json.loads(text).get("transcript") or {}).get("sections", [])
    for number, turn in enumerate((turn for section in sections for turn in section["turns"]), 1):
        said = " ".join(block["text"] for block in turn["text_blocks"])
        yield Piece(label=(turn["speaker"] or {}).get("name", UNDECIDED), text=said, line=number)

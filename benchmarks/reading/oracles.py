"""What is speech in the files of each repository, and whose: a few lines for each, written from looking at its files.

Knows nothing of how panelbot reads.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator

from benchmarks.reading.pieces import NO_SPEECH, UNDECIDED, Oracle, Piece, by_lines, html_lines

_NOTE = (
    "present regrets guests guest chair chairs scribe scribes scribenick agenda bridge topic subtopic resolution resolved action "
    "actions proposal proposed note notes poll discussion name email when where location contact date time who irc "
    "conclusion summary status issue issues title slides video recording presenter consensus minutes question "
    "questions background example examples todo attendees goal goals result results decision decisions next raw "
    "remote slack hum or idea process option options problem solution reference references link links update updates http https draft "
    "drafts also so and but because first second third then however more see what why how is pro con pros cons "
    "important host hosts api apis dates monday tuesday wednesday thursday friday bug bugs p.s ps nb fyi editors editor author authors version"
).split()


def speaks_in(text: str) -> Callable[[str], bool]:
    """Whether a label of free minutes is a person: no word of a note, and there elsewhere in the file too."""
    tokens = Counter(re.findall(r"[^\W_]+", text))
    opened = Counter(one.strip() for one in re.findall(r"^[\s*_+-]*([^\W\d][^:\n]{0,40}?)[\s*_]*:", text, re.M))

    def speaks(label: str) -> bool:
        parts = re.findall(r"[^\W_]+", label)
        if not parts or any(part.lower() in _NOTE for part in parts) or parts[0].isdigit():
            return label == "?"
        if re.search(r"[^\W_]-[a-z]", label) or len({part[0].isupper() for part in label.split(" (")[0].split()}) > 1:
            return False  # "Sign-extend", "Resumable uploads"
        if opened[label] < 2 and (label.islower() or any(tokens[part.lower()] for part in parts)):
            return False  # a word of the talk
        return all(tokens[part] > 1 for part in parts)

    return speaks


def minutes(text: str) -> Iterator[Piece]:
    """``Name: …`` with or without a bullet or bold, headings between: how standards groups take minutes."""
    label = r"\s*(?:[*+-]\s+)?(?:\*\*|_)?(?P<speaker>[^\W\d][\w.'’/-]*(?: [\w.'’()/-]+){0,3}|\?)\s*(?:(?:\*\*|_)\s*:|:\s*(?:\*\*|_)|:)\s*(?!//)(?P<text>.*)"
    return by_lines(
        text, label=label, heading=r"\s*(?:#{1,6}\s|[-=*_]{3,}\s*$|(?:Sub)?[Tt]opic\s*:|Slide\b)", nothing=r"\s*(?:<!--|\|)", quoted=r"\s*>", speaks=speaks_in(text)
    )


def _attendance(text: str) -> dict[str, str]:
    rows = re.findall(r"^\|\s*([^|\n]+?)\s*\|\s*([A-Z]{2,4})\s*\|", text, re.M)
    inline = re.findall(r"((?:[A-Z][\w.’'-]+ ){1,3}[A-Z]?[\w.’'-]+) \(([A-Z]{2,4})\)", text)
    return {short: name for name, short in [*rows, *inline]}


def _tc39(text: str) -> Iterator[Piece]:
    people = {part for name in _attendance(text).values() for part in [name, *name.split()]}

    def speaks(label: str) -> bool:
        return label.upper() == label or label in people or label in ("All", "Everyone")

    return by_lines(
        text,
        label=r"[\s.]{0,3}(?:\*\*)?(?P<speaker>[A-Z]{2,4}(?:\s*[/,&]\s*[A-Z]{2,4})*|\?{1,3}|[A-Z][\w.-]+(?: [A-Z][\w.-]+){0,2})(?:\*\*)?:(?:\*\*)?\s*(?P<text>.*)",
        heading=r"#{1,6}\s|-{3,}\s*$|Presenter\b.*:|\(.*\)\s*$|(?:\*\*)?(?:Conclusion|Resolution|Summary)",
        nothing=r"\s*\||\s*-\s*\[(?:proposal|slides|issue|PR)",
        quoted=r"\s*>",
        speaks=speaks,
    )


def _legco(text: str) -> Iterator[Piece]:
    """A turn stands behind two empty lines; what stands there without a label (a heading, a direction) is left open."""
    speaker, blank = NO_SPEECH, 0
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or re.match(r"\s*(?:立法會\s+─|\d{1,5}\s*$)", line):
            blank += not line.strip()
            yield Piece(label=NO_SPEECH, text=line, line=number)
            continue
        found = re.match(r"(?P<speaker>(?:\d+\. )?[^\s，。：、（(「“]{2,24}(?: [^\s，。：、（]{1,8})?)\s*(?:\(譯文\)|（譯文）)?：", line)
        named = found is not None and re.search(r"議員|主席|局長|司長|秘書|先生|女士|博士|教授|副局", found[1]) is not None
        if found and named and blank >= 1 and not re.search("出席|缺席|列席", found[1]):
            speaker = re.sub(r"^\d+\. *", "", found["speaker"])
            yield Piece(label=NO_SPEECH, text=found[0], line=number)
            line = line[found.end() :]
        elif blank >= 2 and speaker != NO_SPEECH:
            speaker = UNDECIDED
        yield Piece(label=speaker, text=line, line=number)
        blank = 0


def _gazette(text: str) -> Iterator[Piece]:
    """``蘇委員清泉：…`` opens a turn; documents that are read into the record, with headings and numbers, are left open."""
    return by_lines(
        text,
        label=r"(?P<speaker>[\u4e00-\u9fff．‧•]{1,10}(?:（[^）：]{1,30}）)?)：\s*(?P<text>.*)",
        heading=r"#{1,6}\s|\S　+\S|(?:提案人|連署人|說明|決議)：",
        quoted=r"\s*<|.*</?t[drh]|\s{3,}\S|\s*(?:[(（]?[一二三四五六七八九十\d]+[)）、．.])",
        start=r"(?:主席|[\u4e00-\u9fff]委員[\u4e00-\u9fff]{1,3}|[\u4e00-\u9fff]{2,4}(?:長|人員))：",
        speaks=lambda one: re.search(r"主席|委員|長|人員|代表|秘書|主任|先生|女士|教授|律師|主任|專員|總經理|參事", one) is not None
        and not re.search(r"^(?:出席|列席|請假|提案|連署|說明|決議)", one),
    )


def _cook(text: str) -> Iterator[Piece]:
    """Parts of a sitting cut from pages: each begins and breaks off anywhere, with page numbers and dates between."""
    return by_lines(
        html_lines(text),
        label=r"\s*(?P<speaker>(?:HON|MR|MRS|MS|DR|MADAM|THE)\b\.?\s[A-Z .’'()-]{2,60}?)\s*:\s*(?P<text>.*)",
        heading=r"\s*[A-Z][A-Z ,.’'()&-]{6,}$|\s*(?:Seconded by|Motion agreed|Motion Agreed)|\s*\(.*\)\s*$",
        nothing=r"\s*(?:Page )?\d+\s*$|\s*(?:\w+day,? )?\d+(?:st|nd|rd|th)? [A-Z]\w+,? \d{4}\s*$|\s*\w+ (?:Parliament|Meeting|Session)\s*$",
        first=UNDECIDED,
    )


def _oral_history(text: str) -> Iterator[Piece]:
    label = r"(?P<speaker>[^\W\d][\w.’'-]*\d?(?: [\w.’'-]+){0,3})\s*:\s*(?P<text>.*)"
    labels = Counter(re.findall(r"^([^\W\d][^:\n]{0,40}?)\s*: *$", text, re.M))
    inline = Counter(re.findall(r"^([^\W\d][^:\n]{0,40}?)\s*: *\S", text, re.M))
    heads = {"INTERVIEWEE", "INTERVIEWER", "DATE", "PLACE", "Interviewee", "Interviewers", "Date", "Location", "Place", "Interview"}
    return by_lines(
        text,
        label=label,
        start=r"## Interview\b",
        end=r"Retrieved from",
        speaks=lambda one: one not in heads and labels[one] + inline[one] > 1,
        nothing=rf"(?:{'|'.join(heads)}|Interviewer)s?\s*:\s*\S",
    )


def _wecg(text: str) -> Iterator[Piece]:
    return by_lines(
        text,
        label=r"\s*\*\s+\[(?P<speaker>[^\]\n]{1,40})\](?!\()(?P<text>.*)",
        heading=r"#{1,6}\s|\S",
        start=r"##+\s*(?:Meeting notes|Notes)",
        goes_on=True,
    )


def _calls(text: str) -> Iterator[Piece]:
    return by_lines(text, label=r"\[[\d:]+\]\s+\*\*(?P<speaker>[^*]+)\*\*:\s*(?P<text>.*)")


def _podcast(text: str) -> Iterator[Piece]:
    return by_lines(
        text,
        label=r"\*\*(?P<speaker>[^*:]{1,60}?)(?::\s*\*\*|\*\*\s*:)\s*(?P<text>.*)",
        speaks=lambda one: one != "Break",
    )


def _dev_calls(text: str) -> Iterator[Piece]:
    """``**Name**: …``, ``**Name** [1:02:03]: …`` or ``**Name**`` alone and a list of what was said below it."""
    return by_lines(
        text,
        label=r"\s*(?:[*-]\s+)?\*\*(?P<speaker>[^*:\d\[\]]{2,40}?):?\*\*\s*(?:\[?\(?\d[\d:]+\)?\]?(?:\(\S*\))?)?\s*:?\s*(?P<text>.*)",
        quoted=r"\s*(?:[*-]\s+)?(?:\*\*)?From .* to [Ee]veryone|.*\bVideo\b.*\||-\|-",
        speaks=lambda one: not any(word.lower() in _NOTE for word in re.findall(r"\w+", one)) and one.upper() != one,
    )


def _telecon_page(text: str) -> Iterator[Piece]:
    text = re.sub(r'<span class="name">(.*?)</span>:', "\x02\\1\x02", text)
    return by_lines(
        html_lines(text), label=r"\s*\x02(?P<speaker>[^\x02]+)\x02(?P<text>.*)", heading=r"\s*Topic:|.*is scribing\.", end=r"\s*(?:Minutes|Meeting) for \d"
    )


def _earnings(text: str) -> Iterator[Piece]:
    return by_lines(text, label=r"(?P<speaker>[A-Z][\w.’'-]*(?: [\w.’'-]+){0,4}):\s+(?P<text>.*)", nothing=r"\*\*|---", start="---")


def _akoma(text: str) -> Iterator[Piece]:
    from xml.etree import ElementTree

    root = ElementTree.fromstring(text)
    shown = {one.get("id"): one.get("showAs") for one in root.iter("TLCPerson")}
    number = 0
    for speech in root.iter("speech"):
        number += 1
        said = " ".join("".join(part.itertext()) for part in speech if part.tag != "from")
        who = (speech.get("by") or "").lstrip("#")
        who = UNDECIDED if who in ("日期", "") else shown.get(who) or who
        yield Piece(label=who, text=re.sub(r"<[^>]+>", " ", said), line=number)


def _oyez(text: str) -> Iterator[Piece]:
    number = 0
    for section in (json.loads(text).get("transcript") or {}).get("sections", []):
        for turn in section["turns"]:
            number += 1
            said = " ".join(block["text"] for block in turn["text_blocks"])
            yield Piece(label=(turn["speaker"] or {}).get("name", UNDECIDED), text=said, line=number)


def _vtt(text: str) -> Iterator[Piece]:
    return by_lines(text, label=r"(?P<speaker>[^:\n<>]{1,60}?): (?P<text>.*)", nothing=r"WEBVTT|\d+$|[\d:.]+ -->")


def _did(text: str) -> Iterator[Piece]:
    """The talk stands as ``**Name:** …`` and ``… words``; chat lines are quoted (``> *Name:* …``) and left open."""
    return by_lines(text, label=r"\*\*(?P<speaker>[^*:]{1,60}):\*\*\s*(?P<text>.*)", heading=r"#{1,6}\s|---|\*(?!\*[^*])|_", quoted=r"\s*>")


def _hearing_page(text: str) -> Iterator[Piece]:
    text = re.sub(r"(?i)</?strong>", "\x02", text.replace("\n", " "))
    return by_lines(html_lines(text), label=r"\s*\x02(?P<speaker>[^\x02]{3,60}?)[.:]?\x02\s*:?\s*(?P<text>.*)", start=r"\s*\x02")


def _bitcoin(text: str) -> Iterator[Piece]:
    body = re.sub(r"\A---\n.*?\n---\n", lambda front: "\n" * front[0].count("\n"), text, count=1, flags=re.S)
    labels = Counter(re.findall(r"^(?:\*\*|\[)?([A-Z][\w.’'@ -]{0,40}?)(?:\*\*|\])?: ", body, re.M))
    notes = {"Q", "A"}
    return by_lines(
        body,
        label=r"(?:\*\*|\[)?(?P<speaker>[A-Z][\w.’'@ -]{0,40}?)(?:\*\*|\])?:(?:\*\*)?\s*(?:\(?\d\d?:\d\d(?::\d\d)?\)?)?\s*(?P<text>.*)",
        nothing=r"<?https?:",
        speaks=lambda one: (labels[one] > 1 or one in notes) and not any(word.lower() in _NOTE for word in one.split()),
    )


def _irc(text: str) -> Iterator[Piece]:
    """``[stamp] <nick> words``: commands are nobody's; a scribe's ``name: …`` and ``… words`` are what that one said."""
    said_by: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        found = re.match(r"\[[^\]]*\]\s*<(?P<nick>[^>]+)>\s*(?P<text>.*)", line)
        if not found:
            yield Piece(label=NO_SPEECH, text=line, line=number)
            continue
        nick, words = found["nick"], found["text"]
        yield Piece(label=NO_SPEECH, text=line[: found.start("text")], line=number)
        told = re.match(r"(?P<who>[^\s:]{2,40}):\s+(?P<text>.*)", words)
        if re.match(r"(?i)(present|scribe|q|rrsagent|zakim|scribenick|agenda|chair|meeting|topic|subtopic|regrets|audio|ack|action)\b\s*[+:\-,]|q[+-]|ack |\+1|s/", words):
            yield Piece(label=UNDECIDED, text=words, line=number)
        elif told:
            said_by[nick] = told["who"]
            yield Piece(label=UNDECIDED, text=words[: told.start("text")], line=number)
            yield Piece(label=told["who"], text=told["text"], line=number)
        elif re.match(r"(?:\.\.\.|…)", words) and nick in said_by:
            yield Piece(label=said_by[nick], text=words, line=number)
        else:
            yield Piece(label=UNDECIDED if nick in said_by else nick, text=words, line=number)


_AGENDAS = r"(?!.*agenda)"
ORACLES: dict[str, Oracle] = {
    "tc39+notes": Oracle(kind="standards minutes", language="en", paths=r"meetings/.*\.md$", cut=_tc39, persons=_attendance),
    "siuying+legco-hansard-parser": Oracle(kind="parliament", language="zh", paths=r"data/txt/.*\.txt$", cut=_legco),
    "g0v+ly-gazette": Oracle(kind="parliament", language="zh", paths=r"8/\d/[A-Z]{3}/\d+\.txt$", cut=_gazette),
    "graphql+graphql-wg": Oracle(kind="standards minutes", language="en", paths=r"notes/\d+/.*\.md$", cut=minutes),
    "WebAssembly+meetings": Oracle(kind="standards minutes", language="en", paths=r"(main|wasi|stack|gc)/20.*\.md$", cut=minutes),
    "ethereum+pm": Oracle(kind="project calls", language="en", paths=r"AllCoreDevs-(EL|CL)-Meetings/.*\.md$", cut=_dev_calls),
    "ethereum+pm-vtt": Oracle(kind="meeting product, VTT", language="en", paths=r"transcript.*\.vtt$", cut=_vtt),
    "jlkeet+pacific-hansard": Oracle(kind="parliament, HTML", language="en", paths=r"Cook Islands/.*part\d+\.html$", cut=_cook),
    "bitcointranscripts+bitcointranscripts": Oracle(kind="talks and podcasts", language="en", paths=r"^(?!bitcoin-core-dev-tech).*(?<!\.\w\w)\.md$", cut=_bitcoin),
    "rcchan+irancontra": Oracle(kind="congressional hearings, HTML", language="en", paths=r"transcripts/.*php$", cut=_hearing_page),
    "cannonQ+ergo-transcripts": Oracle(kind="project calls, ASR", language="en", paths=r"calls/.*_transcript\.txt$", cut=_calls),
    "thechangelog+transcripts": Oracle(kind="podcasts", language="en", paths=r"\.md$", cut=_podcast),
    "w3c-ccg+meetings": Oracle(kind="IRC logs", language="en", paths=r"irc\.log$", cut=_irc),
    "w3c-ccg+meetings-html": Oracle(kind="standards minutes, HTML", language="en", paths=r"index\.html$", cut=_telecon_page),
    "w3ctag+meetings": Oracle(kind="standards minutes", language="en", paths=r"^(?!.*agenda).*(telcons|telecons|raw-minutes|tokyo|london).*\.md$", cut=minutes),
    "w3c+did-wg": Oracle(kind="standards minutes", language="en", paths=r"_minutes/.*md$", cut=_did),
    "w3c+webextensions": Oracle(kind="standards minutes", language="en", paths=r"_minutes/.*md$", cut=_wecg),
    "gisbi-kim+roboticists-oral-history": Oracle(kind="interviews", language="en", paths=r"ethw_source_eng/.*md$", cut=_oral_history),
    "kaljuvee+earnings-calls": Oracle(kind="earnings calls", language="en", paths=r"transcripts/.*md$", cut=_earnings),
    "httpwg+wg-materials": Oracle(kind="standards minutes", language="en", paths=r"(minutes|notes).*md$", cut=minutes),
    "quicwg+wg-materials": Oracle(kind="standards minutes", language="en", paths=r"minutes.*md$", cut=minutes),
    "walkerdb+supreme_court_transcripts": Oracle(kind="court, JSON", language="en", paths=r"cases/.*-t\d+\.json$", cut=_oyez),
    "audreyt+archive.tw": Oracle(kind="public meetings, Akoma Ntoso", language="zh", paths=r"\.an\.xml$", cut=_akoma),
}
"""By ``owner+name`` of the repository."""

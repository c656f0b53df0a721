"""Oracles of the repositories that were drawn when the first held-out ones had been looked at.

Written from looking at the files, all but the last by a person who did not work on the reading; know nothing of how
panelbot reads.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from benchmarks.reading.minutes import speaks_in
from benchmarks.reading.pieces import UNDECIDED, Piece, by_lines, html_lines

_STAMP = r"\(\d\d:\d\d:\d\d\):"


def scribed_page(text: str) -> Iterator[Piece]:
    """What was said stands behind ``<cite>name:</cite>``; what was typed, behind ``<nick>``, is left open."""
    text = re.sub(r"<cite>([^<]*?):</cite>", "\x02\\1\x02", text)
    text = re.sub(r"<h\d[^>]*>|<p [^>]*class=\"?summary\b[^>]*>", "\\g<0>\x04", text)
    return by_lines(
        html_lines(text),
        label=r"\s*\x02(?P<speaker>[^\x02]+)\x02(?P<text>.*)",
        heading=r"\s*\x04",
        quoted=r"\s*(?:<|RESOLUTION:)",
        start=r"\s*\x04Meeting minutes",
        end=r"\s*Minutes (?:manually )?(?:created|formatted)|\s*\x04Summary of",
    )


def scribed_notes(text: str) -> Iterator[Piece]:
    return by_lines(
        text,
        label=r"\s*(?:[*-]\s+)?(?P<speaker>[A-Za-z][\w.'’-]*(?: [A-Z][\w.'’-]*)?):\s+(?P<text>.*)",
        quoted=r"\s*(?:[<>(*-]|(?i:proposed )?(?i:resolution|resolved|proposal)\b.*:)",
        speaks=speaks_in(text),
    )


def stamped_podcast(text: str) -> Iterator[Piece]:
    label = rf"(?P<speaker>[^\n(:]{{1,50}}(?:\([^)\d]*\))?) {_STAMP}\s*(?P<text>.*)"
    return by_lines(text, label=label, nothing=rf"{_STAMP}\s*$", start=r"## Transcript")


def named_json(text: str) -> Iterator[Piece]:
    """``{…disfmarker}`` and the like, marks of who typed it out, are left open."""
    data = json.loads(text)
    for number, turn in enumerate(data.get("meeting_transcripts") or data.get("turns") or [], 1):
        for part in re.split(r"(\{[^}]*\})", turn.get("content") or turn.get("text") or ""):
            yield Piece(label=UNDECIDED if part.startswith("{") else turn["speaker"], text=part, line=number)


def tab_interview(text: str) -> Iterator[Piece]:
    page = html_lines(text)
    labels = Counter(re.findall(r"^\s*([A-Z][\w.]*(?: [A-Z][\w.]*)?):", page, re.M))
    return by_lines(
        page,
        label=r"\s*(?P<speaker>[A-Z][\w.]*(?: [A-Z][\w.]*)?):\s*(?P<text>.*)",
        speaks=lambda one: labels[one] > 2,
    )


def spreadsheet(text: str) -> Iterator[Piece]:
    """A row a turn; "DB:" and "DB" are one, and a row of nobody goes on with whom it stands under or is a note."""
    for number, row in enumerate(csv.DictReader(io.StringIO(text)), 2):
        yield Piece(label=row["speaker"].strip(" :") or UNDECIDED, text=row["words"] or "", line=number)


def subtitles(text: str) -> Iterator[Piece]:
    label = r"(?:[.?!]\s+)?(?P<speaker>[A-Z][^:\n<>.,?!]{0,30}?): ?(?P<text>.*)"
    labels = Counter(re.findall(r"^(?:[.?!]\s+)?([A-Z][^:\n<>.,?!]{0,30}?):", text, re.M))
    return by_lines(text, label=label, nothing=r"\ufeff?\d+\s*$|[\d:,]+ -->", speaks=lambda one: labels[one] > 2)


def press_zh(text: str) -> Iterator[Piece]:
    """``**記：…**`` asks and ``涂：…`` answers; who they are stands in lines before, ``涂：涂謹申``."""
    body = re.sub(r"\A---\n.*?\n---\n", lambda front: "\n" * front[0].count("\n"), text, count=1, flags=re.S)
    name = r"[^\s，。：、「」#*（(\[]{1,8}"
    labels = Counter(re.findall(rf"^[\s*#]*({name}) ?(?:\*\*)?：", body, re.M))
    legend = "|".join(rf"[\s*]*{re.escape(short)}：{re.escape(long)}\W*$" for short, long in press_names(text).items())
    return by_lines(
        body,
        label=rf"[\s*#]*(?P<speaker>{name}) ?(?:\*\*)?：(?:\*\*)?\s*(?P<text>.*)",
        heading=rf"#{{1,6}}\s(?!{name}：)[^。]*$",
        end=r"請加入|\[?相關新聞|\*\*博客",
        nothing=rf"\s*</?fig|\s*<img|\s*!\[|{legend or '(?!)'}",
        quoted=rf"\s*(?:>|\[|（|\*(?!\*?{name}(?:\*\*)?：))",
        speaks=lambda one: labels[one] > 2,
    )


def press_names(text: str) -> dict[str, str]:
    """Who the short labels are, by the lines before the talk that say nothing else."""
    names: dict[str, str] = {}
    for short, rest in re.findall(r"^[\s*#]*([^\s，。：、「」#*（(\[]{1,4})：(.*)$", text, re.M):
        if short in names:
            break
        if re.fullmatch(r"[^，。？！：…]{2,12}?[*\s]*", rest):
            names[short] = rest.strip(" *")
    return names


def talks_zh(text: str) -> Iterator[Piece]:
    """Seminars and interviews of one man: what a label says that is there once is left open, unless he answers it."""
    name = r"(?:[^\s，。：:、；“”（(\[【《]+ ?){1,4}?"
    label = rf"[\s>\[（(【*]*(?:\d+[、.．]\s*)?(?P<speaker>{name})(?:\*\*)?[：:](?:\*\*)?\s*(?P<text>.*)"
    found = [one["speaker"].strip() for one in map(re.compile(label).match, text.splitlines()) if one]
    times = Counter(found)
    answered = {asks for asks, answers in pairwise(found) if re.match("任", answers)}

    def speaks(one: str) -> bool:
        if re.search(r"^第|[说是为的道]$|导|事实|疑虑|结束语|编者|摘要|时间|地点|主题|记录|注$", one) or len(one) > 24:
            return False
        return re.fullmatch("任总|任正非|任", one) is not None or times[one] > 1 or one in answered

    return by_lines(
        text,
        label=label,
        heading=r"#{1,6}\s|\s*[一二三四五六七八九十]+、[^。]*$|\s*【[^：:】]*】",
        nothing=r"\s*<",
        quoted=r"\s*[一二三四五六七八九十]+、",
        speaks=speaks,
        first=UNDECIDED,
    )


_HOLDER = r"(?P<speaker>[A-Z][A-Z .,&’'()-]{2,90}|[\u4e00-\u9fff·]{2,10})"


def shareholders(text: str) -> Iterator[Piece]:
    labels = Counter(one["speaker"] for one in re.finditer(rf"^(?:\*\*)?{_HOLDER}(?:\*\*)?[:：]", text, re.M))
    return by_lines(
        text,
        label=rf"\s*(?:\*\*)?{_HOLDER}(?:\*\*)?[:：](?:\*\*)?\s*(?P<text>.*)",
        heading=r"\s*(?:\*\*)?(?:#{1,6}\s|\d+\\?\. )|\s*\*\*[^*]+\*\*\s*$|(?:Morning|Afternoon) [Ss]ession",
        nothing=r"\s*!?\[|---",
        speaks=lambda one: labels[one] > 2 or (one.isascii() and " " in one),
    )


def both_languages(text: str) -> dict[str, str]:
    """Each label and the one in the other language that mostly follows it."""
    labels = [one["speaker"] for one in re.finditer(rf"^(?:\*\*)?{_HOLDER}(?:\*\*)?[:：]", text, re.M)]
    pairs = Counter((one, two) for one, two in pairwise(labels) if one.isascii() and not two.isascii())
    names: dict[str, str] = {}
    for (one, two), n in pairs.most_common():
        if n > 2 and one not in names and two not in names:
            names[one], names[two] = two, one
    return names


_NO_INITIALS = re.compile(r"(?:URL|FYI|NB|PR|TODO|Actions?|Input|Consensus|name|Date|Call|Chat|Status|Note)\b", re.I)


def initialled(text: str) -> Iterator[Piece]:
    """``* SC: …`` behind the heads; a list below belongs to who says it, votes and what was decided are left open."""
    name = r"[A-Za-z][\w.-]{0,14}(?:[/,&] ?[A-Z][\w.-]{0,14})*(?: \([^)\n]*\))?"
    labels = Counter(re.findall(rf"^\s*(?:[*-]\s+)?({name}):\s", text, re.M))
    initials = re.compile(r"[A-Z]{2,4}|[a-z]{1,2}[A-Z]|[A-Z][a-z][A-Z]{1,3}")
    return by_lines(
        text,
        label=rf"\s{{0,3}}(?:[*-]\s+)?(?P<speaker>{name}):\s+(?P<text>.*)",
        start=r"##\s+(?:Minutes|Topics|Announcements)|#{2,3}\s+Introductions",
        heading=r"#{1,6}\s|-{3,}\s*$",
        nothing=r"\s*URL\s*:",
        quoted=r"\s*(?:[*-]\s+)?(?:>|[+-]\s?\d|(?:actions?|consensus|(?:proposed )?resol\w+|propos\w+|votes?)\s*:)",
        speaks=lambda one: not _NO_INITIALS.match(one) and (labels[one] > 1 or initials.fullmatch(one) is not None),
    )

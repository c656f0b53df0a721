"""Oracles of minutes and calls that somebody took notes of: what of a file is speech, and whose.

Written from looking at the files; know nothing of how panelbot reads.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from benchmarks.reading.pieces import NO_SPEECH, UNDECIDED, Piece, by_lines, html_lines

_NOTES = frozenset(
    """
    present regrets guests guest chair chairs scribe scribes scribenick agenda bridge topic subtopic resolution resolved
    action actions proposal proposed note notes poll discussion name email when where location contact date time who irc
    conclusion summary status issue issues title slides video recording presenter consensus minutes question questions
    background example examples todo attendees goal goals result results decision decisions next raw remote slack hum or
    idea process option options problem solution reference references link links update updates http https draft drafts
    also so and but because first second third then however more see what why how is pro con pros cons important host
    hosts api apis dates monday tuesday wednesday thursday friday bug bugs p.s ps nb fyi editors editor author authors
    version
    """.split()
)


def is_note(label: str) -> bool:
    """Whether a word of ``label`` is what notes begin a line with, as "Topic" and "Resolution" do."""
    return any(word in _NOTES for word in re.findall(r"[\w.]+", label.lower()))


def speaks_in(text: str) -> Callable[[str], bool]:
    """Whether a label of free minutes is a person: no word of a note, and there elsewhere in the file too."""
    tokens = Counter(re.findall(r"[^\W_]+", text))
    opened = Counter(one.strip() for one in re.findall(r"^[\s*_+-]*([^\W\d][^:\n]{0,40}?)[\s*_]*:", text, re.M))

    def speaks(label: str) -> bool:
        parts = re.findall(r"[^\W_]+", label)
        if not parts or is_note(label) or parts[0].isdigit():
            return label == "?"
        if re.search(r"[^\W_]-[a-z]", label) or len({part[0].isupper() for part in label.split(" (")[0].split()}) > 1:
            return False  # "Sign-extend", "Resumable uploads"
        if opened[label] < 2 and (label.islower() or any(tokens[part.lower()] for part in parts)):
            return False  # a word of the talk
        return all(tokens[part] > 1 for part in parts)

    return speaks


def minutes(text: str) -> Iterator[Piece]:
    """``Name: …`` with or without a bullet or bold, headings between: how standards groups take minutes."""
    name = r"[^\W\d][\w.'’/-]*(?: [\w.'’()/-]+){0,3}|\?"
    colon = r"(?:(?:\*\*|_)\s*:|:\s*(?:\*\*|_)|:)\s*(?!//)"
    return by_lines(
        text,
        label=rf"\s*(?:[*+-]\s+)?(?:\*\*|_)?(?P<speaker>{name})\s*{colon}(?P<text>.*)",
        heading=r"\s*(?:#{1,6}\s|[-=*_]{3,}\s*$|(?:Sub)?[Tt]opic\s*:|Slide\b)",
        nothing=r"\s*(?:<!--|\|)",
        quoted=r"\s*>",
        speaks=speaks_in(text),
    )


def attendance(text: str) -> dict[str, str]:
    rows = re.findall(r"^\|\s*([^|\n]+?)\s*\|\s*([A-Z]{2,4})\s*\|", text, re.M)
    inline = re.findall(r"((?:[A-Z][\w.’'-]+ ){1,3}[A-Z]?[\w.’'-]+) \(([A-Z]{2,4})\)", text)
    return {short: name for name, short in [*rows, *inline]}


def tc39(text: str) -> Iterator[Piece]:
    people = {part for name in attendance(text).values() for part in [name, *name.split()]}

    def speaks(label: str) -> bool:
        return label.upper() == label or label in people or label in ("All", "Everyone")

    name = r"[A-Z]{2,4}(?:\s*[/,&]\s*[A-Z]{2,4})*|\?{1,3}|[A-Z][\w.-]+(?: [A-Z][\w.-]+){0,2}"
    return by_lines(
        text,
        label=rf"[\s.]{{0,3}}(?:\*\*)?(?P<speaker>{name})(?:\*\*)?:(?:\*\*)?\s*(?P<text>.*)",
        heading=r"#{1,6}\s|-{3,}\s*$|Presenter\b.*:|\(.*\)\s*$|(?:\*\*)?(?:Conclusion|Resolution|Summary)",
        nothing=r"\s*\||\s*-\s*\[(?:proposal|slides|issue|PR)",
        quoted=r"\s*>",
        speaks=speaks,
    )


def wecg(text: str) -> Iterator[Piece]:
    return by_lines(
        text,
        label=r"\s*\*\s+\[(?P<speaker>[^\]\n]{1,40})\](?!\()(?P<text>.*)",
        heading=r"#{1,6}\s|\[|\(?(?:Issue|PR)\b",
        quoted=r"\S",
        start=r"##+\s*(?:Meeting notes|Notes)",
    )


def did(text: str) -> Iterator[Piece]:
    """The talk stands as ``**Name:** …`` and ``… words``; chat lines are quoted (``> *Name:* …``) and left open."""
    return by_lines(
        text,
        label=r"\*\*(?P<speaker>[^*:]{1,60}):\*\*\s*(?P<text>.*)",
        heading=r"#{1,6}\s|---|\*(?!\*[^*])|_",
        quoted=r"\s*>",
    )


def dev_calls(text: str) -> Iterator[Piece]:
    """``**Name**: …``, ``**Name** [1:02:03]: …`` or ``**Name**`` alone and a list of what was said below it."""
    stamp = r"(?:\[?\(?\d[\d:]+\)?\]?(?:\(\S*\))?)?"
    return by_lines(
        text,
        label=rf"\s*(?:[*-]\s+)?\*\*(?P<speaker>[^*:\d\[\]]{{2,40}}?):?\*\*\s*{stamp}\s*:?\s*(?P<text>.*)",
        quoted=r"\s*(?:[*-]\s+)?(?:\*\*)?From .* to [Ee]veryone|.*\bVideo\b.*\||-\|-",
        speaks=lambda one: not is_note(one) and one.upper() != one,
    )


def telecon_page(text: str) -> Iterator[Piece]:
    """``Name: …`` of members, and ``Name_as_dialled_in: …`` of those whom the page does not know."""
    stranger = r"(?!&lt;)([^\s<:]{1,70}|[A-Z]\w+ [A-Z]\w+)"
    text = re.sub(rf'(?<=class="information">){stranger}:(?=\s)', "\x02\\1\x02", text)
    text = re.sub(r'<span class="name">(.*?)</span>:', "\x02\\1\x02", text)
    return by_lines(
        html_lines(text),
        label=r"\s*\x02(?P<speaker>[^\x02]+)\x02(?P<text>.*)",
        heading=r"\s*Topic:|.*is scribing\.",
        quoted=r"\s*<",
        end=r"\s*(?:Minutes|Meeting) for \d",
    )


_COMMAND = re.compile(
    r"(?i)(?:present|scribe|q|rrsagent|zakim|scribenick|agenda|chair|meeting|topic|subtopic|regrets|audio|ack|action)"
    r"\b\s*[+:\-,]|q[+-]|ack |\+1|s/"
)


def irc(text: str) -> Iterator[Piece]:
    """``[stamp] <nick> words``: commands stay open; a scribe's ``name: …`` and ``… words`` are what that one said."""
    said_by: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        found = re.match(r"\[[^\]]*\]\s*<(?P<nick>[^>]+)>\s*(?P<text>.*)", line)
        if not found:
            yield Piece(label=NO_SPEECH, text=line, line=number)
            continue
        nick, words = found["nick"], found["text"]
        yield Piece(label=NO_SPEECH, text=line[: found.start("text")], line=number)
        told = re.match(r"(?P<who>[^\s:]{2,40}):\s+(?P<text>.*)", words)
        if _COMMAND.match(words):
            yield Piece(label=UNDECIDED, text=words, line=number)
        elif told:
            said_by[nick] = told["who"]
            yield Piece(label=UNDECIDED, text=words[: told.start("text")], line=number)
            yield Piece(label=told["who"], text=told["text"], line=number)
        elif re.match(r"(?:\.\.\.|…)", words) and nick in said_by:
            yield Piece(label=said_by[nick], text=words, line=number)
        else:
            yield Piece(label=UNDECIDED if nick in said_by else nick, text=words, line=number)

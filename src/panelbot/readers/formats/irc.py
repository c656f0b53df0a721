"""Chat logs (``14:02 <nick> …``) and the minutes that a scribe types into them: ``<scribe> Name: …`` is Name's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from panelbot.readers.document import Document
from panelbot.readers.drafts import Piece
from panelbot.readers.recordings import make_recording
from panelbot.readers.registry import Format
from panelbot.readers.times import find_date
from panelbot.readers.units import first_moment, in_seconds, raw_time
from panelbot.types import Reading

_STAMP = r"(?:[\[(]?(\d{4}-\d\d-\d\d[T ][\d:.]{4,15}(?:Z|[+-]\d\d:?\d\d)?|\d{1,2}:\d\d(?::\d\d)?)[\])]?[ \t]{1,9})?"
_SAID = re.compile(rf"{_STAMP}<[ \t]?([^<>]{{1,80}})>(?:[ \t]{{1,9}}(.*)|)")
_EVENT = re.compile(rf"{_STAMP}(?:\*{{1,3}}|-!-|-->|<--|=-=)[ \t].*")
# What is typed to a machine or keeps the minutes, by its form: a queue, an attendance, a correction, a heading.
_COMMAND = re.compile(
    r"(?:q|present|regrets|scribe|scribenick|agenda|chair|rrsagent|zakim|trackbot|github-bot)\s?[+\-?=](?:\s.*)?"
    r"|(?:ack|vq|zakim|rrsagent|trackbot|agendabot)\b[,:]?.*"
    r"|(?:scribe(?:nick)?|scribes?|chairs?|present|regrets|agenda|(?:sub)?topic|meeting|date|previous|next|log|remote"
    r"|(?:proposed )?(?:action|resolution)|resolved|summary|github|related(?: url)?|scribing)\s?:.*"
    r"|[si]/[^/]+/[^/]*/?[gG]?|q[?+-].*|[+-]1|-->.*|.{0,60}has (?:joined|left|quit|changed).*|agenda[?]|\[[^\]]*\]",
    re.IGNORECASE,
)
_SCRIBE = re.compile(r"scribe(?:nick)?\s?[:+]\s*@?(\S+).*|(?:i am|i'm|i'll) scrib\w+.*", re.IGNORECASE)
_BOT = re.compile(r".*bot[-_\d]*|zakim|rrsagent", re.IGNORECASE)
_LABEL = re.compile(r"([^\s:<>\[\]()…\"“.,;!?][^:<>\[\]()\"“,;!?]{0,39}):[ \t]{1,9}(\S.*)")
_ANY_LABEL = re.compile(r"(\S[^:]{0,59}):[ \t]{1,9}(\S.*)")  # of a machine that puts a label before every line
_GOES_ON = re.compile(r"(?:\.{2,}|…)[ \t]*(.*)")
_MIN_SHARE = 0.6  # of the written lines
_MOST_WORDS = 4
_MODES = "@+%&~"
_SCRIBES = 0.5  # the share of somebody's lines that name others, from which he is the scribe
_MANY, _EVERY = 10, 0.95  # lines, and the share of them


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    time: str
    nick: str
    text: str


def _sniff(document: Document) -> float:
    if document.speaker_pattern:  # the person has the last word
        return 0.0
    lines = [line for line in document.lines if line.strip()][:500]
    said = [match for line in lines if (match := _SAID.fullmatch(line.strip()))]
    if len(said) < 2 or len(said) + sum(map(_is_event, lines)) < _MIN_SHARE * len(lines):
        return 0.0
    return 0.9 if not any(f"</{match.group(2)}>" in document.text for match in said[:20]) else 0.0


def _is_event(line: str) -> bool:
    return _EVENT.fullmatch(line.strip()) is not None


def _read(document: Document) -> tuple[Reading, ...]:
    matches = [match for line in document.lines if (match := _SAID.fullmatch(line.strip()))]
    nicks = {match.group(2) for match in matches}
    lines = [
        _Line(time=m.group(1) or "", nick=_bare(m.group(2), nicks), text=(m.group(3) or "").strip()) for m in matches
    ]
    typed = [line for line in lines if not _BOT.fullmatch(line.nick) and not _COMMAND.fullmatch(line.text)]
    pieces = list(_pieces(typed, _scribes(lines, typed), _clock(typed)))
    n_left = sum(1 for line in document.lines if line.strip()) - len(typed)
    warnings = (
        [f"{document.name}: left out {n_left} lines of commands, of bots and of who came and went"] if n_left else []
    )
    date = next((day for line in lines[:50] if (day := find_date(line.time) or find_date(line.text))), "")
    return make_recording(document, pieces, form=FORMAT.name, date=date, warnings=warnings, paragraphs=True)


def _bare(nick: str, nicks: Collection[str]) -> str:
    """``nick`` without the sign of an operator, where it is also written without one or most people bear one."""
    bare = nick.lstrip(_MODES).strip()
    signed = sum(each[:1] in _MODES for each in nicks) > len(nicks) / 2
    return bare if signed or bare in nicks else nick.strip()


def _clock(lines: Sequence[_Line]) -> list[float | None]:
    """Seconds after the first line: a log's stamps are times of day."""
    times = [raw_time(line.time) for line in lines]
    first = first_moment(times, 1.0) or min((time[0] for time in times if time), default=0.0)
    return in_seconds(times, 1.0, first)


def _scribes(lines: Sequence[_Line], typed: Sequence[_Line]) -> set[str]:
    """Who writes down what others say: so the log says, or most of his lines begin with other people's names."""
    nicks = {line.nick.casefold(): line.nick for line in lines}
    scribes = set()
    for line in lines:
        if match := _SCRIBE.fullmatch(line.text):
            scribes.add(nicks.get((match.group(1) or "").casefold(), line.nick))
    written: dict[str, list[re.Match[str] | None]] = {}
    for line in typed:
        if not _GOES_ON.fullmatch(line.text):
            written.setdefault(line.nick, []).append(_label(line.text))
    for nick, labels in written.items():
        named = Counter(match.group(1) for match in labels if match)
        if len(named) > 1 and named.total() >= max(3, _SCRIBES * len(labels)):
            scribes.add(nick)
    return scribes


def _machines(typed: Sequence[_Line]) -> set[str]:
    """Whose lines all begin with a label: what stands before the colon is one, whatever it looks like."""
    lines: dict[str, list[bool]] = {}
    for line in typed:
        lines.setdefault(line.nick, []).append(_ANY_LABEL.fullmatch(line.text) is not None)
    return {nick for nick, labels in lines.items() if len(labels) >= _MANY and sum(labels) > _EVERY * len(labels)}


def _label(text: str) -> re.Match[str] | None:
    match = _LABEL.fullmatch(text)
    return match if match and len(match.group(1).split()) <= _MOST_WORDS else None


def _pieces(lines: Sequence[_Line], scribes: set[str], times: Sequence[float | None]) -> Iterator[Piece]:
    """Each line under who said it; "… more" of a scribe goes on with whom he named last."""
    talking: dict[str, str] = {}
    machines = _machines(lines)
    nicks = {line.nick.casefold(): line.nick for line in lines}
    for line, start in zip(lines, times, strict=True):
        speaker, text = line.nick, line.text
        if line.nick in machines and (label := _ANY_LABEL.fullmatch(text)):
            speaker, text = label.group(1).strip(), label.group(2)
        elif line.nick in scribes:
            if on := _GOES_ON.fullmatch(text):
                speaker, text = talking.get(line.nick, line.nick), on.group(1)
            elif label := _label(text):
                name = label.group(1).strip().strip("*_")
                speaker, text = nicks.setdefault(name.casefold(), name), label.group(2)
            talking[line.nick] = speaker
        yield Piece(speaker=speaker, text=text, start=start)


FORMAT = Format(
    name="irc",
    looks_for='chat lines such as "14:02 <nick> …"',
    suffixes=(".log", ".irc", ".txt"),
    sniff=_sniff,
    read=_read,
)

"""The chat that Zoom saves: ``14:02:11  From  Name  to  Everyone : …``; what was sent to one person is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from panelbot.people import parse_label, speakers_of
from panelbot.readers.document import Document
from panelbot.readers.drafts import Piece
from panelbot.readers.recordings import make_recording
from panelbot.readers.registry import Format
from panelbot.readers.times import parse_time
from panelbot.types import Reading

_MESSAGE = re.compile(
    r"(?:\d{4}-\d\d-\d\d[ \t]+)?(\d{1,2}:\d\d:\d\d)[ \t]+(?:From|从|來自|来自)[ \t]+(\S.{0,120}?)"
    r"(?:[ \t]+(?:to|To|到|至|给|給)[ \t]+(\S.{0,120}?))?[ \t]*[:：](?:[ \t]+(.*)|[ \t]*)"
)
_PUBLIC = re.compile(
    r"every(?:one|body)|all\b|hosts?\b|panelists?\b|participants?\b|attendees?\b|所有人|每个人|大家|全体", re.IGNORECASE
)
_PRIVATE = re.compile(r"\((?:direct message|privately)\)|[（(](?:私聊|私信|仅您|直接消息)[）)]", re.IGNORECASE)
_REACTION = re.compile(r"(?:Reacted to|Removed a)\s.*", re.IGNORECASE | re.DOTALL)
_REPLY = re.compile(r"(?:(?<!\s)\s+)?Replying to [\"“][^\n]*\n?", re.IGNORECASE)
_MIN_SHARE = 0.3  # of the written lines; messages may have several


@dataclass(frozen=True, slots=True, kw_only=True)
class _Message:
    sender: str
    to: str
    text: str
    start: float | None


def _sniff(document: Document) -> float:
    if document.speaker_pattern:  # the person has the last word
        return 0.0
    lines = [line.strip() for line in document.lines if line.strip()][:200]
    n_messages = sum(_MESSAGE.fullmatch(line) is not None for line in lines)
    return 0.93 if document.json is None and n_messages and n_messages >= _MIN_SHARE * len(lines) else 0.0


def _read(document: Document) -> tuple[Reading, ...]:
    messages = list(_messages(document))
    sent = [message for message in messages if not _is_private(message)]
    said = [message for message in sent if message.text and not _REACTION.fullmatch(message.text)]
    labels = {message.sender: parse_label(message.sender) for message in said}
    pieces = [Piece(speaker=labels[m.sender].name or m.sender, text=m.text, start=m.start) for m in said]
    warnings = [
        f"{document.name}: left out {n} {what}"
        for n, what in (
            (len(messages) - len(sent), "direct messages, which were sent to one person"),
            (len(sent) - len(said), "reactions and empty messages"),
        )
        if n
    ]
    return make_recording(
        document, pieces, form=FORMAT.name, speakers=speakers_of(labels.values()), warnings=warnings, paragraphs=True
    )


def _messages(document: Document) -> Iterator[_Message]:
    opened: re.Match[str] | None = None
    lines: list[str] = []
    for line in (*document.lines, None):
        match = _MESSAGE.fullmatch(line.strip()) if line is not None else None
        if opened is not None and (match is not None or line is None):
            text = _REPLY.sub("", "\n".join(lines).strip(), count=1).strip()
            yield _Message(
                sender=opened.group(2), to=opened.group(3) or "", text=text, start=parse_time(opened.group(1))
            )
        if match is not None:
            opened, lines = match, [match.group(4) or ""]
        elif line is not None:
            lines.append(line.strip())


def _is_private(message: _Message) -> bool:
    if _PRIVATE.search(message.to):
        return True
    return bool(message.to) and not _PUBLIC.match(message.to)


FORMAT = Format(
    name="zoom_chat",
    looks_for='chat lines such as "14:02:11 From Name to Everyone : …"',
    suffixes=(".txt",),
    sniff=_sniff,
    read=_read,
)

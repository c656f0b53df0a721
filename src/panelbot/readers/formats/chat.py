"""CHAT transcripts of spoken corpora (``.cha``): ``*ANN:`` lines are speech, ``%`` lines are about it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from panelbot.readers.document import Document
from panelbot.readers.drafts import Piece
from panelbot.readers.recordings import make_recording
from panelbot.readers.registry import Format
from panelbot.types import Reading

_LINE = re.compile(r"\*([A-Za-z0-9_]{1,20}):\s*(.*)", re.DOTALL)
_SPAN = re.compile(r"[\x15\u2022]?(?<!\w)(\d{1,10})_(\d{1,10})[\x15\u2022]?\s*$")  # its control marks may be stripped
# Codes within speech: [//] and [= laughs], &-uh, pauses (.), linkers +..., and the brackets of what a code is about.
_CODE = re.compile(r"\[[^\[\]]{0,200}\]|&[-+~=*]\S+|\(\.{1,3}\)|\+[^\w\s]{1,4}|[<>]|(?<!\S)(?:xxx|yyy|www|0)(?!\S)")
_STOP = re.compile(" ([.?!,;])")


def _sniff(document: Document) -> float:
    head = document.text[:5000]
    return 1.0 if "@Begin" in head and "\n@Participants:" in head else 0.0


def _read(document: Document) -> tuple[Reading, ...]:
    lines = list(_joined(document))
    names = _names(next((line for line in lines if line.startswith("@Participants:")), ""))
    pieces = [piece for line in lines if (match := _LINE.fullmatch(line)) and (piece := _piece(match, names)).text]
    n_about = sum(line.startswith("%") for line in lines)
    warnings = [f"{document.name}: left out {n_about} lines of codes about the speech"] if n_about else []
    return make_recording(document, pieces, form=FORMAT.name, warnings=warnings)


def _joined(document: Document) -> Iterator[str]:
    """The lines; one that begins with a tab goes on with the line before."""
    line = ""
    for part in document.lines:
        if part.startswith("\t"):
            line += f" {part.strip()}"
            continue
        if line:
            yield line
        line = part.strip()
    if line:
        yield line


def _names(line: str) -> dict[str, str]:
    """``@Participants: ANN Anna Interviewer, BER Witness``: the names of those who have one."""
    entries = (entry.split() for entry in line.partition(":")[2].split(","))
    return {entry[0]: entry[1].replace("_", " ") for entry in entries if len(entry) > 2}


def _piece(match: re.Match[str], names: dict[str, str]) -> Piece:
    code, text = match.groups()
    span = _SPAN.search(text)
    start, end = (int(time) / 1000 for time in span.groups()) if span else (None, None)
    plain = _STOP.sub(r"\1", " ".join(_CODE.sub("", _SPAN.sub("", text)).split()))
    spoken = any(character.isalnum() for character in plain)
    return Piece(speaker=names.get(code, code), text=plain if spoken else "", start=start, end=end)


FORMAT = Format(
    name="chat", looks_for="CHAT's @Participants and *ANN: lines", suffixes=(".cha",), sniff=_sniff, read=_read
)

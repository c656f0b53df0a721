"""WebVTT subtitles (``.vtt``), as Zoom, Teams and the video sites write them."""

from __future__ import annotations

import io
import re

from panelbot.errors import ReadError
from panelbot.readers.cues import Cue, check_number, read_cues
from panelbot.readers.document import Document
from panelbot.readers.preamble import stated_fields
from panelbot.readers.registry import Format
from panelbot.readers.times import parse_time
from panelbot.types import Reading


def _sniff(document: Document) -> float:
    return 1.0 if document.text.lstrip().startswith("WEBVTT") else 0.0


def _read(document: Document) -> tuple[Reading, ...]:
    import webvtt
    from webvtt.errors import MalformedCaptionError, MalformedFileError

    check_number(document, document.text.count("-->"))
    try:
        captions = webvtt.from_buffer(io.StringIO(document.text.lstrip()))
    except (MalformedFileError, MalformedCaptionError) as error:
        raise ReadError(f"{document.name} is not valid WebVTT ({error}); export it again") from error
    cues = [
        Cue(start=parse_time(caption.start) or 0.0, end=parse_time(caption.end) or 0.0, text=caption.raw_text)
        for caption in captions
    ]
    notes = [line for comment in captions.header_comments for line in comment.split("\n")]
    stated = stated_fields(notes)
    title = stated.get("title") or _header(document.text)
    return read_cues(document, cues, form=FORMAT.name, title=title, date=stated.get("date", ""))


def _header(text: str) -> str:
    """What stands after ``WEBVTT -`` on the first line; without the dash it is seldom a title ("WEBVTT FILE")."""
    match = re.match(r"\s*WEBVTT[ \t]+[-–—][ \t]*(\S[^\n]*)", text)
    return match.group(1).strip() if match else ""


FORMAT = Format(
    name="webvtt",
    looks_for='WebVTT cues such as "00:01.000 --> 00:04.000"',
    suffixes=(".vtt",),
    sniff=_sniff,
    read=_read,
)

"""WebVTT subtitles (``.vtt``), as Zoom, Teams and the video sites write them."""

from __future__ import annotations

import io

from panelbot.errors import ReadError
from panelbot.readers.cues import Cue, read_cues
from panelbot.readers.document import Document
from panelbot.readers.registry import Format
from panelbot.readers.times import parse_time
from panelbot.types import Reading


def _sniff(document: Document) -> float:
    return 1.0 if document.text.lstrip().startswith("WEBVTT") else 0.0


def _read(document: Document) -> tuple[Reading, ...]:
    import webvtt
    from webvtt.errors import MalformedCaptionError, MalformedFileError

    try:
        captions = webvtt.from_buffer(io.StringIO(document.text.lstrip()))
    except (MalformedFileError, MalformedCaptionError) as error:
        raise ReadError(f"{document.name} is not valid WebVTT ({error}); export it again") from error
    cues = [
        Cue(start=parse_time(caption.start) or 0.0, end=parse_time(caption.end) or 0.0, text=caption.raw_text)
        for caption in captions
    ]
    return read_cues(document, cues, form=FORMAT.name)


FORMAT = Format(name="webvtt", looks_for='WebVTT cues such as "00:01.000 --> 00:04.000"', sniff=_sniff, read=_read)

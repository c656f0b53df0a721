"""Lists of spoken segments in JSON, as Otter, Fireflies, 通义听悟 and many scripts write them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from panelbot.readers.document import Document
from panelbot.readers.recordings import make_recording
from panelbot.readers.registry import Format
from panelbot.readers.shapes import has_text, listed_names, objects, read_segments, stated_date
from panelbot.types import Reading

_LISTS = (
    *("utterances", "sentences", "segments", "transcripts", "transcript", "transcription", "paragraphs", "Paragraphs"),
    *("results", "entries", "items", "dialogue", "conversation", "speech", "data", "Transcription", "result"),
)
_TITLES = ("title", "name", "meeting_title", "topic", "subject")
_DATES = ("date", "dateString", "date_string", "created_at", "start_time", "meeting_date", "createdAt")
_MAX_DEPTH = 3


def _find(value: object, depth: int = 0) -> tuple[list[Mapping[str, Any]], Mapping[str, Any]]:
    """The segments and the object that holds them; both empty where there are none."""
    segments = [_flat(segment) for segment in objects(value)]
    if has_text(segments):
        return segments, {}
    if isinstance(value, Mapping) and depth < _MAX_DEPTH:
        for key in _LISTS:
            segments, holder = _find(value.get(key), depth + 1)
            if segments:
                return segments, {**value, **holder}
    return [], {}


def _flat(segment: Mapping[str, Any]) -> Mapping[str, Any]:
    """A paragraph of 通义听悟 holds its words; its text is theirs put together."""
    words = objects(segment.get("Words"))
    if not words:
        return segment
    text = "".join(str(word.get("Text") or "") for word in words)
    return {**segment, "text": text, "start": words[0].get("Start"), "end": words[-1].get("End"), "start_ms": 0}


def _sniff(document: Document) -> float:
    return 0.6 if _find(document.json)[0] else 0.0


def _read(document: Document) -> tuple[Reading, ...]:
    segments, holder = _find(document.json)
    pieces = read_segments(segments, name=document.name, names=listed_names(holder.get("speakers")))
    title = next((holder[key] for key in _TITLES if isinstance(holder.get(key), str)), "")
    date = next((found for key in _DATES if (found := stated_date(holder.get(key)))), "")
    language = holder.get("language") or holder.get("language_code") or ""
    return make_recording(document, pieces, form=FORMAT.name, title=title, date=date, language=str(language))


FORMAT = Format(name="segments", looks_for='a list of objects with "text" and "speaker"', sniff=_sniff, read=_read)

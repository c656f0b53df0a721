"""Whisper, WhisperX, whisper.cpp and the services that answer in their shape."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from panelbot.readers.document import Document
from panelbot.readers.recordings import make_recording
from panelbot.readers.registry import Format
from panelbot.readers.shapes import has_text, objects, read_segments
from panelbot.types import Reading


def _segments(value: object) -> list[Mapping[str, Any]]:
    if not isinstance(value, Mapping):
        return []
    if segments := objects(value.get("segments")):
        return segments
    # whisper.cpp: {"transcription": [{"offsets": {"from": 0, "to": 900}, "text": …}]}, offsets in milliseconds
    return [
        {
            "text": part.get("text"),
            "start_ms": 0,
            "start": part["offsets"].get("from"),
            "end": part["offsets"].get("to"),
        }
        for part in objects(value.get("transcription"))
        if isinstance(part.get("offsets"), Mapping)
    ]


def _sniff(document: Document) -> float:
    segments = _segments(document.json)
    return 0.9 if has_text(segments) and "start" in segments[0] else 0.0


def _read(document: Document) -> tuple[Reading, ...]:
    pieces = read_segments(_segments(document.json), name=document.name)
    result = document.json.get("result")
    language = document.json.get("language") or (result.get("language") if isinstance(result, Mapping) else "")
    return make_recording(document, pieces, form=FORMAT.name, language=str(language or ""))


FORMAT = Format(name="whisper", looks_for='Whisper\'s "segments"', sniff=_sniff, read=_read)

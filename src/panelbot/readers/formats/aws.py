"""Amazon Transcribe: words with ``spk_0`` labels under ``results``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from panelbot.readers.document import Document
from panelbot.readers.drafts import Piece
from panelbot.readers.recordings import make_recording
from panelbot.readers.registry import Format
from panelbot.readers.shapes import objects, read_segments, seconds
from panelbot.types import Reading


def _results(document: Document) -> Mapping[str, Any]:
    results = document.json.get("results") if isinstance(document.json, Mapping) else None
    return results if isinstance(results, Mapping) else {}


def _sniff(document: Document) -> float:
    results = _results(document)
    return 0.95 if objects(results.get("transcripts")) and objects(results.get("items")) else 0.0


def _read(document: Document) -> tuple[Reading, ...]:
    results = _results(document)
    segments = objects(results.get("audio_segments"))
    pieces = list(read_segments(segments, name=document.name)) if segments else list(_spoken(results))
    language = results.get("language_code")
    return make_recording(document, pieces, form=FORMAT.name, language=str(language or ""))


def _spoken(results: Mapping[str, Any]) -> Iterator[Piece]:
    """A Piece a word; a mark of punctuation is written onto the word before it."""
    speakers = _speakers_by_start(results)
    speaker, text, start, end = "", "", None, None
    for item in objects(results.get("items")):
        alternatives = objects(item.get("alternatives"))
        content = str(alternatives[0].get("content") or "") if alternatives else ""
        if item.get("type") == "punctuation":
            text += content
            continue
        if text:
            yield Piece(speaker=speaker, text=text, start=start, end=end)
        speaker = str(item.get("speaker_label") or speakers.get(str(item.get("start_time")), speaker))
        text, start, end = content, seconds(item.get("start_time")), seconds(item.get("end_time"))
    if text:
        yield Piece(speaker=speaker, text=text, start=start, end=end)


def _speakers_by_start(results: Mapping[str, Any]) -> dict[str, str]:
    labels = results.get("speaker_labels")
    segments = objects(labels.get("segments")) if isinstance(labels, Mapping) else []
    items = (item for segment in segments for item in objects(segment.get("items")))
    return {str(item.get("start_time")): str(item.get("speaker_label") or "") for item in items}


FORMAT = Format(name="aws", looks_for='Amazon Transcribe\'s "results" with "items"', sniff=_sniff, read=_read)

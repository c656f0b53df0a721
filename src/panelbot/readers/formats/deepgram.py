"""Deepgram's response: utterances, paragraphs or words under ``results``, speakers counted from 0."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from panelbot.readers.document import Document
from panelbot.readers.drafts import Piece, join_speech
from panelbot.readers.recordings import make_recording, speaker_name
from panelbot.readers.registry import Format
from panelbot.readers.shapes import has_text, objects, read_segments, read_words, seconds, stated_date
from panelbot.types import Reading


def _results(document: Document) -> Mapping[str, Any]:
    results = document.json.get("results") if isinstance(document.json, Mapping) else None
    return results if isinstance(results, Mapping) else {}


def _alternative(results: Mapping[str, Any]) -> Mapping[str, Any]:
    channels = objects(results.get("channels"))
    alternatives = objects(channels[0].get("alternatives")) if channels else []
    return alternatives[0] if alternatives else {}


def _sniff(document: Document) -> float:
    return 0.95 if objects(_results(document).get("channels")) else 0.0


def _pieces(document: Document) -> Iterator[Piece]:
    results = _results(document)
    alternative = _alternative(results)
    paragraphs = alternative.get("paragraphs")
    listed = objects(paragraphs.get("paragraphs")) if isinstance(paragraphs, Mapping) else []
    utterances = objects(results.get("utterances"))
    if has_text(utterances) and "speaker" in utterances[0]:
        yield from read_segments(utterances, name=document.name)
    elif listed:
        yield from map(_paragraph, listed)
    else:
        yield from read_words(objects(alternative.get("words")))


def _paragraph(paragraph: Mapping[str, Any]) -> Piece:
    text = join_speech([str(sentence.get("text") or "") for sentence in objects(paragraph.get("sentences"))])
    start, end = seconds(paragraph.get("start")), seconds(paragraph.get("end"))
    return Piece(speaker=speaker_name(paragraph.get("speaker")), text=text, start=start, end=end)


def _read(document: Document) -> tuple[Reading, ...]:
    metadata = document.json.get("metadata")
    date = stated_date(metadata.get("created")) if isinstance(metadata, Mapping) else ""
    return make_recording(document, _pieces(document), form=FORMAT.name, date=date)


FORMAT = Format(name="deepgram", looks_for='Deepgram\'s "results" with "channels"', sniff=_sniff, read=_read)

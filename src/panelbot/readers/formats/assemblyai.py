"""AssemblyAI's transcript JSON: utterances with a letter for each speaker, times in milliseconds."""

from __future__ import annotations

from collections.abc import Mapping

from panelbot.readers.document import Document
from panelbot.readers.drafts import Piece
from panelbot.readers.recordings import make_recording, speaker_name
from panelbot.readers.registry import Format
from panelbot.readers.shapes import has_text, objects, read_words, seconds
from panelbot.types import Reading

_MILLISECOND = 0.001


def _sniff(document: Document) -> float:
    value = document.json
    if not isinstance(value, Mapping) or not (
        "audio_url" in value or "language_code" in value or "acoustic_model" in value
    ):
        return 0.0
    return 0.95 if has_text(objects(value.get("utterances"))) or has_text(objects(value.get("words"))) else 0.0


def _read(document: Document) -> tuple[Reading, ...]:
    value = document.json
    pieces = [
        Piece(
            speaker=speaker_name(said.get("speaker")),
            text=str(said.get("text") or ""),
            start=seconds(said.get("start"), _MILLISECOND),
            end=seconds(said.get("end"), _MILLISECOND),
        )
        for said in objects(value.get("utterances"))
    ] or list(read_words(objects(value.get("words")), unit=_MILLISECOND))
    return make_recording(document, pieces, form=FORMAT.name, language=str(value.get("language_code") or ""))


FORMAT = Format(name="assemblyai", looks_for='AssemblyAI\'s "utterances"', sniff=_sniff, read=_read)

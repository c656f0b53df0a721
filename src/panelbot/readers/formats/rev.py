"""Rev and Rev AI: monologues made of words and punctuation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from panelbot.readers.document import Document
from panelbot.readers.drafts import Piece
from panelbot.readers.recordings import make_recording, speaker_name
from panelbot.readers.registry import Format
from panelbot.readers.shapes import listed_names, objects, seconds
from panelbot.types import Reading


def _monologues(document: Document) -> list[Mapping[str, Any]]:
    return objects(document.json.get("monologues")) if isinstance(document.json, Mapping) else []


def _sniff(document: Document) -> float:
    monologues = _monologues(document)
    return 0.95 if monologues and objects(monologues[0].get("elements")) else 0.0


def _read(document: Document) -> tuple[Reading, ...]:
    names = listed_names(document.json.get("speakers"))
    pieces = [_piece(monologue, names) for monologue in _monologues(document)]
    return make_recording(document, pieces, form=FORMAT.name, title=str(document.json.get("title") or ""))


def _piece(monologue: Mapping[str, Any], names: Mapping[str, str]) -> Piece:
    elements = objects(monologue.get("elements"))
    starts = [time for e in elements if (time := seconds(e.get("ts", e.get("timestamp")))) is not None]
    ends = [time for e in elements if (time := seconds(e.get("end_ts", e.get("end_timestamp")))) is not None]
    label = monologue.get("speaker")
    return Piece(
        speaker=names.get(str(label)) or speaker_name(label),
        # spaces and stops are elements of their own: the values are put together as they are
        text="".join(str(element.get("value") or "") for element in elements).strip(),
        start=min(starts, default=None),
        end=max(ends, default=None),
    )


FORMAT = Format(name="rev", looks_for='Rev\'s "monologues"', sniff=_sniff, read=_read)

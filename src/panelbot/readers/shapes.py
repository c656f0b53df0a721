"""Reading the JSON of transcribers by its shape: lists of spoken segments, whatever their keys are called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from panelbot.errors import ReadError
from panelbot.readers.drafts import Piece, join_speech
from panelbot.readers.recordings import speaker_name
from panelbot.readers.times import find_date, parse_time

_TEXT_KEYS = ("text", "transcript", "sentence", "content", "utterance", "raw_text", "caption", "Text", "display")
_SPEAKER_KEYS = (
    *("speaker_name", "speakerName", "speaker", "speaker_label", "speakerLabel", "Speaker", "user_name", "author"),
    *(
        "participant",
        "name",
        "speaker_id",
        "speakerId",
        "SpeakerId",
        "speakerTag",
        "spk",
    ),
)
_START_KEYS = (
    "start",
    "start_time",
    "startTime",
    "begin",
    "begin_time",
    "start_ts",
    "bg",
    "from",
    "timestamp",
    "ts",
    "time",
)
_END_KEYS = ("end", "end_time", "endTime", "end_ts", "ed", "to", "stop")
_MILLISECONDS = ("_ms", "Ms", "bg", "ed", "begin_time")
_LONGEST = 1e12  # in any unit; a larger number, infinity or "not a number" is no time
_LONGEST_SEGMENT = 600  # a segment cannot last ten minutes; larger whole numbers are milliseconds


def objects(value: object) -> list[Mapping[str, Any]]:
    """``value`` where it is a list of objects, else an empty list."""
    if not isinstance(value, list) or not all(isinstance(item, Mapping) for item in value):
        return []
    return value


def has_text(segments: Sequence[Mapping[str, Any]]) -> bool:
    """True where the first of ``segments`` has a text under any of the usual keys."""
    return bool(segments) and any(isinstance(segments[0].get(key), str) for key in _TEXT_KEYS)


def read_segments(
    segments: Sequence[Mapping[str, Any]], *, name: str, names: Mapping[str, str] | None = None
) -> Iterator[Piece]:
    """One Piece for each segment; ``names`` gives the people behind speaker ids.

    Raises:
        ReadError: a segment has no text; says which.
    """
    text_key = next(key for key in _TEXT_KEYS if isinstance(segments[0].get(key), str))
    unit = 0.001 if _in_milliseconds(segments) else 1.0
    for index, segment in enumerate(segments):
        text = segment.get(text_key)
        if not isinstance(text, str):
            raise ReadError(f'{name}: segment {index} has no "{text_key}" with text')
        label = _first(segment, _SPEAKER_KEYS)
        yield Piece(
            speaker=_who(label, names or {}),
            text=text.strip(),
            start=seconds(_first(segment, _START_KEYS), unit),
            end=seconds(_first(segment, _END_KEYS), unit),
        )


def read_words(words: Sequence[Mapping[str, Any]], *, unit: float = 1.0) -> Iterator[Piece]:
    """Words with their speakers as pieces of running speech; ``unit`` is the length of a time unit in seconds."""
    run: list[Mapping[str, Any]] = []
    for word in (*words, {"speaker": object()}):
        if run and word.get("speaker") != run[-1].get("speaker"):
            text = join_speech([str(w.get("punctuated_word") or w.get("word") or w.get("text") or "") for w in run])
            start, end = seconds(run[0].get("start"), unit), seconds(run[-1].get("end"), unit)
            yield Piece(speaker=speaker_name(run[0].get("speaker")), text=text, start=start, end=end)
            run = []
        run.append(word)


def seconds(value: object, unit: float = 1.0) -> float | None:
    """A time as a number of ``unit`` seconds, a numeral or ``hh:mm:ss``; None where it is none of them."""
    if isinstance(value, bool) or value is None:
        return None
    if not isinstance(value, int | float):
        text = str(value).strip().rstrip("s")
        try:
            value = float(text)
        except ValueError:
            return parse_time(text)
    return round(value * unit, 3) if abs(value) < _LONGEST else None


def stated_date(value: object) -> str:
    """``YYYY-MM-DD`` of an ISO date, a written one or a Unix time in seconds or milliseconds."""
    if isinstance(value, str):
        return find_date(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 10**8 < value < 10**14:
        return ""
    return datetime.fromtimestamp(value / 1000 if value > 10**11 else value, tz=UTC).date().isoformat()


def listed_names(value: object) -> dict[str, str]:
    """The names in a list of speakers by their ids: ``[{"id": 0, "name": "…"}]`` or ``{"0": "…"}``."""
    if isinstance(value, Mapping):
        return {str(key): name for key, name in value.items() if isinstance(name, str) and name}
    names: dict[str, str] = {}
    for entry in objects(value):
        key = _first(entry, ("id", "speaker_id", "speakerId", "label"))
        name = _first(entry, ("name", "speaker_name", "speakerName", "display_name"))
        if key is not None and isinstance(name, str) and name:
            names[str(key)] = name
    return names


def _who(label: object, names: Mapping[str, str]) -> str:
    if isinstance(label, Mapping):
        label = _first(label, ("name", "user_name", "displayName", "speaker_name", "label", "id"))
    return names.get(str(label)) or speaker_name(label)


def _first(entry: Mapping[str, Any], keys: Sequence[str]) -> Any:
    return next((entry[key] for key in keys if entry.get(key) not in (None, "")), None)


def _in_milliseconds(segments: Sequence[Mapping[str, Any]]) -> bool:
    if any(key.endswith(_MILLISECONDS) for key in segments[0]):
        return True
    spans = []
    for segment in segments:
        start, end = _first(segment, _START_KEYS), _first(segment, _END_KEYS)
        if not isinstance(start, int) or not isinstance(end, int):
            return False
        spans.append(end - start)
    return max(spans) > _LONGEST_SEGMENT

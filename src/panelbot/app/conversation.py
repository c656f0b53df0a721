"""A visitor's conversation as plain values: kept by the visitor, checked when it comes back.

What comes back may be old or forged, so an entry that does not fit is left out rather than trusted.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import asdict, dataclass, is_dataclass, replace
from functools import lru_cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from panelbot.types import Answer

MAX_EXCHANGES = 500  # shown at once of one conversation
MAX_HISTORY = 12  # earlier questions that a question may go on from


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One question with its answer; ``speakers`` and ``transcripts`` are those it was put to, empty where to all."""

    query: str
    answer: Answer
    speakers: tuple[str, ...] = ()
    transcripts: tuple[str, ...] = ()


def to_plain(entry: Entry) -> dict[str, Any]:
    """The entry as JSON values; the hits are left out, the page does not show them."""
    return {
        "query": entry.query,
        "answer": asdict(replace(entry.answer, hits=())),
        **({"speakers": entry.speakers} if entry.speakers else {}),
        **({"transcripts": entry.transcripts} if entry.transcripts else {}),
    }


def entries_from(value: object) -> list[Entry]:
    """The entries of a stored conversation that can be read, oldest first."""
    entries = []
    for item in value if isinstance(value, list) else []:
        try:
            entries.append(decode_entry(item))
        except (KeyError, TypeError, ValueError):
            continue
    return entries[-MAX_EXCHANGES:]


def decode_entry(value: object) -> Entry:
    """One stored entry.

    Raises:
        TypeError, ValueError, KeyError: it is none.
    """
    return decode(Entry, value)


def history_from(value: object) -> list[dict[str, str]]:
    """The last earlier questions of what a browser sent, with the answers' texts."""
    sent = [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []
    pairs = [{"query": item.get("query"), "answer": item.get("answer", "")} for item in sent[-MAX_HISTORY:]]
    return [pair for pair in pairs if all(isinstance(text, str) for text in pair.values())]  # type: ignore[misc]


def decode(hint: Any, value: Any) -> Any:
    """``value`` as an instance of ``hint``: a dataclass, tuple, mapping, literal, union or plain type.

    Raises:
        TypeError, ValueError, KeyError: the value is of another shape.
    """
    origin, options = get_origin(hint), get_args(hint)
    if is_dataclass(hint) and isinstance(hint, type):
        return _decode_dataclass(hint, value)
    if origin is tuple:
        if not isinstance(value, list | tuple):
            raise TypeError(value)
        return tuple(decode(options[0], item) for item in value)
    if origin is Literal:
        if value not in options:
            raise ValueError(value)
        return value
    if origin in (types.UnionType, Union):
        return None if value is None else decode(next(o for o in options if o is not type(None)), value)
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    plain: Any = origin or hint
    if not isinstance(value, plain) or (isinstance(value, bool) and hint is not bool):
        raise TypeError(value)
    return value


def _decode_dataclass(hint: type, value: Any) -> Any:
    if not isinstance(value, Mapping):
        raise TypeError(value)
    return hint(**{key: decode(of, value[key]) for key, of in _hints(hint).items() if key in value})


@lru_cache(maxsize=32)
def _hints(hint: type) -> Mapping[str, Any]:
    """The types of a dataclass's fields; resolving them is slow, and a conversation holds hundreds of values."""
    return get_type_hints(hint)

"""Tiers of an annotated recording to speech: each tier is a speaker's, or says again what another one says.

Does not know file formats; Praat and ELAN write tiers.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from panelbot.readers.document import Document
from panelbot.readers.drafts import Piece
from panelbot.readers.recordings import make_recording
from panelbot.types import Reading

_AGAIN = 0.8  # the share of a tier's time that another one covers, where both write down the same speech
# What a tier is called that holds a kind of annotation and no person's speech.
_LAYER = re.compile(
    r"(?:words?|phones?|phonemes?|segments?|syllables?|utterances?|sentences?|text|transcri\w*|orth\w*|ipa|tokens?"
    r"|notes?|comments?|glosse?s?|translations?|events?|pos|tones?|topics?|noise|silences?|default(?:-lt)?|词|字|音素|句子|转写)",
    re.IGNORECASE,
)
_SUFFIX = re.compile(rf"(?:(?<!\s)\s+)?[-_/@.:]\s*{_LAYER.pattern}\s*$", re.IGNORECASE)
_SILENT = re.compile(r"|[#\-_.…*]+|<[^<>]{0,20}>|(?:sil|sp|spn|pau|silence|xxx)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """What is written from ``start`` to ``end``, in seconds."""

    start: float
    end: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """The intervals of one tier that hold words, and what it is called."""

    name: str
    intervals: tuple[Interval, ...]


def read_tiers(
    document: Document, tiers: Sequence[Tier], *, form: str, others: Sequence[str] = ()
) -> tuple[Reading, ...]:
    """The Reading of the tiers that hold speech; ``others`` are tiers that the file says are none."""
    spoken = [tier for tier in map(_written, tiers) if tier.intervals]
    kept: list[Tier] = []
    for tier in sorted(spoken, key=lambda tier: (_is_layer(tier.name), -_mean_length(tier))):
        if not any(_says_again(tier, other) for other in kept):
            kept.append(tier)
    people = [tier for tier in kept if not _is_layer(tier.name)]
    if people and len(people) < len(kept):  # notes beside people
        kept = people
    left_out = sorted({*others, *(tier.name for tier in spoken if tier not in kept)})
    warnings = (
        [f"{document.name}: left out the tiers {', '.join(left_out)}, which are no speaker's"] if left_out else []
    )
    pieces = [
        Piece(speaker=_speaker(tier.name), text=interval.text, start=interval.start, end=interval.end)
        for tier in sorted(kept, key=spoken.index)
        for interval in tier.intervals
    ]
    pieces.sort(key=lambda piece: piece.start or 0.0)
    return make_recording(document, pieces, form=form, warnings=warnings)


def _written(tier: Tier) -> Tier:
    intervals = sorted((i for i in tier.intervals if not _SILENT.fullmatch(i.text.strip())), key=lambda i: i.start)
    return Tier(name=tier.name.strip(), intervals=tuple(intervals))


def _speaker(name: str) -> str:
    return "" if _is_layer(name) else _SUFFIX.sub("", name) or name


def _is_layer(name: str) -> bool:
    return not name or _LAYER.fullmatch(name) is not None


def _mean_length(tier: Tier) -> float:
    return sum(len(interval.text) for interval in tier.intervals) / len(tier.intervals)


def _says_again(tier: Tier, other: Tier) -> bool:
    """Two people do not speak at the same time for long: tiers that do are two ways to write one speaker's words."""
    shared = _shared_time(tier, other)
    return shared > _AGAIN * _time(tier) and shared > _AGAIN * _time(other) / 2


def _time(tier: Tier) -> float:
    return sum(interval.end - interval.start for interval in tier.intervals)


def _shared_time(tier: Tier, other: Tier) -> float:
    ends = [interval.end for interval in other.intervals]
    shared = 0.0
    for interval in tier.intervals:
        for number in range(bisect_left(ends, interval.start), len(ends)):
            there = other.intervals[number]
            if there.start >= interval.end:
                break
            shared += max(0.0, min(interval.end, there.end) - max(interval.start, there.start))
    return shared

"""Traditional Chinese for a register that reads simplified: the same text character by character, and the way back.

Knows characters only. What is stored and shown keeps the script of the file.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from panelbot.text import has_han
from panelbot.text.fold import simplify
from panelbot.types import Evidence, Reading, Speaker, Transcript

_SAMPLE = 20  # turns
_SHARE = 0.03  # of the Chinese characters; simplified text holds a 著 or 於 here and there


def is_traditional(reading: Reading) -> bool:
    """Whether the file is written in traditional characters."""
    text = "".join((reading.introduction, *(turn.text + turn.speaker for turn in reading.transcript.turns[:_SAMPLE])))
    if not has_han(text):
        return False
    n_han = sum(map(has_han, text))
    return n_han > 0 and sum(a != b for a, b in zip(text, simplify(text), strict=True)) >= _SHARE * n_han


def simplified(reading: Reading) -> Reading:
    """``reading`` in simplified characters, every offset unchanged."""
    transcript = reading.transcript
    turns = tuple(replace(turn, speaker=simplify(turn.speaker), text=simplify(turn.text)) for turn in transcript.turns)
    speakers = tuple(_simplified_speaker(speaker) for speaker in transcript.speakers)
    return replace(
        reading,
        transcript=replace(transcript, turns=turns, speakers=speakers),
        introduction=simplify(reading.introduction),
    )


def _simplified_speaker(speaker: Speaker) -> Speaker:
    return replace(
        speaker,
        name=simplify(speaker.name),
        organization=simplify(speaker.organization),
        title=simplify(speaker.title),
        aliases=tuple(map(simplify, speaker.aliases)),
        evidence=tuple(replace(evidence, text=simplify(evidence.text)) for evidence in speaker.evidence),
    )


def restore(built: Transcript, reading: Reading) -> Transcript:
    """``built``, made from the simplified reading, in the script of ``reading``."""
    transcript = reading.transcript
    texts = [turn.text for turn in transcript.turns]
    facts = [(s.name, s.organization, s.title, *s.aliases, *(e.text for e in s.evidence)) for s in transcript.speakers]
    others = [
        reading.introduction,
        *(turn.speaker for turn in transcript.turns),
        *(part for fact in facts for part in fact),
    ]
    sources = [(text, simplify(text)) for text in dict.fromkeys((*others, *texts)) if text]

    def back(text: str, first: Iterable[tuple[str, str]] = ()) -> str:
        for original, simple in (*first, *sources):
            if text and (position := simple.find(text)) >= 0:
                return original[position : position + len(text)]
        return text

    def back_evidence(evidence: Evidence) -> Evidence:
        turn = [] if evidence.turn is None else [(texts[evidence.turn], simplify(texts[evidence.turn]))]
        return replace(evidence, text=back(evidence.text, turn))

    speakers = tuple(
        replace(
            speaker,
            name=back(speaker.name),
            organization=back(speaker.organization),
            title=back(speaker.title),
            aliases=tuple(map(back, speaker.aliases)),
            evidence=tuple(map(back_evidence, speaker.evidence)),
        )
        for speaker in built.speakers
    )
    names = {old.name: new.name for old, new in zip(built.speakers, speakers, strict=True)}
    turns = tuple(
        replace(turn, speaker=names[made.speaker]) for turn, made in zip(transcript.turns, built.turns, strict=True)
    )
    return replace(built, speakers=speakers, turns=turns)

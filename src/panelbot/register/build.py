"""From a reading to a transcript with its register. Knows the order of the sources, not their grammar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from panelbot.register.claims import Claim, assemble, claim_facts
from panelbot.register.introduction import introduce
from panelbot.register.labels import Label, parse_label
from panelbot.text import detect_language
from panelbot.types import Reading, Speaker, Transcript

_INTRODUCING_TURNS = 3  # a panel is introduced in its first turns, or not at all


def build_register(reading: Reading) -> Transcript:
    """The transcript of ``reading`` with every speaker's known facts and the evidence for each.

    Turns keep their text and index; their speaker becomes the register's name.
    """
    transcript = reading.transcript
    labels = _labels(transcript)
    persons = {label: parsed.name for label, parsed in labels.items()}
    claims = [
        *_file_claims(transcript.speakers, persons),
        *_label_claims(labels),
        *_introduction_claims(reading, [p.name for p in labels.values() if not p.placeholder]),
    ]
    return _finish(transcript, persons, claims)


def _labels(transcript: Transcript) -> dict[str, Label]:
    """Every label of the file, those the file lists first, then in the order they speak."""
    labels = [speaker.name for speaker in transcript.speakers] + [turn.speaker for turn in transcript.turns]
    return {label: parse_label(label) for label in dict.fromkeys(labels)}


def _file_claims(speakers: Iterable[Speaker], persons: Mapping[str, str]) -> list[Claim]:
    claims: list[Claim] = []
    for speaker in speakers:
        claims += claim_facts(
            persons[speaker.name],
            source="file",
            text=speaker.name,
            organization=speaker.organization,
            title=speaker.title,
            role=speaker.role,
            aliases=speaker.aliases,
        )
    return claims


def _label_claims(labels: Mapping[str, Label]) -> list[Claim]:
    claims: list[Claim] = []
    for label, parsed in labels.items():
        claims += claim_facts(
            parsed.name,
            source="label",
            text=label,
            organization=parsed.affiliation.organization,
            title=parsed.affiliation.title,
            role=parsed.role,
            aliases=(label,),
        )
    return claims


def _introduction_claims(reading: Reading, names: list[str]) -> list[Claim]:
    claims = list(introduce(reading.introduction, names))
    for turn in reading.transcript.turns[:_INTRODUCING_TURNS]:
        claims += introduce(turn.text, names, turn=turn.index)
    return claims


def _finish(transcript: Transcript, persons: Mapping[str, str], claims: list[Claim]) -> Transcript:
    names = tuple(dict.fromkeys(persons.values()))
    speakers = tuple(assemble(name, [claim for claim in claims if claim.person == name]) for name in names)
    turns = tuple(replace(turn, speaker=persons[turn.speaker]) for turn in transcript.turns)
    language = transcript.language or detect_language("\n".join(turn.text for turn in turns))
    return replace(transcript, speakers=speakers, turns=turns, language=language)

"""What each of several people said: who spoke to it, each from a search of their own, and who did not.

Knows how blocks are gathered and put in order; does not know who writes the sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from panelbot.answer.draft import Sentence
from panelbot.answer.extractive import coverage, quote_lines
from panelbot.answer.mentions import Person, people_of
from panelbot.answer.refuse import reference_of
from panelbot.answer.select import Candidate, choose
from panelbot.types import Hit, Language, SpeakerRef, Transcript

ENOUGH = 0.75  # of what the speaker who speaks to it most has, in evidence or in words: so much is speaking to it too


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One speaker's part: how probably they spoke to it, their best hits, their sentences, the best first."""

    speaker: SpeakerRef
    chance: float
    hits: tuple[Hit, ...]
    ranked: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocks:
    """The blocks of those who spoke to it, and the others asked about."""

    spoke: tuple[Block, ...]
    silent: tuple[SpeakerRef, ...]

    @property
    def pool(self) -> list[Candidate]:
        """Every sentence of the blocks."""
        return [candidate for block in self.spoke for candidate in block.ranked]

    @property
    def hits(self) -> list[Hit]:
        """The best hit of each speaker."""
        return [block.hits[0] for block in self.spoke if block.hits]


def asked_about(
    named: tuple[SpeakerRef, ...], hits: Sequence[Hit], transcripts: Mapping[str, Transcript]
) -> tuple[SpeakerRef, ...]:
    """The speakers a question about everybody is about: those it names, else the panel of the best hit."""
    if named or not hits:
        return named
    transcript = transcripts[hits[0].transcript_id]
    panel = [s for s in transcript.speakers if s.role == "panelist"]
    panel = panel or [s for s in transcript.speakers if s.role not in ("moderator", "audience")]
    return tuple(reference_of(transcript.id, s) for s in panel)


def gather(asked: Sequence[SpeakerRef], block: Callable[[SpeakerRef], Block]) -> Blocks:
    """The blocks of ``asked``: whoever has enough of the evidence or of the words spoke to it."""
    made = [block(ref) for ref in asked]
    most = max((b.ranked[0].covered for b in made if b.ranked), default=0.0)
    surest = max((b.chance for b in made), default=0.0)
    spoke = tuple(b for b in made if b.ranked and (b.chance >= ENOUGH * surest or b.ranked[0].covered >= ENOUGH * most))
    there = {b.speaker for b in spoke}
    return Blocks(spoke=spoke, silent=tuple(ref for ref in asked if ref not in there))


def in_blocks(
    blocks: Blocks,
    written: Sequence[Sentence],
    transcripts: Mapping[str, Transcript],
    language: Language,
    *,
    limit: int,
) -> tuple[Sentence, ...]:
    """One block a speaker: the sentences ``written`` about them alone, quotes where there are none.

    Sentences about several follow, then the line that counts who spoke.
    """
    by_person: dict[frozenset[Person], list[Sentence]] = {}
    for sentence in written:
        people = people_of(((s.transcript_id, s.turn) for s in sentence.spans), transcripts)
        by_person.setdefault(people, []).append(sentence)
    sentences: list[Sentence] = []
    for block in blocks.spoke:
        ref = block.speaker
        own = by_person.pop(frozenset({(ref.transcript_id, ref.name)}), [])
        if own:
            sentences += [replace(sentence, paragraph=n == 0) for n, sentence in enumerate(own)]
            continue
        chosen = choose(block.ranked, limit=max(1, limit // 2), max_turns=1)
        speaker = transcripts[ref.transcript_id].speaker(ref.name)
        sentences += quote_lines(speaker, chosen, transcripts, language)
    for rest in by_person.values():
        sentences += [replace(sentence, paragraph=True) for sentence in rest]
    return (*sentences, coverage(len(blocks.spoke), blocks.silent, language))

"""What each of several people said: who spoke to it, each from a search of their own, and who did not.

Knows how blocks are gathered and put in order; does not know who writes the sentences.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from panelbot.answer.extractive import coverage, quote_lines
from panelbot.answer.select import choose
from panelbot.answer.sentences import Candidate, Sentence
from panelbot.answer.verify.mentions import Person, people_of
from panelbot.evidence import SpeakerEvidence
from panelbot.types import Hit, Language, SpeakerRef, Transcript

ENOUGH = 0.75  # of what the speaker who speaks to it most has, in evidence or in words: so much is speaking to it too


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One speaker's part: their best hits, their sentences, the best first."""

    speaker: SpeakerRef
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


def blocks_of(found: Sequence[tuple[SpeakerEvidence, tuple[Candidate, ...]]]) -> Blocks:
    """The blocks of those asked about, each with the sentences of their hits.

    Speakers whose hits answer spoke to it, and those with enough of the words; where nobody's hits answer, all did.
    """
    most = max((ranked[0].covered for _, ranked in found if ranked), default=0.0)
    none = not any(evidence.answers for evidence, _ in found)
    spoke: list[Block] = []
    silent: list[SpeakerRef] = []
    for evidence, ranked in found:
        if ranked and (evidence.answers or none or ranked[0].covered >= ENOUGH * most):
            spoke.append(Block(speaker=evidence.speaker, hits=evidence.hits, ranked=ranked))
        else:
            silent.append(evidence.speaker)
    return Blocks(spoke=tuple(spoke), silent=tuple(silent))


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

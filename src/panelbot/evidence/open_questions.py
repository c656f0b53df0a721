"""The open question: one put to the panel that is, nearly, the one asked now.

Knows how much two questions hold of each other's words; does not know what was replied.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from panelbot.evidence.thread import Thread, thread_of
from panelbot.match.coverage import coverage
from panelbot.match.matcher import Matcher
from panelbot.match.maxsim import maxsim_of
from panelbot.text import content_words, detect_language, sentence_spans
from panelbot.text.asking import question_spans
from panelbot.types import Hit, Question, Transcript

SAME = 0.5  # two questions that hold so much of each other are one, in one language
NEAR = 0.3  # less than that, and they are none; between, and across languages, what was stated is compared
NEARLY_SAID = 0.6  # "nobody answered" is said only of a question as near as this
_N_READ = 3  # questions whose own words are looked for in the one asked
_BEHIND = 12  # content words behind a question from which on its speaker goes on to answer it


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestion:
    """A question of the talk; ``likeness`` 0..1 with the one asked now, whose words it holds ``covered`` 0..1 of."""

    thread: Thread
    start: int
    end: int
    likeness: float
    covered: float
    crosslingual: bool  # the two are in two languages

    def decides(self, stated: float) -> bool:
        """Whether its replies are the answer, where a statement holds ``stated`` of what is asked."""
        if self.likeness >= SAME and not self.crosslingual:
            return True
        return self.likeness >= NEAR and self.covered > stated

    @property
    def sure(self) -> bool:
        """Whether the two are one question beyond doubt."""
        return self.likeness >= SAME


def find_open_question(
    question: Question,
    hits: Sequence[Hit],
    transcripts: Mapping[str, Transcript],
    matcher: Matcher,
) -> OpenQuestion | None:
    """The question most like ``question`` among those the hits are, answer, or stand behind; None for none."""
    found = [
        (matcher.coverage(_whole(transcripts[tid].turns[turn].text, start, end)).mean, tid, turn, start, end)
        for tid, turn in _turns(hits)
        for start, end in put_questions(transcripts[tid].turns[turn].text)
    ]
    best: OpenQuestion | None = None
    for covered, tid, turn, start, end in sorted(found, key=lambda f: (-f[0], *f[1:]))[:_N_READ]:
        text = _whole(transcripts[tid].turns[turn].text, start, end)
        likeness = math.sqrt(covered * _held(text, matcher))
        if best is None or likeness > best.likeness:
            thread = thread_of(transcripts[tid], turn)
            crosslingual = detect_language(text) != detect_language(question.topic or question.text)
            best = OpenQuestion(
                thread=thread, start=start, end=end, likeness=likeness, covered=covered, crosslingual=crosslingual
            )
    return best


def put_questions(text: str) -> list[tuple[int, int]]:
    """The spans of what a turn asks of others: behind it little more is said."""
    return [
        (start, end)
        for start, end in question_spans(text)
        if content_words(text[start:end]) and len(content_words(_behind(text, end))) <= _BEHIND
    ]


def _behind(text: str, end: int) -> str:
    """What a turn states behind ``end``."""
    asking = set(question_spans(text))
    return " ".join(text[a:b] for a, b in sentence_spans(text) if a >= end and (a, b) not in asking)


def _turns(hits: Sequence[Hit]) -> list[tuple[str, int]]:
    """The turns that may ask what the hits answer: the hits, those before them, those they are thought to answer."""
    turns = {(hit.transcript_id, turn) for hit in hits for turn in (hit.turn, hit.turn - 1, hit.asked) if turn >= 0}
    return sorted(turns)


def _whole(text: str, start: int, end: int) -> str:
    """A question with the sentence before it, where it says too little by itself ("Is that so?")."""
    before = [a for a, b in sentence_spans(text) if b <= start]
    return text[before[-1] : end] if before and len(content_words(text[start:end])) < 2 else text[start:end]


def _held(text: str, matcher: Matcher) -> float:
    """How much of the words of an asked question the one asked now holds."""
    words = tuple(dict.fromkeys(content_words(text)))
    return coverage(words, matcher.text, maxsim_of(text, words, matcher.embedder)).mean

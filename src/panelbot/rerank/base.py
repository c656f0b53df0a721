"""What the rest of panelbot may ask of a reranker: how well each sentence of a passage answers a question.

Knows passages and who speaks; not which model reads them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from panelbot.text import detect_language, sentence_spans
from panelbot.text.asking import has_mark
from panelbot.types import Hit, Transcript

ASKED_CHARS = 120  # of the question that a passage answers: its end


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """A passage as it is read: ``lead`` says what was asked and who speaks, then come the sentences.

    ``wide`` texts are written without spaces between sentences.
    """

    lead: str
    sentences: tuple[str, ...]
    wide: bool

    def text(self, first: int, behind: int) -> str:
        """The sentences ``first`` … ``behind`` - 1 with the lead."""
        return self.lead + ("" if self.wide else " ").join(self.sentences[first:behind])


class Reranker(Protocol):
    """A model that reads a question and a passage together."""

    def read(self, question: str, excerpts: Sequence[Excerpt]) -> list[list[float]]:
        """The log-odds of each sentence of each excerpt to answer the question, comparable between excerpts."""
        ...


def windows(excerpts: Sequence[Excerpt]) -> tuple[list[int], list[str]]:
    """Each sentence with the one before it and the one behind, since what "it" and "that" mean stands there.

    Returns the excerpt each window is of, and its text.
    """
    places = [(n, i) for n, excerpt in enumerate(excerpts) for i in range(len(excerpt.sentences))]
    return [n for n, _ in places], [excerpts[n].text(max(0, i - 1), i + 2) for n, i in places]


def sentences_of(hit: Hit) -> tuple[tuple[int, int], ...]:
    """The sentences of a hit, as character spans of its turn."""
    return tuple((hit.start + a, hit.start + b) for a, b in sentence_spans(hit.text))


def excerpt_of(hit: Hit, transcript: Transcript) -> Excerpt:
    """A hit as it is read."""
    asked = hit.asked
    question = f"[{question_of(transcript.turns[asked].text)}] " if asked >= 0 else ""
    speaker = f"{hit.speaker.name}: " if hit.speaker.name else ""
    sentences = tuple(hit.text[a - hit.start : b - hit.start] for a, b in sentences_of(hit))
    return Excerpt(lead=question + speaker, sentences=sentences, wide=detect_language(hit.text) == "zh")


def question_of(text: str) -> str:
    """The last question of a turn that asks; its last sentence where nothing in it ends like a question."""
    sentences = [text[a:b] for a, b in sentence_spans(text)]
    asked = next((s for s in reversed(sentences) if has_mark(s)), sentences[-1] if sentences else "")
    return asked[-ASKED_CHARS:]

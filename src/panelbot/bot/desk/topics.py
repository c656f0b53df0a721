"""What a talk is about, by its own words: nouns that several people use again and again, and that are rare elsewhere.

Knows how often words are used in general and where nouns stand; no subject, no model.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field

from panelbot.answer.verify.numerals import read_numbers
from panelbot.match import dictionary
from panelbot.text import content_words, has_han, words
from panelbot.text.stem import stem
from panelbot.text.words import frequency, word_class
from panelbot.types import Transcript

N_TOPICS = 8
FEWEST_TURNS, FEWEST_PEOPLE = 3, 2
_NOUNS = frozenset({"n", "vn", "an", "nz", "ns", "nt", "j"})  # of jieba's classes
# An English word is a noun where it often follows one of these; by itself it does not say what it is.
_BEFORE_NOUNS = frozenset(
    "the a an our your their his her my its this that these those no every each some any of for with on in at".split()
)
_OFTEN = 0.3  # of its uses
_UNSEEN = 1e-5  # how frequent a word may be that the dictionaries lack


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A word of a talk, and the turns that hold it."""

    word: str
    turns: tuple[int, ...]


@dataclass(slots=True)
class _Use:
    """How a talk uses a word."""

    forms: Counter[str] = field(default_factory=Counter)
    turns: dict[int, None] = field(default_factory=dict)
    people: set[str] = field(default_factory=set)
    as_noun: int = 0

    @property
    def form(self) -> str:
        return min(self.forms, key=lambda form: (-self.forms[form], form))


def find_topics(transcript: Transcript, n: int = N_TOPICS) -> tuple[Topic, ...]:
    """Up to ``n`` words the talk is about, the most telling first; those that name its speakers are none."""
    uses = _uses(transcript)
    n_words = sum(use.forms.total() for use in uses.values())
    names = {word for s in transcript.speakers for word in words(" ".join((s.name, *s.aliases)))}
    told = [use for use in uses.values() if use.form not in names and _is_noun(use)]
    ranked = sorted(told, key=lambda use: (-_tells(use, n_words), use.form))
    chosen: list[_Use] = []
    for use in ranked:  # 数字 says nothing that 数字化 does not
        if len(chosen) < n and not any(use.form in other.form or other.form in use.form for other in chosen):
            chosen.append(use)
    return tuple(Topic(word=use.form, turns=tuple(use.turns)) for use in chosen)


def _uses(transcript: Transcript) -> dict[str, _Use]:
    uses: dict[str, _Use] = {}
    for turn in transcript.turns:
        before = ""
        for word in words(turn.text):
            use = uses.setdefault(word if has_han(word) else stem(word), _Use())
            use.forms[word] += 1
            use.turns[turn.index] = None
            use.people.add(turn.speaker)
            use.as_noun += before in _BEFORE_NOUNS
            before = word
    return uses


def _is_noun(use: _Use) -> bool:
    word = use.form
    if len(use.turns) < FEWEST_TURNS or len(use.people) < FEWEST_PEOPLE:
        return False
    if len(word) < 2 or not word.isalpha() or not content_words(word) or read_numbers(word):
        return False
    if has_han(word):  # one that the dictionary lacks is one where none of its characters means little (这是)
        known = word_class(word)
        return known in _NOUNS if known else all(content_words(character) for character in word)
    return len(word) > 2 and use.as_noun >= _OFTEN * use.forms.total()


def _tells(use: _Use, n_words: int) -> float:
    """In how many turns a word is used, times how much more often than in general, as a logarithm."""
    general = frequency(use.form) if has_han(use.form) else dictionary.frequency(use.form)
    return len(use.turns) * max(0.0, math.log(use.forms.total() / n_words / (general + _UNSEEN)))

"""Query translation: the words of a question in one language as words of a corpus in the other.

Knows dictionaries and word vectors; not what the words are scored for.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import Protocol

from panelbot.match.dictionary import MIN_WEIGHT, Sense, senses
from panelbot.text.stem import stem

Forms = dict[str, float]  # stems of the corpus and how well each stands for a word, 0..1

MAX_FORMS = 24


class Meanings(Protocol):
    """Which Chinese words of a corpus mean what English stems say."""

    def meaning(self, sense: Sense) -> Forms:
        """The words with this sense, or with one of which it is part, and how much of the sense it is, 0..1."""
        ...


def english_terms(words: Sequence[str], meanings: Meanings) -> list[tuple[str, Forms]]:
    """English content words with the Chinese words that stand for them; a phrase the dictionary has goes first."""
    stems = [stem(word) for word in words]
    terms: list[tuple[str, Forms]] = []
    at = 0
    while at < len(words):
        for length in (3, 2, 1):
            phrase = tuple(stems[at : at + length])
            forms = meanings.meaning(phrase) if len(phrase) == length else {}
            if forms or length == 1:
                terms.append((" ".join(words[at : at + length]), forms))
                at += length
                break
    return terms


def chinese_terms(words: Sequence[str], stems: Container[str]) -> list[tuple[str, Forms]]:
    """Chinese content words with the English ``stems`` of the corpus that stand for them.

    A word inside a longer word that has a translation is left out: 量 says nothing that 客流量 does not say better.
    """
    found = [(word, _english_forms(word, stems)) for word in words]
    translated = [word for word, forms in found if forms]
    return [(w, forms) for w, forms in found if not any(w != longer and w in longer for longer in translated)]


def _english_forms(word: str, stems: Container[str]) -> Forms:
    forms: Forms = {}
    for sense in senses(word):
        weight = 1.0 / len(sense)
        if weight >= MIN_WEIGHT:
            for token in sense:
                if token in stems:
                    forms[token] = max(forms.get(token, 0.0), weight)
    return forms

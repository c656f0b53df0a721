"""The vocabulary bridge: the words of a question in one language as words of a corpus in the other.

Knows dictionaries and word vectors; not what the words are scored for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from panelbot.retrieve.dictionary import Sense, senses
from panelbot.text import has_han
from panelbot.text.stem import stem

Forms = dict[str, float]  # stems of the corpus and how well each stands for a word, 0..1

MIN_WEIGHT = 0.25  # a gloss of more than four words says little about any one of them
MAX_FORMS = 24


@dataclass(slots=True)
class ReverseDictionary:
    """English stems to the Chinese words of a corpus, grown word by word; each word is looked up once, ever."""

    words: dict[str, Forms] = field(default_factory=dict)
    phrases: dict[Sense, Forms] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)

    def grow(self, vocabulary: Iterable[str]) -> None:
        """Take in the Chinese words of ``vocabulary`` that are new."""
        for word in vocabulary:
            if word in self.known or not has_han(word):
                continue
            self.known.add(word)
            for sense in senses(word):
                if len(sense) > 1:
                    self.phrases.setdefault(sense, {})[word] = 1.0
                weight = 1.0 / len(sense)
                if weight >= MIN_WEIGHT:
                    for token in sense:
                        forms = self.words.setdefault(token, {})
                        forms[word] = max(forms.get(word, 0.0), weight)


def english_terms(words: Sequence[str], reverse: ReverseDictionary) -> list[tuple[str, Forms]]:
    """English content words with the Chinese words that stand for them; a phrase the dictionary has goes first."""
    stems = [stem(word) for word in words]
    terms: list[tuple[str, Forms]] = []
    at = 0
    while at < len(words):
        for length in (3, 2):
            phrase = tuple(stems[at : at + length])
            if len(phrase) == length and phrase in reverse.phrases:
                terms.append((" ".join(words[at : at + length]), dict(reverse.phrases[phrase])))
                at += length
                break
        else:
            terms.append((words[at], dict(reverse.words.get(stems[at], {}))))
            at += 1
    return terms


def chinese_terms(words: Sequence[str], stems: Mapping[str, object]) -> list[tuple[str, Forms]]:
    """Chinese content words with the English ``stems`` of the corpus that stand for them.

    A word inside a longer word that has a translation is left out: 量 says nothing that 客流量 does not say better.
    """
    found = [(word, _english_forms(word, stems)) for word in words]
    translated = [word for word, forms in found if forms]
    return [(w, forms) for w, forms in found if not any(w != longer and w in longer for longer in translated)]


def _english_forms(word: str, stems: Mapping[str, object]) -> Forms:
    forms: Forms = {}
    for sense in senses(word):
        weight = 1.0 / len(sense)
        if weight >= MIN_WEIGHT:
            for token in sense:
                if token in stems:
                    forms[token] = max(forms.get(token, 0.0), weight)
    return forms

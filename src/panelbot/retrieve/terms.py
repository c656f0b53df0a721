"""The terms of a question: its content words, what stands for them in the corpus, and what each weighs.

Knows words; not turns, and not scores.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from panelbot.retrieve.names import name_terms
from panelbot.retrieve.query_translation import MAX_FORMS, Forms, chinese_terms, english_terms
from panelbot.retrieve.vocabulary import Vocabulary
from panelbot.text import content_words, has_han
from panelbot.text.stem import stem
from panelbot.types import Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A content word (or phrase) of the question; ``forms`` are stems that stand for it with weights 0..1, as one.

    A form of several stems, parted by spaces, is held where all of them are, Chinese ones one behind the other.
    """

    word: str
    forms: tuple[tuple[str, float], ...]
    idf: float = 0.0


def find_terms(
    question: Question,
    vocabulary: Vocabulary,
    scope: Sequence[int] | None,
    *,
    query_translation: bool,
    closely: bool = True,
) -> tuple[Term, ...]:
    """The terms of ``question`` weighed by their rarity in the transcripts numbered ``scope`` (None: the whole index).

    A term whose word the corpus lacks and that nothing translates is kept, without forms: it tells what was asked.
    ``closely`` as in `Vocabulary.scoped_df`.
    """
    words = question.sought
    translated = _query_translation(question, words, vocabulary) if query_translation else []
    exact = [Term(word=word, forms=((stem(word), 1.0),) if stem(word) in vocabulary else ()) for word in words]
    heads = vocabulary.index.heads
    n = vocabulary.n_passages if scope is None else sum(heads[number].n_passages for number in scope)
    merged = _merge(exact, translated)
    df = vocabulary.scoped_df({form for term in merged for form, _ in term.forms}, scope, closely=closely)
    return tuple(_with_idf(term, df, n) for term in merged)


def _query_translation(question: Question, words: Sequence[str], vocabulary: Vocabulary) -> list[tuple[str, Forms]]:
    """What stands for names, and for the words that are in no name, in the corpus's other language."""
    names = name_terms(question, words, vocabulary)
    taken = {part for name, _ in names for part in (content_words(name) if has_han(name) else name.split())}
    rest = [word for word in words if word not in taken]
    return [*names, *_translate(rest, vocabulary)]


def _translate(words: Sequence[str], vocabulary: Vocabulary) -> list[tuple[str, Forms]]:
    english = [word for word in words if not has_han(word)]
    chinese = [word for word in words if has_han(word)]
    found: list[tuple[str, Forms]] = []
    if english and vocabulary.has_chinese:
        found.extend(english_terms(english, vocabulary))
    if chinese and vocabulary.has_other:
        found.extend(chinese_terms(chinese, vocabulary))
    known = ((word, {form: w for form, w in forms.items() if form in vocabulary}) for word, forms in found)
    return [(word, forms) for word, forms in known if forms]


def _merge(exact: Sequence[Term], translated: Sequence[tuple[str, Forms]]) -> list[Term]:
    """Each word with its translations; one inside a translated phrase stays only where the corpus has it."""
    forms_of = dict(translated)
    phrases = [word for word in forms_of if word not in {term.word for term in exact}]
    covered = {part for phrase in phrases for part in phrase.split()}
    inside = {t.word for t in exact if has_han(t.word) and any(t.word != w and t.word in w for w in forms_of)}
    merged: list[Term] = []
    for term in exact:
        forms = forms_of.get(term.word, {})
        if not term.forms and not forms and term.word in covered | inside:
            continue
        merged.append(_with_forms(term, forms))
    merged.extend(_with_forms(Term(word=phrase, forms=()), forms_of[phrase]) for phrase in phrases)
    return merged


def _with_forms(term: Term, forms: Forms) -> Term:
    best = sorted(forms.items(), key=lambda item: (-item[1], item[0]))[:MAX_FORMS]
    own = {form for form, _ in term.forms}
    added = tuple((form, weight) for form, weight in best if form not in own)
    return replace(term, forms=(*term.forms, *added))


def _with_idf(term: Term, df: dict[str, int], n: int) -> Term:
    held = tuple((form, weight) for form, weight in term.forms if df[form])
    # Okapi's inverse document frequency, kept above zero; synonyms count as one word.
    n_holding = min(n, sum(df[form] for form, _ in held))
    return replace(term, forms=held, idf=float(np.log1p((n - n_holding + 0.5) / (n_holding + 0.5))))

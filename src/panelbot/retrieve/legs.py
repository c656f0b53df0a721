"""The two legs: what every turn of a field scores by meaning and by words. Knows no ranks and no thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from panelbot.retrieve.field import Field, Floats
from panelbot.retrieve.terms import Term
from panelbot.text import fold, has_han

K1 = 1.2
B = 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class Legs:
    """Everything scored over the field before ranking."""

    cosine: Floats  # (n,) best passage of each turn
    passage: NDArray[np.int32]  # (n,) its ordinal
    summed: Floats  # (n,) the inner products of a turn's passages with the question, summed
    adapted: Floats  # (n,) the same with the adapted question
    counts: Floats  # (n_terms, n)
    terms: tuple[Term, ...]
    idf: Floats  # (n_terms,)
    lexical: Floats  # (n,) BM25 of each turn


def score_legs(field: Field, query: Floats, terms: tuple[Term, ...], adapted: Floats | None = None) -> Legs:
    """Both legs over the field; ``adapted`` is the vector of the adapted question, ``query`` where it is None."""
    products = [segment.vectors @ query for segment in field.segments]
    cosine, passage = _best_passages(field, products)
    counts = term_counts(field, terms)
    idf = np.asarray([term.idf for term in terms], dtype=np.float32)
    summed = _turn_sums(field, products)
    return Legs(
        cosine=cosine,
        passage=passage,
        summed=summed,
        adapted=summed if adapted is None else summed_products(field, adapted),
        counts=counts,
        terms=terms,
        idf=idf,
        lexical=bm25(counts, field.n_words, idf),
    )


def _best_passages(field: Field, products: Sequence[Floats]) -> tuple[Floats, NDArray[np.int32]]:
    """Each turn's best passage by ``products``, one (n_passages,) a segment: its score, and its ordinal.

    Empty turns have -1 for both.
    """
    best = np.full(field.n, -1.0, dtype=np.float32)
    ordinal = np.full(field.n, -1, dtype=np.int32)
    for segment, base, scores in zip(field.segments, field.base, products, strict=False):
        if not segment.n_passages:
            continue
        starts = segment.turns.first[:-1]
        filled = np.flatnonzero(starts < segment.turns.first[1:])
        best[base + filled] = np.maximum.reduceat(scores, starts[filled])
        # Written backwards: within a turn the first of equal passages wins.
        winners = np.flatnonzero(scores == best[base + segment.passage_turn])[::-1]
        ordinal[base + segment.passage_turn[winners]] = winners
    return best, ordinal


def summed_products(field: Field, vector: Floats) -> Floats:
    """The inner products of each turn's passages with ``vector`` float32 (dim,), summed: float32 (n,)."""
    return _turn_sums(field, [segment.vectors @ vector for segment in field.segments])


def _turn_sums(field: Field, products: Sequence[Floats]) -> Floats:
    found = [segment.turn_sums(scores) for segment, scores in zip(field.segments, products, strict=True)]
    return np.concatenate([np.empty(0, np.float32), *found])


def term_counts(field: Field, terms: Sequence[Term]) -> Floats:
    """How often each turn holds each term, float32 (n_terms, n): a term's forms are synonyms, the best one counts."""
    counts = np.zeros((len(terms), field.n), dtype=np.float32)
    for row, term in zip(counts, terms, strict=True):
        for form, weight in term.forms:
            stems = form.split(" ")
            held = [turns for stem in stems if (turns := _holding(field, stem)) is not None]
            if len(held) == len(stems):
                per_turn = np.min(held, axis=0)
                if len(stems) > 1 and has_han(form):
                    _count_whole(field, form.replace(" ", ""), per_turn)
                np.maximum(row, per_turn * np.float32(weight), out=row)
    return counts


def _count_whole(field: Field, writing: str, per_turn: Floats) -> None:
    """Lower the counts of turns that hold the words of ``writing``, but not one behind the other."""
    for i in np.flatnonzero(per_turn).tolist():
        turn = field.segments[int(field.of[i])].transcript.turns[i - int(field.low[i])]
        per_turn[i] = min(per_turn[i], fold(turn.text).count(writing))


def _holding(field: Field, stem: str) -> Floats | None:
    """How often each turn holds words of ``stem``, float32 (n,); None where no turn does."""
    held = [
        (segment.passage_turn[ordinals] + base, count)
        for segment, base in zip(field.segments, field.base.tolist(), strict=False)
        for ordinals, count in segment.lexical.like(stem)
    ]
    if not held:
        return None
    turns, counts = (np.concatenate(parts) for parts in zip(*held, strict=True))
    return np.bincount(turns, weights=counts, minlength=field.n).astype(np.float32)


def bm25(counts: Floats, lengths: Floats, idf: Floats) -> Floats:
    """Okapi BM25 of each column of ``counts`` (n_terms, n), lengths (n,) in words (Robertson and Zaragoza, 2009)."""
    mean = max(float(lengths.mean()) if len(lengths) else 0.0, 1e-9)
    norm = K1 * (1 - B + B * lengths / mean)
    return (idf[:, None] * counts * (K1 + 1) / (counts + norm)).sum(axis=0, dtype=np.float32)

"""The first stage: what every turn of a pool scores by meaning and by words. Knows no ranks and no thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from panelbot.index.okapi import okapi
from panelbot.retrieve.terms import Term
from panelbot.retrieve.turn_pool import Floats, TurnPool
from panelbot.text import fold, has_han


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstStage:
    """Everything scored over the pool before ranking."""

    cosine: Floats  # (n,) best passage of each turn
    passage: NDArray[np.int32]  # (n,) its ordinal
    summed: Floats  # (n,) the inner products of a turn's passages with the question, summed
    adapted: Floats  # (n,) the same with the adapted question
    counts: Floats  # (n_terms, n)
    terms: tuple[Term, ...]
    idf: Floats  # (n_terms,)
    lexical: Floats  # (n,) BM25 of each turn


def score_first_stage(
    pool: TurnPool, query: Floats, terms: tuple[Term, ...], adapted: Floats | None = None
) -> FirstStage:
    """Both scores over the pool; ``adapted`` is the vector of the adapted question, ``query`` where it is None."""
    products = _products(pool, query)
    cosine, passage = _best_passages(pool, products)
    summed = pool.turn_sums(products)
    counts = term_counts(pool, terms)
    idf = np.asarray([term.idf for term in terms], dtype=np.float32)
    return FirstStage(
        cosine=cosine,
        passage=passage,
        summed=summed,
        adapted=summed if adapted is None else summed_products(pool, adapted),
        counts=counts,
        terms=terms,
        idf=idf,
        lexical=bm25(counts, pool.n_words, idf),
    )


def _products(pool: TurnPool, vector: Floats) -> Floats:
    """The inner products of ``vector`` (dim,) with the passages of all segments, laid end to end: (n_passages,)."""
    return np.concatenate([segment.vectors @ vector for segment in pool.segments])


def _best_passages(pool: TurnPool, products: Floats) -> tuple[Floats, NDArray[np.int32]]:
    """Each turn's best passage by ``products`` (n_passages,): its score, and its ordinal in its transcript.

    Empty turns have -1 for both; of equal passages the first wins.
    """
    best = np.full(pool.n, -1.0, dtype=np.float32)
    place = np.full(pool.n, -1, dtype=np.int64)
    filled = pool.filled
    if len(filled):
        best[filled] = np.maximum.reduceat(products, pool.first[filled])
        # Written backwards: within a turn the first of equal passages wins.
        winners = np.flatnonzero(products == best[pool.of_passage])[::-1]
        turns = pool.of_passage[winners]
        place[turns] = winners - pool.first[pool.low[turns]]
    return best, place.astype(np.int32)


def summed_products(pool: TurnPool, vector: Floats) -> Floats:
    """The inner products of each turn's passages with ``vector`` float32 (dim,), summed: float32 (n,)."""
    return pool.turn_sums(_products(pool, vector))


def term_counts(pool: TurnPool, terms: Sequence[Term]) -> Floats:
    """How often each turn holds each term, float32 (n_terms, n): a term's forms are synonyms, the best one counts."""
    counts = np.zeros((len(terms), pool.n), dtype=np.float32)
    stems = dict.fromkeys(stem for term in terms for form, _ in term.forms for stem in form.split(" "))
    holding = _holding(pool, tuple(stems))
    for row, term in zip(counts, terms, strict=True):
        for form, weight in term.forms:
            held = [holding[stem] for stem in form.split(" ") if stem in holding]
            if len(held) == form.count(" ") + 1:
                per_turn = held[0] if len(held) == 1 else np.min(held, axis=0)
                if len(held) > 1 and has_han(form):
                    _count_whole(pool, form.replace(" ", ""), per_turn)
                np.maximum(row, per_turn * np.float32(weight), out=row)
    return counts


def _count_whole(pool: TurnPool, writing: str, per_turn: Floats) -> None:
    """Lower the counts of turns that hold the words of ``writing``, but not one behind the other."""
    for i in np.flatnonzero(per_turn).tolist():
        turn = pool.segments[int(pool.of[i])].transcript.turns[i - int(pool.low[i])]
        per_turn[i] = min(per_turn[i], fold(turn.text).count(writing))


def _holding(pool: TurnPool, stems: Sequence[str]) -> dict[str, Floats]:
    """How often each turn holds words of each of ``stems``, float32 (n,); without those that no turn holds."""
    held: list[NDArray[np.int32]] = []
    counts: list[NDArray[np.int32]] = []
    starts: list[tuple[int, int]] = []  # of the passages of a transcript, and of the turns of a stem
    found: dict[str, int] = {}
    n_passages = pool.first[pool.base].tolist()
    for key in stems:
        for start, segment in zip(n_passages, pool.segments, strict=False):
            for passages, count in segment.lexical.like(key):
                held.append(passages)
                counts.append(count)
                starts.append((start, found.setdefault(key, len(found)) * pool.n))
    if not held:
        return {}
    of_passage, of_stem = np.repeat(np.asarray(starts), [len(part) for part in held], axis=0).T
    turns = pool.of_passage[np.concatenate(held) + of_passage] + of_stem
    table = np.bincount(turns, weights=np.concatenate(counts), minlength=len(found) * pool.n).astype(np.float32)
    return dict(zip(found, table.reshape(len(found), pool.n), strict=True))


def bm25(counts: Floats, lengths: Floats, idf: Floats) -> Floats:
    """Okapi BM25 of each column of ``counts`` (n_terms, n), lengths (n,) in words (Robertson and Zaragoza, 2009)."""
    mean = max(float(lengths.mean()) if len(lengths) else 0.0, 1e-9)
    return okapi(idf[:, None], counts, lengths, mean).sum(axis=0, dtype=np.float32)

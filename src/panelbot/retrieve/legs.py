"""The two legs: what every turn of a field scores by meaning and by words. Knows no ranks and no thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from panelbot.index import SearchIndex
from panelbot.retrieve.field import Field, Floats

K1 = 1.2
B = 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A content word of the question and what stands for it in the corpus, each form with a weight 0..1."""

    word: str
    forms: tuple[tuple[str, float], ...]
    bridged: bool = False  # reached by translation only
    idf: float = 0.0


def dense_scores(field: Field, query: Floats) -> tuple[Floats, NDArray[np.int32]]:
    """Each turn's best passage: its cosine with ``query`` float32 (dim,), and its ordinal (-1 for empty turns)."""
    best = np.full(field.n, -1.0, dtype=np.float32)
    ordinal = np.full(field.n, -1, dtype=np.int32)
    for segment, base in zip(field.segments, field.base, strict=False):
        if not segment.n_passages:
            continue
        scores = segment.vectors @ query
        starts = segment.turns.first[:-1]
        filled = np.flatnonzero(starts < segment.turns.first[1:])
        best[base + filled] = np.maximum.reduceat(scores, starts[filled])
        # Within a turn the first of equal passages wins: the order is by turn, then score, then place.
        order = np.lexsort((np.arange(len(scores)), -scores, segment.passage_turn))
        ordinal[base + filled] = order[starts[filled]]
    return best, ordinal


def with_idf(terms: Sequence[Term], index: SearchIndex, scope: Sequence[int]) -> tuple[Term, ...]:
    """The terms with inverse document frequencies over the passages of ``scope``, forms of a term counted as one."""
    segments = [index.segment_at(number) for number in scope]
    n = sum(segment.n_passages for segment in segments)
    weighed: list[Term] = []
    for term in terms:
        df = 0
        for segment in segments:
            found = [hit[0] for form, _ in term.forms if (hit := segment.lexical.get(form)) is not None]
            df += len(found[0]) if len(found) == 1 else len(np.unique(np.concatenate(found))) if found else 0
        idf = float(np.log1p((n - df + 0.5) / (df + 0.5)))
        weighed.append(Term(word=term.word, forms=term.forms, bridged=term.bridged, idf=idf))
    return tuple(weighed)


def term_counts(field: Field, terms: Sequence[Term]) -> Floats:
    """How often each turn holds each term, float32 (n_terms, n): a term's forms are synonyms, the best one counts."""
    counts = np.zeros((len(terms), field.n), dtype=np.float32)
    for segment, base in zip(field.segments, field.base, strict=False):
        for row, term in zip(counts, terms, strict=True):
            for form, weight in term.forms:
                found = segment.lexical.get(form)
                if found is None:
                    continue
                per_turn = np.bincount(segment.passage_turn[found[0]], weights=found[1] * weight)
                window = row[base : base + len(per_turn)]
                np.maximum(window, per_turn, out=window)
    return counts


def bm25(counts: Floats, lengths: Floats, idf: Floats) -> Floats:
    """Okapi BM25 of each column of ``counts`` (n_terms, n), lengths (n,) in words (Robertson and Zaragoza, 2009)."""
    mean = max(float(lengths.mean()) if len(lengths) else 0.0, 1e-9)
    norm = K1 * (1 - B + B * lengths / mean)
    return (idf[:, None] * counts * (K1 + 1) / (counts + norm)).sum(axis=0, dtype=np.float32)

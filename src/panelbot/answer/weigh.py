"""What a sentence, and a turn, is worth as an answer: its features among those of the best hits.

Knows how a feature is measured; selection.json says what it is worth, training/train_selection.py makes that file.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from panelbot.answer.units import is_question
from panelbot.embedding import token_embedder
from panelbot.evidence.features import asks_what_was_asked
from panelbot.retrieve.closeness import Closeness, asked_words
from panelbot.retrieve.coverage import Coverage, coverage
from panelbot.types import Hit, Question, Transcript

if TYPE_CHECKING:
    from panelbot.answer.select import Candidate
    from panelbot.embedding import Embedder

Floats = NDArray[np.float64]


def weigh(
    question: Question,
    found: Sequence[Candidate],
    hits: Sequence[Hit],
    transcripts: Mapping[str, Transcript],
    embedder: Embedder | None,
) -> tuple[dict[str, Floats], list[Coverage]]:
    """The features of each sentence, float64 (n,) by name, and how much of the question each covers."""
    asked = asked_words(question)
    reader = token_embedder(embedder)
    closeness = Closeness(question.text, asked, reader) if reader is not None else None
    if closeness is not None:
        closeness.read(c.text for c in found)
    covered = [coverage(asked, c.text, closeness) for c in found]
    features = {
        **_meaning(question, found, covered, embedder, read=closeness is not None),
        **_words(found, covered),
        **_place(found, hits),
        "asks": _asking(question, found),
        "leads": _leading(question, found, transcripts),
        "n_asked": np.full(len(found), math.log(1 + len(asked))),
    }
    return features, covered


def _meaning(
    question: Question,
    found: Sequence[Candidate],
    covered: Sequence[Coverage],
    embedder: Embedder | None,
    *,
    read: bool,
) -> dict[str, Floats]:
    """Closeness of whole sentences, and of words where they are ``read`` in context; what is not known is left out."""
    features: dict[str, Floats] = {}
    if embedder is not None:
        rows = embedder.encode_passages([c.text for c in found])  # (n, dim)
        cosine = (rows @ embedder.encode_queries([question.text])[0]).astype(np.float64)
        features |= {"cosine": cosine, "cosine_behind": cosine - cosine.max()}
    if read:
        close = np.array([c.close for c in covered])
        features |= {"close": close, "close_behind": close - close.max()}
        features["near_close"] = _beside(found, close) - close.max()
    return features


def _words(found: Sequence[Candidate], covered: Sequence[Coverage]) -> dict[str, Floats]:
    mean = np.array([c.mean for c in covered])
    return {
        "covered": mean,
        "covered_behind": mean - mean.max(),
        "least": np.array([c.least for c in covered]),
        "near_covered": _beside(found, mean),
        "length": np.array([math.log(len(c.text)) - math.log(6 if c.text.isascii() else 2) for c in found]),
    }


def _place(found: Sequence[Candidate], hits: Sequence[Hit]) -> dict[str, Floats]:
    """The standing of each sentence's hit."""
    by_turn = {(hit.transcript_id, hit.turn): hit for hit in hits}
    own = [by_turn[c.span.transcript_id, c.span.turn] for c in found]
    best = max(hit.score for hit in hits)
    return {
        "rank": np.array([math.log(hit.rank) for hit in own]),
        "score_behind": np.array([hit.score - best for hit in own]),
    }


def by_turn(found: Sequence[Candidate], features: Mapping[str, Floats]) -> tuple[NDArray[np.intp], dict[str, Floats]]:
    """The features of each turn, float64 (n_turns,) by name, and which turn each sentence is of, int (n,).

    A turn has the most of what its sentences have, all their length, and the share of them that ask.
    """
    places = [(c.span.transcript_id, c.span.turn) for c in found]
    number = {place: i for i, place in enumerate(dict.fromkeys(places))}
    of = np.array([number[place] for place in places], dtype=np.intp)
    size = np.bincount(of)
    merged: dict[str, Floats] = {}
    for name, values in features.items():
        merged[name] = np.full(len(size), -np.inf)
        np.maximum.at(merged[name], of, values)
    merged["asks"] = np.bincount(of, weights=features["asks"]) / size
    merged["length"] = np.log(np.bincount(of, weights=np.exp(features["length"])))
    return of, merged


def _beside(found: Sequence[Candidate], values: Floats) -> Floats:
    """The better of what the sentences before and after have, in the same turn; 0 where there is neither."""
    place = {(c.span.transcript_id, c.span.turn, c.order): i for i, c in enumerate(found)}
    best = np.zeros(len(found))
    for i, c in enumerate(found):
        around = [place.get((c.span.transcript_id, c.span.turn, c.order + step)) for step in (-1, 1)]
        best[i] = max((float(values[j]) for j in around if j is not None), default=0.0)
    return best


def _asking(question: Question, found: Sequence[Candidate]) -> Floats:
    """1 for a sentence that asks, unless what was asked is asked for."""
    return np.array([float(is_question(c.text) and not asks_what_was_asked(question)) for c in found])


def _leading(question: Question, found: Sequence[Candidate], transcripts: Mapping[str, Transcript]) -> Floats:
    """1 for a moderator's sentence, unless the question is about certain speakers or about who spoke."""
    if question.speakers or question.kind == "who_said" or asks_what_was_asked(question):
        return np.zeros(len(found))
    roles = [transcripts[c.span.transcript_id].speaker(c.speaker).role for c in found]
    return np.array([float(role == "moderator") for role in roles])

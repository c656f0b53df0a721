"""What a sentence, and a turn, is worth as an answer: its features among those of the best hits.

Knows how a feature is measured; selection.json says what it is worth, training/train_selection.py makes that file.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from panelbot.answer.sentences import Candidate
from panelbot.match.coverage import Coverage
from panelbot.match.matcher import Matcher
from panelbot.text.asking import is_question
from panelbot.types import Hit, Question, Transcript

Floats = NDArray[np.float64]


def features_of(
    question: Question,
    found: Sequence[Candidate],
    hits: Sequence[Hit],
    transcripts: Mapping[str, Transcript],
    matcher: Matcher,
) -> tuple[dict[str, Floats], list[Coverage]]:
    """The features of each sentence, float64 (n,) by name, and how much of the question each covers."""
    matcher.read(c.text for c in found)
    covered = [matcher.coverage(c.text) for c in found]
    features = {
        **_meaning(found, covered, matcher),
        **_words(found, covered),
        **_place(found, hits),
        "asks": _asking(question, found),
        "leads": _leading(question, found, transcripts),
        "n_asked": np.full(len(found), math.log(1 + len(matcher.words))),
    }
    return features, covered


def _meaning(found: Sequence[Candidate], covered: Sequence[Coverage], matcher: Matcher) -> dict[str, Floats]:
    """Cosines of whole sentences, and of words where they are read in context; what is not known is left out."""
    features: dict[str, Floats] = {}
    cosine = matcher.cosines([c.text for c in found])
    if cosine is not None:
        features |= {"cosine": cosine, "cosine_behind": cosine - cosine.max()}
    if matcher.maxsim is not None:
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
    return np.array([float(is_question(c.text) and not question.questions) for c in found])


def _leading(question: Question, found: Sequence[Candidate], transcripts: Mapping[str, Transcript]) -> Floats:
    """1 for a moderator's sentence, unless the question is about certain speakers or about who spoke."""
    if question.speakers or question.kind == "who_said" or question.questions:
        return np.zeros(len(found))
    roles = [transcripts[c.span.transcript_id].speaker(c.speaker).role for c in found]
    return np.array([float(role == "moderator") for role in roles])

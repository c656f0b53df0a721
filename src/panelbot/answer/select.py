"""Choosing the sentences that answer: every sentence of the best turns is weighed on its own.

Knows the question, the hits and the turns around them; does not frame, count or prove anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from panelbot.answer.draft import Span
from panelbot.answer.units import announces_list, is_filler, is_list_item, is_question, units
from panelbot.evidence.coverage import coverage, word_vectors
from panelbot.evidence.features import asked_words
from panelbot.text import content_words
from panelbot.types import Hit, Question, Transcript

if TYPE_CHECKING:
    from panelbot.embedding import Embedder

# What a sentence's score is made of: meaning, words, the standing of its hit, its neighbours.
DENSE, COVERED, PRIOR, NEIGHBOURS = 0.30, 0.32, 0.38, 0.15
QUESTION_PENALTY, MODERATOR_PENALTY = 0.25, 0.15
KEEP, KEEP_ELSEWHERE = 0.80, 0.84  # shares of the best score below which a sentence is left out; in another turn
MAX_CHARS = {"zh": 420, "en": 900}


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One sentence and what it scores; ``order``: its place in the turn, ``covered``: its share of the asked words."""

    span: Span
    speaker: str
    text: str
    order: int
    score: float
    covered: float = 0.0


def candidates(
    question: Question,
    hits: Sequence[Hit],
    transcripts: Mapping[str, Transcript],
    embedder: Embedder | None,
) -> tuple[Candidate, ...]:
    """The quotable sentences of the hits, best first."""
    found = _collect(hits, transcripts)
    if not found:
        return ()
    dense = _dense(question, found, embedder)
    covered = _covered(question, found, embedder)
    penalties = np.array([_penalty(c, question, transcripts) for c in found])
    base = DENSE * dense + COVERED * covered + PRIOR * np.array([c.score for c in found]) - penalties
    scores = base + NEIGHBOURS * _neighbours(found, base)
    scored = [
        replace(c, score=float(score), covered=float(words))
        for c, score, words in zip(found, scores, covered, strict=True)
    ]
    return tuple(sorted(scored, key=lambda c: (-c.score, c.span)))


def _collect(hits: Sequence[Hit], transcripts: Mapping[str, Transcript]) -> list[Candidate]:
    """Each sentence a hit touches, once, with the hit's standing as its first score."""
    found: dict[Span, Candidate] = {}
    for hit in hits:
        transcript = transcripts.get(hit.transcript_id)
        if transcript is None or hit.turn >= len(transcript.turns):
            continue
        turn = transcript.turns[hit.turn]
        pieces = {piece: order for order, piece in enumerate(units(turn.text))}
        for start, end in units(turn.text, hit.start, hit.end):
            span = Span(transcript_id=hit.transcript_id, turn=hit.turn, start=start, end=end)
            text = turn.text[start:end]
            if span in found or is_filler(text):
                continue
            standing = 1 / (1 + 0.3 * (hit.rank - 1))
            order = pieces[start, end]
            found[span] = Candidate(span=span, speaker=turn.speaker, text=text, order=order, score=standing)
    return list(found.values())


def _dense(question: Question, found: Sequence[Candidate], embedder: Embedder | None) -> np.ndarray:
    """Similarity to the question, 0 for the least similar candidate and 1 for the most."""
    if embedder is None:
        return np.zeros(len(found))
    vectors = embedder.encode_passages([c.text for c in found])  # (n, dim)
    similarity = vectors @ embedder.encode_queries([question.text])[0]
    low, high = float(similarity.min()), float(similarity.max())
    return (similarity - low) / (high - low) if high > low else np.zeros(len(found))


def _covered(question: Question, found: Sequence[Candidate], embedder: Embedder | None) -> np.ndarray:
    """Share of the question's words that each sentence speaks of."""
    asked = asked_words(question)
    vectors = word_vectors(embedder) if embedder is not None else None
    return np.array([coverage(asked, c.text, vectors).mean for c in found])


def _neighbours(found: Sequence[Candidate], base: np.ndarray) -> np.ndarray:
    """The better of the scores of the sentences before and after, in the same turn."""
    place = {(c.span.transcript_id, c.span.turn, c.order): i for i, c in enumerate(found)}
    bonus = np.zeros(len(found))
    for i, c in enumerate(found):
        around = [place.get((c.span.transcript_id, c.span.turn, c.order + step)) for step in (-1, 1)]
        bonus[i] = max((float(base[j]) for j in around if j is not None), default=0.0)
    return bonus


def _penalty(candidate: Candidate, question: Question, transcripts: Mapping[str, Transcript]) -> float:
    """What a sentence loses: one that asks does not answer, and a moderator leads more than tells."""
    if any(word in question.text.casefold() for word in ("问", "ask", "question")):
        return 0.0
    speaker = transcripts[candidate.span.transcript_id].speaker(candidate.speaker)
    leads = speaker.role == "moderator" and not question.speakers and question.kind != "who_said"
    return QUESTION_PENALTY * is_question(candidate.text) + MODERATOR_PENALTY * leads


def choose(ranked: Sequence[Candidate], *, limit: int, max_turns: int = 3) -> tuple[Candidate, ...]:
    """The best ``limit`` sentences of at most ``max_turns`` turns, none much worse than the best, none said twice.

    A sentence that announces points brings the points along. In order of transcript, turn and place.
    """
    chosen: list[Candidate] = []
    size = 0
    for candidate in ranked:
        if len(chosen) >= limit or (chosen and candidate.score < KEEP * chosen[0].score):
            break
        turns = {_turn(c) for c in chosen}
        if chosen and _turn(candidate) not in turns and candidate.score < KEEP_ELSEWHERE * chosen[0].score:
            continue
        room = MAX_CHARS["zh" if not candidate.text.isascii() else "en"]
        too_much = bool(chosen) and size + len(candidate.text) > room
        if too_much or (_turn(candidate) not in turns and len(turns) >= max_turns):
            continue
        for piece in (candidate, *_points(candidate, ranked)):
            if len(chosen) < limit + 2 and not any(_same(piece, other) for other in chosen):
                chosen.append(piece)
                size += len(piece.text)
    return tuple(sorted(chosen, key=lambda c: c.span))


def _turn(candidate: Candidate) -> tuple[str, int]:
    return candidate.span.transcript_id, candidate.span.turn


def _points(candidate: Candidate, ranked: Sequence[Candidate]) -> list[Candidate]:
    """The listed points that directly follow a sentence which announces them."""
    if not announces_list(candidate.text):
        return []
    following = {c.order: c for c in ranked if _turn(c) == _turn(candidate)}
    points: list[Candidate] = []
    for order in (candidate.order + 1, candidate.order + 2):
        if order not in following or not is_list_item(following[order].text):
            break
        points.append(following[order])
    return points


def _same(one: Candidate, other: Candidate) -> bool:
    """True for one sentence and for two that say the same words."""
    if one.span == other.span:
        return True
    a, b = set(content_words(one.text)), set(content_words(other.text))
    return len(a & b) >= 0.8 * max(1, min(len(a), len(b))) and min(len(a), len(b)) >= 3

"""Choosing the sentences that answer: every sentence of the best turns is weighed on its own.

Knows the question, the hits and the turns around them; does not frame, count or prove anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from panelbot.answer.quote_segments import announces_list, is_filler, is_list_item, segment_spans
from panelbot.answer.sentence_features import by_turn, features_of
from panelbot.answer.sentences import Candidate, Span
from panelbot.evidence.model import Model, read_model
from panelbot.match.matcher import Matcher
from panelbot.text import content_words, detect_language
from panelbot.types import Hit, Question, Transcript

if TYPE_CHECKING:
    from panelbot.retrieve.result import ReadSentence

# A turn with less of a chance than this share of the best one's is not quoted for a broad question: by QMSum's train
# questions a third more of what is cited is evidence (precision .38 for .31), at nearly the same F1 (.26 for .27).
BROAD_KEEP = 0.7
# Where a turn speaks of all that is asked, one that speaks of less than half of it is on another matter. Of a meeting's
# evidence that loses little (F1 .25 for .26), and what is printed stays on the matter.
ALL_OF_IT, HALF_OF_IT = 0.9, 0.5
BEHIND = 0.3  # nobody marked what belongs to a broad question in two languages: there the order of the hits weighs too
ASKING, LEADING = 0.1, 0.6  # a question is no answer, and who leads a talk says less of its matter
# A second sentence of a turn adds less than one of another turn, as the marked evidence of meetings has it.
SAME_TURN = 0.8
# Of a reader's log-odds beside those of a sentence's own features, and the least it can say. Chosen between the .2 that
# the sample panels want and the .5 of the real transcripts; docs/answers-measured.md has what each gives on the other.
# It was .3 of a reader whose log-odds were spread .82 as wide.
HEARD, FLOOR = 0.25, -8.0
MAX_CHARS = {"zh": 420, "en": 900}
MAX_TURNS = 4
BETAS = (1.0, 3.0)  # of the F-measures by which sentences are added: first of any turn, then of those chosen from
# So much of the words of the shorter of two, where it has as many words as this, says the same.
SAME_WORDS, N_SAME = 0.8, 3


def candidates(
    question: Question,
    hits: Sequence[Hit],
    transcripts: Mapping[str, Transcript],
    matcher: Matcher,
    *,
    read: Sequence[ReadSentence] = (),
) -> tuple[Candidate, ...]:
    """The quotable sentences of the hits, best first; sentences that were ``read`` weigh by that as well."""
    found = collect(hits, transcripts)
    if not found:
        return ()
    features, covered = features_of(question, found, hits, transcripts, matcher)
    scores = chances(found, features, crosslingual=_crosslingual(question, found), broad=question.broad)
    if read:
        scores = _reweighed(scores, found, read)
    scored = [
        replace(c, score=float(score), covered=share.mean)
        for c, score, share in zip(found, scores.round(6), covered, strict=True)
    ]
    return tuple(sorted(scored, key=lambda c: (-c.score, c.span)))


def _reweighed(
    scores: NDArray[np.float64], found: Sequence[Candidate], read: Sequence[ReadSentence]
) -> NDArray[np.float64]:
    """The chances times what a reader found, beside the best it found, float64 (n,)."""
    heard = np.full(len(found), FLOOR)
    for i, candidate in enumerate(found):
        span = candidate.span
        own = (s for s in read if (s.transcript_id, s.turn) == (span.transcript_id, span.turn))
        heard[i] = max([FLOOR, *(s.score for s in own if s.start < span.end and span.start < s.end)])
    odds = scores / np.maximum(1 - scores, 1e-9) * np.exp(HEARD * (heard - heard.max()))
    return odds / (1 + odds)


def chances(
    found: Sequence[Candidate], features: Mapping[str, NDArray[np.float64]], *, crosslingual: bool, broad: bool
) -> NDArray[np.float64]:
    """The probability of each sentence to belong to the answer, float64 (n,).

    A question for one fact wants the sentence that states it. A broad one wants turns: each turn's probability, times
    how its sentences compare, and nothing of turns far behind the best; in two languages the better hits' sentences.
    """
    stating = _model("crosslingual" if crosslingual else "own").probabilities(features)
    # What the models did not learn, as nobody asks or leads in most of what they were trained on.
    stating = stating * np.where(features["asks"] > 0, ASKING, 1.0) * np.where(features["leads"] > 0, LEADING, 1.0)
    if not broad:
        return stating
    if crosslingual:
        return stating / (1 + BEHIND * (np.exp(features["rank"]) - 1))
    of, merged = by_turn(found, features)
    turns, covered = _model("turns").probabilities(merged), merged["covered"]
    if covered.max() >= ALL_OF_IT:
        turns = np.where(covered >= HALF_OF_IT * covered.max(), turns, 0.0)
    return broad_chances(of, turns, stating)


def broad_chances(
    of: NDArray[np.intp], turns: NDArray[np.float64], stating: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The chances of sentences, float64 (n,), from those of their turns, (n_turns,), and as statements, (n,)."""
    kept = np.where(turns >= BROAD_KEEP * turns.max(), turns, 0.0)
    best = np.zeros(len(turns))
    np.maximum.at(best, of, stating)
    return kept[of] * stating / best[of]


def _model(name: str) -> Model:
    return read_model("panelbot.answer", "selection.json", name)


def _crosslingual(question: Question, found: Sequence[Candidate]) -> bool:
    """Whether the sentences are in another language than the question."""
    text = " ".join(c.text for c in found)
    return detect_language(question.topic or question.text) != detect_language(text)


def collect(hits: Sequence[Hit], transcripts: Mapping[str, Transcript]) -> list[Candidate]:
    """Each sentence a hit touches, once."""
    found: dict[Span, Candidate] = {}
    for hit in hits:
        transcript = transcripts.get(hit.transcript_id)
        if transcript is None or hit.turn >= len(transcript.turns):
            continue
        turn = transcript.turns[hit.turn]
        pieces = {piece: order for order, piece in enumerate(segment_spans(turn.text))}
        for start, end in segment_spans(turn.text, hit.start, hit.end):
            span = Span(transcript_id=hit.transcript_id, turn=hit.turn, start=start, end=end)
            text = turn.text[start:end]
            if span in found or is_filler(text):
                continue
            found[span] = Candidate(span=span, speaker=turn.speaker, text=text, order=pieces[start, end], score=0.0)
    return list(found.values())


def choose(ranked: Sequence[Candidate], *, limit: int, max_turns: int = MAX_TURNS) -> tuple[Candidate, ...]:
    """At most ``limit`` sentences of at most ``max_turns`` turns, none said twice, in order of transcript and place.

    The best go in one by one for as long as that raises the expected F1 of the choice; then more of the turns chosen
    from, for as long as that raises the expected F3, to which what is missing counts more. A sentence that announces
    points brings the points along.
    """
    chosen: list[Candidate] = []
    for beta in BETAS:
        left = [c for c in ranked if c not in chosen and (beta == BETAS[0] or _turn(c) in {_turn(o) for o in chosen})]
        while left and len(chosen) < limit:
            best = max(left, key=lambda c: c.score * SAME_TURN ** sum(_turn(c) == _turn(other) for other in chosen))
            left.remove(best)
            if chosen and not _raises(best, chosen, ranked, beta):
                break
            if _fits(best, chosen, max_turns):
                pieces = (best, *_points(best, ranked))
                chosen.extend(p for p in pieces[: limit + 2 - len(chosen)] if not any(_same(p, c) for c in chosen))
    return tuple(sorted(chosen, key=lambda c: c.span))


def _raises(candidate: Candidate, chosen: Sequence[Candidate], ranked: Sequence[Candidate], beta: float) -> bool:
    """Whether one sentence more raises the expected F-measure of a choice.

    By the probabilities p of the sentences that is (1 + beta²) * sum of p chosen / (number chosen + beta² * sum of all
    p), as an approximation (Jansche, 2007).
    """
    gained, wanted = sum(c.score for c in chosen), beta**2 * sum(c.score for c in ranked)
    return (gained + candidate.score) * (len(chosen) + wanted) > gained * (len(chosen) + 1 + wanted)


def _fits(candidate: Candidate, chosen: Sequence[Candidate], max_turns: int) -> bool:
    """Whether a sentence may join: room left, not a turn too many, not the same words again."""
    if not chosen:
        return True
    turns = {_turn(c) for c in chosen}
    room = MAX_CHARS["en" if candidate.text.isascii() else "zh"] - sum(len(c.text) for c in chosen)
    too_many = _turn(candidate) not in turns and len(turns) >= max_turns
    return len(candidate.text) <= room and not too_many and not any(_same(candidate, c) for c in chosen)


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
    """Whether two are one sentence, or say the same words."""
    if one.span == other.span:
        return True
    a, b = set(content_words(one.text)), set(content_words(other.text))
    shorter = min(len(a), len(b))
    return shorter >= N_SAME and len(a & b) >= SAME_WORDS * shorter

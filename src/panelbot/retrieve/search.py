"""The search itself: scope, candidates, pool, scores, hits. Knows the order of the steps, not their insides."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from panelbot.config import Settings
from panelbot.embedding import Embedder
from panelbot.index import SearchIndex
from panelbot.match.matcher import Matcher
from panelbot.rerank import load_reranker
from panelbot.retrieve.adapter import adapt
from panelbot.retrieve.crosslingual import N_READ, reorder
from panelbot.retrieve.features import z_scores
from panelbot.retrieve.first_stage import FirstStage, score_first_stage
from panelbot.retrieve.position import put_first, turn_at
from panelbot.retrieve.rank import fuse, rank
from panelbot.retrieve.rerank import N_RERANKED, read_first
from panelbot.retrieve.result import Retrieval, Signals
from panelbot.retrieve.terms import Term, find_terms
from panelbot.retrieve.turn_pool import Floats, TurnPool, build_pool, spoken_by
from panelbot.retrieve.vocabulary import Vocabulary
from panelbot.stages import stage
from panelbot.types import Hit, Question, SpeakerRef

MAX_POOL = 2000  # turns scored closely; a larger scope is narrowed to the transcripts with the best candidates
WINDOW = 5  # turns either side
N_CANDIDATE_TERMS = 6  # the rarest words of a question decide which transcripts of many are looked at closely
N_CANDIDATE_FORMS = 2
TOPIC_SHARE = 0.2
RRF_K = 60  # reciprocal rank fusion (Cormack et al., 2009), ranks from 0 here


@dataclass(frozen=True, slots=True, kw_only=True)
class Searcher:
    """A search of some transcripts: of the question it was made for, or of one changed since, by other speakers."""

    index: SearchIndex
    embedder: Embedder
    matcher: Matcher  # of the question it was made for; the wording of one changed since is the same
    settings: Settings
    transcripts: Collection[str]
    k: int
    signals: bool = True

    def __call__(self, question: Question) -> Retrieval:
        """What is found for ``question``."""
        with stage("retrieve"):
            return retrieve(
                question,
                self.index,
                self.embedder,
                self.settings,
                transcripts=self.transcripts,
                k=self.k,
                signals=self.signals,
                matcher=self.matcher,
            )


def retrieve(
    question: Question,
    index: SearchIndex,
    embedder: Embedder,
    settings: Settings,
    *,
    transcripts: Collection[str] | None = None,
    speakers: Mapping[str, frozenset[str]] | None = None,
    k: int = 8,
    signals: bool = True,
    matcher: Matcher | None = None,
) -> Retrieval:
    """The ``k`` best turns for ``question``, each with its best passage, and the signals of the search.

    Args:
        transcripts: ids to search in; None for all.
        speakers: names by transcript id whose turns may be hits, on top of ``question.speakers``; None for everybody.
        signals: False to leave the signals at their zeros, where only hits are wanted.
        matcher: the question as it was encoded before; None for its first search.
    """
    allowed = allowed_speakers(question, speakers)
    scope = index.scope(transcripts if allowed is None else set(allowed) & set(transcripts or index.number))
    if question.kind == "smalltalk" or not scope or not question.text.strip():
        return Retrieval()
    matcher = matcher or Matcher(question, embedder)
    query = query_vector(matcher)
    narrowed = None if len(scope) == len(index.heads) else scope
    closely = sum(index.heads[number].n_turns for number in scope) <= MAX_POOL
    terms = find_terms(
        question, Vocabulary(index), narrowed, query_translation=settings.query_translation, closely=closely
    )
    pool = _choose_pool(index, scope, query, terms, allowed, settings)
    if not pool.eligible.any():
        return Retrieval()
    scored = score_first_stage(pool, query, terms, adapt(query, embedder.name))
    features: dict[str, Floats] = {}
    if settings.ranker == "conversation":
        named = spoken_by(pool.segments, _asked_speakers(question))
        scores, features = rank(pool, scored, named, broad=question.broad)
    else:
        scores = fuse(pool, scored)
    order = _best(scores, pool.eligible, max(k, N_RERANKED if settings.reranker else N_READ))
    explained = _explained(scored, features, order)
    hits = tuple(_hit(pool, scored, scores, int(i), n, explained[n - 1]) for n, i in enumerate(order, start=1))
    if settings.reranker:
        held = {hit.transcript_id for hit in hits}
        spoken = {segment.id: segment.transcript for segment in pool.segments if segment.id in held}
        hits, _ = read_first(question, hits, spoken, load_reranker(settings))
    elif settings.ranker == "conversation":
        hits = reorder(question, hits, matcher)
    if question.end and (at := turn_at(question.end, question, pool, int(order[0]))) is not None:
        (said,) = _explained(scored, features, np.asarray([at]))
        hits = put_first(_hit(pool, scored, scores, at, 1, said), hits)
    told = read_signals(pool, scored) if signals else Signals()
    point = settings.reranker_point if settings.reranker else None
    return Retrieval(hits=hits[:k], signals=told, point=point)


def query_vector(matcher: Matcher) -> Floats:
    """The unit vector that is searched with, float32 (dim,): the question's, moved a fifth of the way to its topic's.

    What frames a question ("summarize the discussion about") pulls its vector towards talk about talking.
    """
    with stage("embedding"):
        vector = (1 - TOPIC_SHARE) * matcher.vector + TOPIC_SHARE * matcher.topic_vector
    return (vector / max(float(np.linalg.norm(vector)), 1e-12)).astype(np.float32)


def allowed_speakers(
    question: Question, speakers: Mapping[str, frozenset[str]] | None
) -> dict[str, frozenset[str]] | None:
    """Names by transcript of those whose turns count: the caller's and the question's; None for everybody."""
    asked = _asked_speakers(question) or _each_speaker(question)
    if speakers is None:
        return asked or None
    if not asked:
        return dict(speakers)
    return {
        id: names & asked.get(id, frozenset()) for id, names in speakers.items() if names & asked.get(id, frozenset())
    }


def _asked_speakers(question: Question) -> dict[str, frozenset[str]]:
    return by_transcript(question.speakers)


def _each_speaker(question: Question) -> dict[str, frozenset[str]]:
    """Those whom a question about each of them means: what the moderator says is not what the panelists think."""
    if question.kind != "each":
        return {}
    return by_transcript([ref for r in question.references if r.kind == "everyone" for ref in r.speakers])


def by_transcript(refs: Sequence[SpeakerRef]) -> dict[str, frozenset[str]]:
    """The names that ``refs`` mean, under the transcripts they are of."""
    found: dict[str, frozenset[str]] = {}
    for ref in refs:
        found[ref.transcript_id] = found.get(ref.transcript_id, frozenset()) | {ref.name}
    return found


def _choose_pool(
    index: SearchIndex,
    scope: tuple[int, ...],
    query: Floats,
    terms: tuple[Term, ...],
    allowed: Mapping[str, frozenset[str]] | None,
    settings: Settings,
) -> TurnPool:
    """The transcripts to score closely: all in scope, or those of the best candidates by meaning or by words."""
    if sum(index.heads[number].n_turns for number in scope) > MAX_POOL:
        everything = len(scope) == len(index.heads)
        ids = None if everything else [index.heads[number].id for number in scope]
        rarest = sorted(terms, key=lambda term: (-term.idf, term.word))[:N_CANDIDATE_TERMS]
        words = [stem for term in rarest for form, _ in term.forms[:N_CANDIDATE_FORMS] for stem in form.split(" ")]
        scored = (
            index.dense(query, settings.n_candidates, transcripts=ids, speakers=allowed),
            index.bm25(words, settings.n_candidates, transcripts=ids, speakers=allowed),
        )
        best: dict[int, float] = {}
        for found in scored:
            for rank, number in enumerate(found.segment.tolist()):
                best[number] = best.get(number, 0.0) + 1.0 / (rank + RRF_K)
        chosen: list[int] = []
        n_turns = 0
        for number in sorted(best, key=lambda number: (-best[number], number)):
            n_turns += index.heads[number].n_turns
            if chosen and n_turns > MAX_POOL:
                break
            chosen.append(number)
        scope = tuple(sorted(chosen))
    return build_pool([index.segment_at(number) for number in scope], allowed)


def _best(scores: Floats, eligible: NDArray[np.bool_], k: int) -> NDArray[np.int64]:
    at = np.flatnonzero(eligible)
    # TurnPool order is transcript id, then turn: a stable sort keeps equal scores in it.
    return at[np.argsort(-scores[at].round(5), kind="stable")[:k]]


def _explained(scored: FirstStage, features: Mapping[str, Floats], turns: NDArray[np.int64]) -> list[dict[str, float]]:
    """What each of ``turns`` was ranked by."""
    values = {"cosine": scored.cosine, "bm25": scored.lexical, **features}
    table = np.stack([column[turns] for column in values.values()], axis=1)
    return [dict(zip(values, row, strict=True)) for row in table.tolist()]


def _hit(pool: TurnPool, scored: FirstStage, scores: Floats, i: int, rank: int, features: Mapping[str, float]) -> Hit:
    segment = pool.segments[int(pool.of[i])]
    turn = segment.transcript.turns[i - int(pool.low[i])]
    passage = segment.passages[int(scored.passage[i])]
    asked = int(pool.asked[i] - pool.low[i]) if pool.asked[i] >= 0 else -1
    return Hit(
        rank=rank,
        transcript_id=segment.id,
        turn=turn.index,
        speaker=segment.transcript.speaker(turn.speaker),
        text=turn.text[passage.start : passage.end],
        start=passage.start,
        end=passage.end,
        score=float(scores[i]),
        features=features,
        asked=asked,
    )


def read_signals(pool: TurnPool, scored: FirstStage) -> Signals:
    """The signals of a search, read from what was scored."""
    among = pool.eligible
    cosines = scored.cosine[among]
    idf = np.asarray([term.idf for term in scored.terms], dtype=np.float32)
    mass = max(float(idf.sum()), 1e-9)
    held = (scored.counts > 0).astype(np.float32)
    known = held.any(axis=1)
    near = pool.window_sum(held, WINDOW) > 0
    tops = [set(_best(scores, among, 10).tolist()) for scores in (scored.cosine, scored.lexical)]
    lexical = bool((scored.lexical[among] > 0).any())
    return Signals(
        max_cosine=float(cosines.max()),
        mean_cosine=float(cosines.mean()),
        cosine_z=float(z_scores(scored.cosine, among)[among].max()),
        idf_turn=float((idf @ held)[among].max() / mass),
        idf_window=float((idf @ near)[among].max() / mass),
        idf_known=float(idf[known].sum() / mass),
        agreement=len(tops[0] & tops[1]) / max(len(tops[0]), 1) if lexical else 0.0,
    )

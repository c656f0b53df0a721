"""The search itself: scope, candidates, field, scores, hits. Knows the order of the steps, not their insides."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from panelbot.config import Settings
from panelbot.embedding import Embedder
from panelbot.index import SearchIndex
from panelbot.rerank import load_reranker
from panelbot.retrieve.across import N_READ, reorder
from panelbot.retrieve.adapter import adapt
from panelbot.retrieve.features import z_scores
from panelbot.retrieve.field import Field, Floats, build_field, spoken_by
from panelbot.retrieve.legs import Legs, score_legs
from panelbot.retrieve.position import asked_place, put_first, turn_at
from panelbot.retrieve.rank import fuse, rank
from panelbot.retrieve.rerank import N_RERANKED, reread
from panelbot.retrieve.result import Retrieval, Signals
from panelbot.retrieve.terms import Term, find_terms
from panelbot.retrieve.vocabulary import Vocabulary
from panelbot.stages import stage
from panelbot.types import Hit, Question, SpeakerRef
from panelbot.understand.breadth import is_broad

MAX_FIELD = 2000  # turns scored closely; a larger scope is narrowed to the transcripts with the best candidates
WINDOW = 5  # turns either side
N_CANDIDATE_TERMS = 6  # the rarest words of a question decide which transcripts of many are looked at closely
N_CANDIDATE_FORMS = 2
TOPIC_SHARE = 0.2


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
) -> Retrieval:
    """The ``k`` best turns for ``question``, each with its best passage, and the signals of the search.

    Args:
        transcripts: ids to search in; None for all.
        speakers: names by transcript id whose turns may be hits, on top of ``question.speakers``; None for everybody.
        signals: False to leave the signals at their zeros, where only hits are wanted.
    """
    allowed = allowed_speakers(question, speakers)
    scope = index.scope(transcripts if allowed is None else set(allowed) & set(transcripts or index.number))
    if question.kind == "smalltalk" or not scope or not question.text.strip():
        return Retrieval()
    query = embed_question(question, embedder)
    narrowed = None if len(scope) == len(index.heads) else scope
    closely = sum(index.heads[number].n_turns for number in scope) <= MAX_FIELD
    terms = find_terms(question, Vocabulary(index), narrowed, bridge=settings.bridge, closely=closely)
    field = _choose_field(index, scope, query, terms, allowed, settings)
    if not field.eligible.any():
        return Retrieval()
    legs = score_legs(field, query, terms, adapt(query, embedder.name))
    features: dict[str, Floats] = {}
    if settings.ranker == "conversation":
        named = spoken_by(field.segments, _asked_speakers(question))
        scores, features = rank(field, legs, named, broad=is_broad(question))
    else:
        scores = fuse(field, legs)
    order = _best(scores, field.eligible, max(k, N_RERANKED if settings.reranker else N_READ))
    explained = _explained(legs, features, order)
    hits = tuple(_hit(field, legs, scores, int(i), n, explained[n - 1]) for n, i in enumerate(order, start=1))
    if settings.reranker:
        held = {hit.transcript_id for hit in hits}
        spoken = {segment.id: segment.transcript for segment in field.segments if segment.id in held}
        hits = reread(question, hits, spoken, load_reranker(settings))
    elif settings.ranker == "conversation":
        hits = reorder(question, hits, embedder)
    if (place := asked_place(question)) and (at := turn_at(place, question, field, int(order[0]))) is not None:
        (said,) = _explained(legs, features, np.asarray([at]))
        hits = put_first(_hit(field, legs, scores, at, 1, said), hits)
    told = read_signals(field, legs) if signals else Signals()
    point = settings.reranker_point if settings.reranker else None
    return Retrieval(hits=hits[:k], signals=told, point=point)


def embed_question(question: Question, embedder: Embedder) -> Floats:
    """The question's unit vector, float32 (dim,): its wording, moved a fifth of the way to its bare topic.

    What frames a question ("summarize the discussion about") pulls its vector towards talk about talking.
    """
    topic = question.topic.strip() or question.text
    with stage("embedding"):
        rows = embedder.encode_queries([question.text] if topic == question.text else [question.text, topic])
    vector = (1 - TOPIC_SHARE) * rows[0] + TOPIC_SHARE * rows[-1]
    return vector / max(float(np.linalg.norm(vector)), 1e-12)


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
    found: dict[str, frozenset[str]] = {}
    for ref in refs:
        found[ref.transcript_id] = found.get(ref.transcript_id, frozenset()) | {ref.name}
    return found


def _choose_field(
    index: SearchIndex,
    scope: tuple[int, ...],
    query: Floats,
    terms: tuple[Term, ...],
    allowed: Mapping[str, frozenset[str]] | None,
    settings: Settings,
) -> Field:
    """The transcripts to score closely: all in scope, or those of the best candidates of either leg."""
    if sum(index.heads[number].n_turns for number in scope) > MAX_FIELD:
        everything = len(scope) == len(index.heads)
        ids = None if everything else [index.heads[number].id for number in scope]
        rarest = sorted(terms, key=lambda term: (-term.idf, term.word))[:N_CANDIDATE_TERMS]
        words = [stem for term in rarest for form, _ in term.forms[:N_CANDIDATE_FORMS] for stem in form.split(" ")]
        legs = (
            index.dense(query, settings.n_candidates, transcripts=ids, speakers=allowed),
            index.bm25(words, settings.n_candidates, transcripts=ids, speakers=allowed),
        )
        best: dict[int, float] = {}
        for leg in legs:
            for rank, number in enumerate(leg.segment.tolist()):
                best[number] = best.get(number, 0.0) + 1.0 / (rank + 60)
        chosen: list[int] = []
        n_turns = 0
        for number in sorted(best, key=lambda number: (-best[number], number)):
            n_turns += index.heads[number].n_turns
            if chosen and n_turns > MAX_FIELD:
                break
            chosen.append(number)
        scope = tuple(sorted(chosen))
    return build_field([index.segment_at(number) for number in scope], allowed)


def _best(scores: Floats, eligible: NDArray[np.bool_], k: int) -> NDArray[np.int64]:
    at = np.flatnonzero(eligible)
    # Field order is transcript id, then turn: a stable sort keeps equal scores in it.
    return at[np.argsort(-scores[at].round(5), kind="stable")[:k]]


def _explained(legs: Legs, features: Mapping[str, Floats], turns: NDArray[np.int64]) -> list[dict[str, float]]:
    """What each of ``turns`` was ranked by."""
    values = {"cosine": legs.cosine, "bm25": legs.lexical, **features}
    table = np.stack([column[turns] for column in values.values()], axis=1)
    return [dict(zip(values, row, strict=True)) for row in table.tolist()]


def _hit(field: Field, legs: Legs, scores: Floats, i: int, rank: int, features: Mapping[str, float]) -> Hit:
    segment = field.segments[int(field.of[i])]
    turn = segment.transcript.turns[i - int(field.low[i])]
    passage = segment.passages[int(legs.passage[i])]
    asked = int(field.asked[i] - field.low[i]) if field.asked[i] >= 0 else -1
    return Hit(
        rank=rank,
        transcript_id=segment.id,
        turn=turn.index,
        speaker=segment.transcript.speaker(turn.speaker),
        text=turn.text[passage.start : passage.end],
        start=passage.start,
        end=passage.end,
        score=float(scores[i]),
        features={**features, "asked": float(asked)},
    )


def read_signals(field: Field, legs: Legs) -> Signals:
    """The signals of a search, read from what was scored."""
    among = field.eligible
    cosines = np.sort(legs.cosine[among])[::-1]
    idf = np.asarray([term.idf for term in legs.terms], dtype=np.float32)
    mass = max(float(idf.sum()), 1e-9)
    held = (legs.counts > 0).astype(np.float32)
    known = held.any(axis=1)
    bridged = np.asarray([term.bridged for term in legs.terms], dtype=bool)
    near = field.window_sum(held, WINDOW) > 0
    own = z_scores(np.stack([legs.cosine, legs.lexical]), among).compress(among, axis=-1)
    tops = [set(_best(leg, among, 10).tolist()) for leg in (legs.cosine, legs.lexical)]
    lexical = bool((legs.lexical[among] > 0).any())
    return Signals(
        n_turns=int(among.sum()),
        n_words=len(legs.terms),
        n_known=int(known.sum()),
        max_cosine=float(cosines[0]),
        mean_cosine=float(cosines.mean()),
        cosine_z=float(own[0].max()),
        cosine_gap=float(cosines[0] - cosines[min(4, len(cosines) - 1)]),
        bm25_z=float(own[1].max()),
        idf_turn=float((idf @ held)[among].max() / mass),
        idf_window=float((idf @ near)[among].max() / mass),
        idf_known=float(idf[known].sum() / mass),
        agreement=len(tops[0] & tops[1]) / max(len(tops[0]), 1) if lexical else 0.0,
        lexical=lexical,
        bridged=float((bridged & known).sum() / max(int(known.sum()), 1)),
    )

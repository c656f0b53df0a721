"""Retrieval measures over standard runs and qrels, computed by ir_measures on top of pytrec_eval.

A document is one turn. Knows nothing about where a run came from.

Ties: trec_eval ranks by score, and among equal scores by document id, descending. A run made here therefore
carries strictly decreasing scores (the number of turns still to come), so that every reader keeps our ranks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

MEASURES = (
    "Success@1",
    "Success@3",
    "Success@5",
    "Success@8",
    "Success@10",
    "R@5",
    "R@10",
    "R@20",
    "nDCG@10",
    "RR",
    "AP",
)
CUTOFFS = (1, 2, 3, 5, 10, 20, 30, 50)
"""The depths at which the recall curve is drawn."""

Qrels = Mapping[str, Mapping[str, int]]
Run = Mapping[str, Mapping[str, float]]


def document_id(transcript_id: str, turn: int) -> str:
    """One turn's name in runs and qrels; white space is percent-encoded, as the formats split at it."""
    return f"{topic_id(transcript_id)}#{turn}"


def topic_id(query_id: str) -> str:
    """A name without white space: other characters, Chinese ones included, stay as they are."""
    return "".join(quote(char) if char.isspace() or char == "%" else char for char in query_id)


def make_run(ranked: Sequence[str]) -> dict[str, float]:
    """Document ids, best first, as a run's scores: n, n-1, …, 1."""
    return {name: float(len(ranked) - place) for place, name in enumerate(ranked)}


def score_run(qrels: Qrels, run: Run, measures: Iterable[str] = MEASURES) -> dict[str, dict[str, float]]:
    """Every measure of every topic of ``qrels``; a topic without results, or not in ``run``, scores zero.

    Measures are named and defined as in MacAvaney et al. (2022), "Streamlining evaluation with ir-measures", and
    computed by trec_eval's code through pytrec_eval (Van Gysel and de Rijke, 2018).
    """
    import ir_measures

    parsed = {name: _measure(name) for name in measures}
    scores: dict[str, dict[str, float]] = {topic: dict.fromkeys(parsed, 0.0) for topic in qrels}
    judged = {topic: dict(documents) for topic, documents in qrels.items()}
    answered = {topic: dict(documents) for topic, documents in run.items() if documents and topic in judged}
    if not answered:
        return scores
    names = {measure: name for name, measure in parsed.items()}
    for metric in ir_measures.pytrec_eval.evaluator(list(parsed.values()), judged).iter_calc(answered):
        scores[metric.query_id][names[metric.measure]] = float(metric.value)
    return scores


def _measure(name: str) -> Any:
    """The measure of this name; ``parse_measure`` uses what Python 3.14 has no more."""
    import ir_measures

    kind, _, cutoff = name.partition("@")
    measure = getattr(ir_measures, kind)
    return measure @ int(cutoff) if cutoff else measure


def format_qrels(qrels: Qrels) -> str:
    """TREC qrels: ``topic 0 document relevance``, one judgement a line."""
    return "".join(
        f"{topic} 0 {name} {relevance}\n" for topic, documents in qrels.items() for name, relevance in documents.items()
    )


def format_run(run: Run, tag: str) -> str:
    """A TREC run: ``topic Q0 document rank score tag``, best first."""
    return "".join(
        f"{topic} Q0 {name} {rank} {score:g} {tag}\n"
        for topic, documents in run.items()
        for rank, (name, score) in enumerate(sorted(documents.items(), key=lambda item: -item[1]), start=1)
    )

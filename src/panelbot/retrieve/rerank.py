"""The best hits as a reranker reads them: their order, and the chance that one of them answers.

Knows log-odds and ranks; not which model gives them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from panelbot.rerank import Reranker, excerpt_of, sentences_of
from panelbot.retrieve.result import ReadSentence
from panelbot.types import Hit, Question, Transcript

N_RERANKED = 12


def read_first(
    question: Question,
    hits: Sequence[Hit],
    transcripts: Mapping[str, Transcript],
    reranker: Reranker,
    *,
    n: int = N_RERANKED,
    share: float = 1.0,
) -> tuple[tuple[Hit, ...], tuple[ReadSentence, ...]]:
    """The hits, the first ``n`` best first by both the reranker and the search, and the sentences of those.

    ``Hit.features["read"]`` is the reranker's log-odds of the hit's best sentence.

    Right hits get about half as many from one rank of a search to twice that rank, so one over the rank is what the
    search says beforehand, and ``share`` of the reranker's log-odds is added to its log.
    """
    first = hits[:n]
    read = reranker.read(question.text, [excerpt_of(hit, transcripts[hit.transcript_id]) for hit in first])
    best = [max(scores, default=-math.inf) for scores in read]
    order = sorted(range(len(first)), key=lambda i: (-round(share * best[i] - math.log(i + 1), 5), i))
    ranked = (
        replace(first[i], rank=rank, features={**first[i].features, "read": best[i]})
        for rank, i in enumerate(order, start=1)
    )
    sentences = (
        ReadSentence(hit.transcript_id, hit.turn, start, end, score)
        for hit, scores in zip(first, read, strict=True)
        for (start, end), score in zip(sentences_of(hit), scores, strict=True)
    )
    return (*ranked, *hits[n:]), tuple(sentences)


def best_read(hits: Sequence[Hit]) -> float | None:
    """The log-odds of the hit that a reranker likes best; None where none was read."""
    return max((hit.features["read"] for hit in hits if "read" in hit.features), default=None)

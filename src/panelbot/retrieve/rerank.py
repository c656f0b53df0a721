"""The best hits as a reranker reads them: their order, and the chance that one of them answers.

Knows log-odds and ranks; not which model gives them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from panelbot.rerank import Reranker, excerpt_of
from panelbot.types import Hit, Question, Transcript

N_RERANKED = 12


def reread(
    question: Question, hits: Sequence[Hit], transcripts: Mapping[str, Transcript], reranker: Reranker
) -> tuple[Hit, ...]:
    """The hits, the first twelve best first by both the reranker and the search.

    ``Hit.features["read"]`` is the reranker's log-odds of the hit's best sentence.

    Right hits get about half as many from one rank of a search to twice that rank, so one over the rank is what the
    search says beforehand, and the reranker's log-odds are added to its log.
    """
    first = hits[:N_RERANKED]
    read = reranker.read(question.text, [excerpt_of(hit, transcripts[hit.transcript_id]) for hit in first])
    best = [max(scores, default=-math.inf) for scores in read]
    order = sorted(range(len(first)), key=lambda i: (-round(best[i] - math.log(i + 1), 5), i))
    ranked = (
        replace(first[i], rank=rank, features={**first[i].features, "read": best[i]})
        for rank, i in enumerate(order, start=1)
    )
    return (*ranked, *hits[N_RERANKED:])


def best_read(hits: Sequence[Hit]) -> float | None:
    """The log-odds of the hit that a reranker likes best; None where none was read."""
    return max((hit.features["read"] for hit in hits if "read" in hit.features), default=None)

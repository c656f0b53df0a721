"""What the evidence decision looks at: coverage of the question's words by the best hits, and the search's signals.

Knows how a feature is measured; model.py knows what it is worth.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from panelbot.evidence.model import Kind
from panelbot.match.coverage import Coverage
from panelbot.match.matcher import Matcher
from panelbot.text import detect_language, sentence_spans
from panelbot.text.asking import tells_of_asking
from panelbot.types import Hit, Question, Transcript

if TYPE_CHECKING:
    from panelbot.retrieve import Retrieval

N_HITS, N_MEAN = 5, 3  # hits that are read, and those of which the mean is taken
QUESTION_CHARS = 400  # of the end of a turn whose question a hit answers
MARGIN = 150  # characters either side of a hit that are read with it


def features(
    question: Question,
    retrieval: Retrieval,
    transcripts: Mapping[str, Transcript],
    matcher: Matcher,
) -> dict[str, float]:
    """The features of a search with hits, by name."""
    texts = [around(hit, transcripts, whole=question.questions) for hit in retrieval.hits[:N_HITS]]
    covered = [matcher.coverage(text) for text in texts]
    threads = [question_answered(hit, transcripts) for hit in retrieval.hits[:N_HITS]]
    in_thread = [matcher.coverage(f"{q} {t}") if q else c for q, t, c in zip(threads, texts, covered, strict=True)]
    best = max(covered, key=lambda c: (c.mean, c.least), default=Coverage())
    first = covered[0] if covered else Coverage()
    threaded = max(in_thread, key=lambda c: (c.mean, c.least), default=Coverage())
    signals = retrieval.signals
    return {
        "covered": best.mean,
        "least": best.least,
        "said": best.said,
        "covered_first": first.mean,
        "covered_thread": threaded.mean,
        "mean_covered": sum(c.mean for c in covered[:N_MEAN]) / max(1, len(covered[:N_MEAN])),
        **_maxsim(texts, matcher),
        "cosine": signals.max_cosine,
        "margin": signals.max_cosine - signals.mean_cosine,
        "cosine_z": signals.cosine_z,
        "idf_turn": signals.idf_turn,
        "idf_window": signals.idf_window,
        "idf_known": signals.idf_known,
        "agreement": signals.agreement,
        "log_words": math.log(1 + len(matcher.words)),
    }


def _maxsim(texts: Sequence[str], matcher: Matcher) -> dict[str, float]:
    """How close the words asked come to the hits: to one of them, the first of them, and to all of them together.

    Nothing where no model reads words in context, or none are asked.
    """
    if (maxsim := matcher.maxsim) is None or not maxsim.asked:
        return {}
    cosines = np.array([maxsim.of(text) for text in texts])  # (n_texts, n_asked)
    together = cosines.max(axis=0)
    return {
        "close": float(cosines.mean(axis=1).max()),
        "close_least": float(cosines.min(axis=1).max()),
        "close_first": float(cosines[0].mean()),
        "close_together": float(together.mean()),
        "close_together_least": float(together.min()),
    }


def read_hits(retrieval: Retrieval, transcripts: Mapping[str, Transcript], matcher: Matcher) -> None:
    """Embed at once all the sentences that the features of ``retrieval`` are made of."""
    hits = retrieval.hits[:N_HITS]
    texts = [around(hit, transcripts, whole=True) for hit in hits]
    matcher.read([*texts, *(question_answered(hit, transcripts) for hit in hits)])


def kind_of(question: Question, retrieval: Retrieval) -> Kind:
    """Which model judges: that of the language of question and hits, or ``crosslingual`` where they are in two."""
    asked = detect_language(question.topic or question.text)
    text = " ".join(hit.text for hit in retrieval.hits[:N_HITS])
    return asked if not text or detect_language(text) == asked else "crosslingual"


def around(hit: Hit, transcripts: Mapping[str, Transcript], *, whole: bool = False) -> str:
    """The hit with the sentences around it in its turn, without those that ask unless ``whole``."""
    text = transcripts[hit.transcript_id].turns[hit.turn].text
    near = [(a, b) for a, b in sentence_spans(text) if a < hit.end + MARGIN and b > hit.start - MARGIN]
    window = text[near[0][0] : near[-1][1]] if near else hit.text
    return window if whole else stated(window)


def stated(text: str) -> str:
    """The sentences of ``text`` that state, not ask."""
    sentences = (text[a:b] for a, b in sentence_spans(text))
    return " ".join(sentence for sentence in sentences if not tells_of_asking(sentence))


def question_answered(hit: Hit, transcripts: Mapping[str, Transcript]) -> str:
    """The end of the turn whose question the hit answers; empty where it answers none."""
    return transcripts[hit.transcript_id].turns[hit.asked].text[-QUESTION_CHARS:] if hit.asked >= 0 else ""

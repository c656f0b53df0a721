"""What the evidence decision looks at: coverage of the question's words by the best hits, and the search's signals.

Knows how a feature is measured; model.py knows what it is worth.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from panelbot.embedding import token_embedder
from panelbot.evidence.model import Kind
from panelbot.retrieve.closeness import Closeness, asked_words
from panelbot.retrieve.coverage import Coverage, coverage
from panelbot.text import detect_language, sentence_spans
from panelbot.types import Hit, Question, Transcript

if TYPE_CHECKING:
    from panelbot.embedding import Embedder
    from panelbot.retrieve import Retrieval

N_HITS = 5
_ASKING = ("提问", "提了一个", "问一", "想问", "one asks", "asks what", "asks whether", "asking ", "question is")
MARGIN = 150  # characters either side of a hit that are read with it


def features(
    question: Question,
    retrieval: Retrieval,
    transcripts: Mapping[str, Transcript],
    closeness: Closeness | None,
) -> dict[str, float]:
    """The features of a search that found something, by name."""
    asked = asked_words(question)
    texts = [around(hit, transcripts, whole=asks_what_was_asked(question)) for hit in retrieval.hits[:N_HITS]]
    covered = [coverage(asked, text, closeness) for text in texts]
    threads = [question_answered(hit, transcripts) for hit in retrieval.hits[:N_HITS]]
    in_thread = [
        coverage(asked, f"{q} {t}", closeness) if q else c for q, t, c in zip(threads, texts, covered, strict=True)
    ]
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
        "mean_covered": sum(c.mean for c in covered[:3]) / max(1, len(covered[:3])),
        **_closeness(texts, closeness),
        "cosine": signals.max_cosine,
        "margin": signals.max_cosine - signals.mean_cosine,
        "cosine_z": signals.cosine_z,
        "idf_turn": signals.idf_turn,
        "idf_window": signals.idf_window,
        "idf_known": signals.idf_known,
        "agreement": signals.agreement,
        "log_words": math.log(1 + len(asked)),
    }


def _closeness(texts: Sequence[str], closeness: Closeness | None) -> dict[str, float]:
    """How close the words asked come to the hits: to one of them, the first of them, and to all of them together.

    Nothing where no model reads words in context, or none are asked.
    """
    if closeness is None or not closeness.asked:
        return {}
    cosines = np.array([closeness.of(text) for text in texts])  # (n_texts, n_asked)
    together = cosines.max(axis=0)
    return {
        "close": float(cosines.mean(axis=1).max()),
        "close_least": float(cosines.min(axis=1).max()),
        "close_first": float(cosines[0].mean()),
        "close_together": float(together.mean()),
        "close_together_least": float(together.min()),
    }


def prepare(
    question: Question, retrieval: Retrieval, transcripts: Mapping[str, Transcript], embedder: Embedder | None
) -> Closeness | None:
    """The closeness of the words asked, with all the sentences it will be asked about embedded at once.

    None where the model reads no words in context.
    """
    reader = token_embedder(embedder)
    if reader is None:
        return None
    closeness = Closeness(question.text, asked_words(question), reader)
    texts = [around(hit, transcripts, whole=True) for hit in retrieval.hits[:N_HITS]]
    closeness.read([*texts, *(question_answered(hit, transcripts) for hit in retrieval.hits[:N_HITS])])
    return closeness


def kind_of(question: Question, retrieval: Retrieval) -> Kind:
    """Which model judges: that of the language of question and hits, or ``across`` where they are in two."""
    asked = detect_language(question.topic or question.text)
    text = " ".join(hit.text for hit in retrieval.hits[:N_HITS])
    return asked if not text or detect_language(text) == asked else "across"


def asks_what_was_asked(question: Question) -> bool:
    """True for "what did the moderator ask": then a question is an answer."""
    return re.search(r"问|\bask|\bquestion", question.original.casefold()) is not None


def around(hit: Hit, transcripts: Mapping[str, Transcript], *, whole: bool = False) -> str:
    """The hit with the sentences around it in its turn, without those that ask unless ``whole``."""
    text = transcripts[hit.transcript_id].turns[hit.turn].text
    near = [(a, b) for a, b in sentence_spans(text) if a < hit.end + MARGIN and b > hit.start - MARGIN]
    window = text[near[0][0] : near[-1][1]] if near else hit.text
    return window if whole else stated(window)


def stated(text: str) -> str:
    """The sentences of ``text`` that tell something."""
    sentences = (text[a:b] for a, b in sentence_spans(text))
    return " ".join(sentence for sentence in sentences if not asks(sentence))


def asks(sentence: str) -> bool:
    """True for a question, and for telling that somebody asked one."""
    if sentence.rstrip("\"'”’」』 \n").endswith(("?", "？")):
        return True
    return any(cue in sentence.casefold() for cue in _ASKING)


def question_answered(hit: Hit, transcripts: Mapping[str, Transcript]) -> str:
    """The end of the turn whose question the hit answers; empty where it answers none."""
    asked = int(hit.features.get("asked", -1))
    return transcripts[hit.transcript_id].turns[asked].text[-400:] if asked >= 0 else ""

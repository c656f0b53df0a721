"""What the evidence decision looks at: coverage of the question's words by the best hits, and the search's signals.

Knows how a feature is measured; model.py knows what it is worth.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from panelbot.evidence.coverage import Coverage, WordVectors, coverage
from panelbot.evidence.model import Kind
from panelbot.text import content_words, detect_language, sentence_spans
from panelbot.types import Hit, Question, Transcript

if TYPE_CHECKING:
    from panelbot.retrieve import Retrieval

N_HITS = 5
_ASKING = ("提问", "提了一个", "问一", "想问", "one asks", "asks what", "asks whether", "asking ", "question is")
MARGIN = 150  # characters either side of a hit that are read with it


def asked_words(question: Question) -> tuple[str, ...]:
    """The content words of what is asked about, each once."""
    return tuple(dict.fromkeys(content_words(question.topic) or content_words(question.text)))


def features(
    question: Question,
    retrieval: Retrieval,
    transcripts: Mapping[str, Transcript],
    vectors: WordVectors | None,
) -> dict[str, float]:
    """The features of a search that found something, by name."""
    asked = asked_words(question)
    texts = [around(hit, transcripts, whole=asks_what_was_asked(question)) for hit in retrieval.hits[:N_HITS]]
    covered = [coverage(asked, text, vectors) for text in texts]
    threads = [question_answered(hit, transcripts) for hit in retrieval.hits[:N_HITS]]
    in_thread = [
        coverage(asked, f"{q} {t}", vectors) if q else c for q, t, c in zip(threads, texts, covered, strict=True)
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
        "cosine": signals.max_cosine,
        "margin": signals.max_cosine - signals.mean_cosine,
        "cosine_z": signals.cosine_z,
        "idf_turn": signals.idf_turn,
        "idf_window": signals.idf_window,
        "idf_known": signals.idf_known,
        "agreement": signals.agreement,
        "log_turns": math.log(1 + signals.n_turns),
        "log_words": math.log(1 + len(asked)),
    }


def prepare(
    question: Question, retrieval: Retrieval, transcripts: Mapping[str, Transcript], vectors: WordVectors | None
) -> None:
    """Embed at once the words that the features will look at one hit after the other."""
    if vectors is None:
        return
    texts = [around(hit, transcripts, whole=True) for hit in retrieval.hits[:N_HITS]]
    texts += [question_answered(hit, transcripts) for hit in retrieval.hits[:N_HITS]]
    wanted = {word for text in texts for word in content_words(text)} | set(asked_words(question))
    if wanted:
        vectors.of(sorted(wanted))


def kind_of(question: Question, retrieval: Retrieval) -> Kind:
    """Which model judges: the language of question and hits, ``across`` where they are in two."""
    asked = detect_language(question.topic or question.text)
    text = " ".join(hit.text for hit in retrieval.hits[:N_HITS])
    return asked if not text or detect_language(text) == asked else "across"


def asks_what_was_asked(question: Question) -> bool:
    """True for "what did the moderator ask": then a question is an answer."""
    return re.search(r"问|\bask|\bquestion", question.original.casefold()) is not None


def around(hit: Hit, transcripts: Mapping[str, Transcript], *, whole: bool = False) -> str:
    """The hit with what stands around it in its turn, without the sentences that ask unless ``whole``."""
    turn = transcripts[hit.transcript_id].turns[hit.turn]
    window = turn.text[max(0, hit.start - MARGIN) : hit.end + MARGIN]
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

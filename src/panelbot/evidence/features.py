"""What the evidence decision looks at: coverage of the question's words by the best hits, and the search's signals.

Knows how a feature is measured; model.py knows what it is worth.
"""

from __future__ import annotations

import math
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
    covered = [coverage(asked, around(hit, transcripts), vectors) for hit in retrieval.hits[:N_HITS]]
    in_thread = [coverage(asked, in_its_thread(hit, transcripts), vectors) for hit in retrieval.hits[:N_HITS]]
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


def kind_of(question: Question, retrieval: Retrieval) -> Kind:
    """Which model judges: the language of question and hits, ``across`` where they are in two."""
    asked = detect_language(question.topic or question.text)
    text = " ".join(hit.text for hit in retrieval.hits[:N_HITS])
    return asked if not text or detect_language(text) == asked else "across"


def around(hit: Hit, transcripts: Mapping[str, Transcript]) -> str:
    """The hit with what stands around it in its turn, sentences that only ask left out where others are there."""
    turn = transcripts[hit.transcript_id].turns[hit.turn]
    window = turn.text[max(0, hit.start - MARGIN) : hit.end + MARGIN]
    return stated(window)


def stated(text: str) -> str:
    """The sentences of ``text`` that tell something."""
    sentences = (text[a:b] for a, b in sentence_spans(text))
    return " ".join(sentence for sentence in sentences if not asks(sentence))


def asks(sentence: str) -> bool:
    """True for a question, and for telling that somebody asked one."""
    if sentence.rstrip("\"'”’」』 \n").endswith(("?", "？")):
        return True
    return any(cue in sentence.casefold() for cue in _ASKING)


def in_its_thread(hit: Hit, transcripts: Mapping[str, Transcript]) -> str:
    """The hit with the question that it answers."""
    asked = int(hit.features.get("asked", -1))
    question = transcripts[hit.transcript_id].turns[asked].text[-400:] if asked >= 0 else ""
    return f"{question} {around(hit, transcripts)}"

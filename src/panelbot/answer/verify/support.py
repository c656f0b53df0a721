"""Whether a quote carries a sentence: shared words in one language, closeness of meaning across two.

Knows words and vectors; does not know who speaks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from panelbot.answer.verify.word_grounding import is_grounded
from panelbot.embedding import token_embedder
from panelbot.match.coverage import gloss_stems, meanings
from panelbot.text import content_words, detect_language, words
from panelbot.text.stem import stem

if TYPE_CHECKING:
    from panelbot.embedding import Embedder

Floats = NDArray[np.float64]

# Words weigh as much as a tenth of cosine does; docs/answers-measured.md has the data these points were chosen on,
# and what they let through.
WORDS = 2.0
BASE, SPREAD = {True: 0.80, False: 0.75}, 0.1  # cosines begin lower across languages
ALL_WORDS = 0.7  # so many of a sentence's words in the quote are support enough


@dataclass(frozen=True, slots=True)
class _Points:
    """What support has to reach: of a ``sentence``, and as shares of that of a ``clause`` and of one ``added``.

    A clause stands too where the quote holds ``words`` of its words. Where another clause is a copy, one in words of
    its own is what was added: it needs more.
    """

    sentence: float
    words: float
    clause: float
    added: float


# Within Chinese .95 of the clauses of people's own summaries pass (VCSum dev) and .015 of other sentences of the same
# article; within English .64 of the summaries' whole sentences (QMSum train) and .017.
_WITHIN = {"en": _Points(1.3, 0.5, 0.6, 1.2), "zh": _Points(1.7, 0.5, 0.7, 0.92)}
_CROSSLINGUAL = _Points(1.25, 0.34, 0.7, 1.2)
COPIED, N_COPIED = 0.9, 3  # of more than so many words so many are a copy

_CLAUSE = re.compile(r"[，,；;：:—(（]|\s(?:and|but|so that|because|which)\s|而且|并且|但是|因此")


def overlap(sentence: str, quote: str) -> float:
    """Share of the content words of ``sentence`` that ``quote`` holds, in 0..1; English words by their stems."""
    wanted = {stem(word) for word in content_words(sentence)}
    held = {stem(word) for word in content_words(quote)}
    return len(wanted & held) / len(wanted) if wanted else 0.0


def translated_overlap(sentence: str, quote: str) -> float:
    """As `overlap` across languages: a word counts where the dictionary gives the other one's word for it."""
    wanted = sorted(set(content_words(sentence)))
    if not wanted:
        return 0.0
    held = {stem(word) for word in content_words(quote)}
    if detect_language(quote) == "zh":
        held |= meanings(quote)
        return sum(stem(word) in held for word in wanted) / len(wanted)
    found = [stem(word) in held or bool(gloss_stems(word) & held) for word in wanted]
    return sum(found) / len(wanted)


def supports(sentence: str, quotes: Sequence[str], embedder: Embedder | None) -> Floats:
    """How well each of ``quotes`` carries ``sentence``, float64 (n,): 1 or more is enough, 0 is nothing."""
    if not quotes:
        return np.zeros(0)
    cosines = _cosines(sentence, quotes, embedder)
    return np.array([_support(sentence, quote, c) for quote, c in zip(quotes, cosines, strict=True)])


def carries(sentence: str, quote: str, embedder: Embedder | None) -> bool:
    """Whether ``quote`` comes close to ``sentence`` and has a ground for its words.

    The words are looked at one by one only by a model that reads them in their contexts.
    """
    if not comes_close(sentence, quote, embedder):
        return False
    reader = token_embedder(embedder)
    return reader is None or overlap(sentence, quote) >= 1 or is_grounded(sentence, quote, reader)


def comes_close(sentence: str, quote: str, embedder: Embedder | None) -> bool:
    """Whether ``quote`` supports ``sentence``, and no clause of it stands there on its own account."""
    if float(supports(sentence, [quote], embedder)[0]) < 1:
        return False
    clauses = [clause for clause in _CLAUSE.split(sentence) if _says_something(clause)]
    copied = any(len(content_words(clause)) > N_COPIED and overlap(clause, quote) >= COPIED for clause in clauses)
    return all(_stands(clause, quote, embedder, copied=copied) for clause in clauses)


def _says_something(clause: str) -> bool:
    """Two words that carry a subject, or one in a clause of five: "there is no risk in it"."""
    carrying = len(set(content_words(clause)))
    return carrying > 1 or (carrying == 1 and len(words(clause)) > 4)


def _stands(clause: str, quote: str, embedder: Embedder | None, *, copied: bool) -> bool:
    points, shared = _points(clause, quote), overlap(clause, quote)
    if points is _CROSSLINGUAL:
        shared = max(shared, translated_overlap(clause, quote))
    if shared >= points.words:
        return True
    return float(supports(clause, [quote], embedder)[0]) >= (points.added if copied else points.clause)


def _points(text: str, quote: str) -> _Points:
    language = detect_language(text)
    return _WITHIN[language] if language == detect_language(quote) else _CROSSLINGUAL


def _support(sentence: str, quote: str, cosine: float) -> float:
    points = _points(sentence, quote)
    same = points is not _CROSSLINGUAL
    shared = overlap(sentence, quote) if same else translated_overlap(sentence, quote)
    near = max(0.0, (float(cosine) - BASE[same]) / SPREAD)
    if same and shared >= ALL_WORDS:
        return 1.0 + shared
    return (WORDS * shared + near) / points.sentence


def _cosines(sentence: str, quotes: Sequence[str], embedder: Embedder | None) -> Floats:
    if embedder is None:
        return np.zeros(len(quotes))
    return (embedder.encode_passages(list(quotes)) @ embedder.encode_queries([sentence])[0]).astype(np.float64)

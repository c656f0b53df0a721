"""Whether a quote carries a sentence: shared words in one language, closeness of meaning across two.

Knows words and vectors; does not know who speaks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from panelbot.retrieve.coverage import gloss_stems, meanings
from panelbot.text import content_words, detect_language, words
from panelbot.text.stem import stem
from panelbot.types import Language

if TYPE_CHECKING:
    from panelbot.embedding import Embedder

# Words weigh as much as a tenth of cosine does; see docs/answers.md for the data these points were chosen on and
# what they let through.
WORDS = 2.0
BASE, SPREAD = {True: 0.80, False: 0.75}, 0.1  # cosines begin lower across languages
ALL_WORDS = 0.7  # so many of a sentence's words in the quote are support enough
ENOUGH = {True: 1.3, False: 1.25}  # keyed by whether sentence and quote are in one language
# A clause stands with so many of its words in the quote, or so much of the support a sentence needs: so do .93 of the
# clauses of people's own summaries (QMSum train, VCSum dev), and .015 of made-up ones.
PART = 0.5
SOME = {"en": 0.6, "zh": 0.9}
# Across languages a clause needs more than a word the dictionary knows; docs/answers.md says what passes.
PART_ACROSS, SOME_ACROSS = 0.34, 0.7
COPIED, MUCH = 0.9, 1.2  # where another clause is a copy, one in words of its own is what was added: it needs more

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


def supports(sentence: str, quotes: Sequence[str], embedder: Embedder | None) -> np.ndarray:
    """How well each of ``quotes`` carries ``sentence``, float (n,): 1 or more is enough, 0 is nothing."""
    if not quotes:
        return np.zeros(0)
    language = detect_language(sentence)
    cosines = _cosines(sentence, quotes, embedder)
    return np.array([_support(sentence, quote, language, c) for quote, c in zip(quotes, cosines, strict=True)])


def carries(sentence: str, quote: str, embedder: Embedder | None) -> bool:
    """True where ``quote`` supports ``sentence``, and no clause of it stands there on its own account."""
    if float(supports(sentence, [quote], embedder)[0]) < 1:
        return False
    clauses = [clause for clause in _CLAUSE.split(sentence) if _says_something(clause)]
    copied = any(len(content_words(clause)) > 3 and overlap(clause, quote) >= COPIED for clause in clauses)
    return all(_stands(clause, quote, embedder, copied=copied) for clause in clauses)


def _says_something(clause: str) -> bool:
    """Two words that carry a subject, or one in a clause of five: "there is no risk in it"."""
    carrying = len(set(content_words(clause)))
    return carrying > 1 or (carrying == 1 and len(words(clause)) > 4)


def _stands(clause: str, quote: str, embedder: Embedder | None, *, copied: bool) -> bool:
    language = detect_language(clause)
    same = language == detect_language(quote)
    if overlap(clause, quote) >= PART or (not same and translated_overlap(clause, quote) >= PART_ACROSS):
        return True
    some = SOME[language] if same else SOME_ACROSS
    return float(supports(clause, [quote], embedder)[0]) >= (MUCH if copied else some)


def _support(sentence: str, quote: str, language: Language, cosine: float) -> float:
    same = detect_language(quote) == language
    shared = overlap(sentence, quote) if same else translated_overlap(sentence, quote)
    near = max(0.0, (float(cosine) - BASE[same]) / SPREAD)
    if same and shared >= ALL_WORDS:
        return 1.0 + shared
    return (WORDS * shared + near) / ENOUGH[same]


def _cosines(sentence: str, quotes: Sequence[str], embedder: Embedder | None) -> np.ndarray:
    if embedder is None:
        return np.zeros(len(quotes))
    return embedder.encode_passages(list(quotes)) @ embedder.encode_queries([sentence])[0]

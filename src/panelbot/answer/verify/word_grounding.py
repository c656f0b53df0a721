"""Whether each word of a sentence has its ground in a quote, judged by what was learned from true and false sentences.

A sentence may come close to a quote as a whole and still hold a word nobody said: the words are therefore looked at
one by one, each beside the token of the quote that comes closest to it, both read in their contexts. Knows words,
tokens and coefficients (support.json, made by training/train_support.py); does not know who speaks.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from panelbot.evidence.model import Model, read_model
from panelbot.match.coverage import word_coverage
from panelbot.match.maxsim import MaxSim, sentences
from panelbot.text import content_words, detect_language

if TYPE_CHECKING:
    from panelbot.embedding import TokenEmbedder

COPY = 0.7  # a sentence of which more is said is a copy, and one foreign word in it stands out
UNCARRIED = 0.35  # a word that is covered less than this is nowhere in the quote


def is_grounded(sentence: str, quote: str, reader: TokenEmbedder) -> bool:
    """Whether ``quote`` carries the words of ``sentence`` one by one; one without content words has none to carry."""
    found = features(sentence, quote, reader)
    if not found:
        return True
    model = _model(sentence, quote)
    return model.probability(found) >= model.threshold


def features(sentence: str, quote: str, reader: TokenEmbedder) -> dict[str, float]:
    """What the words and the whole of a sentence find in a quote; empty for a sentence without content words.

    ``covered``, ``least`` and ``second`` are shares 0..1 of the words, of the word that is covered least, and of the
    next; ``said`` is the share that is said, by stem or dictionary; ``uncarried_share`` that of the words that are
    nowhere. ``close`` and ``closest`` are the mean and the lowest cosine of the words with their tokens, ``gap`` what
    lies between; ``cosine`` is that of the sentence with the best one or two of the quote. ``copied_gap`` and
    ``patched`` are high for a copy with a foreign word in it.
    """
    words = tuple(dict.fromkeys(content_words(sentence)))
    if not words:
        return {}
    maxsim = MaxSim(sentence, words, reader)
    covered, said, cosines = word_coverage(words, quote, maxsim)
    ranked, copied = np.sort(covered), float(said.mean())
    pieces = sentences(quote)
    runs = list(dict.fromkeys([*pieces, *map(" ".join, pairwise(pieces))]))
    cosine = float((reader.encode_passages(runs) @ reader.encode_queries([sentence])[0]).max()) if runs else 0.0
    gap = float(cosines.mean() - cosines.min())
    return {
        "covered": float(covered.mean()),
        "said": copied,
        "least": float(ranked[0]),
        "second": float(ranked[min(1, len(ranked) - 1)]),
        "uncarried_share": float((covered < UNCARRIED).mean()),
        "close": float(cosines.mean()),
        "closest": float(cosines.min()),
        "cosine": cosine,
        "gap": gap,
        "copied_gap": copied * gap,
        "patched": max(0.0, copied - COPY) * (1 - float(ranked[0])),
        "n_words": math.log1p(len(words)),
    }


def _model(sentence: str, quote: str) -> Model:
    language = detect_language(sentence)
    kind = language if language == detect_language(quote) else "crosslingual"
    return read_model("panelbot.answer", "support.json", kind)

"""How much of what a question asks about the hits speak of, word by word.

A word counts in full where it is said, by its stem or through the dictionary, and in part where words come close to it
in meaning, both read in their sentences. Knows words; does not know what coverage is enough.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from panelbot.match.dictionary import senses
from panelbot.match.maxsim import MaxSim
from panelbot.text import content_words, fold, has_han
from panelbot.text.stem import stem

Floats = NDArray[np.float32]

_HAN_RUN = re.compile("[\u4e00-\u9fff]+")
# Cosines of tokens in context crowd: at the first number two have nothing to do with each other, at the second they
# mean the same. By whether question and text are in one script or two (then from the middle of either language); read
# off VCSum and XQuAD-R questions asked of wrong documents and of their own.
SCALE = {True: (0.78, 0.93), False: (0.28, 0.63)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Shares of a question's words that a text speaks of, each 0..1; ``least`` is that of the word it says least of.

    ``close`` is the mean closeness of the words to the text in their contexts, a cosine; 0 where no model reads it.
    """

    mean: float = 0.0
    least: float = 0.0
    said: float = 0.0
    close: float = 0.0


def coverage(asked: Sequence[str], text: str, maxsim: MaxSim | None) -> Coverage:
    """How much of the words ``asked`` the ``text`` speaks of; ``maxsim`` is that of the same words."""
    held = _held(text)
    if not asked or not held:
        return Coverage()
    if maxsim is None:
        said = np.array(_said(asked, held, text), dtype=np.float32)
        return Coverage(mean=float(said.mean()), least=float(said.min()), said=float(said.mean()))
    near, said, cosines = word_coverage(asked, text, maxsim)
    return Coverage(
        mean=float(near.mean()), least=float(near.min()), said=float(said.mean()), close=float(cosines.mean())
    )


def word_coverage(words: Sequence[str], text: str, maxsim: MaxSim) -> tuple[Floats, Floats, Floats]:
    """Of each of ``words`` how much the ``text`` speaks of it, whether it says it, and the cosine of its closest token.

    float32 (n_words,) each; shares and truths 0..1. ``maxsim`` is that of the same words.
    """
    said = np.array(_said(words, _held(text), text), dtype=np.float32)
    cosines = maxsim.of(text)
    low, high = SCALE[has_han("".join(words)) == has_han(text)]
    return np.maximum(said, np.clip((cosines - low) / (high - low), 0.0, 1.0)), said, cosines


@lru_cache(maxsize=1024)
def _held(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(content_words(text)))


def _said(asked: Sequence[str], held: Sequence[str], text: str) -> list[bool]:
    stems = {stem(word) for word in held}
    crosslingual = has_han(text) != has_han("".join(asked))
    if not crosslingual:
        return [stem(word) in stems for word in asked]
    if has_han(text):
        stems |= meanings(text)
        return [stem(word) in stems for word in asked]
    return [stem(word) in stems or bool(gloss_stems(fold(word)) & stems) for word in asked]


@lru_cache(maxsize=1024)
def meanings(text: str) -> frozenset[str]:
    """The stems of everything the words of a Chinese ``text`` may mean.

    Every run of up to five ideographs is looked up: a segmenter may cut a word the dictionary has.
    """
    runs = _HAN_RUN.findall(fold(text))
    pieces = {run[i : i + n] for run in runs for n in range(1, 6) for i in range(len(run) - n + 1)}
    return frozenset(found for piece in pieces for found in gloss_stems(piece))


@lru_cache(maxsize=65536)
def gloss_stems(word: str) -> frozenset[str]:
    """The stems of what a Chinese ``word`` means."""
    return frozenset(found for sense in senses(word) for found in sense)

"""The nearest words in the embedding space, for the words that no dictionary carries across the two languages.

Only words of the corpus that no gloss reaches are kept: what the dictionary reaches it says better. Knows words and
vectors; not what the words are scored for.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from panelbot.embedding import Embedder
from panelbot.index import SearchIndex, Segment, WordFiles
from panelbot.retrieve.bridge import Forms
from panelbot.retrieve.centre import centred, everyday_words
from panelbot.retrieve.dictionary import glossed_stems, senses
from panelbot.stages import stage
from panelbot.text import has_han
from panelbot.text.stem import stem
from panelbot.types import Progress, no_progress

logger = logging.getLogger(__name__)
# Chosen on every other document of XQuAD-R among .30, .40 and .50 (docs/retrieval.md).
MIN_COSINE = 0.40
N_NEAREST = 3
MIN_SHARE = 0.25  # of a transcript's words, for it to be in a language
FOLDER = "words"

Rows = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class NearWords:
    """The words of a corpus that no gloss reaches, by language, each language seen from its own middle.

    By their bare cosines a few words are next to every other; from the middle of its language a word is near what means
    the same.
    """

    words: Mapping[bool, tuple[str, ...]]  # by whether they are Chinese, sorted
    index: Mapping[bool, Any]  # a faiss.IndexFlatIP over their unit vectors, in their order
    middle: Mapping[bool, Rows]  # the mean of everyday words, float32 (dim,)
    embedder: Embedder

    def forms(self, words: Sequence[str]) -> list[tuple[str, Forms]]:
        """Stems of the other language's words that are nearest to each of ``words``, weighed by their cosine."""
        asked = [word for word in words if self.words[not has_han(word)]]
        if not asked:
            return []
        with stage("embedding"):
            rows = self.embedder.encode_passages(asked)
        return [(word, self._nearest(has_han(word), row)) for word, row in zip(asked, rows, strict=True)]

    def _nearest(self, chinese: bool, row: Rows) -> Forms:
        seen = centred(row, self.middle[chinese])
        cosines, places = self.index[not chinese].search(seen[None], N_NEAREST)
        found: Forms = {}
        for cosine, at in zip(cosines[0].tolist(), places[0].tolist(), strict=True):
            if at >= 0 and cosine >= MIN_COSINE:
                form = stem(self.words[not chinese][at])
                found[form] = max(found.get(form, 0.0), round(cosine, 4))
        return found


class WordVectors:
    """The vectors of the words of an index that no gloss reaches, kept in its folder and grown word by word."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / FOLDER
        self._lock = threading.Lock()
        self._vectors: dict[str, NDArray[np.float16]] = {}
        self._of_model = ""
        self._words: dict[str, tuple[Segment, frozenset[str]]] = {}
        self._made: tuple[SearchIndex, NearWords] | None = None

    def of(self, index: SearchIndex, embedder: Embedder, *, progress: Progress = no_progress) -> NearWords:
        """The words of ``index`` as it is now; only those never seen before are embedded."""
        made = self._made
        if made is not None and made[0] is index:
            return made[1]
        with self._lock:
            if self._made is None or self._made[0] is not index:
                self._grow(index, embedder, progress)
                words = set().union(*(self._words[id][1] for id in index.segments))
                self._made = (index, _near_words(sorted(words), self._vectors, embedder))
            return self._made[1]

    def grow(self, index: SearchIndex, embedder: Embedder, *, progress: Progress = no_progress) -> None:
        """Embed the words of ``index`` that were never seen before, at the cost of the transcripts that are new."""
        with self._lock:
            self._grow(index, embedder, progress)

    def _grow(self, index: SearchIndex, embedder: Embedder, progress: Progress) -> None:
        files = WordFiles(self._folder, embedder.name)
        if self._of_model != embedder.name:
            self._vectors, self._of_model, self._words = files.read(), embedder.name, {}
        self._words = {id: self._words[id] for id in self._words.keys() & index.segments.keys()}
        new = set().union(*everyday_words().values()) - self._vectors.keys()
        for id, segment in index.segments.items():
            if id not in self._words or self._words[id][0] is not segment:
                self._words[id] = (segment, unreached(segment.lexical.words))
                new |= self._words[id][1] - self._vectors.keys()
        if not new:
            return
        words = sorted(new)
        progress("reading words", 0, len(words))
        fresh = dict(zip(words, embedder.encode_passages(words).astype(np.float16), strict=True))
        self._vectors.update(fresh)
        try:
            files.write(fresh)
        except OSError as error:
            logger.warning("The vectors of words were not written (%s); they are made again next time.", error)
        progress("reading words", len(words), len(words))


def unreached(words: Sequence[str]) -> frozenset[str]:
    """Of a transcript's words those in a language it is in that the dictionary neither explains nor has in a gloss.

    Numbers and single letters are left out, and so are the few words that a transcript has of the other language: a
    question has them as they stand.
    """
    scripts = {chinese: [word for word in words if has_han(word) == chinese] for chinese in (True, False)}
    spoken = [word for own in scripts.values() if len(own) >= MIN_SHARE * len(words) for word in own]
    return frozenset(word for word in spoken if word.isalpha() and len(word) > 1 and not _reached(word))


def _reached(word: str) -> bool:
    return bool(senses(word)) if has_han(word) else stem(word) in _glossed()


@lru_cache(maxsize=1)
def _glossed() -> frozenset[str]:
    return glossed_stems()


def _near_words(words: Sequence[str], vectors: Mapping[str, NDArray[np.float16]], embedder: Embedder) -> NearWords:
    import faiss

    by_language = {chinese: tuple(w for w in words if has_han(w) == chinese) for chinese in (True, False)}
    middle = {chinese: _rows(own, vectors).mean(axis=0) for chinese, own in everyday_words().items()}
    index = {chinese: faiss.IndexFlatIP(embedder.dim) for chinese in by_language}
    for chinese, own in by_language.items():
        if own:
            index[chinese].add(centred(_rows(own, vectors), middle[chinese]))
    return NearWords(words=by_language, index=index, middle=middle, embedder=embedder)


def _rows(words: Sequence[str], vectors: Mapping[str, NDArray[np.float16]]) -> Rows:
    return np.stack([vectors[word] for word in words]).astype(np.float32)

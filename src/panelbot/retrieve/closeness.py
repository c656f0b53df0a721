"""How close the words of a question come to a text, both read in their contexts; across two languages it orders hits.

Knows words, sentences and vectors; does not know what closeness is enough for an answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from panelbot.embedding import token_embedder
from panelbot.text import content_words, fold, has_han, sentence_spans
from panelbot.types import Hit, Question

if TYPE_CHECKING:
    from panelbot.embedding import Embedder, TokenEmbedder

N_READ = 8  # hits whose sentences are read
# How much a hit's closeness weighs against the ranker's score; by panels made of XQuAD-R, 20 to 40 do equally well.
WEIGHT = 20.0


def asked_words(question: Question) -> tuple[str, ...]:
    """The content words of what is asked about, each once."""
    return tuple(dict.fromkeys(content_words(question.topic) or content_words(question.text)))


class Closeness:
    """How close each word asked comes to any token of a text, as cosines.

    This is the maximum similarity of late interaction (Khattab and Zaharia, 2020), a word's tokens averaged.
    """

    def __init__(self, question: str, asked: Sequence[str], embedder: TokenEmbedder) -> None:
        self.asked = tuple(asked)
        self._embedder = embedder
        self._words = _word_rows(question, self.asked, embedder)

    def read(self, texts: Iterable[str]) -> None:
        """Embed at once the sentences that will be looked at one text after the other."""
        sentences = list(dict.fromkeys(piece for text in texts for piece in _sentences(text)))
        if sentences:
            self._embedder.encode_tokens(sentences)

    def of(self, text: str) -> NDArray[np.float32]:
        """The cosine of each word asked with its closest token of ``text``, float32 (n_asked,); 0 for no text."""
        rows = self._by_sentence(text)
        return rows.max(axis=0) if len(rows) else np.zeros(len(self.asked), dtype=np.float32)

    def of_one_sentence(self, text: str) -> float:
        """The mean cosine of the words asked in the sentence of ``text`` where it is highest; 0 for no text."""
        rows = self._by_sentence(text)
        return float(rows.mean(axis=1).max()) if rows.size else 0.0

    def _by_sentence(self, text: str) -> NDArray[np.float32]:
        """The cosines of each sentence, float32 (n_sentences, n_asked)."""
        sentences = _sentences(text)
        found = np.zeros((len(sentences), len(self.asked)), dtype=np.float32)
        if not found.size:
            return found
        for row, tokens in zip(found, self._embedder.encode_tokens(sentences), strict=True):
            if len(tokens.rows):
                row[:] = [float((words @ tokens.rows.T).max(axis=1).mean()) for words in self._words]
        return found


def _word_rows(question: str, asked: Sequence[str], embedder: TokenEmbedder) -> list[NDArray[np.float32]]:
    """The rows of each word's tokens in the question; a word that is not found there is read by itself."""
    folded = fold(question)
    whole = embedder.encode_tokens([question], query=True)[0]
    found: list[NDArray[np.float32]] = []
    for word in asked:
        at = folded.find(word)
        rows = whole.within(at, at + len(word)) if at >= 0 else whole.rows[:0]
        if not len(rows):
            rows = embedder.encode_tokens([word], query=True)[0].rows
        found.append(rows if len(rows) else np.zeros((1, embedder.dim), np.float32))
    return found


@lru_cache(maxsize=1024)
def _sentences(text: str) -> tuple[str, ...]:
    pieces = (text[start:end].strip() for start, end in sentence_spans(text))
    return tuple(dict.fromkeys(piece for piece in pieces if piece))


def foreign(question: Question, hit: Hit) -> bool:
    """True for a hit in another script than the question's."""
    return has_han(hit.text) != has_han(question.topic or question.text)


def closest_first(question: Question, hits: Sequence[Hit], embedder: Embedder) -> tuple[Hit, ...]:
    """The hits, those among the first `N_READ` in the question's other language put in order of closeness too.

    Words are read in context where a dictionary gives them one by one. Hits in the question's own language keep their
    places, and every place keeps its score.
    """
    reader = token_embedder(embedder)
    places = [i for i, hit in enumerate(hits[:N_READ]) if foreign(question, hit)]
    asked = asked_words(question)
    if reader is None or len(places) < 2 or not asked:
        return tuple(hits)
    closeness = Closeness(question.text, asked, reader)
    closeness.read(hits[i].text for i in places)
    close = {i: round(closeness.of_one_sentence(hits[i].text), 4) for i in places}
    order = sorted(places, key=lambda i: (-(hits[i].score + WEIGHT * close[i]), i))
    found = list(hits)
    for place, i in zip(places, order, strict=True):
        features = {**hits[i].features, "close": close[i]}
        found[place] = replace(hits[i], rank=hits[place].rank, score=hits[place].score, features=features)
    return tuple(found)

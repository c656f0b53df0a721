"""How close the words of a question come to a text, both read in their contexts.

Knows words, sentences and vectors; does not know what closeness is enough for an answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from panelbot.retrieve.centre import centred, centres
from panelbot.text import content_words, fold, has_han, sentence_spans
from panelbot.types import Question

if TYPE_CHECKING:
    from panelbot.embedding import TokenEmbedder


def asked_words(question: Question) -> tuple[str, ...]:
    """The content words of what is asked about, each once."""
    return tuple(dict.fromkeys(content_words(question.topic) or content_words(question.text)))


class Closeness:
    """How close each word asked comes to any token of a text, as cosines.

    This is the maximum similarity of late interaction (Khattab and Zaharia, 2020), a word's tokens averaged. Where
    question and text are in two languages, both are seen from the middle of their own.
    """

    def __init__(self, question: str, asked: Sequence[str], embedder: TokenEmbedder) -> None:
        self.asked = tuple(asked)
        self._question = question
        self._embedder = embedder
        self._chinese = has_han("".join(asked))
        self._words = _word_rows(question, self.asked, embedder)

    def read(self, texts: Iterable[str]) -> None:
        """Embed at once the sentences that will be looked at one text after the other."""
        pieces = list(dict.fromkeys(piece for text in texts for piece in sentences(text)))
        if pieces:
            self._embedder.encode_tokens(pieces)

    def of(self, text: str) -> NDArray[np.float32]:
        """The cosine of each word asked with its closest token of ``text``, float32 (n_asked,); 0 for no text."""
        best = np.zeros(len(self.asked), dtype=np.float32)
        pieces = sentences(text)
        if not self.asked or not pieces:
            return best
        read = [tokens.rows for tokens in self._embedder.encode_tokens(pieces) if len(tokens.rows)]
        asked, chinese = self._words, has_han(text)
        if chinese != self._chinese:
            centre = centres(self._embedder)
            asked = self._from_centre
            read = [centred(rows, centre[chinese]) for rows in read]
        for rows in read:
            cosines = [float((words @ rows.T).max(axis=1).mean()) for words in asked]
            best = np.maximum(best, np.array(cosines, dtype=np.float32))
        return best

    def meaning(self, text: str) -> float:
        """The cosine of the question as a whole with the sentence of ``text`` that comes closest; 0 for no text."""
        pieces = sentences(text)
        if not pieces:
            return 0.0
        question, rows = self._embedder.encode_queries([self._question]), self._embedder.encode_passages(pieces)
        chinese = has_han(text)
        if chinese != self._chinese:
            centre = centres(self._embedder)
            question, rows = centred(question, centre[self._chinese]), centred(rows, centre[chinese])
        return float((rows @ question[0]).max())

    @cached_property
    def _from_centre(self) -> list[NDArray[np.float32]]:
        """The rows of the words asked as seen from the middle of the question's language."""
        centre = centres(self._embedder)[self._chinese]
        return [centred(rows, centre) for rows in self._words]


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
def sentences(text: str) -> tuple[str, ...]:
    """The sentences of ``text``, each once."""
    pieces = (text[start:end].strip() for start, end in sentence_spans(text))
    return tuple(dict.fromkeys(piece for piece in pieces if piece))

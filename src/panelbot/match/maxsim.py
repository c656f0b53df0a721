"""How close the words of a question come to a text, both read in their contexts: MaxSim of late interaction.

Knows words, sentences and vectors; does not know what closeness is enough for an answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from panelbot.embedding import token_embedder
from panelbot.match.language_means import centred, language_means
from panelbot.text import fold, has_han, sentence_spans

if TYPE_CHECKING:
    from panelbot.embedding import Embedder, TokenEmbedder, Tokens


class MaxSim:
    """How close each word asked comes to any token of a text, as cosines.

    This is the maximum similarity of late interaction (Khattab and Zaharia, 2020), a word's tokens averaged. Where
    question and text are in two languages, both are seen from the middle of their own. The question and each sentence
    are embedded once, when they are first needed, and kept as long as this is: for one question, by one thread.
    """

    def __init__(self, question: str, asked: Sequence[str], embedder: TokenEmbedder, *, topic: str = "") -> None:
        self.asked = tuple(asked)
        self._question = question
        self._topic = topic or question
        self._embedder = embedder
        self._chinese = has_han("".join(asked))
        self._sentences: dict[str, Tokens] = {}

    def read(self, texts: Iterable[str]) -> None:
        """Embed at once the sentences that will be looked at one text after the other."""
        self._tokens([piece for text in texts for piece in sentences(text)])

    def of(self, text: str) -> NDArray[np.float32]:
        """The cosine of each word asked with its closest token of ``text``, float32 (n_asked,); 0 for no text."""
        best = np.zeros(len(self.asked), dtype=np.float32)
        pieces = sentences(text)
        if not self.asked or not pieces:
            return best
        read = [tokens.rows for tokens in self._tokens(pieces) if len(tokens.rows)]
        asked, chinese = self._words, has_han(text)
        if chinese != self._chinese:
            means = language_means(self._embedder)
            asked = self._centred_words
            read = [centred(rows, means[chinese]) for rows in read]
        for rows in read:
            cosines = [float((words @ rows.T).max(axis=1).mean()) for words in asked]
            best = np.maximum(best, np.array(cosines, dtype=np.float32))
        return best

    def meaning(self, text: str) -> float:
        """The cosine of the question as a whole with the sentence of ``text`` that comes closest; 0 for no text."""
        pieces = sentences(text)
        if not pieces:
            return 0.0
        question, rows = self.question[None], self.passages(pieces)
        chinese = has_han(text)
        if chinese != self._chinese:
            means = language_means(self._embedder)
            question, rows = centred(question, means[self._chinese]), centred(rows, means[chinese])
        return float((rows @ question[0]).max())

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of sentences as wholes, float32 (n, dim), rows of unit length."""
        whole = [tokens.whole for tokens in self._tokens(texts)]
        known = [row for row in whole if row is not None]
        return np.stack(known) if known and len(known) == len(whole) else self._embedder.encode_passages(texts)

    @cached_property
    def question(self) -> NDArray[np.float32]:
        """The vector of the question as a whole, float32 (dim,), of unit length."""
        return self._wholes[0]

    @property
    def topic(self) -> NDArray[np.float32]:
        """The vector of the question's bare topic, float32 (dim,), of unit length."""
        return self._wholes[-1]

    @cached_property
    def _wholes(self) -> Sequence[NDArray[np.float32]]:
        wholes = [tokens.whole for tokens in self._read_queries]
        known = [whole for whole in wholes if whole is not None]
        if len(known) < len(wholes):
            known = list(self._embedder.encode_queries([self._question, self._topic]))
        return known

    @cached_property
    def _read_queries(self) -> tuple[Tokens, ...]:
        """The question's wording and its topic, in one pass."""
        return self._embedder.encode_tokens(list(dict.fromkeys([self._question, self._topic])), query=True)

    def _tokens(self, pieces: Sequence[str]) -> list[Tokens]:
        new = [piece for piece in dict.fromkeys(pieces) if piece not in self._sentences]
        if new:
            self._sentences.update(zip(new, self._embedder.encode_tokens(new), strict=True))
        return [self._sentences[piece] for piece in pieces]

    @cached_property
    def _words(self) -> list[NDArray[np.float32]]:
        """The rows of each word's tokens in the question; a word that is not found there is read by itself."""
        folded, found = fold(self._question), list[NDArray[np.float32]]()
        read = self._read_queries[0]
        for word in self.asked:
            at = folded.find(word)
            rows = read.within(at, at + len(word)) if at >= 0 else read.rows[:0]
            if not len(rows):
                rows = self._embedder.encode_tokens([word], query=True)[0].rows
            found.append(rows if len(rows) else np.zeros((1, self._embedder.dim), np.float32))
        return found

    @cached_property
    def _centred_words(self) -> list[NDArray[np.float32]]:
        """The rows of the words asked as seen from the middle of the question's language."""
        mean = language_means(self._embedder)[self._chinese]
        return [centred(rows, mean) for rows in self._words]


def maxsim_of(text: str, words: Sequence[str], embedder: Embedder | None, *, topic: str = "") -> MaxSim | None:
    """How close ``words`` of ``text`` come to a text; None where the model reads no words in context.

    ``topic`` is embedded with ``text``, in one pass.
    """
    reader = token_embedder(embedder)
    return None if reader is None else MaxSim(text, words, reader, topic=topic)


@lru_cache(maxsize=1024)
def sentences(text: str) -> tuple[str, ...]:
    """The sentences of ``text``, each once."""
    pieces = (text[start:end].strip() for start, end in sentence_spans(text))
    return tuple(dict.fromkeys(piece for piece in pieces if piece))

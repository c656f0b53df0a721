"""A question as it is compared with texts: encoded once, and handed from search to evidence to answer.

Knows words and vectors; does not know what closeness is enough, nor whose turns are searched.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from panelbot.match.coverage import Coverage, coverage
from panelbot.match.maxsim import maxsim_of
from panelbot.types import Question

if TYPE_CHECKING:
    from panelbot.embedding import Embedder

Floats = NDArray[np.float32]


class Matcher:
    """The wording of a question and its content words, encoded when first needed, as late interaction scores them.

    ``maxsim`` is None where no model reads words in their contexts; without an ``embedder`` only words that are the
    same, or mean the same, count. Whose turns are searched may change and the matcher stays; for one thread.
    """

    def __init__(self, question: Question, embedder: Embedder | None = None) -> None:
        self.text = question.text
        self.words = question.words
        self.embedder = embedder
        self._topic = question.topic.strip() or question.text
        self.maxsim = maxsim_of(question.text, question.words, embedder, topic=self._topic)

    @cached_property
    def vector(self) -> Floats:
        """The unit vector of the question as a whole, float32 (dim,).

        Raises:
            TypeError: there is no embedder.
        """
        return self._wholes[0] if self.maxsim is None else self.maxsim.question

    @cached_property
    def topic_vector(self) -> Floats:
        """The unit vector of the bare topic, float32 (dim,); that of the question where it has none."""
        return self._wholes[-1] if self.maxsim is None else self.maxsim.topic

    def read(self, texts: Iterable[str]) -> None:
        """Embed at once the sentences of what will be compared one text after the other."""
        if self.maxsim is not None:
            self.maxsim.read(texts)

    def coverage(self, text: str) -> Coverage:
        """How much of the question's words ``text`` speaks of."""
        return coverage(self.words, text, self.maxsim)

    def cosines(self, texts: Sequence[str]) -> NDArray[np.float64] | None:
        """The cosine of the question as a whole with each of ``texts``, float64 (n,); None without an embedder."""
        if self.embedder is None:
            return None
        rows = self.embedder.encode_passages(texts) if self.maxsim is None else self.maxsim.passages(texts)
        return (rows @ self.vector).astype(np.float64)

    @cached_property
    def _wholes(self) -> Floats:
        if self.embedder is None:
            raise TypeError("a matcher without an embedder has no vectors")
        return self.embedder.encode_queries(list(dict.fromkeys([self.text, self._topic])))

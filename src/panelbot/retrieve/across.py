"""The order of hits in another language than the question's, by how much of the question their sentences speak of.

Here the keyword leg has only what a dictionary gives it word by word, and the cosine of whole passages is weak. Knows
hits; the ranker made their scores.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from panelbot.embedding import Embedder, token_embedder
from panelbot.retrieve.closeness import Closeness, asked_words, sentences
from panelbot.retrieve.coverage import coverage
from panelbot.text import has_han
from panelbot.types import Hit, Question

N_READ = 8  # hits whose sentences are read
# How much coverage (0..1) weighs against the score: by panels made of XQuAD-R and those to learn from, 4 to 8 do about
# equally well.
WEIGHT = 6.0


def reorder(question: Question, hits: Sequence[Hit], embedder: Embedder) -> tuple[Hit, ...]:
    """The hits, those among the first `N_READ` in another script than the question's in a better order.

    Hits in the question's own stay where they are, and every place keeps its score. Nothing changes with a model that
    reads no words in context.
    """
    asked, reader = asked_words(question), token_embedder(embedder)
    places = [i for i, hit in enumerate(hits[:N_READ]) if _foreign(question, hit)]
    if reader is None or not asked or len(places) < 2:
        return tuple(hits)
    closeness = Closeness(question.text, asked, reader)
    closeness.read(hits[i].text for i in places)
    covered = {i: round(_covered(asked, hits[i].text, closeness), 4) for i in places}
    order = sorted(places, key=lambda i: (-(hits[i].score + WEIGHT * covered[i]), i))
    found = list(hits)
    for place, i in zip(places, order, strict=True):
        features = {**hits[i].features, "covered": covered[i]}
        found[place] = replace(hits[i], rank=hits[place].rank, score=hits[place].score, features=features)
    return tuple(found)


def _covered(asked: Sequence[str], text: str, closeness: Closeness) -> float:
    """How much of what is asked the sentence that speaks of most of it does."""
    return max((coverage(asked, sentence, closeness).mean for sentence in sentences(text)), default=0.0)


def _foreign(question: Question, hit: Hit) -> bool:
    return has_han(hit.text) != has_han(question.topic or question.text)

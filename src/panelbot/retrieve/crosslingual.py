"""The order of hits in another language than the question's, by how much of it a sentence of theirs states.

Here BM25 has only what a dictionary gives it word by word, and the cosine of whole passages is weak. Knows
hits; the ranker made their scores.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from panelbot.match.coverage import coverage
from panelbot.match.matcher import Matcher
from panelbot.match.maxsim import MaxSim, sentences
from panelbot.text import has_han
from panelbot.text.asking import has_mark
from panelbot.types import Hit, Question

N_READ = 8  # hits whose sentences are read
# What the share of the question's words that a sentence states (0..1), and the closeness of the best sentence in
# meaning (a cosine), weigh against the score: a conditional logit over the hits of questions on XQuAD-R and the panels
# to learn from (training/train_crosslingual.py).
WEIGHT, MEANING = 6.5, 13.0


def reorder(question: Question, hits: Sequence[Hit], matcher: Matcher) -> tuple[Hit, ...]:
    """The hits, those among the first `N_READ` in another script than the question's in a better order.

    Hits in the question's own stay where they are, and every place keeps its score; what a moved hit was scored is its
    feature ``ranked``. Nothing changes with a model that reads no words in context.
    """
    places = [i for i, hit in enumerate(hits[:N_READ]) if _foreign(question, hit)]
    maxsim = matcher.maxsim
    if maxsim is None or not maxsim.asked or len(places) < 2:
        return tuple(hits)
    maxsim.read(hits[i].text for i in places)
    read = {i: _read(hits[i], maxsim) for i in places}
    order = sorted(places, key=lambda i: (-_worth(read[i]), i))
    found = list(hits)
    for place, i in zip(places, order, strict=True):
        features = {**hits[i].features, **read[i]}
        found[place] = replace(hits[i], rank=hits[place].rank, score=hits[place].score, features=features)
    return tuple(found)


def _read(hit: Hit, maxsim: MaxSim) -> dict[str, float]:
    covered, meaning = _covered(maxsim.asked, hit.text, maxsim), maxsim.meaning(hit.text)
    return {"ranked": hit.score, "covered": round(covered, 4), "meaning": round(meaning, 4)}


def _worth(read: dict[str, float]) -> float:
    return read["ranked"] + WEIGHT * read["covered"] + MEANING * read["meaning"]


def _covered(asked: Sequence[str], text: str, maxsim: MaxSim) -> float:
    """How much of what is asked the sentence that states most of it does; one that asks states nothing."""
    stated = (sentence for sentence in sentences(text) if not has_mark(sentence))
    return max((coverage(asked, sentence, maxsim).mean for sentence in stated), default=0.0)


def _foreign(question: Question, hit: Hit) -> bool:
    return has_han(hit.text) != has_han(question.topic or question.text)

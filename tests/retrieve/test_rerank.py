from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from panelbot.config import Settings
from panelbot.evidence.decide import judge
from panelbot.match.matcher import Matcher
from panelbot.rerank import Excerpt, question_of
from panelbot.retrieve import search as module
from panelbot.retrieve.rerank import N_RERANKED
from panelbot.types import Question
from panelbot.understand.intent import with_intent
from retrieve.corpora import find, search_index, transcript

PANEL = transcript(
    "panel",
    [
        ("Ada", "Which ferry sails from the north quay?"),
        ("Bo", "The ferry named Kestrel sails at nine."),
        ("Cy", "The ferry named Heron sails at ten. Its engine is new."),
    ],
)
QUESTION = with_intent(Question(text="ferry sails", original="ferry sails", topic="ferry sails", language="en"))


class Liking:
    """A reranker that likes one word, and remembers what it was given."""

    def __init__(self, word: str) -> None:
        self.word, self.seen = word, []

    def read(self, question: str, excerpts: Sequence[Excerpt]) -> list[list[float]]:
        self.seen += excerpts
        return [[4.0 if self.word in sentence else -4.0 for sentence in e.sentences] for e in excerpts]


def hits_of(reranker: Liking, monkeypatch: pytest.MonkeyPatch, point: float | None = None):
    monkeypatch.setattr(module, "load_reranker", lambda *_: reranker)
    settings = Settings(embedding_model="hash", reranker="liking", reranker_point=point)
    return find(search_index(PANEL), "ferry sails", settings=settings, k=3)


def test_a_reranker_orders_the_hits(monkeypatch: pytest.MonkeyPatch) -> None:
    for word, turn in (("Kestrel", 1), ("engine", 2)):
        hits = hits_of(Liking(word), monkeypatch).hits
        assert (hits[0].rank, hits[0].turn, hits[0].features["read"]) == (1, turn, 4.0)
        assert [hit.rank for hit in hits] == [1, 2, 3]


def test_where_it_likes_all_alike_the_search_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(embedding_model="hash", ranker="fusion")
    plain = [hit.turn for hit in find(search_index(PANEL), "ferry sails", settings=settings, k=3).hits]
    monkeypatch.setattr(module, "load_reranker", lambda *_: Liking("nothing of it"))
    settings = Settings(embedding_model="hash", ranker="fusion", reranker="liking")
    assert [hit.turn for hit in find(search_index(PANEL), "ferry sails", settings=settings, k=3).hits] == plain


def test_only_the_best_hits_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    index = search_index(transcript("long", [("A", f"the ferry {'x' * n}") for n in range(1, 31)]))
    plain = Settings(embedding_model="hash", ranker="fusion")
    unread = [hit.turn for hit in find(index, "ferry", settings=plain, k=30).hits[N_RERANKED:]]
    monkeypatch.setattr(module, "load_reranker", lambda *_: Liking("x" * 20))
    found = find(index, "ferry", settings=replace(plain, reranker="liking"), k=30).hits
    assert [hit.turn for hit in found[N_RERANKED:]] == unread
    assert ["read" in hit.features for hit in found] == [True] * N_RERANKED + [False] * (30 - N_RERANKED)


def test_it_reads_who_speaks_and_what_was_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    reranker = Liking("ferry")
    hits_of(reranker, monkeypatch)
    assert "[Which ferry sails from the north quay?] Bo: " in [excerpt.lead for excerpt in reranker.seen]
    assert ("The ferry named Heron sails at ten.", "Its engine is new.") in [e.sentences for e in reranker.seen]


@pytest.mark.parametrize(("point", "chance"), [(4.0, 0.5), (2.0, 0.88), (6.0, 0.12)])
def test_its_point_tells_whether_there_is_an_answer(
    point: float, chance: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = hits_of(Liking("Heron"), monkeypatch, point)
    judged = judge(QUESTION, found, {"panel": PANEL}, Matcher(QUESTION))
    assert (judged.threshold, judged.chance) == (0.5, pytest.approx(chance, abs=0.01))


def test_without_a_point_it_only_orders(monkeypatch: pytest.MonkeyPatch) -> None:
    found = hits_of(Liking("Heron"), monkeypatch)
    assert judge(QUESTION, found, {"panel": PANEL}, Matcher(QUESTION)).threshold != 0.5


def test_the_question_of_a_turn_is_its_last_one() -> None:
    assert question_of("Is it late? I ask since it rains. Where is it? Thank you.") == "Where is it?"
    assert question_of("Tell us about the quay.") == "Tell us about the quay."
    assert question_of("那渡轮呢？几点开？请说。") == "几点开？"

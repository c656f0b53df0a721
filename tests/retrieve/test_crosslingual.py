"""Hits in another language than the question's are put in order by how much of it they state."""

from __future__ import annotations

import numpy as np

from panelbot.config import Settings
from panelbot.embedding import HashEmbedder, Tokens
from panelbot.match.matcher import Matcher
from panelbot.retrieve.crosslingual import MEANING, WEIGHT, reorder
from panelbot.types import Hit, Question, Speaker, no_progress
from panelbot.understand.intent import with_intent
from retrieve.corpora import find, search_index, transcript


class Reader(HashEmbedder):
    """Reads only two things: money, in either language, and everything else."""

    gives_tokens = True

    def encode_tokens(self, texts, *, query=False):
        return tuple(self._tokens(text) for text in texts)

    def encode_queries(self, texts):
        return np.stack([self._row(text) for text in texts])

    def encode_passages(self, texts, *, progress=no_progress):
        return self.encode_queries(texts)

    def _row(self, text):
        return np.array([1.0, 0.0] if "money" in text or "钱" in text else [0.0, 1.0], np.float32)

    def _tokens(self, text):
        money = [text.find(word) for word in ("money", "钱") if word in text]
        spans = [(at, at + 5) for at in money] or [(0, len(text))]
        return Tokens(spans=np.array(spans, np.int32), rows=np.stack([self._row(text)] * len(spans)))


def hit(rank, text, score):
    speaker = Speaker(name="甲")
    return Hit(rank=rank, transcript_id="p", turn=rank, speaker=speaker, text=text, start=0, end=len(text), score=score)


def question(text="money"):
    return with_intent(Question(original=text, text=text, topic=text, language="en"))


def in_order(asked, hits, embedder):
    return reorder(asked, hits, Matcher(asked, embedder))


def test_a_sentence_that_speaks_of_it_goes_first_and_places_keep_their_scores():
    hits = [hit(1, "今天下雨。", 0.5), hit(2, "风很大。还差一笔钱。", 0.4)]
    found = in_order(question(), hits, Reader())
    assert [(h.rank, h.turn, h.score) for h in found] == [(1, 2, 0.5), (2, 1, 0.4)]
    assert [(h.features["covered"], h.features["meaning"]) for h in found] == [(1.0, 1.0), (0.0, -1.0)]


def test_a_sentence_that_asks_states_nothing():
    hits = [hit(1, "还差多少钱？", 0.5), hit(2, "还差一笔钱。", 0.4)]
    assert [h.turn for h in in_order(question(), hits, Reader())] == [2, 1]


def test_far_better_standing_weighs_more():
    hits = [hit(1, "今天下雨。", WEIGHT + 2 * MEANING + 1), hit(2, "还差一笔钱。", 0.0)]
    assert [h.turn for h in in_order(question(), hits, Reader())] == [1, 2]


def test_hits_in_the_question_s_language_stay_where_they_are():
    hits = [hit(1, "今天下雨。", 0.5), hit(2, "It rains.", 0.4), hit(3, "还差一笔钱。", 0.3)]
    assert [h.turn for h in in_order(question(), hits, Reader())] == [3, 2, 1]
    assert in_order(question("还差多少钱"), hits[:1] + hits[2:], Reader()) == (hits[0], hits[2])


def test_without_words_in_context_or_anything_asked_nothing_changes():
    hits = (hit(1, "今天下雨。", 0.5), hit(2, "还差一笔钱。", 0.4))
    assert in_order(question(), hits, HashEmbedder()) == hits
    assert in_order(question("what did they say?"), hits, Reader()) == hits


def test_a_search_for_fewer_hits_than_are_read_gives_the_best_of_them():
    panel = transcript("panel", [("甲", "今天下雨了，我们都没有带伞。"), ("乙", "我们还差一笔钱，数目很大。")])
    settings = Settings(embedding_model="hash")
    both = find(search_index(panel), "money umbrella", settings=settings, k=2).hits
    one = find(search_index(panel), "money umbrella", settings=settings, k=1).hits
    assert one == both[:1]

"""Faults that other retrieval systems are known for, each held off by a test."""

from __future__ import annotations

from dataclasses import replace

import pytest

from panelbot.config import Settings
from panelbot.embedding import HashEmbedder
from panelbot.retrieve import Retrieval, retrieve
from panelbot.text import content_words
from panelbot.types import SpeakerRef
from retrieve.corpora import SETTINGS, find, question, search_index, transcript

TURNS = [
    ("白露", "陆远，银行网点的客流恢复得怎么样？"),
    ("陆远", "青禾银行的网点客流量已经恢复到去年的八成，ＡＢＳ 业务也恢复了。"),
    ("顾澜", "对。"),
    ("顾澜", "我们把渡轮的票务系统搬到了云上。"),
    ("陆远", "银行业的监管政策也在变化，合规成本上升。"),
    ("顾澜", "嗯，好的，谢谢。"),
]
PANEL = transcript("panel", TURNS, moderators=["白露"])
OTHER = transcript("other", [("陆远", "图书馆的阅览室晚上一直开放。"), ("何青", "夜里的公交车太少，回家不方便。")])
INDEX = search_index(PANEL, OTHER)


def places(retrieval: Retrieval) -> list[tuple[str, int]]:
    return [(hit.transcript_id, hit.turn) for hit in retrieval.hits]


def test_no_text_is_split_into_words_again_when_a_question_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    for module in ("understand.intent", "retrieve.terms"):
        monkeypatch.setattr(f"panelbot.{module}.content_words", lambda text: seen.append(text) or content_words(text))
    find(INDEX, "网点客流")
    assert set(seen) == {"网点客流"}


def test_a_chinese_clause_is_more_than_one_word() -> None:
    hits = find(INDEX, "客流").hits
    assert max(hits, key=lambda hit: hit.features["bm25"]).turn in (0, 1)
    assert max(hit.features["bm25"] for hit in hits) > 0


def test_who_is_asked_reaches_the_ranker() -> None:
    asked = replace(question("监管"), speakers=(SpeakerRef(transcript_id="panel", name="陆远"),))
    hits = retrieve(asked, INDEX, HashEmbedder(), SETTINGS).hits
    assert {hit.features["named"] for hit in hits} == {1.0}


def test_a_speaker_filter_filters_turns_not_recordings() -> None:
    asked = replace(question("票务系统"), speakers=(SpeakerRef(transcript_id="panel", name="陆远"),))
    assert set(places(retrieve(asked, INDEX, HashEmbedder(), SETTINGS))) == {("panel", 1), ("panel", 4)}


@pytest.mark.parametrize("text", ["对", "嗯", "好的", "谢谢"])
def test_one_word_replies_are_not_content(text: str) -> None:
    assert not {("panel", 2), ("panel", 5)} & set(places(find(INDEX, text, k=50)))


@pytest.mark.parametrize(("one", "other"), [("abs 业务", "ＡＢＳ業務"), ("網點客流", "网点客流")])
def test_case_width_and_script_lose_no_hits(one: str, other: str) -> None:
    def matched(text: str) -> list[tuple[int, float]]:
        return sorted((h.turn, h.features["bm25"]) for h in find(INDEX, text, k=50).hits if h.features["bm25"] > 0)

    assert matched(one) == matched(other) != []


def test_greetings_retrieve_nothing() -> None:
    assert retrieve(replace(question("你好"), kind="smalltalk"), INDEX, HashEmbedder(), SETTINGS).hits == ()


def test_a_leg_that_cannot_read_the_question_has_no_half_vote() -> None:
    plain = Settings(embedding_model="hash", ranker="fusion", query_translation=False)
    hits = find(INDEX, "branch footfall", settings=plain, k=50).hits
    assert [h.turn for h in hits] == [h.turn for h in sorted(hits, key=lambda h: -h.features["cosine"])]


def test_no_score_is_a_cosine_held_against_a_threshold() -> None:
    """Hits come back for any question; whether they answer it is the evidence model's to say."""
    assert len(find(INDEX, "火星上的粮食够不够").hits) > 0

from __future__ import annotations

import threading
from dataclasses import replace

import numpy as np
import pytest

from panelbot.config import Settings
from panelbot.embedding import HashEmbedder
from panelbot.retrieve import Retrieval, retrieve
from panelbot.types import SpeakerRef
from panelbot.understand import understand
from retrieve.corpora import SETTINGS, find, question, search_index, transcript

HARBOUR = transcript(
    "harbour",
    [
        ("白露", "欢迎各位，先请陆远谈谈银行网点的客流。"),
        ("陆远", "青禾银行的网点客流量已经恢复到去年的八成，东岸的网点更快一些。"),
        ("白露", "顾澜，渡轮的票务系统呢？"),
        ("顾澜", "我们把渡轮的票务系统搬到了云上，故障率下降了一半。"),
        ("陆远", "对。"),
        ("陆远", "对，我同意。"),
    ],
    moderators=["白露"],
)
LIBRARY = transcript(
    "library",
    [
        ("Moderator", "How do the reading rooms fare at night?"),
        ("Ana Ruiz", "The library keeps its reading room open until midnight, and a third of the visitors are nurses."),
        ("Tom Okafor", "Bookshops cannot do that; our rent doubled in two years, so we close at six."),
        ("Ana Ruiz", "Yeah."),
    ],
    moderators=["Moderator"],
)
BOTH = search_index(HARBOUR, LIBRARY)


def places(retrieval: Retrieval) -> list[tuple[str, int]]:
    return [(hit.transcript_id, hit.turn) for hit in retrieval.hits]


def test_the_turn_that_answers_comes_first() -> None:
    assert places(find(BOTH, "银行网点客流量恢复得怎么样"))[0] == ("harbour", 1)
    assert places(find(BOTH, "why does the bookshop's rent matter"))[0] == ("library", 2)


def test_hits_quote_their_turns() -> None:
    for hit in find(BOTH, "票务系统").hits:
        source = {"harbour": HARBOUR, "library": LIBRARY}[hit.transcript_id]
        assert source.turns[hit.turn].text[hit.start : hit.end] == hit.text
        assert hit.speaker.name == source.turns[hit.turn].speaker
    assert [hit.rank for hit in find(BOTH, "票务系统").hits] == list(range(1, 9))


def test_a_transcript_scope_holds() -> None:
    assert {id for id, _ in places(find(BOTH, "票务系统", transcripts=["library"]))} == {"library"}
    assert find(BOTH, "票务系统", transcripts=[]).hits == ()


def test_a_speaker_filter_filters_turns_not_recordings() -> None:
    names = {"harbour": frozenset({"顾澜"})}
    assert places(find(BOTH, "网点客流量", speakers=names)) == [("harbour", 3)]


def test_the_question_narrows_to_its_speakers() -> None:
    ref = SpeakerRef(transcript_id="library", name="Tom Okafor")
    asked = replace(question("网点客流量"), speakers=(ref,))
    assert places(retrieve(asked, BOTH, HashEmbedder(), SETTINGS)) == [("library", 2)]


def test_both_narrow_together() -> None:
    asked = replace(question("票务"), speakers=(SpeakerRef(transcript_id="harbour", name="顾澜"),))
    names = {"harbour": frozenset({"顾澜", "陆远"}), "library": frozenset({"Ana Ruiz"})}
    assert places(retrieve(asked, BOTH, HashEmbedder(), SETTINGS, speakers=names)) == [("harbour", 3)]


@pytest.mark.parametrize("text", ["对", "yeah", "网点客流量"])
def test_one_word_turns_are_never_hits(text: str) -> None:
    assert not {("harbour", 4), ("library", 3)} & set(places(find(BOTH, text, k=50)))


def test_a_hit_knows_the_question_it_answers() -> None:
    hits = {(hit.transcript_id, hit.turn): hit for hit in find(BOTH, "票务系统", k=50).hits}
    assert hits["harbour", 3].asked == 2
    assert hits["harbour", 0].asked == -1


def test_small_talk_finds_nothing() -> None:
    asked = replace(question("你好"), kind="smalltalk")
    assert retrieve(asked, BOTH, HashEmbedder(), SETTINGS) == Retrieval()


def test_case_and_width_do_not_change_the_words_found() -> None:
    # The hash embedder tells case apart, so the order of the hits may differ.
    plain, shouted = (
        {(hit.transcript_id, hit.turn): hit.features["bm25"] for hit in find(BOTH, text, k=50).hits}
        for text in ("reading room nurses", "ＲＥＡＤＩＮＧ room NURSES")
    )
    assert plain == shouted


def test_an_empty_index_finds_nothing() -> None:
    assert find(search_index(), "网点").hits == ()


def test_a_large_scope_is_narrowed_to_the_transcripts_with_candidates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("panelbot.retrieve.search.MAX_POOL", 6)
    assert places(find(BOTH, "渡轮的票务系统故障率"))[0] == ("harbour", 3)
    assert {id for id, _ in places(find(BOTH, "渡轮的票务系统故障率"))} == {"harbour"}


def test_equal_scores_come_in_the_order_of_the_corpus() -> None:
    twins = [transcript(id, [("A", "the harbour bridge closes")]) for id in "cab"]
    assert places(find(search_index(*twins), "harbour bridge")) == [("a", 0), ("b", 0), ("c", 0)]


def test_signals_tell_a_question_that_was_answered_from_one_that_was_not() -> None:
    known, unknown = find(BOTH, "网点客流量恢复").signals, find(BOTH, "火星殖民地的粮食").signals
    assert known.idf_window == pytest.approx(1.0)
    assert known.idf_known == pytest.approx(1.0)
    assert unknown.idf_window < 0.2
    assert known.max_cosine > unknown.max_cosine


def test_a_leg_with_nothing_to_say_has_no_vote() -> None:
    signals = find(BOTH, "zzyzx qwfpgj").signals
    assert (signals.idf_known, signals.agreement) == (0.0, 0.0)


def test_eight_threads_find_the_same() -> None:
    expected = find(BOTH, "渡轮票务")
    results: list[Retrieval] = []
    threads = [threading.Thread(target=lambda: results.append(find(BOTH, "渡轮票务"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [expected] * 8


def test_the_plain_fusion_is_the_sum_of_both_legs_z_scores() -> None:
    plain = Settings(embedding_model="hash", ranker="fusion", query_translation=False)
    hits = find(BOTH, "银行网点客流量", settings=plain, k=50).hits
    cosine = np.asarray([hit.features["cosine"] for hit in hits])
    lexical = np.asarray([hit.features["bm25"] for hit in hits])
    expected = (cosine - cosine.mean()) / cosine.std() + (lexical - lexical.mean()) / lexical.std()
    np.testing.assert_allclose([hit.score for hit in hits], expected, atol=1e-4)


def test_a_question_about_each_panelist_finds_nothing_the_moderator_said() -> None:
    panel = transcript(
        "p",
        [("主", "大家怎么看渡轮停运这件事情"), ("甲", "渡轮停运很可惜"), ("乙", "我赞成渡轮停运")],
        moderators=["主"],
    )
    asked = understand("各位嘉宾怎么看渡轮停运？", (), {"p": panel.speakers})
    assert asked.kind == "each"
    found = retrieve(asked, search_index(panel), HashEmbedder(), SETTINGS)
    assert {hit.speaker.name for hit in found.hits} == {"甲", "乙"}

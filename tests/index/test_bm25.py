"""BM25 over postings agrees with a plain BM25 over word lists."""

from __future__ import annotations

import math
from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from panelbot.errors import StoreError
from panelbot.index import Postings, SearchIndex, Segment, build_postings, build_segment, lexical_of, unpack_segment
from panelbot.index.turns import TurnTable
from panelbot.types import Passage, Speaker, Transcript, Turn

WORDS = ("网点", "客流", "branch", "traffic", "成本", "ai")
panels = st.lists(
    st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6), min_size=1, max_size=5), min_size=1, max_size=4
)


def segment(number: int, passages: list[list[str]]) -> Segment:
    turns = tuple(Turn(index=i, speaker=f"S{i % 2}", text=" ".join(words)) for i, words in enumerate(passages))
    transcript = Transcript(id=f"t{number}", speakers=(Speaker(name="S0"), Speaker(name="S1")), turns=turns)
    return build_segment(
        transcript=transcript,
        first_id=100 * number,
        passages=tuple(Passage(turn=t.index, start=0, end=len(t.text)) for t in turns),
        vectors=np.zeros((len(turns), 2), np.float32),
        lexical=build_postings(passages),
    )


def make_index(panels: list[list[list[str]]]) -> SearchIndex:
    return SearchIndex.of([segment(i, p) for i, p in enumerate(panels)])


def plain_bm25(documents: list[list[str]], query: list[str]) -> list[float]:
    mean = sum(map(len, documents)) / len(documents)
    scores = []
    for document in documents:
        score = 0.0
        for word in query:
            n_with = sum(word in other for other in documents)
            count = document.count(word)
            idf = math.log(1 + (len(documents) - n_with + 0.5) / (n_with + 0.5))
            score += idf * count * 2.2 / (count + 1.2 * (0.25 + 0.75 * len(document) / mean))
        scores.append(score)
    return scores


@given(panels, st.lists(st.sampled_from(WORDS), min_size=1, max_size=4))
def test_bm25_is_what_the_formula_says(panels: list[list[list[str]]], query: list[str]) -> None:
    documents = [passage for panel in panels for passage in panel]
    places = [(i, j) for i, panel in enumerate(panels) for j in range(len(panel))]
    expected = {place: score for place, score in zip(places, plain_bm25(documents, query), strict=True) if score > 0}
    found = make_index(panels).bm25(query, 1000)
    got = {(int(s), int(o)): float(x) for s, o, x in zip(found.segment, found.ordinal, found.score, strict=True)}
    assert got == pytest.approx(expected, rel=1e-4)
    assert list(found.score) == sorted(found.score, reverse=True)


def test_equal_scores_come_in_the_order_of_transcripts_and_passages() -> None:
    found = make_index([[["ai"], ["ai"]], [["ai"], ["网点"]]]).bm25(["ai"], 10)
    assert list(zip(found.segment.tolist(), found.ordinal.tolist(), strict=True)) == [(0, 0), (0, 1), (1, 0)]


def test_only_passages_of_the_named_transcripts_and_speakers_are_candidates() -> None:
    index = make_index([[["ai"], ["ai"], ["ai"]], [["ai"], ["ai"]]])
    only_second = index.bm25(["ai"], 10, transcripts={"t1"})
    assert set(only_second.segment.tolist()) == {1}
    only_s1 = index.bm25(["ai"], 10, speakers={"t0": frozenset({"S1"})})
    assert list(zip(only_s1.segment.tolist(), only_s1.ordinal.tolist(), strict=True)) == [(0, 1)]


def test_the_best_n_are_the_first_n_of_all() -> None:
    index = make_index([[["ai"] * (i % 7 + 1) + ["成本"] * (i % 3) for i in range(50)]])
    everything = index.bm25(["ai"], 1000)
    best = index.bm25(["ai"], 5)
    assert best.ordinal.tolist() == everything.ordinal.tolist()[:5]


@given(panels)
def test_a_segment_survives_the_way_to_disk(panels: list[list[list[str]]]) -> None:
    made = segment(0, panels[0])
    again = unpack_segment(made.head, made.packed(), made.vectors, made.speakers, made.read)
    for field in fields(Postings):
        assert np.array_equal(getattr(again.lexical, field.name), getattr(made.lexical, field.name)), field.name
    for field in fields(TurnTable):
        assert np.array_equal(getattr(again.turns, field.name), getattr(made.turns, field.name)), field.name
    assert np.array_equal(again.norms, made.norms)
    assert (again.passages, again.transcript) == (made.passages, made.transcript)
    assert lexical_of(made.packed()).words == made.lexical.words


def test_one_changed_byte_in_a_stored_segment_is_noticed() -> None:
    made = segment(0, [["ai", "网点"], ["ai"]])
    data = bytearray(made.packed())
    data[-1] ^= 1
    with pytest.raises(StoreError, match="damaged"):
        lexical_of(bytes(data))
    other = segment(0, [["ai"]])
    with pytest.raises(StoreError, match="another transcript's"):
        unpack_segment(other.head, made.packed(), made.vectors, made.speakers, made.read)


def test_entries_are_passages_once_each_whatever_the_inflection() -> None:
    lists = build_postings([["branch", "branches", "ai"], ["ai"], ["branches"]])
    entries = lists.entries("branch", 100)
    assert [tuple(entry) for entry in entries.tolist()] == [(100, 2, 3), (102, 1, 1)]
    assert (lists.n_like("branch"), len(lists.entries("网点", 100))) == (3, 0)

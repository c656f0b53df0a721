from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from panelbot import PanelBot, Settings
from panelbot.embedding import HashEmbedder
from panelbot.retrieve import NearWords, WordVectors, retrieve
from panelbot.retrieve.nearest import unreached
from panelbot.retrieve.terms import find_terms
from panelbot.retrieve.vocabulary import vocabulary_of
from retrieve.corpora import question, search_index, transcript

NEAR = Settings(embedding_model="hash", ranker="fusion", nearest_words=True)
MEANINGS = {"shortlisting": 0, "入围": 0, "blockchain": 1, "区块链": 1, "zorbing": 2, "贷前": 3, "microloans": 3}
ZH = transcript("zh", [("甲", "贷前审核还是靠人。"), ("乙", "区块链没有人提。"), ("丙", "今天天气不错。")])
EN = transcript("en", [("A", "Microloans are decided by people."), ("B", "Nobody mentioned zorbing."), ("C", "Good.")])


class Meanings(HashEmbedder):
    """Words of one meaning share a direction; every vector leans one way, as those of real models do."""

    def __init__(self) -> None:
        super().__init__()
        self.read: list[str] = []

    def encode_passages(self, texts: Sequence[str], **kwargs) -> np.ndarray:
        self.read.extend(texts)
        rows = super().encode_passages(texts, **kwargs)
        for i, text in enumerate(texts):
            rows[i] *= 0.05
            rows[i, 20] += 3.0
            if text in MEANINGS:
                rows[i, MEANINGS[text]] += 1.0
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def forms(folder: Path, index, text: str, embedder: Meanings | None = None) -> dict[str, dict[str, float]]:
    near = WordVectors(folder).of(index, embedder or Meanings())
    terms = find_terms(question(text), vocabulary_of(index), None, bridge=True, near=near)
    return {term.word: dict(term.forms) for term in terms}


def rows(near: NearWords) -> bytes:
    return b"".join(near.index[key].reconstruct_n(0, len(near.words[key])).tobytes() for key in (True, False))


def test_only_words_that_the_dictionary_does_not_reach_are_kept() -> None:
    assert unreached(["贷前", "图书馆", "microloans", "library", "2020", "x", "a1"]) == {"贷前", "microloans"}


def test_the_few_foreign_words_of_a_transcript_are_left_out() -> None:
    assert unreached(["贷前", "图书馆", "渡轮", "今天", "天气", "fintech"]) == {"贷前"}


def test_a_word_without_a_translation_is_carried_by_the_nearest_one(tmp_path: Path) -> None:
    found = forms(tmp_path, search_index(ZH, EN), "microloans")
    assert set(found["microloans"]) == {"microloan", "贷前"}
    assert 0.3 <= found["microloans"]["贷前"] < 1.0


def test_a_word_that_the_dictionary_carries_is_left_to_it(tmp_path: Path) -> None:
    index = search_index(transcript("zh", [("甲", "渡轮的贷前审核。")]), EN)
    assert set(forms(tmp_path, index, "ferry")["ferry"]) == {"渡轮"}


def test_what_is_near_to_nothing_stays_without_forms(tmp_path: Path) -> None:
    assert not forms(tmp_path, search_index(ZH, EN), "shortlisting").get("shortlisting")


def test_words_are_carried_into_the_other_language_only(tmp_path: Path) -> None:
    assert set(forms(tmp_path, search_index(ZH), "microloans")["microloans"]) == {"贷前"}
    assert not forms(tmp_path, search_index(EN), "loans for microloan")["microloan"].keys() - {"microloan"}
    assert not forms(tmp_path, search_index(ZH), "风控贷前").get("贷前", {}).keys() - {"贷前"}


def test_an_empty_corpus_carries_nothing(tmp_path: Path) -> None:
    assert WordVectors(tmp_path).of(search_index(), Meanings()).forms(["microloans"]) == []


def test_the_search_finds_a_turn_by_a_near_word(tmp_path: Path) -> None:
    index, embedder = search_index(ZH, EN), Meanings()
    near = WordVectors(tmp_path).of(index, embedder)
    asked = question("贷前")
    assert not retrieve(asked, index, embedder, NEAR, transcripts=["en"]).signals.lexical
    found = retrieve(asked, index, embedder, NEAR, transcripts=["en"], near=near)
    assert (found.hits[0].transcript_id, found.hits[0].turn) == ("en", 0)
    assert found.signals.lexical


def test_a_word_is_embedded_once_whatever_comes_and_goes(tmp_path: Path) -> None:
    vectors, embedder = WordVectors(tmp_path), Meanings()
    vectors.of(search_index(ZH), embedder)
    assert "贷前" in embedder.read
    embedder.read.clear()
    both = vectors.of(search_index(ZH, EN), embedder)
    assert "贷前" not in embedder.read
    assert "microloans" in embedder.read
    embedder.read.clear()
    alone = vectors.of(search_index(EN), embedder)
    assert not alone.words[True]
    again = WordVectors(tmp_path).of(search_index(ZH, EN), embedder)  # another process
    assert not embedder.read
    assert again.words == both.words
    assert rows(again) == rows(both)


def test_the_order_in_which_transcripts_came_does_not_matter(tmp_path: Path) -> None:
    one, other = WordVectors(tmp_path / "1"), WordVectors(tmp_path / "2")
    one.of(search_index(ZH), Meanings())
    other.of(search_index(EN), Meanings())
    assert len({rows(vectors.of(search_index(ZH, EN), Meanings())) for vectors in (one, other)}) == 1


def test_another_model_has_vectors_of_its_own(tmp_path: Path) -> None:
    vectors, other = WordVectors(tmp_path), Meanings()
    other.name = "other"
    vectors.of(search_index(ZH, EN), Meanings())
    vectors.of(search_index(EN, ZH), other)
    assert "贷前" in other.read


def test_a_folder_that_cannot_be_written_costs_only_time(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "words").write_text("not a folder")
    near = WordVectors(tmp_path).of(search_index(ZH, EN), Meanings())
    assert near.words[True]
    assert "made again next time" in caplog.text


@pytest.mark.parametrize(("bridge", "kept"), [(True, True), (False, False)])
def test_the_index_keeps_words_only_where_the_settings_ask(tmp_path: Path, bridge: bool, kept: bool) -> None:
    (tmp_path / "panel.txt").write_text("甲：贷前审核还是靠人。\n乙：我看区块链没有人提。\n", encoding="utf-8")
    bot = PanelBot.open(tmp_path / "index", settings=replace(NEAR, bridge=bridge), embedder=Meanings())
    bot.add([tmp_path / "panel.txt"])
    assert any((tmp_path / "index" / "words").glob("*.words")) is kept
    assert bot.search("贷前审核谁做？")
    bot.close()

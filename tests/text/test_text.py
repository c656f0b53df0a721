"""Folding, words, sentences and language of Chinese and English text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panelbot.text import content_words, detect_language, fold, sentence_spans, words


@pytest.mark.parametrize(
    ("one", "other"),
    [("網點客流", "网点客流"), ("ＡＢＳ", "abs"), ("Ｂranch", "BRANCH"), ("网\u200b点", "网点"), ("６０％", "60%")],
)
def test_spellings_of_the_same_text_fold_to_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_a_long_chinese_word_is_found_by_the_words_inside_it() -> None:
    assert {"客流", "客流量"} <= set(words("客流量恢复"))


def test_case_width_and_script_do_not_lose_a_word() -> None:
    assert set(words("ＡＩ與區塊鏈")) & set(words("AI 区块链")) >= {"ai", "区块", "链"}


def test_a_possessive_is_the_word_itself() -> None:
    assert words("The bank's branch") == ("the", "bank", "branch")


def test_framing_words_carry_no_subject() -> None:
    assert content_words("what did the bank say about branch traffic") == ("bank", "branch", "traffic")
    assert "什么" not in content_words("银行说了什么")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("what did 沈志峰 say about branch traffic", "en"),
        ("沈总怎么看 ABS", "zh"),
        ("why?", "en"),
        ("为什么", "zh"),
        ("", "en"),
    ],
)
def test_the_language_is_the_one_that_carries_the_sentence(text: str, language: str) -> None:
    assert detect_language(text) == language


def cut(text: str) -> list[str]:
    return [text[a:b] for a, b in sentence_spans(text)]


def test_sentences_end_where_a_reader_would_end_them() -> None:
    assert cut("他说:“好。”然后走了!对吗？") == ["他说:“好。”", "然后走了!", "对吗？"]
    assert cut("Mr. Li saw 3.5% growth. He said so!") == ["Mr. Li saw 3.5% growth.", "He said so!"]
    assert cut("第一段\n第二段") == ["第一段", "第二段"]


@given(st.text(alphabet="一二。！? .\n“”aB3", max_size=80))
def test_sentences_cover_everything_but_white_space(text: str) -> None:
    spans = sentence_spans(text)
    assert all(a < b for a, b in spans)
    assert [a for a, _ in spans] == sorted(a for a, _ in spans)
    assert "".join("".join(text[a:b] for a, b in spans).split()) == "".join(text.split())

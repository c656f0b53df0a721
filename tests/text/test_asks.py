"""What asks: by its mark, by a question's words, by a word for asking."""

from __future__ import annotations

import pytest

from panelbot.text.asking import asks_in_words, has_mark, has_verb_of_asking, is_question, tells_of_asking


@pytest.mark.parametrize("sentence", ["恢复了吗？", '"What next?"', "（真的？） ", "Really?\n"])
def test_a_mark_at_the_end_asks_whatever_closes_behind_it(sentence: str) -> None:
    assert has_mark(sentence)
    assert is_question(sentence)
    assert tells_of_asking(sentence)


def test_a_particle_asks_without_a_mark() -> None:
    assert is_question("成本呢。")
    assert not has_mark("成本呢。")


@pytest.mark.parametrize("sentence", ["恢复了。", "Who asked? Nobody did.", "吗啡很贵。"])
def test_what_goes_on_behind_a_mark_or_a_particle_tells(sentence: str) -> None:
    assert not is_question(sentence)


@pytest.mark.parametrize("text", ["成本呢？", "我们是不是", "What happened then", "请陆总谈谈", "你们有没有"])
def test_words_ask_where_there_is_no_mark(text: str) -> None:
    assert asks_in_words(text)


@pytest.mark.parametrize("text", ["成本先升后降。", "We know what happened .", "Rubber is cheap ."])
def test_statements_do_not(text: str) -> None:
    assert not asks_in_words(text)


def test_who_tells_of_a_question_asks_by_a_verb() -> None:
    assert tells_of_asking("One asks what it costs.")
    assert not tells_of_asking("It costs four pounds.")
    assert has_verb_of_asking("观众问了成本")
    assert not has_verb_of_asking("成本是个问题")
    assert not has_verb_of_asking("Askew spoke of the question of cost")

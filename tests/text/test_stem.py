from __future__ import annotations

import pytest

from panelbot.text.stem import stem


@pytest.mark.parametrize(
    "forms",
    [
        "branch branches",
        "recover recovers recovered recovering",
        "plan plans planned planning",
        "policy policies",
        "carry carries carried carrying",
        "decide decides decided deciding",
        "tax taxes taxed",
        "miss misses missed missing",
        "call calls called calling",
    ],
)
def test_forms_of_a_word_share_a_stem(forms: str) -> None:
    assert len({stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    "words", ["universe university", "new news", "bus business", "thing thin", "string stre", "bed b"]
)
def test_different_words_do_not(words: str) -> None:
    first, second = words.split()
    assert stem(first) != stem(second)


@pytest.mark.parametrize("word", ["网点", "60", "b2b", "gas", "status", "basis", "glass", "é", ""])
def test_what_is_left_alone(word: str) -> None:
    assert stem(word) == word

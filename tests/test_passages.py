"""Passages cover every turn once and in order, and fit the model."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from panelbot.passages import split_turn, text_size
from panelbot.types import Turn

speech = st.text(alphabet=st.sampled_from("网点客流 恢复了。，!? \n.,;aZ9🙂\u3000"), max_size=400)


def turn(text: str) -> Turn:
    return Turn(index=3, speaker="A", text=text)


@given(speech, st.integers(min_value=5, max_value=80))
def test_passages_cover_every_character_once_and_in_order(text: str, max_size: int) -> None:
    passages = split_turn(turn(text), max_size)
    covered = ""
    last = 0
    for passage in passages:
        assert passage.turn == 3
        assert passage.start >= last
        assert text[last : passage.start].strip() == ""
        covered += text[passage.start : passage.end]
        last = passage.end
    assert text[last:].strip() == ""
    assert "".join(covered.split()) == "".join(text.split())


@given(speech, st.integers(min_value=5, max_value=80))
def test_no_passage_is_empty_or_too_long(text: str, max_size: int) -> None:
    for passage in split_turn(turn(text), max_size):
        assert text[passage.start : passage.end].strip()
        assert text_size(text[passage.start : passage.end]) <= max_size


def test_a_turn_that_fits_is_one_passage_without_its_outer_white_space() -> None:
    [passage] = split_turn(turn("  网点恢复了。\n第二段。 "), 320)
    assert (passage.start, passage.end) == (2, 13)


def test_long_turns_break_at_paragraphs_before_sentences_before_clauses() -> None:
    text = "一二三四五。六七八九十。\n甲乙丙丁，戊己庚辛。"
    pieces = [text[p.start : p.end] for p in split_turn(turn(text), 12)]
    assert pieces == ["一二三四五。六七八九十。", "甲乙丙丁，戊己庚辛。"]
    assert [text[p.start : p.end] for p in split_turn(turn(text), 6)] == [
        "一二三四五。",
        "六七八九十。",
        "甲乙丙丁，",
        "戊己庚辛。",
    ]


def test_latin_letters_count_a_third_of_an_ideograph() -> None:
    assert text_size("网点abc") == 3
    assert text_size("网点客流") == 4

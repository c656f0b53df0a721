"""Pieces of quotes: whole sentences, clauses where there are none, no hesitations."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from panelbot.answer.quote_segments import MAX_CHARS, announces_list, is_filler, is_list_item, segment_spans


def pieces(text: str) -> list[str]:
    return [text[start:end] for start, end in segment_spans(text)]


def test_sentences_stay_whole():
    assert pieces("网点恢复了，客流也多了。明年会更好！") == ["网点恢复了，客流也多了。", "明年会更好！"]


def test_a_leading_hesitation_is_left_out():
    assert pieces("嗯，我们有42个网点。") == ["我们有42个网点。"]
    assert pieces("Um , uh the mill closes .") == ["the mill closes ."]


def test_a_word_that_only_begins_like_a_hesitation_stays():
    assert pieces("Umbrellas are sold. Hummus too.") == ["Umbrellas are sold.", "Hummus too."]


def test_speech_without_full_stops_is_cut_at_its_clauses():
    text = "，".join(["我们今年在各个地方都做了很多新的尝试"] * 40)
    found = segment_spans(text)
    assert len(found) > 2
    assert all(end - start <= MAX_CHARS["zh"] for start, end in found)
    assert all(text[end - 1] == "，" for _, end in found[:-1])
    assert "".join(text[start:end] for start, end in found) == text


def test_only_the_pieces_in_the_window_are_given():
    text = "甲说了一件事。乙说了两件事。丙说了三件事。"
    assert [text[a:b] for a, b in segment_spans(text, 8, 10)] == ["乙说了两件事。"]


@given(st.text(alphabet="我们有新的，。？! ab嗯.\n", max_size=400))
def test_pieces_are_in_order_and_do_not_overlap(text: str):
    found = segment_spans(text)
    assert all(a < b for a, b in found)
    assert all(left[1] <= right[0] for left, right in pairwise(found))


def test_what_carries_nothing_is_filler():
    assert is_filler("对，好的，谢谢大家。")
    assert is_filler("Yeah , okay .")
    assert not is_filler("客流恢复了。")


def test_lists_are_announced_and_made():
    assert announces_list("我觉得是两点。")
    assert announces_list("There are three main reasons.")
    assert is_list_item("第二个是成本。")
    assert is_list_item("Second, the cost.")
    assert not is_list_item("成本很高。")

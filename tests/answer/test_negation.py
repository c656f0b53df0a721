"""Whether a sentence turns its quote round: a "not" put in, taken out, or standing elsewhere too."""

from __future__ import annotations

import pytest

from panelbot.answer.verify.negation import turns_round

RUN_ON = (
    "夜校不是给年轻人办的，但是来的年轻人越来越多，这个课是下班以后上的，"
    "教室不是新盖的，是原来的食堂改的，我们不可能再盖一栋楼"
)
SPOKEN = (
    "So the ferry is not late because of the wind and the crew is not late either, it is the tide that is late, "
    "and we will run the second boat on Sunday but we will not run it on Monday"
)


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("教室是新盖的，是原来的食堂改的", RUN_ON),
        ("这个课不是下班以后上的，教室不是新盖的", RUN_ON),
        ("我们可能再盖一栋楼", "我们" + RUN_ON),
        ("但是来的年轻人越来越多，这个课是下班以后不上的", RUN_ON),
        ("要不是下班以后上课，来的年轻人不会越来越多", "要是下班以后上课，来的年轻人会越来越多，我们也不会再等"),
        ("it is not the tide that is late, and we will run the second boat", SPOKEN),
        ("the ferry is late because of the wind and the crew is not late either", SPOKEN),
        ("we will not run the second boat on Sunday", SPOKEN),
    ],
)
def test_a_not_put_in_or_taken_out_of_speech_that_runs_on_is_found(sentence: str, quote: str) -> None:
    assert turns_round(sentence, quote)


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("教室不是新盖的，是原来的食堂改的", RUN_ON),
        ("这个课是下班以后上的", RUN_ON),
        ("大家都知道，沉默是非常常见的", "这是一种很常见的识别。大家都知道，沉默是非常常见的，也不用紧张"),
        ("南极和非洲是两个方向", "我们不去别处，南极和非洲是两个方向"),
        ("it is the tide that is late, and we will run the second boat on Sunday", SPOKEN),
        ("we will not run it on Monday", SPOKEN),
    ],
)
def test_words_as_they_stand_are_not_turned_round(sentence: str, quote: str) -> None:
    assert not turns_round(sentence, quote)


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("老的那台机器可以联网", "老的那台机器不可以联网，新的这台机器可以联网，价钱是一样的"),
        ("新的这台机器不可以联网，价钱是一样的", "老的那台机器不可以联网，新的这台机器可以联网，价钱是一样的"),
        ("去年我们开了两个班，是有老师的", "今年新开的班是有老师的，去年我们开了两个班，是没有老师的"),
        (
            "the night boat does run in winter, and nobody complains",
            "the day boat does run in winter, the night boat does not run in winter, and nobody complains",
        ),
    ],
)
def test_the_place_in_the_quote_decides_which_not_is_meant(sentence: str, quote: str) -> None:
    assert turns_round(sentence, quote)
    for words in quote.split("，" if "，" in quote else ", "):
        assert not turns_round(words, quote)


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        (
            "the people who come on Sunday buy less bread than before",
            "the people who come on Monday buy less fish, the people who come on Sunday buy more bread than before",
        ),
        ("今年周末来的人比去年增加了两成", "平时来的人增加了一成，今年周末来的人比去年减少了两成"),
    ],
)
def test_the_opposite_in_the_place_of_a_word_is_found_though_the_quote_has_both(sentence: str, quote: str) -> None:
    assert turns_round(sentence, quote)
    for words in quote.split("，" if "，" in quote else ", "):
        assert not turns_round(words, quote)

"""Numbers, dates and names, in both languages."""

from __future__ import annotations

import pytest

from panelbot.answer.facts import names_hold, numbers, numbers_hold, spoken_numbers
from panelbot.answer.mentions import directory, starts_with_pronoun


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("12,000 lawyers", {12000.0}),
        ("1.2万名律师", {12000.0}),
        ("3.5 million", {3_500_000.0}),
        ("twenty people in May", {20.0}),
        ("9月16日", {9.0, 16.0}),
        ("no figures", set()),
    ],
)
def test_numbers_are_read(text, found):
    assert numbers(text) == found


@pytest.mark.parametrize(
    ("sentence", "cited", "holds"),
    [
        ("It was 60 to 70 percent.", "恢复到原来的60%到70%", True),
        ("It was 90 percent.", "恢复到原来的60%到70%", False),
        ("The forum was held on September 16.", "论坛于9月16日召开", True),
        ("共有12个网点", "一共十二个网点", True),
        ("共有320家企业", "三百二十家企业", True),
        ("共有120000家企业", "十二万家企业", True),
        ("共有13个网点", "一共十二个网点", False),
        ("The lawyers", "12000个律师", True),
    ],
)
def test_numbers_of_a_sentence_are_those_it_cites(sentence, cited, holds):
    assert numbers_hold(sentence, cited) is holds


def test_a_spoken_year_counts_as_written():
    assert 2020.0 in spoken_numbers("二〇二〇年")


@pytest.mark.parametrize(
    ("sentence", "cited", "holds"),
    [
        ("Branches in Suzhou recovered.", "苏州的网点恢复了", True),
        ("Branches in Shanghai recovered.", "苏州的网点恢复了", False),
        ("They advertise on Douyin.", "通过抖音去宣传", True),
        ("The price of Bitcoin fell.", "比特币的价格跌了", True),
        ("他们发行ABS。", "我们发ABS的资产", True),
        ("他们发行REITs。", "我们发ABS的资产", False),
        ("Prices fell.", "价格跌了", True),
    ],
)
def test_names_of_a_sentence_are_those_it_cites(sentence, cited, holds):
    assert names_hold(sentence, cited) is holds


def test_pronouns_that_begin_a_sentence():
    assert starts_with_pronoun("他还说客流恢复了。")
    assert starts_with_pronoun("She added that trains run.")
    assert not starts_with_pronoun("Helen said that trains run.")


def test_shared_surnames_mean_either_person():
    from panelbot.types import Speaker, Transcript

    people = directory([Transcript(id="t", speakers=(Speaker(name="李明"), Speaker(name="李华")))])
    (mention,) = people.mentions("李总说会涨。")
    assert mention.people == {("t", "李明"), ("t", "李华")}

"""Numbers, dates and names, in both languages."""

from __future__ import annotations

import pytest

from panelbot.answer.verify.mentions import directory, starts_with_pronoun
from panelbot.answer.verify.names_and_numbers import names_hold, numbers_hold, proper_names
from panelbot.answer.verify.numerals import read_numbers
from panelbot.types import Speaker, Transcript


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("12,000 lawyers", {12000.0}),
        ("1.2万名律师", {12000.0}),
        ("3.5 million", {3_500_000.0}),
        ("twenty people in May", {20.0}),
        ("9月16日", {9.0, 16.0}),
        ("no figures", set()),
        ("two thousand two hundred questions", {2200.0}),
        ("a hundred and fifty thousand", {150_000.0}),
        ("seventy-one per cent, five six people", {71.0, 5.0, 6.0}),
        ("一年六百二十万，不到三成", {6_200_000.0, 3.0}),
        ("one of them 一些 十分 万一", set()),
    ],
)
def test_numbers_are_read(text, found):
    assert {number.value for number in read_numbers(text) if number.stated} == found


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
        ("真正成功的不到五成", "真正成功的不到三成", False),
        ("一年大概六百五十万", "一年大概六百二十万，一个小站六十万", False),
        ("It opens in four weeks.", "It opens in ten weeks.", False),
        ("It has two thousand seven hundred seats.", "It has two thousand two hundred seats.", False),
        ("It has 2,200 seats.", "It has two thousand two hundred seats.", True),
        ("早上三点半有人等", "早上八点半有三个人等", False),
        ("Nine trains leave for six stations.", "Six trains leave for nine stations.", False),
        ("Of 20 people six left.", "20 to 30 people came and six left", True),
    ],
)
def test_numbers_of_a_sentence_are_those_it_cites(sentence, cited, holds):
    assert numbers_hold(sentence, cited) is holds


def test_a_spoken_year_counts_as_written():
    assert [number.value for number in read_numbers("二〇二〇年")] == [2020.0]


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
    people = directory([Transcript(id="t", speakers=(Speaker(name="李明"), Speaker(name="李华")))])
    (mention,) = people.mentions("李总说会涨。")
    assert mention.people == {("t", "李明"), ("t", "李华")}
    assert mention.ambiguous


def test_an_organization_may_speak_through_any_of_its_people():
    of_one_bank = tuple(Speaker(name=name, organization="海港银行") for name in ("李明", "王华"))
    (mention,) = directory([Transcript(id="t", speakers=of_one_bank)]).mentions("海港银行说会涨。")
    assert mention.people == {("t", "李明"), ("t", "王华")}
    assert not mention.ambiguous


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Speaker B说会涨", "Speaker B"),
        ("正如Speaker B所说", "Speaker B"),
        ("SPEAKER A认为", "Speaker A"),
        ("据Tom Varga介绍", "Tom Varga"),
        ("Varga说", "Tom Varga"),
        ("沈Varga说", "Tom Varga"),
        ("B, Speaker说", "Speaker B"),
        ("Varga, Tom说", "Tom Varga"),
        ("Vargas说", None),
    ],
)
def test_a_latin_name_ends_where_chinese_begins(text, name):
    names = ("Speaker A", "Speaker B", "Tom Varga")
    people = directory([Transcript(id="t", speakers=tuple(Speaker(name=n) for n in names))])
    assert [m.people for m in people.mentions(text)] == ([frozenset({("t", name)})] if name else [])


@pytest.mark.parametrize("text", ["Speaker said so", "Speaker Bé said so", "Speaker D说"])
def test_a_word_of_several_names_is_none_of_them(text):
    people = directory([Transcript(id="t", speakers=tuple(Speaker(name=f"Speaker {letter}") for letter in "AB"))])
    (mention,) = people.mentions(text)
    assert mention.ambiguous
    assert len(mention.people) == 2


@pytest.mark.parametrize(
    ("text", "heard"),
    [("we build the user interface first", False), ("as User Interface said", True), ("AS USER INTERFACE SAID", True)],
)
def test_a_name_that_is_a_common_word_is_heard_only_as_a_name(text, heard):
    people = directory([Transcript(id="t", speakers=(Speaker(name="User Interface"), Speaker(name="Tom Varga")))])
    assert people.heard(frozenset({("t", "User Interface")}), text) is heard


def test_numbered_speakers_are_told_apart():
    people = directory([Transcript(id="t", speakers=(Speaker(name="发言人1"), Speaker(name="发言人12")))])
    for text, name in [("发言人1说会涨", "发言人1"), ("发言人12说", "发言人12"), ("Speaker 12 said", "发言人12")]:
        (mention,) = people.mentions(text)
        assert mention.people == {("t", name)}
    assert people.mentions("发言人13说会涨") == people.mentions("Speaker 3 said so") == ()


def test_an_english_frame_around_chinese_words_has_no_names_of_its_own():
    assert proper_names(" said that 一掀锅盖，这四个字好") == ()
    assert proper_names(" said that 他们用 openai 的模型") == ("openai",)

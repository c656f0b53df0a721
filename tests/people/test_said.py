"""How a text of either language names a speaker, and by which words it is found there."""

from __future__ import annotations

import re

import pytest

from panelbot.answer.phrasing import label, says
from panelbot.people import name_in
from panelbot.people.said import name_patterns, shared_patterns
from panelbot.types import Speaker


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("陆一鸣", "Lu Yiming"),
        ("单远帆", "Shan Yuanfan"),
        ("叶慧敏议员", "Ye Huimin"),
        ("葉慧敏議員", "Ye Huimin"),
        ("冯科长", "Feng"),
        ("主持人", "the moderator"),
        ("主席", "the chair"),
        ("现场观众", "an audience member"),
        ("发言人2", "Speaker 2"),
        ("晨报记者", "晨报记者"),
        ("3号会议室", "3号会议室"),
        ("Tom Reed", "Tom Reed"),
    ],
)
def test_only_a_name_is_romanised(name: str, english: str) -> None:
    assert name_in(name, "en") == english
    assert name_in(name, "zh") == name


def test_an_english_sentence_begins_with_the_role() -> None:
    speaker = Speaker(name="主持人", role="moderator")
    assert says(speaker, "Who pays?", "en", asks=True) == 'The moderator (主持人) asked: "Who pays?"'
    assert label(Speaker(name="叶慧敏", title="议员"), "en") == "Ye Huimin (叶慧敏, 议员)"


def found(speaker: Speaker, text: str) -> bool:
    return any(re.search(pattern, text) for pattern in name_patterns(speaker) | shared_patterns(speaker))


def test_a_person_is_found_under_every_form_and_nobody_under_a_word() -> None:
    speaker = Speaker(name="冯远帆", organization="青禾银行", role="moderator", aliases=("冯科长",))
    for text in (
        "冯远帆说",
        "馮遠帆說",
        "冯先生说",
        "Feng Yuanfan said",
        "Mr Feng said",
        "the chair asked",
        "青禾银行认为",
    ):
        assert found(speaker, text), text
    for text in ("观众提问", "Feng shui is old", "the bank"):
        assert not found(speaker, text), text

"""Whom a sentence says the words are from, where that is nobody who can be pointed at."""

from __future__ import annotations

import pytest

from panelbot.answer.verify.attribution import is_everybody, is_stranger, said_words, speaker_words

REGISTER = "卢漪澄 霁川省律师协会 金融专业委员会 主任"


@pytest.mark.parametrize(
    ("who", "said", "strange"),
    [
        ("有人", "后来有人跟我讲，路断了，行长自己开车送现金。", True),
        ("有人", "后来有人说路断了，行长自己开车送现金。", False),
        ("一位专家", "做到这三条，官司至少少一半。", True),
        ("An expert", "做到这三条，官司至少少一半。", True),
        ("One lawyer", "Somebody told me. Do these three and half the cases are gone.", True),
        ("One lawyer", "One lawyer told me that half the cases are gone.", False),
        ("Another panelist", "Do these three and half the cases are gone.", True),
        ("卢漪澄", "做到这三条，官司至少少一半。", False),
    ],
)
def test_somebody_is_a_stranger_unless_the_cited_words_speak_of_what_somebody_says(
    who: str, said: str, strange: bool
) -> None:
    assert is_stranger(who, f"{said}\n{REGISTER}") is strange


@pytest.mark.parametrize(
    ("text", "who", "said"),
    [
        ("主持人说，However, industry sources believe it.", "主持人", "However, industry sources believe it."),
        ("Tom Varga said that 主持人说得对。", "Tom Varga", "that 主持人说得对。"),
        ("林晓认为合规是第一要素。", "林晓", "合规是第一要素。"),
    ],
)
def test_the_first_verb_of_saying_tells_who_says_it(text: str, who: str, said: str) -> None:
    assert (speaker_words(text), said_words(text).strip(" ，")) == (who, said)


def test_everybody_in_one_sentence_and_a_verb_in_the_next_are_not_everybody_saying_it():
    assert is_everybody("大家", "我说出来就是供大家一起交流。就是我们先说怎么挑选股票。")
    assert not is_everybody("大家", "大家都说夜里太吵。")
    assert is_everybody("everybody", "It is here for everybody. I said so before.")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (" said that the quay is full", " that the quay is full"),
        ("  also said: it is full", ": it is full"),
        (" 还说，港口满了", "，港口满了"),
        ("Claims for storm damage have risen", "Claims for storm damage have risen"),
        ("Saying so costs nothing", "Saying so costs nothing"),
    ],
)
def test_a_verb_of_saying_that_lost_its_subject_is_none_of_what_is_said(text: str, said: str) -> None:
    assert said_words(text) == said

"""Interviews as newspapers print them: questions in bold, a character for a name, pictures and captions between."""

from __future__ import annotations

import pytest

from panelbot.readers import read_text
from panelbot.register import build_register
from readers.sample import spoken

ASKED = ("水閘幾時修好？", "錢由誰出？", "有沒有後悔？", "下一步怎樣？")
SAID = ("下個月。", "磨坊出一半。", "一點都沒有。", "先等雨停。")


def interview(asks: str = "**問：{}**", answers: str = "葉：{}", head: str = "") -> str:
    turns = (f"{asks.format(q)}\n\n{answers.format(a)}\n\n" for q, a in zip(ASKED, SAID, strict=True))
    return f"# 水閘的帳\n\n連日大雨，水閘旁的小鎮今早又淹了一次。\n\n{head}{''.join(turns)}"


def expected(asks: str = "問", answers: str = "葉") -> list[tuple[str, str]]:
    return [turn for q, a in zip(ASKED, SAID, strict=True) for turn in ((asks, q), (answers, a))]


@pytest.mark.parametrize("asks", ["**問：{}**", "**問：** {}", "問：{}", "__問：{}__"])
@pytest.mark.parametrize("answers", ["葉：{}", "**葉：** {}", "**葉**：{}"])
def test_who_asks_may_be_in_bold_and_who_answers_not(asks: str, answers: str) -> None:
    assert spoken(interview(asks, answers)) == expected()


@pytest.mark.parametrize(
    "head",
    [
        "**問：本報記者 　　葉：葉承禮**\n\n",
        "**問：《晨早河岸》節目主持人**\n\n**葉：葉承禮**\n\n",
        "問：記者　　葉：葉承禮\n\n",
    ],
)
def test_a_key_to_the_labels_is_no_speech_and_says_who_they_are(head: str) -> None:
    reading = read_text(interview(head=head), name="a.md")
    turns = build_register(reading).turns
    assert [(turn.speaker, turn.text) for turn in turns] == expected(answers="葉承禮")


def test_whoever_is_written_in_full_at_his_first_turn_is_the_same_person_when_short() -> None:
    text = interview("鎮：{}").replace("葉：下", "葉(葉承禮)：下")
    turns = build_register(read_text(text, name="a.md")).turns
    assert [(turn.speaker, turn.text) for turn in turns] == expected("鎮", "葉承禮")


def test_a_key_of_labels_that_nobody_bears_later_is_speech() -> None:
    text = interview().replace("錢由誰出？", "錢由誰出？磨坊：石承禮")
    assert ("問", "錢由誰出？磨坊：石承禮") in spoken(text)


@pytest.mark.parametrize(
    "between",
    [
        '<figure>\n<img src="gate.jpg" alt="">\n<figcaption>葉承禮站在水閘旁：「等雨停。」</figcaption>\n</figure>',
        '{{< video src="https://example.org/gate?show=0" >}}',
        "{% include picture.html %}",
        '<iframe src="https://example.org/a"></iframe>',
    ],
)
def test_pictures_films_and_what_stands_below_them_are_no_speech_and_nobody(between: str) -> None:
    text = interview().replace("\n\n**問：", f"\n\n{between}\n\n**問：")
    assert spoken(text) == expected()


def test_a_paragraph_in_large_letters_is_speech_and_its_label_a_label() -> None:
    said = "雨水一來，水閘就關不上，" * 12 + "所以我們等。"
    text = interview().replace("葉：磨坊出一半。", f"#### 葉：{said}")
    text = text.replace("葉：先等雨停。", "## 第二天\n\n葉：先等雨停。")
    turns = spoken(text)
    assert ("葉", said) in turns
    assert not any("第二天" in words for _, words in turns)


def test_whom_prose_quotes_does_not_speak() -> None:
    text = interview(head="葉承禮昨晚在電話回應本報查詢：「水閘我們一直有人看守，不會再出事。」\n\n")
    assert spoken(text) == expected()


def test_a_time_in_a_sentence_is_no_colon_of_a_label() -> None:
    text = interview(answers="葉承禮：{}").replace("一點都沒有。", "一點都沒有。\n\n片中01:05起可見，水已經過了閘。")
    assert ("葉承禮", "一點都沒有。\n\n片中01:05起可見，水已經過了閘。") in spoken(text)


def test_one_letter_that_comes_again_counts_nothing() -> None:
    assert spoken(interview(answers="C：{}")) == expected(answers="C")
    assert spoken(interview(answers="C ：{}")) == expected(answers="C")


def test_a_link_with_a_colon_in_its_words_opens_nothing() -> None:
    text = interview() + "**成為訂戶 [網址：https://example.org/join](https://example.org/join)**\n"
    assert {who for who, _ in spoken(text)} <= {"問", "葉", ""}


def test_a_turn_of_nobody_makes_no_third_of_two_in_an_interview() -> None:
    text = interview() + "**成為訂戶 [網址：https://example.org/join](https://example.org/join)**\n"
    built = build_register(read_text(text.replace("葉：", "葉承禮：").replace("問：", "鎮報：") * 3, name="a.md"))
    assert built.speaker("鎮報").role == "moderator"


def test_who_answers_a_question_with_his_name_alone_has_answered() -> None:
    text = interview("問：{}", head="問：您是哪一位？\n\n葉：葉承禮\n\n")
    assert spoken(text) == [("問", "您是哪一位？"), ("葉", "葉承禮"), *expected()]

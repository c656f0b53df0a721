"""A word for every member of a body means none of them alone, and a stranger's name none of them at all."""

from __future__ import annotations

import pytest

from panelbot.register import build_register
from panelbot.types import Question, Reading, Speaker, Transcript, Turn
from panelbot.understand import understand


def register(*labels: str) -> tuple[Speaker, ...]:
    turns = tuple(Turn(index=n, speaker=label, text="請各位看看這份文件。") for n, label in enumerate(labels))
    return build_register(Reading(transcript=Transcript(id="t", turns=turns), format="test")).speakers


COUNCIL = register("主席", "葉慧敏議員", "馮遠帆議員", "馮遠帆議員 (譯文)", "水價科唐素梅科長", "乘客代表陸一鳴")


def ask(question: str) -> Question:
    return understand(question, (), {"t": COUNCIL})


@pytest.mark.parametrize(
    "question", ["議員怎麼看碼頭？", "議員們怎麼看碼頭？", "有沒有議員談到核電？", "各位議員怎麼看？"]
)
def test_members_are_all_of_them(question: str) -> None:
    asked = ask(question)
    assert {ref.name for ref in asked.speakers} == {"葉慧敏", "馮遠帆"}
    assert asked.fault == ""


@pytest.mark.parametrize("question", ["黃定邦議員怎麼看碼頭？", "黃議員怎麼看碼頭？", "黄定邦怎么看码头？"])
def test_a_member_nobody_knows_is_unknown(question: str) -> None:
    asked = ask(question)
    assert (asked.fault, asked.speakers) == ("unknown_speaker", ())


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("馮議員怎麼看碼頭？", "馮遠帆"),
        ("冯远帆怎么看码头？", "馮遠帆"),
        ("唐科长怎么看码头？", "唐素梅"),
        ("陆一鸣怎么看码头？", "陸一鳴"),
        ("What did Feng Yuanfan say about the pier?", "馮遠帆"),
        ("What did the chair say about the pier?", "主席"),
    ],
)
def test_names_and_titles_of_labels_find_their_people(question: str, name: str) -> None:
    assert [ref.name for ref in ask(question).speakers] == [name]


def test_a_topic_word_is_no_person() -> None:
    speakers = (
        Speaker(name="Tom Reed", organization="Leston Anglers' Association", title="chair"),
        Speaker(name="Ines Falk", organization="Leston Harbour", title="harbour master"),
        Speaker(name="Rita Poll", organization="Marsh Lab", title="engineer"),
    )
    for question in ("反催收联盟怎么看欠款？", "渔民担心什么？", "反催收联盟是什么？"):
        assert understand(question, (), {"t": speakers}).speakers == (), question

"""Somebody the registers do not have is found wherever the grammar gives them the word."""

from __future__ import annotations

import pytest

from panelbot.types import Question, Speaker
from panelbot.understand import understand

PIER = (
    Speaker(name="Nell Ashdown", role="moderator"),
    Speaker(name="Ivo Marek", organization="Pier Trust", title="engineer"),
    Speaker(name="TQ"),
    Speaker(name="Gail Orme", organization="Orme Museum", title="director"),
)
TEA = (
    Speaker(name="石惠", role="moderator"),
    Speaker(name="毕安", organization="云岭茶业", title="总经理"),
    Speaker(name="Lotta Berg", organization="Fjell", title="CTO"),
)
NUMBERED = (Speaker(name="发言人1"), Speaker(name="发言人2"))


def ask(question: str, speakers: tuple[Speaker, ...]) -> Question:
    return understand(question, (), {"t": speakers})


@pytest.mark.parametrize(
    ("question", "unknown"),
    [
        ("What did Ada You say about the ferry?", "Ada You"),
        ("How does Hana It explain the delay?", "Hana It"),
        ("What did Mr. Will say?", "Mr. Will"),
        ("What example did Rosa Quill give?", "Rosa Quill"),
        ("Which reason did Rosa Quill offer for it?", "Rosa Quill"),
    ],
)
def test_a_name_written_as_one_is_a_name(question: str, unknown: str) -> None:
    asked = ask(question, PIER)
    assert (asked.fault, asked.unknown) == ("unknown_speaker", (unknown,))


@pytest.mark.parametrize(
    ("question", "unknown"),
    [
        ("tornq 自己怎么解释这次停更？", "tornq"),
        ("Wren Hollis 在节目里怎么说？", "Wren Hollis"),
        ("戴凌自己在会上怎么回应？", "戴凌"),
        ("伊万·佩特科在讨论中说了什么？", "伊万·佩特科"),
        ("老秦怎么说的？", "老秦"),
        ("厨师本人怎么回应差评？", "厨师"),
    ],
)
def test_whoever_speaks_themselves_or_here_would_be_known(question: str, unknown: str) -> None:
    asked = ask(question, TEA)
    assert (asked.fault, tuple(name.strip() for name in asked.unknown)) == ("unknown_speaker", (unknown,))


@pytest.mark.parametrize(
    ("question", "speakers"),
    [
        ("How do old and new boats differ in speed?", PIER),
        ("What effect did Ash Dieback have?", PIER),
        ("采摘方面现场说了哪些内容？", TEA),
        ("大家自己怎么看？", TEA),
    ],
)
def test_a_matter_is_nobody(question: str, speakers: tuple[Speaker, ...]) -> None:
    assert ask(question, speakers).fault == ""


def test_initials_are_those_of_a_name() -> None:
    assert [ref.name for ref in ask("What did Tessa Quorn say about tides?", PIER).speakers] == ["TQ"]
    assert ask("What did Tessa say about tides?", PIER).fault == ""
    assert ask("What did Tessa Rook say about tides?", PIER).fault == "unknown_speaker"


def test_a_word_for_two_jobs_means_the_one_that_is_there() -> None:
    assert [ref.name for ref in ask("馆长怎么看门票？", PIER).speakers] == ["Gail Orme"]


def test_any_name_may_be_that_of_a_number() -> None:
    asked = ask("戴凌怎么看茶价？", NUMBERED)
    assert (asked.fault, asked.unknown) == ("", ("戴凌",))
    assert ask("发言人7怎么看茶价？", NUMBERED).fault == "unknown_speaker"

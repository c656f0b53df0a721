"""A voice without a name may be that of anybody the talk presents, and of nobody else."""

from __future__ import annotations

import pytest

from panelbot.evidence.absent import absent
from panelbot.types import Speaker, Transcript, Turn

TALK = (
    ("发言人1", "欢迎收听灯塔夜话。我是戴凌，今天请到了苗圃老师。"),
    ("发言人2", "大家好。我常常想起褚云写的那本书。"),
    ("发言人1", "苗老师，您怎么看？"),
    ("发言人2", "褚云说茶要慢慢喝，这话我信。Over to you, Wren Hollis."),
    ("发言人1", "Cora Finch once wrote about it."),
)


def talk(*names: str, title: str = "") -> Transcript:
    turns = tuple(Turn(index=n, speaker=speaker, text=text) for n, (speaker, text) in enumerate(TALK))
    return Transcript(id="t", title=title, turns=turns, speakers=tuple(Speaker(name=name) for name in names))


NUMBERED = talk("发言人1", "发言人2")


@pytest.mark.parametrize("name", ["戴凌", "苗圃", "Wren Hollis"])
def test_who_is_presented_or_spoken_to_may_be_there(name: str) -> None:
    assert not absent([name], [NUMBERED])


@pytest.mark.parametrize("name", ["褚云", "Cora Finch", "秦岚"])
def test_who_is_only_spoken_of_is_not(name: str) -> None:
    assert absent([name], [NUMBERED])


def test_a_title_names_who_takes_part() -> None:
    assert not absent(["褚云"], [talk("发言人1", "发言人2", title="褚云：茶与书")])


def test_where_everybody_has_a_name_nobody_else_is_there() -> None:
    assert absent(["戴凌"], [talk("石惠", "毕安")])

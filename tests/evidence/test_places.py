"""A question about a place that nobody names has no answer, in either language."""

from __future__ import annotations

from dataclasses import replace

import pytest

from panelbot.evidence.places import unsaid_place
from panelbot.types import Speaker, Transcript, Turn
from panelbot.understand import understand

SPEAKERS = (Speaker(name="甲", organization="苏州银行", title="行长"), Speaker(name="乙", title="律师"))


def panel(*texts: str) -> Transcript:
    turns = tuple(Turn(index=i, speaker=SPEAKERS[i % 2].name, text=text) for i, text in enumerate(texts))
    return Transcript(id="p", language="zh", speakers=SPEAKERS, turns=turns)


def missing(query: str, transcript: Transcript) -> str:
    return unsaid_place(understand(query, (), {"p": transcript.speakers}), [transcript])


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("What did the panel say about the housing market in Beijing?", "beijing"),
        ("大连的房价怎么样？", "大连"),
        ("上海的网点恢复得怎么样？", ""),
        ("What did they say about Shanghai?", ""),
        ("What did they say about Guangdong?", ""),
        ("苏州的网点恢复得怎么样？", ""),
        ("房价怎么样？", ""),
        ("这个旧系统怎么样？", ""),
    ],
)
def test_a_place_is_said_by_any_of_its_names(query: str, place: str) -> None:
    assert missing(query, panel("上海的网点恢复了七成。", "粤港两地的客户更多。")) == place


def test_an_english_panel_says_it_in_english() -> None:
    english = panel("Rents in Chengdu went up by a tenth.", "Not here.")
    assert missing("成都的租金涨了多少？", english) == ""
    assert missing("重庆的租金涨了多少？", english) == "重庆"


def test_where_a_speaker_comes_from_is_not_what_is_asked_about() -> None:
    from_dalian = (replace(SPEAKERS[0], organization="大连银行"), SPEAKERS[1])
    transcript = replace(panel("网点恢复了七成。"), speakers=from_dalian)
    assert missing("大连银行怎么看网点？", transcript) == ""

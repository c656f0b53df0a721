"""The real roundtable page, read as a person would: turns, facts and nothing of the page around them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from panelbot.readers import read_file
from panelbot.types import Reading

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def reading(shared: Path) -> Reading:
    (reading,) = read_file(shared / "corpus" / "fintech-roundtable-2020.txt")
    return reading


def test_it_has_34_turns_by_five_speakers(reading: Reading) -> None:
    counts = Counter(turn.speaker for turn in reading.transcript.turns)
    assert counts == {"柏亮": 14, "吴万港": 5, "胡伟": 6, "沈志峰": 5, "肖飒": 4}
    assert [turn.index for turn in reading.transcript.turns] == list(range(34))


def test_a_turn_keeps_its_paragraphs(reading: Reading) -> None:
    text = reading.transcript.turns[19].text
    assert text.startswith("银行就像主持人讲的监管后疫情时代")
    assert text.count("\n\n") == 5
    assert "第二个就是我们认为运营成本高的问题" in text


def test_the_page_states_its_facts(reading: Reading) -> None:
    transcript = reading.transcript
    assert transcript.id == "fintech-roundtable-2020"
    assert transcript.title == "圆桌论坛:转型·破局——金融与科技的数字化机遇"
    assert transcript.date == "2020-09-17"
    assert transcript.event == "2020第二届信用科技论坛"
    assert transcript.location == "上海"


def test_the_introduction_names_the_panel_and_no_furniture(reading: Reading) -> None:
    assert "零壹财经·零壹智库创始人柏亮主持" in reading.introduction
    assert "微众信科CTO吴万港参与了圆桌讨论。" in reading.introduction
    assert "关键词" not in reading.introduction
    assert "首页" not in reading.introduction


def test_no_furniture_is_in_a_turn(reading: Reading) -> None:
    spoken = "\n".join(turn.text for turn in reading.transcript.turns)
    for word in ("关键词", "阅读:", "加关注", "粉丝", "零壹智库推出", "上一篇", "相关文章", "耗时", "48h"):
        assert word not in spoken
    assert reading.transcript.turns[-1].text.endswith("分享很多的经验。")

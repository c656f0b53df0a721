"""What the prose of an introduction tells of the speakers."""

from __future__ import annotations

import pytest

from panelbot.register.introduction import introduce

ENGLISH = (
    "The panel was moderated by Jane Doe of The Ledger, with Ana Ruiz, chief economist at Banco Sur, "
    "Tom Lee (CTO, Acme) and Priya Nair, vice president of engineering at Lumen."
)
LIST_ZH = (
    "主持人：柏亮 零壹财经创始人\n嘉宾：\n肖飒 中国银行法学会理事\n"
    "沈志峰，江苏银行运营部总经理\n胡伟（小米金融董事长助理）"
)
LIST_EN = (
    "Moderator: Jane Doe\nPanelists:\n- Ana Ruiz, Chief Economist, Banco Sur\n"
    "- Tom Lee – CTO, Acme\n- Priya Nair: Lumen"
)


def told(text: str, name: str, names: list[str]) -> tuple[str, str, str]:
    facts = {claim.field: claim.value for claim in introduce(text, names) if claim.person == name}
    return facts.get("organization", ""), facts.get("title", ""), facts.get("role", "")


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        (ENGLISH, "Jane Doe", ("The Ledger", "", "moderator")),
        (ENGLISH, "Ana Ruiz", ("Banco Sur", "chief economist", "panelist")),
        (ENGLISH, "Tom Lee", ("Acme", "CTO", "panelist")),
        (ENGLISH, "Priya Nair", ("Lumen", "vice president of engineering", "panelist")),
        ('I\'m Jane Doe, anchor of "Harbour Tonight." Welcome.', "Jane Doe", ("Harbour Tonight", "anchor", "")),
        (LIST_EN, "Jane Doe", ("", "", "moderator")),
        (LIST_EN, "Ana Ruiz", ("Banco Sur", "Chief Economist", "panelist")),
        (LIST_EN, "Tom Lee", ("Acme", "CTO", "panelist")),
        (LIST_EN, "Priya Nair", ("Lumen", "", "panelist")),
        (LIST_ZH, "柏亮", ("零壹财经", "创始人", "moderator")),
        (LIST_ZH, "肖飒", ("中国银行法学会", "理事", "panelist")),
        (LIST_ZH, "沈志峰", ("江苏银行", "运营部总经理", "panelist")),
        (LIST_ZH, "胡伟", ("小米金融", "董事长助理", "panelist")),
    ],
)
def test_introduction_tells_affiliation_and_role(text: str, name: str, expected: tuple[str, str, str]) -> None:
    names = ["Jane Doe", "Ana Ruiz", "Tom Lee", "Priya Nair", "柏亮", "肖飒", "沈志峰", "胡伟"]
    assert told(text, name, names) == expected


def test_a_title_belongs_to_the_name_it_stands_before() -> None:
    text = "江苏银行行长李四、小米金融总裁王五（未到）、清华大学教授赵六参加，主持人为张三。"
    assert told(text, "赵六", ["李四", "赵六", "张三"]) == ("清华大学", "教授", "panelist")
    assert told(text, "张三", ["李四", "赵六", "张三"]) == ("", "", "moderator")


def test_speech_around_a_name_is_no_organization() -> None:
    text = "我是张三，今天我们请到了江苏银行的李四，欢迎来自清华大学的赵六教授。"
    names = ["张三", "李四", "赵六"]
    assert [told(text, name, names)[0] for name in names] == ["", "江苏银行", "清华大学"]


def test_evidence_is_the_sentence() -> None:
    text = "论坛在上海召开。圆桌由零壹财经创始人柏亮主持。会后有茶歇。"
    assert {claim.text for claim in introduce(text, ["柏亮"])} == {"圆桌由零壹财经创始人柏亮主持。"}


def test_a_sentence_of_a_thousand_repetitions_introduces_nobody() -> None:
    listed = "with us are Ada Moss of Banco Sur, "
    assert {claim.person for claim in introduce(listed + "and others", ["Ada Moss"])} == {"Ada Moss"}
    assert introduce(listed * 1_000, ["Ada Moss"]) == ()

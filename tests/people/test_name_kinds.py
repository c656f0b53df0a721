"""What a label looks like, which words are roles and numbers, and the one surname table."""

from __future__ import annotations

import pytest

from panelbot.people import (
    is_numbered_label,
    name_kind,
    names_nobody,
    numbered_parts,
    role_name,
    role_of,
    split_surname,
    surnames,
)


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("沈志峰", "name"),
        ("欧阳娜娜", "name"),
        ("任正非", "name"),
        ("史蒂夫·乔布斯", "name"),
        ("沈总", "name"),
        ("Dr. O'Neil-Smith", "name"),
        ("Jean-Luc Picard", "name"),
        ("Martin King, Jr.", "name"),
        ("发言人1", "numbered"),
        ("说话人 12", "numbered"),
        ("SPEAKER_00", "numbered"),
        ("Speaker A", "numbered"),
        ("主持人", "role"),
        ("凤凰卫视记者", "role"),
        ("现场观众", "role"),
        ("Audience Member", "role"),
        ("Ｑ", "role"),
        ("Priya", "name"),
        ("Falk", "weak"),
        ("成本", "weak"),
        ("Tides and Turbines", "weak"),
        ("关键词", "no"),
        ("Note", "no"),
        ("第一个问题", "no"),
        ("他说", "no"),
        ("老板问我", "no"),
        ("The reason is", "no"),
        ("https", "no"),
        ("12", "no"),
    ],
)
def test_what_a_label_looks_like(label: str, kind: str) -> None:
    assert name_kind(label) == kind


@pytest.mark.parametrize("label", ["参会人3", "发言人1", "Speaker B", "SPK-4", "用户7", "Student 12", "Room 3", "甲"])
def test_every_kind_of_number_is_known_by_one_test(label: str) -> None:
    assert is_numbered_label(label)
    assert names_nobody(label)


@pytest.mark.parametrize("label", ["Speakers", "Hosts", "Tom Reed", "陆一鸣", "议员们怎么看", "Grad B", "Rooms"])
def test_what_only_looks_counted_is_not(label: str) -> None:
    assert not is_numbered_label(label)


def test_the_kind_and_the_mark_of_a_number() -> None:
    assert numbered_parts("Grad B") == ("grad", "b")
    assert numbered_parts("发言人 12") == ("发言人", "12")
    assert numbered_parts("Ann Lee") == ("", "")


@pytest.mark.parametrize(
    ("label", "english"),
    [
        *(
            ("主持人", "the moderator"),
            ("主席", "the chair"),
            ("代理主席", "the chair"),
            ("觀眾", "an audience member"),
        ),
        *(("发言人3", "Speaker 3"), ("嘉宾A", "Panelist A"), ("记者", "a reporter"), ("陆一鸣", "")),
    ],
)
def test_a_role_is_translated_and_never_romanised(label: str, english: str) -> None:
    assert role_name(label, "en") == english


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Deputy Chair", "moderator"),
        ("現場觀眾", "audience"),
        ("議員", "unknown"),
        ("特邀嘉宾", "panelist"),
        ("林主席", "unknown"),
    ],
)
def test_the_role_a_word_stands_for(text: str, role: str) -> None:
    assert role_of(text) == role


def test_one_surname_table() -> None:
    assert {"傅", "洪", "赖", "司空", "完颜"} <= surnames()
    assert split_surname("賴小雲") == ("賴", "小雲")
    assert split_surname("歐陽修竹") == ("歐陽", "修竹")
    assert split_surname("明天见") == ("", "明天见")

"""Building a register from a reading."""

from __future__ import annotations

from pathlib import Path

import pytest

from panelbot.people import parse_label
from panelbot.readers import read_file
from panelbot.register import build_register
from panelbot.types import Reading, Speaker, Transcript, Turn

INTRODUCTION = (
    "论坛上开展了圆桌讨论。圆桌讨论由零壹财经·零壹智库创始人柏亮主持,中国银行法学会理事肖飒,江苏银行运营部总经理沈志峰,"
    "小米金融董事长助理、金融机构部总经理胡伟,微众信科CTO吴万港参与了圆桌讨论。"
)

ROUNDTABLE = {
    "柏亮": ("零壹财经·零壹智库", "创始人", "moderator"),
    "肖飒": ("中国银行法学会", "理事", "panelist"),
    "沈志峰": ("江苏银行", "运营部总经理", "panelist"),
    "胡伟": ("小米金融", "董事长助理、金融机构部总经理", "panelist"),
    "吴万港": ("微众信科", "CTO", "panelist"),
}


def reading(*turns: tuple[str, str], introduction: str = "", speakers: tuple[Speaker, ...] = ()) -> Reading:
    said = tuple(Turn(index=n, speaker=speaker, text=text) for n, (speaker, text) in enumerate(turns))
    return Reading(
        transcript=Transcript(id="panel", turns=said, speakers=speakers), format="test", introduction=introduction
    )


def facts(speaker: Speaker) -> tuple[str, str, str]:
    return speaker.organization, speaker.title, speaker.role


def test_the_introduction_of_a_roundtable_fills_the_register() -> None:
    names = ["柏亮", "吴万港", "胡伟", "沈志峰", "肖飒"]
    built = build_register(reading(*((name, "好的。") for name in names), introduction=INTRODUCTION))
    assert {speaker.name: facts(speaker) for speaker in built.speakers} == ROUNDTABLE


def test_every_known_fact_has_evidence() -> None:
    built = build_register(reading(("柏亮", "好的。"), ("胡伟", "好。"), introduction=INTRODUCTION))
    for speaker in built.speakers:
        told = {evidence.field for evidence in speaker.evidence}
        assert {"organization", "title", "role"} <= told
        assert all(speaker.organization in evidence.text for evidence in speaker.evidence)


def test_structured_fields_are_trusted_before_the_introduction() -> None:
    listed = Speaker(name="柏亮", organization="另一家公司", aliases=("亮哥",))
    built = build_register(reading(("柏亮", "好的。"), introduction=INTRODUCTION, speakers=(listed,)))
    speaker = built.speaker("柏亮")
    assert facts(speaker) == ("另一家公司", "创始人", "moderator")
    assert speaker.aliases[0] == "亮哥"


def test_labels_of_one_person_are_one_speaker() -> None:
    built = build_register(reading(("沈志峰（江苏银行）", "一。"), ("沈 志峰", "二。"), ("沈志峰", "三。")))
    assert [speaker.name for speaker in built.speakers] == ["沈志峰"]
    assert [turn.speaker for turn in built.turns] == ["沈志峰"] * 3
    assert built.speakers[0].organization == "江苏银行"


def test_unknown_stays_unknown() -> None:
    built = build_register(reading(("发言人1", "今天天气不错。"), ("发言人2", "是的。")))
    assert [(s.name, *facts(s), s.evidence) for s in built.speakers] == [
        ("发言人1", "", "", "unknown", ()),
        ("发言人2", "", "", "unknown", ()),
    ]


def test_language_is_told_where_the_file_does_not() -> None:
    assert build_register(reading(("A", "Good morning, everyone."))).language == "en"
    assert build_register(reading(("A", "大家早上好。"))).language == "zh"


def test_namesakes_of_two_organizations_stay_two_speakers() -> None:
    built = build_register(reading(("王伟（江苏银行）", "一。"), ("王伟（微众信科）", "二。")))
    assert [(s.name, s.organization) for s in built.speakers] == [
        ("王伟（江苏银行）", "江苏银行"),
        ("王伟（微众信科）", "微众信科"),
    ]


def test_a_bare_moderator_label_is_the_named_moderator() -> None:
    built = build_register(reading(("主持人 李四", "一。"), ("王五", "二。"), ("主持人", "三。")))
    assert [turn.speaker for turn in built.turns] == ["李四", "王五", "李四"]


def test_two_moderators_leave_a_bare_label_alone() -> None:
    built = build_register(reading(("主持人 李四", "一。"), ("主持人 王五", "二。"), ("主持人", "三。")))
    assert [turn.speaker for turn in built.turns] == ["李四", "王五", "主持人"]


def test_the_introduction_names_a_bare_moderator_label() -> None:
    built = build_register(reading(("主持人", "一。"), ("胡伟", "二。"), introduction=INTRODUCTION))
    speaker = built.speakers[0]
    assert (speaker.name, *facts(speaker)) == ("柏亮", "零壹财经·零壹智库", "创始人", "moderator")
    english = build_register(
        reading(("Moderator", "Hi."), ("Ana Ruiz", "Hi."), introduction="Moderated by Jane Doe of The Ledger.")
    )
    assert [speaker.name for speaker in english.speakers] == ["Jane Doe", "Ana Ruiz"]


def test_titles_and_brackets_of_one_person_meet() -> None:
    labels = (
        "Hon. Mary Poe (Minister of Families, Children and Seniors)",
        "Hon. Mary Poe",
        "The Acting Chair (Mr. Al Roe)",
    )
    built = build_register(reading(*((label, "Thank you.") for label in labels)))
    assert [(s.name, s.organization, s.title) for s in built.speakers] == [
        ("Mary Poe", "", "Minister of Families, Children and Seniors"),
        ("Al Roe", "", "Acting Chair"),
    ]


@pytest.mark.shared
def test_the_real_roundtable(shared: Path) -> None:
    [read] = read_file(shared / "corpus" / "fintech-roundtable-2020.txt")
    built = build_register(read)
    assert {speaker.name: facts(speaker) for speaker in built.speakers} == ROUNDTABLE
    assert {name: built.speaker(name).aliases for name in ("胡伟", "沈志峰")} == {
        "胡伟": ("胡总",),
        "沈志峰": ("沈总",),
    }
    [told] = [evidence for evidence in built.speaker("吴万港").evidence if evidence.field == "aliases"]
    assert told.source == "address"
    assert told.text in built.turns[told.turn or 0].text


@pytest.mark.shared
def test_every_name_given_to_a_number_was_said_in_its_transcript(shared: Path) -> None:
    n_named = 0
    for path in sorted((shared / "eval" / "vcsum" / "transcripts").iterdir()):
        [read] = read_file(path)
        built = build_register(read)
        speech = "\n".join(turn.text for turn in built.turns)
        named = [speaker.name for speaker in built.speakers if not parse_label(speaker.name).placeholder]
        assert all(name in speech for name in named)
        n_named += len(named)
    assert n_named == 35  # checked one by one, see docs/register.md

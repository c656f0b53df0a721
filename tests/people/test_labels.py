"""What speaker labels tell, whatever form they have."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panelbot.people import parse_label, speakers_of

TOLD = [
    ("沈志峰", "沈志峰", "", "", "unknown"),
    ("柏　亮", "柏亮", "", "", "unknown"),
    ("沈志峰（江苏银行）", "沈志峰", "江苏银行", "", "unknown"),
    ("沈志峰(江苏银行运营部总经理)", "沈志峰", "江苏银行", "运营部总经理", "unknown"),
    ("江苏银行运营部总经理沈志峰", "沈志峰", "江苏银行", "运营部总经理", "unknown"),
    ("沈志峰 江苏银行", "沈志峰", "江苏银行", "", "unknown"),
    ("主持人 李四", "李四", "", "", "moderator"),
    ("主持人李四", "李四", "", "", "moderator"),
    ("李四（主持人）", "李四", "", "", "moderator"),
    ("主持人（柏亮）", "柏亮", "", "", "moderator"),
    ("张三（线上）", "张三", "", "", "unknown"),
    ("李四（视频连线）", "李四", "", "", "unknown"),
    ("Jane Doe (CTO, Acme)", "Jane Doe", "Acme", "CTO", "unknown"),
    ("Jane Doe, CEO of Acme", "Jane Doe", "Acme", "CEO", "unknown"),
    ("Jane Doe (Moderator)", "Jane Doe", "", "", "moderator"),
    ("Jane Doe, Moderator", "Jane Doe", "", "", "moderator"),
    ("Jane Doe (Host)", "Jane Doe", "", "", "moderator"),
    ("Moderator: Jane Doe", "Jane Doe", "", "", "moderator"),
    ("Jane Doe - Moderator", "Jane Doe", "", "", "moderator"),
    ("Jane Doe | Banco Sur", "Jane Doe", "Banco Sur", "", "unknown"),
    ("Dr. Jane Doe", "Jane Doe", "", "", "unknown"),
    ("Jane Doe (she/her)", "Jane Doe", "", "", "unknown"),
    ("Jane Doe (off mic)", "Jane Doe", "", "", "unknown"),
    ("Speaker 1 (Ann Lee)", "Ann Lee", "", "", "unknown"),
    ("记者（第一财经）", "记者", "第一财经", "", "unknown"),
    ("Martin King, Jr.", "Martin King, Jr.", "", "", "unknown"),
]
WITH_TITLES = [
    ("县水务局水价科冯远帆科长", "冯远帆", "县水务局水价科", "科长", "unknown"),
    ("乘客代表唐素梅", "唐素梅", "", "乘客代表", "unknown"),
    ("人大代表罗启文", "罗启文", "", "人大代表", "unknown"),
    ("区政协委员尤敏", "尤敏", "", "区政协委员", "unknown"),
    ("渡轮公司副经理何浪", "何浪", "渡轮公司", "副经理", "unknown"),
    ("葉慧敏議員", "葉慧敏", "", "議員", "unknown"),
    ("葉慧敏議員（譯文）", "葉慧敏", "", "議員", "unknown"),
    ("羅署長啟文", "羅啟文", "", "署長", "unknown"),
    ("歐陽主任工程師敏", "歐陽敏", "", "主任工程師", "unknown"),
    ("馮代局長遠我", "馮遠我", "", "代局長", "unknown"),
    ("唐处长发言", "唐处长发言", "", "", "unknown"),
    ("主席（葉委員慧敏代）", "葉慧敏", "", "委員", "moderator"),
    ("主席（葉慧敏代）", "葉慧敏", "", "主席", "moderator"),
    ("Chair (Ines Falk, acting)", "Ines Falk", "", "Chair", "moderator"),
    ("葉慧敏議員, B.B.S., J.P.", "葉慧敏", "", "議員", "unknown"),
    ("Rep. Marlow (D-OR)", "Rep. Marlow", "D-OR", "", "unknown"),
    ("MODERATOR Ines Falk (The Ledger)", "Ines Falk", "The Ledger", "", "moderator"),
    ("Ms FALK (Leston—Opposition Whip)", "Ms FALK", "Leston", "Opposition Whip", "unknown"),
    (
        "The Minister of State for Harbours (Ines Falk)",
        "Ines Falk",
        "",
        "Minister of State for Harbours",
        "unknown",
    ),
    ("Sir Tom Reed (Leston East) (Lab)", "Tom Reed", "Leston East, Lab", "", "unknown"),
    (
        "Ines Falk -- Vice President, Investor Relations",
        "Ines Falk",
        "",
        "Vice President, Investor Relations",
        "unknown",
    ),
    ("Tom Reed -- Marsh Securities -- Analyst", "Tom Reed", "Marsh Securities", "Analyst", "unknown"),
    ("TOM REED, LESTON TIMES REPORTER (voice-over)", "TOM REED", "LESTON TIMES", "REPORTER", "unknown"),
    ("AMIR NASR, DOCTOR, HILL CLINIC (through translator)", "AMIR NASR", "HILL CLINIC", "DOCTOR", "unknown"),
    ("Mayor Ines Falk", "Ines Falk", "", "Mayor", "unknown"),
    ("Tom Reed, CBE", "Tom Reed", "", "", "unknown"),
    ("The Chair (Hon. Ann Lee (Leeds, Ind.))", "Ann Lee", "Leeds, Ind.", "Chair", "moderator"),
]
DISPLAY_NAMES = [
    ("Reed, Tom (External)", "Tom Reed", "", "", "unknown"),
    ("Tom Reed [Unverified]", "Tom Reed", "", "", "unknown"),
    ("Tom Reed (Direct Message)", "Tom Reed", "", "", "unknown"),
    ("Tom Reed | Leston", "Tom Reed", "Leston", "", "unknown"),
    ("Tom Reed's iPhone", "Tom Reed", "", "", "unknown"),
    ("tom.reed", "tom.reed", "", "", "unknown"),
    ("小鹿@财务", "小鹿", "财务", "", "unknown"),
    ("财务部-陆一鸣", "陆一鸣", "财务部", "", "unknown"),
    ("07 陆一鸣", "陆一鸣", "", "", "unknown"),
    ("12. 高卓人議員", "高卓人", "", "議員", "unknown"),
    ("【嘉宾】陆一鸣", "陆一鸣", "", "", "panelist"),
]


@pytest.mark.parametrize(("label", "name", "organization", "title", "role"), [*TOLD, *WITH_TITLES, *DISPLAY_NAMES])
def test_label_tells_the_person(label: str, name: str, organization: str, title: str, role: str) -> None:
    parsed = parse_label(label)
    assert (parsed.name, parsed.organization, parsed.title, parsed.role) == (name, organization, title, role)
    assert parsed.text == label


@pytest.mark.parametrize(
    ("label", "aliases"),
    [
        ("张三 (Zhang San)", ("Zhang San",)),
        ("San Zhang（张三）", ("张三",)),
        ("Falk, Ines", ("Falk, Ines",)),
        ("Ines Falk (IF)", ("IF",)),
        ("Rita Marsh Poll (RPL)", ("RPL",)),
        ("Ines Falk (Leston)", ()),
    ],
)
def test_other_ways_to_write_the_name_are_aliases(label: str, aliases: tuple[str, ...]) -> None:
    assert parse_label(label).aliases == aliases


@pytest.mark.parametrize(
    ("label", "role"),
    [
        *(("发言人3", "unknown"), ("说话人 12", "unknown"), ("参会人3", "unknown"), ("Speaker 2", "unknown")),
        *(("SPEAKER_01", "unknown"), ("Unknown Speaker", "unknown"), ("3号会议室", "unknown"), ("B", "unknown")),
        *(("手机用户5521", "unknown"), ("+44 20 **** 1234", "unknown")),
        *(
            ("主持人", "moderator"),
            ("主席", "moderator"),
            ("Moderator", "moderator"),
            ("The Acting Chair", "moderator"),
        ),
        *(("Mr Speaker", "moderator"), ("嘉宾A", "panelist"), ("观众1", "audience"), ("Audience Member 3", "audience")),
    ],
)
def test_placeholder_keeps_its_label_and_role(label: str, role: str) -> None:
    parsed = parse_label(label)
    assert (parsed.placeholder, parsed.name, parsed.role) == (True, label, role)


@pytest.mark.parametrize(
    "label",
    [
        "Project Manager",
        "Grad C",
        "Professor E",
        "Marketing",
        "王老师",
        "冯科长",
        "Amanda",
        "李总",
        "Hefin David AM",
        "speakers",
    ],
)
def test_a_label_in_no_known_form_is_the_name(label: str) -> None:
    assert parse_label(label).name == label
    assert not parse_label(label).placeholder


@given(st.text(min_size=1, max_size=60).filter(lambda text: text.strip(" *_:：|,，、\t\u3000\xa0").strip() != ""))
def test_no_label_is_rejected(label: str) -> None:
    parsed = parse_label(label)
    assert parsed.text == label
    assert parsed.name


def test_speakers_have_the_facts_of_all_their_labels_with_evidence() -> None:
    (speaker,) = speakers_of(map(parse_label, ("陆一鸣", "陆一鸣（青禾银行）", "主持人 陆一鸣")))
    assert (speaker.name, speaker.organization, speaker.role) == ("陆一鸣", "青禾银行", "moderator")
    assert [(e.field, e.text) for e in speaker.evidence] == [
        ("organization", "陆一鸣（青禾银行）"),
        ("role", "主持人 陆一鸣"),
    ]

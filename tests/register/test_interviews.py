"""Who hosts and who moderates where nobody says so; whom a list of people and an honour are about."""

from __future__ import annotations

import pytest

from panelbot.register import build_register, edit_register, parse_edit
from panelbot.types import Reading, Transcript, Turn

ASKED = ("您当时为什么去海边？", "后来呢？", "您怎么看今天的渔港？", "谢谢您。")
TOLD = "我小时候就住在码头旁边，那时候船多，每天早上都能听见汽笛，后来船少了，我就去修灯塔了。"


def build(*turns: tuple[str, str], introduction: str = "") -> Transcript:
    said = tuple(Turn(index=n, speaker=speaker, text=text) for n, (speaker, text) in enumerate(turns))
    return build_register(Reading(transcript=Transcript(id="t", turns=said), format="test", introduction=introduction))


def test_who_asks_in_an_interview_of_two_is_its_host() -> None:
    turns = [turn for asked in ASKED for turn in (("甲声", asked), ("乙声", TOLD))][:-1]
    speaker = build(*turns).speaker("甲声")
    assert speaker.role == "moderator"
    assert [(e.field, e.source, e.text) for e in speaker.evidence] == [
        ("role", "inferred", "of two, the one who asks: 3 of 4 times, the other 0 of 3 times")
    ]
    edited = edit_register(build(*turns), [parse_edit("甲声.role=panelist")])
    assert edited.speaker("甲声").role == "panelist"


@pytest.mark.parametrize("told", ["你觉得呢？" + TOLD + "是不是？", "好。"])
def test_two_who_both_ask_or_one_who_only_asks_much_have_no_host(told: str) -> None:
    turns = [turn for asked in ASKED for turn in (("甲声", asked), ("乙声", told))]
    assert build(*turns).speaker("甲声").role == "unknown"


def test_who_opens_hands_on_and_closes_moderates_a_short_panel() -> None:
    built = build(
        ("Ines", "Good evening everybody, and welcome to the harbour debate. Tom, what do you think?"),
        ("Tom", "The pier should be mended before the winter comes."),
        ("Ines", "And Rita, your view?"),
        ("Rita", "It should be closed until it is safe to walk on."),
        ("Ines", "Is there money for either of the two?"),
        ("Jo", "There is money for one of them, and not this year."),
        ("Ines", "Then we leave it there for tonight. Thank you all for coming."),
    )
    speaker = built.speaker("Ines")
    assert speaker.role == "moderator"
    assert [e.text for e in speaker.evidence if e.field == "role"] == [
        "opens and closes; asks or gives the floor 3 of 3 times"
    ]


def test_a_list_of_people_is_no_organisation_and_all_are_from_there() -> None:
    text = "I will now ask Petra Lund, Colin Gray and Nadia Frost with the Ormsby Library to come down."
    built = build(("Mayor Hilde Marsh", text), ("Petra Lund", "Thank you."), ("Nadia Frost", "Thanks."))
    assert {s.name: s.organization for s in built.speakers} == {
        "Hilde Marsh": "",
        "Petra Lund": "Ormsby Library",
        "Nadia Frost": "Ormsby Library",
    }
    assert built.speaker("Hilde Marsh").title == "Mayor"


def test_honours_are_no_organisation() -> None:
    built = build(("Tom Reed", "Good evening."), introduction="With us are Tom Reed, B.B.S., J.P., and Rita Poll, CBE.")
    assert built.speaker("Tom Reed").organization == ""


def test_a_bare_role_takes_nothing_from_whoever_else_has_the_title() -> None:
    built = build(("主席", "请管理局主席葛小梅女士发言。"), ("葛小梅", "谢谢主席。"))
    assert (built.speaker("主席").organization, built.speaker("葛小梅").organization) == ("", "管理局")

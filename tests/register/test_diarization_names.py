"""Numbered speakers get a name where it is safe, and only there."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from panelbot.register import build_register
from panelbot.register.address import addresses
from panelbot.types import Reading, Speaker, Transcript, Turn


def build(*turns: tuple[str, str], introduction: str = "") -> Transcript:
    said = tuple(Turn(index=n, speaker=speaker, text=text) for n, (speaker, text) in enumerate(turns))
    return build_register(
        Reading(transcript=Transcript(id="panel", turns=said), format="test", introduction=introduction)
    )


def names(*turns: tuple[str, str], introduction: str = "") -> list[str]:
    return [speaker.name for speaker in build(*turns, introduction=introduction).speakers]


def evidence(speaker: Speaker, field: str) -> tuple[str, str, int | None]:
    one = next(evidence for evidence in speaker.evidence if evidence.field == field)
    return one.source, one.text, one.turn


def test_a_self_introduction_names_the_number_and_keeps_it_as_alias() -> None:
    built = build(("发言人1", "欢迎各位。"), ("发言人2", "大家好。我是江苏银行的沈志峰。谢谢邀请。"))
    speaker = built.speakers[1]
    assert (speaker.name, speaker.organization, speaker.aliases) == ("沈志峰", "江苏银行", ("发言人2",))
    assert evidence(speaker, "name") == ("self-introduction", "我是江苏银行的沈志峰。", 1)
    assert [turn.speaker for turn in built.turns] == ["发言人1", "沈志峰"]


def test_english_numbers_too() -> None:
    built = build(("Speaker 1", "Welcome."), ("Speaker 2", "Thanks. I'm Ana Ruiz, chief economist at Banco Sur."))
    assert [speaker.name for speaker in built.speakers] == ["Speaker 1", "Ana Ruiz"]


def test_two_numbers_never_get_one_name() -> None:
    turns = (("发言人1", "大家好，我是江苏银行的沈志峰。"), ("发言人2", "大家好，我是江苏银行的沈志峰。"))
    assert names(*turns) == ["发言人1", "发言人2"]


def test_a_number_under_which_two_people_speak_stays_a_number() -> None:
    late = [("发言人1", "对。"), ("发言人2", "嗯。")] * 8
    turns = (("发言人1", "我是江苏银行的沈志峰。"), ("发言人2", "好。"), *late, ("发言人1", "我是小米金融的胡伟。"))
    built = build(*turns)
    assert [(s.name, s.organization, s.aliases) for s in built.speakers] == [("发言人1", "", ()), ("发言人2", "", ())]


def test_a_name_that_is_taken_is_not_given() -> None:
    assert names(("沈志峰", "你好。"), ("发言人1", "大家好，我是江苏银行的沈志峰。")) == ["沈志峰", "发言人1"]


def test_a_role_label_is_not_renamed_but_learns_the_name() -> None:
    built = build(("Project Manager", "Hi, I'm Laura and I'm the project manager."), ("Marketing", "Hello."))
    assert [(s.name, s.aliases) for s in built.speakers] == [("Project Manager", ("Laura",)), ("Marketing", ())]


def test_a_moderator_label_is_renamed() -> None:
    built = build(("主持人", "大家好，我是零壹财经的柏亮。"), ("嘉宾A", "你好。"))
    assert [(s.name, s.role) for s in built.speakers] == [("柏亮", "moderator"), ("嘉宾A", "panelist")]


def test_the_floor_given_by_name_and_thanks_name_the_speaker() -> None:
    turns = (
        ("发言人1", "下面有请徐金涛老师，徐老师有请。"),
        ("发言人2", "谢谢，我讲三点。"),
        ("发言人1", "非常感谢徐老师的发言。"),
        ("发言人3", "我补充一句。"),
    )
    built = build(*turns)
    assert [speaker.name for speaker in built.speakers] == ["发言人1", "徐金涛", "发言人3"]
    assert evidence(built.speakers[1], "name") == ("address", "下面有请徐金涛老师，徐老师有请。", 0)


def test_thanks_alone_name_nobody() -> None:
    turns = (
        ("发言人1", "我们开始吧。"),
        ("发言人2", "感谢黄继坤老师的邀请。"),
        ("发言人1", "好的。"),
        ("发言人3", "感谢黄继坤老师。"),
    )
    assert names(*turns) == ["发言人1", "发言人2", "发言人3"]


def test_the_floor_given_once_names_nobody() -> None:
    assert names(("发言人1", "有请徐金涛老师。"), ("发言人2", "谢谢。")) == ["发言人1", "发言人2"]


def test_contradicting_addresses_name_nobody() -> None:
    turns = (
        ("发言人1", "有请徐金涛老师。"),
        ("发言人2", "谢谢。"),
        ("发言人1", "感谢徐老师。下面有请王金霞老师。"),
        ("发言人2", "好的。"),
    )
    assert names(*turns) == ["发言人1", "发言人2"]


def test_the_introduced_bearer_of_the_surname_is_meant() -> None:
    turns = (
        ("发言人1", "欢迎政策研究所所长肖耿教授，欢迎交易所总工程师余华丽。首先有请肖教授。"),
        ("发言人2", "谢谢主持人。"),
        ("发言人1", "感谢肖教授。"),
    )
    built = build(*turns)
    assert (built.speakers[1].name, built.speakers[1].title) == ("肖耿", "所长")


def test_a_doubtful_name_is_confirmed_by_another_speaker() -> None:
    doubtful = ("发言人2", "后来的事情，我是前周会中齐明杰。")
    assert names(("发言人1", "你好。"), doubtful) == ["发言人1", "发言人2"]
    assert names(("发言人1", "你好，齐明杰校长。"), doubtful) == ["发言人1", "齐明杰"]


@given(
    st.lists(
        st.tuples(st.sampled_from(["发言人1", "发言人2", "主持人", "Speaker 3"]), st.text(max_size=60)), min_size=1
    )
)
def test_building_keeps_every_turn_and_gives_each_its_speaker(turns: list[tuple[str, str]]) -> None:
    built = build(*turns)
    assert [(turn.index, turn.text) for turn in built.turns] == [(n, text) for n, (_, text) in enumerate(turns)]
    assert {turn.speaker for turn in built.turns} == {speaker.name for speaker in built.speakers}
    by_label = {
        label: {built.turns[n].speaker for n, (said, _) in enumerate(turns) if said == label} for label, _ in turns
    }
    assert all(len(speakers) == 1 for speakers in by_label.values())


def test_an_english_guest_presented_and_addressed_is_named() -> None:
    turns = (
        (
            "SPEAKER_00",
            "My guest today is Dr. Wei Chen, professor of economics at Lakeside University. Dr. Chen, welcome.",
        ),
        ("SPEAKER_01", "Thank you for having me."),
        ("SPEAKER_00", "Thank you, Dr. Chen. What is happening to branches?"),
        ("SPEAKER_02", "They are shrinking."),
    )
    built = build(*turns)
    assert [speaker.name for speaker in built.speakers] == ["SPEAKER_00", "Wei Chen", "SPEAKER_02"]
    assert (built.speakers[1].organization, built.speakers[1].title) == (
        "Lakeside University",
        "professor of economics",
    )


def test_two_presented_guests_whom_the_address_fits_name_nobody() -> None:
    turns = (
        ("SPEAKER_00", "With me are Ana Ruiz of Banco Sur and Ana Moss of Acme. Ana, what do you think?"),
        ("SPEAKER_01", "It depends."),
        ("SPEAKER_00", "Thank you, Ana."),
        ("SPEAKER_02", "I agree."),
    )
    assert names(*turns) == ["SPEAKER_00", "SPEAKER_01", "SPEAKER_02"]


def test_many_forms_of_address_are_told_in_one_pass() -> None:
    def seconds(n: int) -> float:
        taken = []
        for _ in range(3):
            began = time.process_time()
            assert len(addresses("谢谢沈总，这个项目我们做了很久。" * n)) == n
            taken.append(time.process_time() - began)
        return min(taken)

    assert seconds(8_000) < 8 * max(seconds(2_000), 0.02)


def test_what_one_of_the_unnamed_says_of_himself_names_none_of_them() -> None:
    """Turns of nobody are those of any number of people: a name given in one of them is not the others'."""
    transcript = build(
        ("Nora Fes", "The berths are full, are they not?"),
        ("", "Hi, I'm Ola Brandt, head of the port authority, and I moderate this."),
        ("Nora Fes", "And who else pays for the quay?"),
        ("", "We do, said the ferry line."),
        ("Nora Fes", "Over to you, Ida Holm."),
        ("", "Thank you, Nora. The ferry line pays a third."),
    )
    assert [turn.speaker for turn in transcript.turns] == ["Nora Fes", "", "Nora Fes", "", "Nora Fes", ""]
    nobody = transcript.speaker("")
    assert (nobody.name, nobody.organization, nobody.title, nobody.role, nobody.aliases) == ("", "", "", "unknown", ())

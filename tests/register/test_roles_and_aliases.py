"""Who moderates, and what the speakers call each other."""

from __future__ import annotations

from panelbot.register import build_register
from panelbot.types import Reading, Transcript, Turn


def build(*turns: tuple[str, str]) -> Transcript:
    said = tuple(Turn(index=n, speaker=speaker, text=text) for n, (speaker, text) in enumerate(turns))
    return build_register(Reading(transcript=Transcript(id="panel", turns=said), format="test"))


def interview(asker: str, *answerers: str) -> list[tuple[str, str]]:
    asked = "过去一年大家都在谈数字化，也都做了不少事情，从您所在的行业来看，您怎么看？"
    rounds = [turn for _ in range(3) for name in answerers for turn in ((asker, asked), (name, "我认为可以。"))]
    return [*rounds, (asker, "因为时间的关系，今天的讨论就到这里，谢谢台上的嘉宾，也谢谢大家的参与。")]


def test_the_one_who_opens_asks_and_closes_is_inferred_to_moderate() -> None:
    built = build(*interview("张三", "李四", "王五"))
    speaker = built.speaker("张三")
    assert speaker.role == "moderator"
    assert [(e.source, e.text) for e in speaker.evidence] == [
        ("inferred", "opens and closes; asks or gives the floor 6 of 6 times")
    ]


def test_two_words_open_no_panel() -> None:
    built = build(("王五", "开始了吗。"), *interview("张三", "李四", "王五"))
    assert built.speaker("张三").role == "moderator"


def test_two_speakers_have_no_moderator_by_behaviour() -> None:
    assert build(*interview("张三", "李四")).speaker("张三").role == "unknown"


def test_who_asks_as_much_as_another_is_no_moderator() -> None:
    turns = interview("张三", "李四", "王五")
    asked = [(speaker, text if speaker == "张三" else "那你们怎么看？") for speaker, text in turns]
    assert build(*asked).speaker("张三").role == "unknown"


def test_who_presents_the_panel_moderates() -> None:
    opening = "With me are Callum Reed, chief engineer at Tidewind, and Petra Lind, harbour master at the Skerry Trust."
    built = build(("Imogen Tarrow", opening), ("Callum Reed", "Hello."), ("Petra Lind", "Hello."))
    assert {speaker.name: speaker.role for speaker in built.speakers} == {
        "Imogen Tarrow": "moderator",
        "Callum Reed": "panelist",
        "Petra Lind": "panelist",
    }


def test_who_chairs_an_association_does_not_moderate() -> None:
    built = build(("Ann Poe", "We have Joss Pell, who chairs the Fishermen's Association, here."), ("Joss Pell", "Hi."))
    speaker = built.speaker("Joss Pell")
    assert (speaker.organization, speaker.title, speaker.role) == ("Fishermen's Association", "chair", "unknown")


def test_forms_of_address_become_aliases_with_their_sentence() -> None:
    built = build(
        ("柏亮", "我们先听听。沈总，您怎么看？"),
        ("沈志峰", "刚才胡总说得对。"),
        ("胡伟", "谢谢。"),
    )
    assert built.speaker("沈志峰").aliases == ("沈总",)
    assert built.speaker("胡伟").aliases == ("胡总",)
    [told] = built.speaker("胡伟").evidence
    assert (told.field, told.source, told.text, told.turn) == ("aliases", "address", "刚才胡总说得对。", 1)


def test_a_surname_two_speakers_share_is_nobodys_form_of_address() -> None:
    built = build(("柏亮", "王总，您怎么看？"), ("王小明", "好。"), ("王大伟", "好。"))
    assert [speaker.aliases for speaker in built.speakers] == [(), (), ()]


def test_somebody_far_away_with_the_surname_is_not_meant() -> None:
    built = build(("柏亮", "那几年马总在杭州做了支付。"), ("马晓明", "是的。"))
    assert built.speaker("马晓明").aliases == ()


def test_a_title_gives_the_form_of_address_by_rule() -> None:
    built = build(("沈志峰（江苏银行运营部总经理）", "你好。"), ("李雷（正直律师事务所律师）", "你好。"))
    assert "沈总" in built.speaker("沈志峰").aliases
    assert "李律师" in built.speaker("李雷").aliases


def test_given_names_and_doctors_in_english() -> None:
    built = build(
        ("Imogen Tarrow", "Petra, what does it look like from the quay?"),
        ("Petra Lind", "As Dr Fenwright said, it looks fine."),
        ("Odalys Fenwright", "I agree."),
    )
    assert built.speaker("Petra Lind").aliases == ("Petra",)
    assert built.speaker("Odalys Fenwright").aliases == ("Dr Fenwright",)


def test_audience_labels_are_audience() -> None:
    built = build(("观众1", "大家好，我是滨江大学的王小明。"), ("Audience Member 2", "A question."))
    assert [(speaker.name, speaker.role) for speaker in built.speakers] == [
        ("观众1", "audience"),
        ("Audience Member 2", "audience"),
    ]

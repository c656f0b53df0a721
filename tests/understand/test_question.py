"""What a Question holds besides its speakers: topic, kind, offsets, faults."""

from __future__ import annotations

import pytest

from panelbot.types import Exchange, Speaker, SpeakerRef
from panelbot.understand import understand
from understand.registers import BANKS, ROUNDTABLE, SCOPES, WATER

ROUND = {"r": ROUNDTABLE}


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("what did the bank say about branch traffic", "branch traffic"),
        ("What did the lawyer say about bankruptcy cases this year?", "bankruptcy cases this year"),
        ("According to Jiangsu Bank, what are the root causes of bad loans?", "root causes of bad loans"),
        ("Who mentioned federated learning?", "federated learning"),
        ("肖飒怎么看个人破产条例?", "个人破产条例"),
        ("沈志峰对网点转型有什么看法?", "网点转型"),
        ("在吴万港看来,合规重要吗?", "合规重要"),
        ("谁说过科技应该刻进金融的骨头里?", "科技应该刻进金融的骨头里"),
        ("为什么银行不敢放贷?", "为什么银行不敢放贷"),
        ("那些网点什么时候关?", "那些网点什么时候关"),
        ("主持人最后怎么总结?", "最后怎么总结"),
        ("那位年轻律师怎么看破产?", "破产"),
        ("What did Jack Ma say?", ""),
    ],
)
def test_topic(question: str, topic: str) -> None:
    assert understand(question, [], ROUND).topic == topic


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("hello", "smalltalk"),
        ("Hi there!", "smalltalk"),
        ("谢谢!", "smalltalk"),
        ("你好,请问你是谁?", "smalltalk"),
        ("what can I ask?", "smalltalk"),
        ("thanks, bye", "smalltalk"),
        ("", "smalltalk"),
        ("Hello, what did the bank say about branches?", "content"),
        ("谢谢,那律师怎么看破产?", "content"),
        ("What helps small businesses?", "content"),
        ("Who talked about thermometers?", "who_said"),
        ("有没有人提到抖音?", "who_said"),
        ("Who pays for the meters?", "content"),
        ("谁来承担责任?", "content"),
        ("各位嘉宾怎么看未来?", "each"),
        ("What did the bank and Xiaomi each say about credit?", "each"),
        ("How do small firms and large firms differ?", "content"),
    ],
)
def test_kind(question: str, kind: str) -> None:
    assert understand(question, [], ROUND).kind == kind


@pytest.mark.parametrize(
    "question",
    ["Hello, what did  Mr. Shen say?", "请问沈總怎麼看網點?", "Shěn Zhìfēng’s view on ﬁnance", "ABS怎么看？胡伟"],
)
def test_references_cut_their_own_words(question: str) -> None:
    found = understand(question, [], ROUND)
    assert found.references
    assert all(found.text[ref.start : ref.end] == ref.text for ref in found.references)


def test_a_hint_narrows_nothing() -> None:
    found = understand("疫情期间银行怎么做产品宣传?", [], ROUND)
    assert found.speakers == ()
    assert [(ref.text, ref.speakers[0].name) for ref in found.references] == [("银行", "沈志峰")]
    assert found.references[0].confidence < 0.5


def test_each_transcript_gives_its_own_bank() -> None:
    found = understand("What did the bank say about rates?", [], {"a": ROUNDTABLE, "b": WATER})
    assert found.speakers == (
        SpeakerRef(transcript_id="a", name="沈志峰", organization="江苏银行", title="运营部总经理"),
    )
    assert understand("What did the bank say?", [], {"b": BANKS}).fault == "ambiguous_speaker"
    assert understand("What did the bank say?", [], {"a": ROUNDTABLE, "b": BANKS}).fault == ""


def test_one_known_and_one_unknown_person() -> None:
    found = understand("What did Jack Ma and Shen Zhifeng say about loans?", [], ROUND)
    assert [ref.name for ref in found.speakers] == ["沈志峰"]
    assert (found.fault, found.unknown) == ("", ("Jack Ma",))


def test_nobody_in_the_register() -> None:
    for registers in ({}, {"x": ()}, {"x": (Speaker(name=""), Speaker(name="???"))}):
        found = understand("What did the castle's owner build?", [], registers)
        assert (found.speakers, found.fault) == ((), "")


def test_standalone_wording_of_follow_ups() -> None:
    def asked(question: str, *earlier: str) -> str:
        return understand(question, [Exchange(query=query) for query in earlier], ROUND).text

    assert asked("那小米那边呢?", "疫情期间银行的服务形式有什么变化?") == "疫情期间小米的服务形式有什么变化?"
    assert asked("and the lawyers?", "What changed for the bank during the pandemic?") == (
        "What changed for the lawyers during the pandemic?"
    )
    assert asked("他怎么看利率上限?", "沈志峰怎么看网点?") == "沈志峰怎么看利率上限?"
    assert asked("What is his view on rates?", "What did Hu Wei say about phones?") == "What is Hu Wei's view on rates?"
    assert asked("What is a thermometer gun?", "What did Hu Wei say?") == "What is a thermometer gun?"
    assert understand("那小米呢?", [Exchange(query="谢谢")], ROUND).text == "那小米呢?"


@pytest.mark.parametrize(
    ("earlier", "question", "topic"),
    [
        ("What did the bank say about branch traffic?", "Did anyone disagree?", "branch traffic"),
        ("What did the bank say about branch traffic?", "What did everyone say?", "branch traffic"),
        ("What did the bank say about branch traffic?", "Is that true for Xiaomi too?", "branch traffic true for too"),
        ("谁提到了体温枪?", "谁说的?", "体温枪"),
        ("沈志峰怎么看网点?", "有没有具体数字?", "网点"),
        ("沈志峰怎么看网点?", "疫情有什么影响?", "疫情 影响"),
    ],
)
def test_the_subject_is_carried_only_where_the_wording_has_none(earlier: str, question: str, topic: str) -> None:
    assert understand(question, [Exchange(query=earlier)], ROUND).topic == topic


def test_an_office_narrows_to_its_holder() -> None:
    ministers = (
        Speaker(name="Ada Holm", title="Minister of Transport"),
        Speaker(name="Ben Ode", title="Minister of Health"),
        Speaker(name="Cy Poe", title="Deputy Prime Minister"),
    )
    assert [ref.name for ref in understand("What did the health minister say?", [], {"m": ministers}).speakers] == [
        "Ben Ode"
    ]
    assert understand("What did the minister say?", [], {"m": ministers}).fault == "ambiguous_speaker"
    assert understand("What did the Prime Minister say?", [], {"m": ministers}).fault == "unknown_speaker"


def test_history_is_not_asked_for_by_a_new_question() -> None:
    for scope in SCOPES.values():
        alone = understand("What did they say about the weather in Spain?", [], scope)
        after = understand(
            "What did they say about the weather in Spain?", [Exchange(query="Who is afraid of rain?")], scope
        )
        assert after == alone


def test_a_changed_register_is_read_anew() -> None:
    first = {"a": (Speaker(name="Ana Ruiz"),)}
    second = {"a": (Speaker(name="Ben Ode"),)}
    for _ in range(2):
        assert [ref.name for ref in understand("What did Ana say?", [], first).speakers] == ["Ana Ruiz"]
        assert understand("What did Ana say?", [], second).unknown == ("Ana",)

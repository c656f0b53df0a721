"""Which labels are speakers, case by case."""

from __future__ import annotations

import pytest

from panelbot.readers import read_text
from panelbot.register import build_register
from readers.sample import spoken

ONCE = {
    "two lines": ("Alice: hi\nBob: hello", "Bob"),
    "stems": ("甲：一。\n乙：二。\n甲：三。", "乙"),
    "a verb after the name": ("记者问：一？\n王芳答：二。\n记者问：三？\n王芳答：四。", "王芳"),
    "numbered questions": ("Q1: what?\nA1: this.\nQ2: why?\nA2: so.", "A"),
    "letters": ("A: hi\nB: hello\nA: bye", "B"),
    "a Chinese name": ("王芳：一。\n李明：二。\n王芳：三。\n刘晓燕：我想问。\n李明：好。", "刘晓燕"),
    "an audience member": ("王芳：一。\n李明：二。\n王芳：三。\n现场观众：我想问。\n李明：好。", "现场观众"),
    "a full English name": ("Ann: a.\nBo: b.\nAnn: c.\nPriya Nair: May I?\nBo: Yes.", "Priya Nair"),
    "a first name among first names": ("Ann: a.\nBo: b.\nAnn: c.\nPriya: May I?\nBo: Yes.", "Priya"),
    "a nickname beside times": ("王芳 00:01\n一。\n李明 00:02\n二。\n小鹿 00:03\n我想问。\n王芳 00:04\n好。", "小鹿"),
}


@pytest.mark.parametrize(("text", "name"), ONCE.values(), ids=ONCE)
def test_a_speaker_who_speaks_once_is_found(text: str, name: str) -> None:
    assert name in [who for who, _ in spoken(text)]


_HAN = "王芳：先说一句。\n\n李明：好。\n\n王芳：我讲完了。\n\n李明：{}\n\n王芳：谢谢。\n\n李明：再见。"
_LATIN = "Ann: First word.\n\nBo: Right.\n\nAnn: I am done.\n\nBo: {}\n\nAnn: Thanks.\n\nBo: Bye."
NOT_SPEAKERS = {
    "关键词": _HAN.format("三个词。\n关键词：银行。"),
    "成本端": _HAN.format("两边。\n成本端：要降。\n收入端：要升。"),
    "问题一": _HAN.format("两个。\n问题一：价格。\n问题二：质量。"),
    "第一个问题": _HAN.format("一个。\n\n第一个问题：价格。"),
    "老板": _HAN.format("他说。\n老板：快点！"),
    "Note": _LATIN.format("One more.\nNote: mind it."),
    "Bottom Line": _LATIN.format("In short.\nBottom Line: the bottom line is profit."),
    "lower": _LATIN.format("Well.\n\nThe only thing that counts: the price."),
    "http": _LATIN.format("Look.\nhttp://a.example: b"),
    "Step 1": _LATIN.format("Two.\nStep 1: look.\nStep 2: leap."),
    "掌声": "【王芳】一。\n【掌声】\n【李明】二。\n【王芳】三。",
}


@pytest.mark.parametrize("text", NOT_SPEAKERS.values(), ids=NOT_SPEAKERS)
def test_a_colon_inside_a_turn_does_not_make_a_speaker(text: str) -> None:
    assert {who for who, _ in spoken(text)} in ({"王芳", "李明"}, {"Ann", "Bo"})


@pytest.mark.parametrize(
    "label", ["关键词", "老板", "Note", "Bottom Line", "3号会议室", "bert.oster", "DE", "+44 20 **** 1"]
)
def test_where_every_line_is_labelled_the_label_may_be_anything(label: str) -> None:
    lines = [f"{who}: word {n}." for n, who in enumerate(["Ann Lee", "Bo Chen"] * 4)]
    text = "\n".join([*lines[:3], f"{label}: my own words.", *lines[3:]])
    assert (label, "my own words.") in spoken(text)


def test_a_line_that_may_be_a_label_is_nobody_s_and_said() -> None:
    said = ["Ann Lee: One.", "Two.", "Bo Chen: Three.", "Four.", "Five.", "Quayside: closed."]
    text = "\n\n".join([*said, "Ann Lee: Six.", "Bo Chen: Seven."])
    reading = read_text(text, name="a.txt")
    assert [(t.speaker, t.text) for t in reading.transcript.turns if not t.speaker] == [("", "Quayside: closed.")]
    assert any("Quayside" in warning for warning in reading.warnings)


@pytest.mark.parametrize("name", ["方舟", "连战", "向往", "老狼"])
def test_a_name_that_is_also_a_word_is_known_by_its_use(name: str) -> None:
    text = f"王芳：一。\n{name}：二。\n李明：三。\n{name}：四。\n王芳：五。"
    assert {who for who, _ in spoken(text)} == {"王芳", "李明", name}


def test_a_cast_list_is_no_speech() -> None:
    reading = read_text("主持人：柏青\n嘉宾：王芳、李明\n\n王芳：大家好。\n李明：好。\n柏青：开始。", name="a.txt")
    assert reading.transcript.turns[0].text == "大家好。"
    assert reading.introduction == "主持人：柏青\n\n嘉宾：王芳、李明"


def test_biographies_before_the_talk_are_no_speech() -> None:
    text = "嘉宾：\n王芳：青禾银行行长\n李明：某律所合伙人\n\n主持人：欢迎各位。\n王芳：谢谢。\n李明：谢谢。"
    reading = read_text(text, name="a.txt")
    assert reading.transcript.turns[0].speaker == "主持人"
    assert reading.introduction == "嘉宾:\n\n王芳：青禾银行行长\n\n李明：某律所合伙人"


def test_two_people_of_one_name_stay_two() -> None:
    turns = spoken("张伟（甲银行）：一。\n张伟（乙科技）：二。\n张伟（甲银行）：三。")
    assert [who for who, _ in turns] == ["张伟（甲银行）", "张伟（乙科技）", "张伟（甲银行）"]


def test_a_bare_role_is_the_person_who_was_given_it() -> None:
    reading = read_text("主持人（柏青）：一。\n王芳：二。\n主持人：三。\n王芳：四。", name="a.txt")
    assert [turn.speaker for turn in reading.transcript.turns] == ["柏青", "王芳", "柏青", "王芳"]
    assert reading.transcript.speaker("柏青").role == "moderator"


def test_a_bare_role_that_two_people_held_stays_bare() -> None:
    turns = spoken("主持人 柏青：一。\n主持人 苏禾：二。\n主持人：三。\n王芳：四。")
    assert [who for who, _ in turns] == ["柏青", "苏禾", "主持人", "王芳"]


@pytest.mark.parametrize(("one", "two"), [("RP", "TQ"), ("Rita Poll", "Tim Quist"), ("李华", "王芳")])
@pytest.mark.parametrize("comma", [", ", "，"])
def test_two_people_in_one_label_are_neither_of_them(one: str, two: str, comma: str) -> None:
    text = "\n".join(f"{who}: Once more, {n}." for n, who in enumerate([one, two, f"{one}{comma}{two}", one, two]))
    built = build_register(read_text(text, name="a.txt"))
    assert [turn.speaker for turn in built.turns] == [one, two, f"{one}{comma}{two}", one, two]
    assert not any(speaker.organization for speaker in built.speakers)


def test_a_name_and_an_organization_that_has_no_label_are_one_person() -> None:
    text = "\n".join(
        f"{who}: Once more." for who in ["Rita Poll", "Tim Quist", "Rita Poll, Harbour Trust", "Tim Quist"]
    )
    assert [turn.speaker for turn in build_register(read_text(text, name="a.txt")).turns][2] == "Rita Poll"

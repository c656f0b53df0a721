"""Who speaks once, is called what no list of names knows, or is not known at all: the form of the file says so."""

from __future__ import annotations

from itertools import cycle

import pytest

from panelbot.readers import read_text
from panelbot.readers.shape import label_name, label_shape
from readers.sample import spoken

_SAID = cycle(["The weir gate stuck again.", "We wrote to the mill.", "That was in spring.", "Nobody came."])


def _talk(form: str, names: str, rounds: int = 6) -> str:
    return "".join(form.format(who=who, said=next(_SAID)) for who in names.split() * rounds)


BOLD = "**{who}**\n* {said}\n\n"


@pytest.mark.parametrize("label", ["ilvo tarn", "Weir team"])
def test_a_bold_line_like_all_others_is_a_label_though_it_comes_once(label: str) -> None:
    said = spoken(
        _talk(BOLD, "Ovra Pell Ovra Dast") + BOLD.format(who=label, said="I have slides.") + _talk(BOLD, "Pell")
    )
    assert (label, "* I have slides.") in said


@pytest.mark.parametrize("sign", ["?", "???", "…"])
def test_a_label_of_signs_alone_is_a_turn_of_nobody(sign: str) -> None:
    text = (
        _talk("{who}: {said}\n\n", "Ovra Pell")
        + f"{sign}: Who pays for the gate?\n\n"
        + _talk("{who}: {said}\n\n", "Ovra")
    )
    assert ("", "Who pays for the gate?") in [(who, said) for who, said in spoken(text)]


def test_a_label_of_signs_may_stand_before_a_quotation() -> None:
    text = _talk("{who}: {said}\n", "Ovra Pell") + "???: “Weir” would be a typo.\n" + _talk("{who}: {said}\n", "Ovra")
    assert ("", "“Weir” would be a typo.") in spoken(text)


def test_a_name_with_a_full_stop_is_called_where_names_have_lines_of_their_own() -> None:
    text = _talk(BOLD, "Ovra Pell") + "**Dast**\n* Pell. Thank you.\n\n" + _talk(BOLD, "Ovra Dast")
    assert ("Dast", "* Pell. Thank you.") in spoken(text)


def test_minutes_without_full_stops_are_no_fields() -> None:
    form = "{who}: {said}\n\n"
    text = (
        _talk(form, "Ann Ben Carl Dora")
        + "Ilvo: lets move on\n\nAnn: Yes, let us.\n\nIlvo: just do it\n\n"
        + _talk(form, "Ben")
    )
    assert [said for who, said in spoken(text) if who == "Ilvo"] == ["lets move on", "just do it"]


def test_topics_are_headings_and_are_reported() -> None:
    form = "{who}: {said}\n"
    text = _talk(form, "Ovra Pell") + "Topic: The lock keeper\n" + _talk(form, "Ovra Pell")
    reading = read_text(text, name="talk.txt")
    assert not any("lock keeper" in turn.text for turn in reading.transcript.turns)
    assert "1 heading (13)" in reading.left_out


def test_who_parts_two_turns_of_one_speaker_spoke_between_them() -> None:
    answers = "方远：我先说背景，再说办法。\n\n"
    asked = "【{}：{}】\n\n"
    names = ["欧以宁", "黄俊平", "李然"]
    text = "".join(asked.format(who, f"这件事{n}年内怎么做？") + answers for n, who in enumerate(names, 2))
    said = spoken("方远：大家好，请提问。\n\n" + text)
    assert [who for who, _ in said] == ["方远", *(name for who in names for name in (who, "方远"))]


def test_numbered_questions_have_askers_without_the_number() -> None:
    asked = [("观澜时报Ann Lee", "问成本。"), ("晨星晚报Bo Marsh", "问收益。"), ("观澜时报Ann Lee", "问时间。")]
    text = "".join(f"{n}、{who}：{said}\n\n方远：好，我来答。\n\n" for n, (who, said) in enumerate(asked, 1))
    assert [who for who, _ in spoken(text)] == ["Ann Lee", "方远", "Bo Marsh", "方远", "Ann Lee", "方远"]


def test_a_label_behind_two_blank_lines_like_the_others_is_believed_and_behind_the_end_of_a_page() -> None:
    turns = [
        ("鄭佩瑜議員", "主席，我有補充。"),
        ("主席", "請繼續。"),
        ("羅啟文議員", "主席，我反對。"),
        ("主席", "好。"),
    ]
    text = "".join(f"{who}：{said}\n\n　理由如下，請各位看。\n\n\n" for who, said in turns * 4)
    text += "水務及渠務局局長：主席，多謝質詢。\n\n　註：數字未經核實。\n\n\n主席：多謝局長。\n"
    said = spoken(text)
    assert said[-2][0] == "水務及渠務局局長"
    assert "註：數字未經核實。" in said[-2][1]


def test_the_chair_called_upon_in_a_clause_is_no_label() -> None:
    assert label_shape("主席，英文有句話說") < -4
    assert label_name("主席，英文有句話說") == "主席，英文有句話說"


def test_what_is_said_in_writing_is_its_writers() -> None:
    talk = "主席：開會。\n方委員佩瑜：主席、各位。我有意見。\n主席：請講。\n方委員佩瑜：說完了。\n主席：散會。\n"
    text = talk + "方委員佩瑜書面意見：\n水費應該減半。\n"
    assert spoken(text)[-1] == ("方佩瑜", "水費應該減半。")


def test_sections_that_a_point_counts_are_no_people() -> None:
    form = "**{who}**: {said}\n\nIt was late by then.\n\n"
    text = (
        _talk(form, "Ovra Pell")
        + "**Decision 63.1**: The gate stays.\n\n**Decision 63.2**: The mill pays.\n\n" * 2
        + _talk(form, "Ovra")
    )
    assert not any(who.startswith("Decision") for who, _ in spoken(text))


def test_a_turn_may_be_one_letter_that_the_next_name_begins_with() -> None:
    names = ["苏禾", "Alice"] * 4
    assert spoken("".join(f"{who}  00:{n:02}\na\n\n" for n, who in enumerate(names))) == [(who, "a") for who in names]
    assert spoken("".join(f"00:{n:02}\n{who}\na\n" for n, who in enumerate(names))) == [(who, "a") for who in names]


def test_chat_pasted_behind_a_talk_does_not_say_how_the_talk_is_written() -> None:
    talk = _talk(BOLD.replace("{said}", "{said}\n* So it was.\n* And so on."), "Ovra Pell Dast Ilvo", 5)
    chat = "".join(f"* From {who} 03:{n:02} PM: nice\n" for n, who in enumerate(["Ovra", "Pell", "Dast"] * 8))
    assert [who for who, _ in spoken(talk + chat)][:4] == ["Ovra", "Pell", "Dast", "Ilvo"]


def test_front_matter_is_no_speech() -> None:
    front = (
        "---\ntitle: The weir\ndate: 2031-04-02\njson-ld: |\n    {\n"
        + '        "@type": "Thing",\n' * 6
        + "    }\n---\n\n"
    )
    said = spoken(front + _talk("{who}: {said}\n\n", "Ovra Pell"))
    assert not any("Thing" in text for _, text in said)
    assert {who for who, _ in said} == {"Ovra", "Pell"}


def test_the_attributes_of_a_block_are_no_speech() -> None:
    said = spoken(_talk("**{who}:** {said}\n\n", "Ovra Pell") + "### The mill\n{: #section2}\n\n**Ovra:** Next.\n")
    assert not any("section2" in text for _, text in said)

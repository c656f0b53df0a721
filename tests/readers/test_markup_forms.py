"""Speech in YAML, in SGML, between bars and behind times of four parts; labels in bold and in brackets."""

from __future__ import annotations

import pytest

from panelbot.errors import ReadError
from panelbot.readers import read_text
from readers.sample import spoken

PODCAST = """---
title: 'Locks: who keeps them'
date: 2024-05-03
guests:
- olgahart
topics:
- name: The gate
  text: What the guest tells about the lower gate of the lock and who repairs it in winter.
transcript:
- header: The gate
- line: Today we speak about gates. Olga keeps the lower lock,
    and she knows its gate.
  sec: 12
  who: Tim
- line: 'It leaks: at the left hinge.'
  sec: 31
  who: Olga
- line: Since when does it leak?
  sec: 44
  who: Tim
- line: Since the flood in March.
  sec: 49
  who: Olga
---

Read more about locks below.
"""


def test_a_transcript_in_the_front_matter_of_a_page() -> None:
    assert [(said.start, said.speaker, said.text) for said in read_text(PODCAST, name="a.md").transcript.turns] == [
        (12.0, "Tim", "Today we speak about gates. Olga keeps the lower lock, and she knows its gate."),
        (31.0, "Olga", "It leaks: at the left hinge."),
        (44.0, "Tim", "Since when does it leak?"),
        (49.0, "Olga", "Since the flood in March."),
    ]
    assert read_text(PODCAST, name="a.md").transcript.title == "Locks: who keeps them"


def test_a_yaml_file() -> None:
    text = "- speaker: Tim\n  text: Since when does it leak?\n- speaker: Olga\n  text: Since the flood in March.\n"
    assert spoken(text, name="a.yaml") == [("Tim", "Since when does it leak?"), ("Olga", "Since the flood in March.")]


def test_front_matter_above_a_talk_is_no_talk() -> None:
    head = "---\ntitle: Locks\nquotes:\n- who: Tim\n  text: Water\nlinks:\n- https://example.org\n---\n\n"
    talk = "**Tim:** Since when does it leak?\n\n**Olga:** Since the flood in March.\n\n**Tim:** I see.\n"
    assert spoken(head + talk, name="a.md") == [
        ("Tim", "Since when does it leak?"),
        ("Olga", "Since the flood in March."),
        ("Tim", "I see."),
    ]


def test_what_describes_a_page_alone_is_refused() -> None:
    keys = "".join(f"key{n}: value {n}\nnote{n}: It has a note.\n" for n in range(300))
    with pytest.raises(ReadError, match="no turns found"):
        read_text(f"---\ntitle: Locks\ntags:\n- water\n{keys}---\n", name="a.md")


@pytest.mark.parametrize(
    "bomb",
    [
        "a: &a [x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a]\nc:\n- *b\n- *b\n",
        "- " + "[" * 5000 + "]" * 5000 + "\n- who\n",
        "".join(" " * n + "- a:\n" for n in range(0, 4000, 2)),
        "- when: 2024-02-31\n  text: no day\n- : :\n",
    ],
)
def test_hostile_yaml_is_refused_in_one_sentence(bomb: str) -> None:
    with pytest.raises(ReadError, match="no turns found"):
        read_text(bomb, name="a.yaml")


RECORD = """<CHAPTER ID="4">
The lower gate (debate)
<SPEAKER ID="12" NAME="Chair">
Mr Quist has the floor.
<SPEAKER ID="13" NAME="Tim Quist" AFFILIATION="Upper &amp; Lower">
The gate leaks, Madam Chair.
<P>
It has leaked since March.
<SPEAKER ID="14" NAME="Chair">
Thank you.
<CHAPTER ID="5">
The upper gate
<SPEAKER ID="15" NAME="Olga Hart">
It was painted.
"""


def test_tags_that_name_who_speaks_until_the_next() -> None:
    assert spoken(RECORD, name="a.txt") == [
        ("Chair", "Mr Quist has the floor."),
        ("Tim Quist", "The gate leaks, Madam Chair.\n\nIt has leaked since March."),
        ("Chair", "Thank you."),
        ("Olga Hart", "It was painted."),
    ]
    people = read_text(RECORD, name="a.txt").transcript.speakers
    assert {one.name: one.organization for one in people}["Tim Quist"] == "Upper & Lower"


def test_cells_between_bars_are_columns_whatever_the_file_is_called() -> None:
    pairs = [("A", "Since when does it leak,", "qw"), ("B", "Since the flood in March.", "sd"), ("B", "Um,", "%")]
    text = "".join("|".join(row) + "\n" for row in pairs * 4)
    assert {name for name, _ in spoken(text, name="a.txt")} == {"A", "B"}
    assert spoken(text, name="a.txt")[1] == ("B", "Since the flood in March.\n\nUm,")


def test_days_in_front_of_the_hours_are_times() -> None:
    text = "".join(
        f"[01:02:{n:02}:57]\n_page : {n}\n{who}: We see the gate, number {n}.\n\n"
        for n, who in enumerate(["CDR", "LMP"] * 4, 1)
    )
    turns = read_text(text, name="a.txt").transcript.turns
    assert [(said.speaker, said.text) for said in turns[:2]] == [
        ("CDR", "We see the gate, number 1."),
        ("LMP", "We see the gate, number 2."),
    ]
    assert {said.speaker for said in turns} == {"CDR", "LMP"}


def test_frames_behind_the_seconds_are_no_part_of_the_time() -> None:
    text = "".join(
        f"00:00:{n:02}:{n:02} - 00:00:{n:02}:20\nSpeaker {1 + n % 2}\nWe see the gate, number {n}.\n\n"
        for n in range(1, 9)
    )
    turns = read_text(text, name="a.txt").transcript.turns
    assert [(said.speaker, said.start) for said in turns[:2]] == [("Speaker 2", 1.0), ("Speaker 1", 2.0)]
    assert not any(":" in said.text for said in turns)


def test_bold_that_ends_in_mid_speech_begins_with_a_label_all_the_same() -> None:
    text = (
        "**潮报：**闸门漏水多久了？\n\n**韩青：三月就开始漏了。** 一直没有人来修。\n\n"
        "**潮报：****谁来修？**\n\n**韩青：**下水的人。**他们星期一有空。**\n\n"
    )
    assert spoken(text * 2, name="a.md")[:4] == [
        ("潮报", "闸门漏水多久了？"),
        ("韩青", "三月就开始漏了。 一直没有人来修。"),
        ("潮报", "谁来修？"),
        ("韩青", "下水的人。**他们星期一有空。**"),
    ]


def test_what_somebody_puts_in_does_not_end_a_turn() -> None:
    said = [
        "**Kit**: Hello.", "**Tim**: Hello, Kit.", "**Kit**: Good day.", "**Tim**: The gate leaks.",
        "**Olga**: Since when?", "**Tim**: Somebody asks about it.", "(**Kit**: who repairs it?)",
        "The divers do, on Monday.",
        "**Olga** asks whether they are paid. They are.", "**Olga**: I see.", "**Kit**: Thanks.",
    ]  # fmt: skip
    text = "\n\n".join(said)
    found = spoken(text, name="a.md")
    assert found[5:] == [
        ("Tim", "Somebody asks about it."),
        ("Kit", "who repairs it?)"),
        ("Tim", "The divers do, on Monday.\n\n**Olga** asks whether they are paid. They are."),
        ("Olga", "I see."),
        ("Kit", "Thanks."),
    ]


def test_labels_that_have_their_lines_to_themselves() -> None:
    """Of such a file ``甲案：…`` in mid-speech is none, and who speaks once is one."""
    talk = [("主席", "请讨论甲案。"), ("林大洋", "我有两点意见。"), ("主席", "谢谢。")] * 3
    talk += [("林大洋", "甲案：改革幅度适中。\n乙案：改革幅度大。"), ("吴律师志清", "我反对。"), ("主席", "散会。")]
    text = "".join(f"{who}：\n\n> {said}\n\n" for who, said in talk)
    assert spoken(text, name="a.md")[-4:] == [
        ("主席", "谢谢。"),
        ("林大洋", "甲案：改革幅度适中。\n乙案：改革幅度大。"),
        ("吴志清", "我反对。"),
        ("主席", "散会。"),
    ]


def test_what_is_quoted_below_a_label_holds_none() -> None:
    """``> I have three points:`` begins what is said, though it stands in a paragraph of its own."""
    talk = [("Chair", "Who begins?"), ("Ann", "I have two points:\none, the gate;\ntwo, the pump."), ("Chair", "Ben?")]
    talk += [("Ben", "My answer is:\nno."), ("Chair", "Then we vote."), ("Ann", "Yes.")]
    text = "".join(f"{who}:\n\n> {said}\n\n" for who, said in talk)
    assert spoken(text, name="a.md") == talk

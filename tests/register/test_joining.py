"""Which labels are one person, and what is only offered."""

from __future__ import annotations

import pytest

from panelbot.readers import read_text
from panelbot.register import build_register, edit_register, offered_merges, parse_edit
from panelbot.types import Reading, Transcript, Turn


def register(*labels: str, introduction: str = "") -> Transcript:
    turns = tuple(Turn(index=n, speaker=label, text="I would say so.") for n, label in enumerate(labels))
    return build_register(Reading(transcript=Transcript(id="t", turns=turns), format="test", introduction=introduction))


def speakers(*labels: str, introduction: str = "") -> list[str]:
    return [turn.speaker for turn in register(*labels, introduction=introduction).turns]


ONE = {
    "initials behind the full name": (("Olga Hart (OH)", "Rita Poll", "OH"), "Olga Hart"),
    "a surname after the full name": (("MONA QUIST, HARBOUR NEWS REPORTER", "TIM VALE", "QUIST"), "MONA QUIST"),
    "a courtesy and a surname": (("Ms Ada Pell (Ormsby South) (Lab)", "Tom Reed", "Ms Pell"), "Ada Pell"),
    "a surname of two words": (("Jan van der Berg", "Tom Reed", "VAN DER BERG"), "Jan van der Berg"),
    "a handle": (("Bert Oster | Ormsby", "Ada Pell", "bert.oster"), "Bert Oster"),
    "surname first": (("Bert Oster", "Ada Pell", "Oster, Bert (External)"), "Bert Oster"),
    "capitals": (("Bert Oster", "Ada Pell", "BERT OSTER"), "Bert Oster"),
    "with and without where from": (("Bert Oster (Ormsby)", "Ada Pell", "Bert Oster"), "Bert Oster"),
    "an office and its holder": (("The Minister for Ports (Bo Tarn)", "Ada Pell", "Bo Tarn"), "Bo Tarn"),
    "the office alone": (("The Minister for Ports (Bo Tarn)", "Ada Pell", "The Minister for Ports"), "Bo Tarn"),
    "a title behind the surname": (("水价科冯远帆科长", "尤敏", "冯科长"), "冯远帆"),
    "an organisation and a title": (("水价科冯远帆科长", "尤敏", "冯远帆"), "冯远帆"),
    "the two scripts": (("叶慧敏议员", "尤敏", "葉慧敏議員"), "叶慧敏"),
}


@pytest.mark.parametrize(("labels", "name"), ONE.values(), ids=ONE)
def test_labels_that_can_only_mean_one_person_are_one(labels: tuple[str, ...], name: str) -> None:
    found = speakers(*labels)
    assert (found[0], found[2]) == (name, name)
    assert found[1] != name


TWO = {
    "two people of one surname": ("Mona Quist", "Tim Quist", "QUIST"),
    "another place": ("Ada Pell (Ormsby South)", "Tom Reed", "Ms Pell (Leston)"),
    "namesakes": ("张伟（青禾银行）", "尤敏", "张伟（远帆科技）"),
    "another title": ("水价科冯远帆科长", "尤敏", "冯法官"),
    "a slip of one letter": ("Dirk Oster", "Tom Reed", "Drik Oster"),
    "a given name": ("Bert Oster", "Tom Reed", "Bert"),
}


@pytest.mark.parametrize("labels", TWO.values(), ids=TWO)
def test_labels_that_may_mean_another_stay_apart(labels: tuple[str, ...]) -> None:
    assert len(set(speakers(*labels))) == 3


LISTS = [
    "Attendees: Olga Hart (OH), Rita Poll (RPL)",
    "Present: Rita Poll, Harbour Trust (RPL); Olga Hart (OH)",
    "| Name | Abbreviation | From |\n| Rita Poll | RPL | Acme |\n| Olga Hart | OH | Acme |",
    "OH: Olga Hart\nRPL: Rita Poll",
]


@pytest.mark.parametrize("introduction", LISTS)
def test_initials_of_an_attendance_list_are_its_people(introduction: str) -> None:
    built = register("OH", "RPL", "OH", introduction=introduction)
    assert [turn.speaker for turn in built.turns] == ["Olga Hart", "Rita Poll", "Olga Hart"]
    [told] = [e for e in built.speaker("Olga Hart").evidence if e.field == "name"]
    assert told.source == "introduction"
    assert "OH" in told.text


def test_a_surname_is_whoever_the_list_names() -> None:
    assert speakers("HART", "POLL", introduction="Members present: Olga Hart, Rita Poll, Jo Poll") == [
        "Olga Hart",
        "POLL",
    ]


def test_what_is_likely_is_offered_and_a_person_decides() -> None:
    built = register("Dirk Oster", "Tom Reed", "Dirk Oster", "Drik Oster", "Tom")
    offers = offered_merges(built)
    assert [(offer.speaker, offer.into, offer.reason) for offer in offers] == [
        ("Drik Oster", "Dirk Oster", "one letter differs"),
        ("Tom", "Tom Reed", "the same given name"),
    ]
    merged = edit_register(built, [parse_edit(str(offers[0]).rsplit(", ", 1)[1])])
    assert [turn.speaker for turn in merged.turns].count("Dirk Oster") == 3


def test_numbers_and_short_names_are_no_slips() -> None:
    assert offered_merges(register("Speaker 1", "Speaker 2", "Ann", "Anna", "李四", "李五")) == ()


def test_one_role_that_two_people_held_is_neither() -> None:
    assert speakers("主持人 柏青", "主持人 苏禾", "主持人")[2] == "主持人"


def test_initials_of_a_list_that_gives_none_are_made_from_its_names() -> None:
    assert speakers("OH", "RP", introduction="Present: Olga Hart, Rita Poll") == ["Olga Hart", "Rita Poll"]


def test_initials_the_list_gives_to_nobody_are_nobody_elses() -> None:
    assert speakers("OH", "RP", introduction="Present: Olga Hart (OHT), Rita Poll (RP)") == ["OH", "Rita Poll"]


def test_a_table_of_people_before_the_talk_reaches_the_register() -> None:
    rows = ("Name | Abbreviation | From", "---|---|---", "Olga Hart | OH | Acme", "Rita Poll | RPL | Acme")
    table = "\n".join(("**Attendees:**", "", *(f"| {row} |" for row in rows)))
    text = (
        f"# Day one\n\n{table}\n\n## The boat\n\nOH: It leaks.\n\nRPL: Since when?\n\nOH: Since May.\n\nRPL: I see.\n"
    )
    reading = read_text(text, name="day.md")
    assert [turn.speaker for turn in build_register(reading).turns] == ["Olga Hart", "Rita Poll"] * 2


def test_an_unnamed_speaker_is_nobody() -> None:
    assert speakers("Olga Hart", "", "Moderator", "Rita Poll") == ["Olga Hart", "", "Moderator", "Rita Poll"]

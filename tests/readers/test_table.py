"""Tables of speech in CSV and TSV: by the words of their head, and by what stands in their columns."""

from __future__ import annotations

import pytest

from panelbot.errors import ReadError
from panelbot.readers import read_text

SAID = [("Ann Lee", "The kiln, she said, was cold."), ("Bo Chen", "Who lit it?"), ("Ann Lee", "Nobody did.")]


def turns(text: str, name: str = "talk.csv") -> list[tuple[str, str]]:
    return [(turn.speaker, turn.text) for turn in read_text(text, name=name).transcript.turns]


@pytest.mark.parametrize(
    "text",
    [
        'Speaker,Text\nAnn Lee,"The kiln, she said, was cold."\nBo Chen,Who lit it?\nAnn Lee,Nobody did.\n',
        'text;speaker name\n"The kiln, she said, was cold.";Ann Lee\nWho lit it?;Bo Chen\nNobody did.;Ann Lee\n',
        "发言人\t内容\t\nAnn Lee\tThe kiln, she said, was cold.\t\nBo Chen\tWho lit it?\t\nAnn Lee\tNobody did.\t\n",
        'Kiln\n\nSpeaker,Text\nAnn Lee,"The kiln, she said, was cold."\nBo Chen,Who lit it?\nAnn Lee,Nobody did.\n',
        "Speaker,Text\nAnn Lee,The kiln, she said, was cold.\nBo Chen,Who lit it?\nAnn Lee,Nobody did.\n",
        "\ufeffWer|Was\nAnn Lee|The kiln, she said, was cold.\nBo Chen|Who lit it?\nAnn Lee|Nobody did.\n",
        'Ann Lee,"The kiln, she said, was cold."\nBo Chen,Who lit it?\nAnn Lee,Nobody did.\n',
    ],
)
def test_the_columns_of_speaker_and_words_are_found(text: str) -> None:
    assert turns(text) == SAID


def test_times_are_taken_from_a_head_that_names_them() -> None:
    text = "Start (s),End (s),Speaker,Text\n0.0,2.5,Ann Lee,The kiln was cold.\n3.0,4.0,Bo Chen,Who lit it?\n"
    reading = read_text(text + "5.5,7.0,Ann Lee,Nobody did.\n", name="talk.csv")
    assert [(turn.start, turn.end) for turn in reading.transcript.turns] == [(0.0, 2.5), (3.0, 4.0), (5.5, 7.0)]


def test_numbers_for_speakers_become_names_and_cells_may_hold_lines() -> None:
    text = 'speaker,transcript\n0,"The kiln\nwas cold."\n1,Who lit it?\n0,Nobody did.\n'
    assert turns(text) == [
        ("Speaker 0", "The kiln\nwas cold."),
        ("Speaker 1", "Who lit it?"),
        ("Speaker 0", "Nobody did."),
    ]


def test_a_row_of_nobody_is_not_its_neighbour_s() -> None:
    assert turns("Speaker,Text\nAnn Lee,It was cold.\n,A door shuts.\nBo Chen,Who lit it?\n") == [
        ("Ann Lee", "It was cold."),
        ("", "A door shuts."),
        ("Bo Chen", "Who lit it?"),
    ]


def test_rows_that_are_left_out_are_told() -> None:
    rows = "".join(f"Ann Lee,{n},The kiln was cold.\nBo Chen,{n},Who lit it?\n" for n in range(12))
    reading = read_text("The kiln\nSpeaker,No,Text\n" + rows + "Ann Lee,And\n", name="talk.csv")
    assert reading.left_out == ("2 rows of another width",)


def test_talk_with_a_comma_in_every_line_is_no_table() -> None:
    assert turns("Ann: Well, yes.\nBo: Now, no.\nAnn: So, then.\nBo: Oh, dear.\n", "talk.txt")[0] == (
        "Ann",
        "Well, yes.",
    )


@pytest.mark.parametrize("text", ["name,age\nAnn,3\nBo,4\nCy,5\n", "a,b\n1,2\n3,4\n5,6\n"])
def test_a_table_of_something_else_is_refused(text: str) -> None:
    with pytest.raises(ReadError):
        read_text(text, name="list.csv")

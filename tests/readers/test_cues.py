"""Captions: what rolls is said once, what only looks like it twice, and who begins without a name is nobody."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panelbot.readers import read_text
from readers.sample import spoken, turns_of


def subrip(cues: list[str], *, seconds: int = 2) -> str:
    written = (
        f"{n + 1}\n00:{n * seconds // 60:02}:{n * seconds % 60:02},000 --> "
        f"00:{(n + 1) * seconds // 60:02}:{(n + 1) * seconds % 60:02},000\n{cue}\n\n"
        for n, cue in enumerate(cues)
    )
    return "".join(written)


def text_of(cues: list[str]) -> str:
    return " ".join(turn.text for turn in read_text(subrip(cues), name="a.srt").transcript.turns)


LINES = ["the kiln was cold for years", "then a potter moved in", "she asked for clay", "and got a cellar of it"]


def _two_lines(lines: list[str]) -> list[str]:
    return [f"{before}\n{line}" for before, line in zip(["", *lines], lines, strict=False)]


def _with_flashes(lines: list[str]) -> list[str]:
    """As video sites write them: each pair of lines, and for a moment the second of them alone."""
    return [
        cue for before, line in zip(["", *lines], lines, strict=False) for cue in (f"{before}\n{line}", f"{line}\n ")
    ]


def _growing(lines: list[str]) -> list[str]:
    words = [line.split() for line in lines]
    return [" ".join(line[: n + 1]) for line in words for n in range(len(line))]


def _flattened(lines: list[str]) -> list[str]:
    return [f"{before} {line}".strip() for before, line in zip(["", *lines], lines, strict=False)]


@pytest.mark.parametrize("roll", [_two_lines, _with_flashes, _growing, _flattened])
def test_rolling_captions_are_each_line_once(roll: object) -> None:
    assert text_of(roll(LINES)) == " ".join(LINES)  # type: ignore[operator]


def test_rolling_chinese_captions_are_each_line_once() -> None:
    lines = ["窑冷了好多年", "后来来了个陶工", "她要了一车土", "土堆满了地窖"]
    assert text_of(_two_lines(lines)) == "".join(lines)


def test_what_is_said_twice_is_said_twice() -> None:
    cues = [
        "No.",
        "No.",
        "the kiln is cold",
        "the kiln is cold",
        "And the clay?",
        "It is wet.",
        "Where?",
        "Below.",
        "Ah.",
    ]
    assert text_of(cues) == " ".join(cues)


SPEECH = st.lists(st.sampled_from("potter kiln clay glaze fire cellar wheel".split()), min_size=3, max_size=7).map(
    " ".join
)


@settings(max_examples=60, deadline=None)
@given(lines=st.lists(SPEECH, min_size=4, max_size=12, unique=True))
def test_any_lines_that_roll_are_each_line_once(lines: list[str]) -> None:
    lines = [f"{line} {chr(97 + n) * 12}" for n, line in enumerate(lines)]  # no line ends as the next one begins
    assert text_of(_with_flashes(lines)) == " ".join(lines)


@pytest.mark.parametrize("mark", ["- ", "– ", "—", ">> ", ">>> "])
def test_who_begins_without_a_name_is_nobody(mark: str) -> None:
    cues = [f"{mark}Is it hot?", f"{mark}Very.\nmind the door", f"{mark}Which one?"]
    reading = read_text(subrip(cues), name="a.srt")
    assert turns_of(reading) == [("", "Is it hot?"), ("", "Very. mind the door"), ("", "Which one?")]


def test_a_dash_before_a_small_letter_goes_on() -> None:
    assert spoken(subrip(["We fired it twice", "- and then it broke", "in the night"]), "a.srt") == [
        ("", "We fired it twice - and then it broke in the night")
    ]


def test_who_begins_without_a_name_among_names_is_nobody() -> None:
    cues = [">> MARLA: Is it hot?", ">> Very.", ">> MARLA: Then wait.", ">> JONAS: I will.", ">> MARLA: Good."]
    reading = read_text(subrip(cues), name="a.srt")
    assert turns_of(reading)[:3] == [("MARLA", "Is it hot?"), ("", "Very."), ("MARLA", "Then wait.")]
    assert any("begins without a name" in warning for warning in reading.warnings)


def test_sounds_are_left_out_and_counted() -> None:
    reading = read_text(subrip(["[door]", "Come in.", "(laughter)", "♪ ♪", "Sit."]), name="a.srt")
    assert turns_of(reading) == [("", "Come in."), ("", "Sit.")]
    assert reading.warnings[-1] == "a.srt: left out 3 lines with a sound alone, such as [Music]"


@pytest.mark.parametrize(
    "text",
    [
        "00:00:01,000 --> 00:00:02,000\nCome in.\n\n00:00:03,000 --> 00:00:04,000\nSit.\n",
        "1\n00:00:01.000 --> 00:00:02.000\nCome in.\n2\n00:00:03.000 --> 00:00:04.000\nSit.\n",
        "1\n00:00:01,000 --> 00:00:02,000 X1:1\nCome in.\n\n\n7\n00:00:03,000-->00:00:04,000\n{\\an8}<i>Sit.</i>",
        "0:00:01.000,0:00:02.000\nCome in.\n\n0:00:03.000,0:00:04.000\nSit.\n",
        "1\n00:00:01,000 --> 00:00:02,000 align:start position:0%\nCome in.\n \n2\n00:00:03,000 --> 00:00:04,000\nSit.",
    ],
)
def test_numbers_times_and_positions_are_no_speech(text: str) -> None:
    turns = read_text(text, name="a.srt").transcript.turns
    assert [(turn.text, turn.start, turn.end) for turn in turns] == [("Come in. Sit.", 1.0, 4.0)]


def test_a_number_that_is_said_stays() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\nHow many?\n\n2\n00:00:02,500 --> 00:00:04,000\n40\n"
    assert spoken(text, "a.srt") == [("", "How many? 40")]


def test_a_label_at_the_head_of_few_cues_is_one_though_its_speech_is_cut_short() -> None:
    """Captions of long turns: one cue in fourteen has a label, and a long label leaves room for a word behind it."""
    who = ("Ilvo Tarn-Hessel", "Ovra", "Debra-Lis")
    cues = [
        f"{who[n // 14 % 3]}: Yes\nit was cold there for years and years and"
        if n % 14 == 0
        else "and then a potter moved in with a cellar of\nclay and asked for wood for the kiln and so"
        for n in range(280)
    ]
    turns = turns_of(read_text(subrip(cues), name="a.srt"))
    assert [speaker for speaker, _ in turns] == [who[n % 3] for n in range(20)]
    assert all(text.startswith("Yes it was cold there for years") for _, text in turns)

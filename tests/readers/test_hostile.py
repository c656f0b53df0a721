"""Long and hostile files are read or refused with a sentence; the full sizes are in benchmarks/reading/hostile.py."""

from __future__ import annotations

import pytest

from panelbot.errors import ReadError
from panelbot.readers import read_text

NAMES = ("Vita Lorne", "Pell", "TBQ", "Una Sisk", "方小满")


def _turns(n: int) -> str:
    lines = (
        f"{NAMES[k % 5]}: The pump in shed {k} ran dry again, so the vote moved to week {k % 52}.\n" for k in range(n)
    )
    return "".join(lines)


def test_two_thousand_turns_stay_two_thousand() -> None:
    turns = read_text(_turns(2_000), name="long.txt").transcript.turns
    assert [turn.speaker for turn in turns] == [NAMES[k % 5] for k in range(2_000)]
    assert all(f"shed {k} ran" in turn.text for k, turn in enumerate(turns))


@pytest.mark.parametrize(
    "noise",
    [
        "7" + " " * 3_000 + "x",
        "-" * 3_000,
        "*" * 3_000,
        "[" * 3_000,
        "(" * 3_000,
        "<" * 3_000,
        " " * 3_000 + ":",
        "word, and: " * 20_000,
    ],
)
def test_a_hostile_line_costs_no_turn_around_it(noise: str) -> None:
    turns = read_text(f"{_turns(20)}{noise}\n{_turns(20)}", name="noise.txt").transcript.turns
    named = [turn.speaker for turn in turns if turn.speaker]
    assert named == [NAMES[k % 5] for k in (*range(20), *range(20))]


@pytest.mark.parametrize(
    "text", ["-" * 3_000, "-\n" * 3_000, "ok\n" * 20_000, "word and " * 100_000, "[" * 3_000 + "\n" + "<" * 3_000]
)
def test_what_holds_no_speaker_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ReadError, match=r"no turns found in noise\.txt"):
        read_text(text, name="noise.txt")


def test_more_lines_than_a_transcript_has_are_refused_before_they_are_looked_at() -> None:
    with pytest.raises(ReadError, match="150,001 lines of text"):
        read_text("A: x\n" * 150_001, name="long")


@pytest.mark.parametrize("head", ["", "WEBVTT\n\n"])
def test_more_cues_than_a_day_has_are_refused_before_they_are_looked_at(head: str) -> None:
    with pytest.raises(ReadError, match="has 75,001 cues"):
        read_text(head + "00:00:01.000 --> 00:00:02.000\nx\n\n" * 75_001, name="long")

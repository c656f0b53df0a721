"""The judge of reading counts every word once: right, another's, nobody's, lost or invented."""

from __future__ import annotations

import random
import sys
from itertools import pairwise
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))  # benchmarks are no part of the package

from benchmarks.reading.align import align
from benchmarks.reading.pieces import NO_SPEECH, UNDECIDED, Piece, by_lines
from benchmarks.reading.score import same_person, score, words

from panelbot.types import Speaker, Transcript, Turn

WORDS = [f"w{n}" for n in range(40)]


def heard(*turns: tuple[str, str]) -> Transcript:
    """A transcript of (speaker, text) turns."""
    names = dict.fromkeys(name for name, _ in turns)
    return Transcript(
        id="t",
        title="t",
        speakers=tuple(Speaker(name=name) for name in names),
        turns=tuple(Turn(index=n, speaker=name, text=text) for n, (name, text) in enumerate(turns)),
    )


def test_each_kind_of_fault_is_counted_in_words() -> None:
    said = (
        (NO_SPEECH, "Agenda of the boathouse"),
        ("Pell", "the slip is rotten at the lower end"),
        ("Vita", "then we close it on Monday"),
        ("Tolland", "who pays for the planks"),
        (UNDECIDED, "a line that nobody can place"),
        ("Pell", "the insurer does"),
    )
    pieces = [Piece(label=label, text=text, line=n) for n, (label, text) in enumerate(said, 1)]
    transcript = heard(
        ("Pell", "the slip is rotten at the lower end then we close it on Monday"),
        ("", "who pays for the planks a line that nobody can place"),
        ("Agenda", "three more boats by hand"),
    )
    counts = score(pieces, [transcript], {}).counts
    assert counts == {"right": 8, "other": 6, "nobody": 5, "lost": 3, "invented": 5}


@pytest.mark.parametrize("seed", range(20))
def test_alignment_pairs_equal_words_in_rising_order_and_all_of_what_is_kept(seed: int) -> None:
    rng = random.Random(seed)
    ours = [rng.choice(WORDS) for _ in range(400)]
    kept = sorted(rng.sample(range(400), 320))
    theirs = [ours[n] for n in kept]
    pairs = list(align(ours, theirs))
    assert all(ours[a] == theirs[b] for a, b in pairs)
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(pairs))
    assert len(pairs) >= 0.95 * len(theirs)


@pytest.mark.parametrize(
    ("label", "speaker", "same"),
    [
        ("Lorne, Vita (External)", "Vita Lorne", True),
        ("市水务局顾明远处长", "顾明远", True),
        ("VL", "Vita Lorne", True),
        ("Vita", "Vita Pell", True),
        ("Vita", "Ezra", False),
        ("VL", "Vita Pell", False),
        ("Ezra T", "Ezra", False),  # where Ezra has a label too
    ],
)
def test_a_name_is_right_where_it_says_the_label(label: str, speaker: str, same: bool) -> None:
    assert same_person(label, {speaker}, {label, "Ezra"}, {}) is same


def test_lines_belong_to_the_label_above_and_to_nobody_under_a_heading() -> None:
    text = "head\nPell: one\ntwo\n# Dues\nthree\nVita: four\n```\ncode\n```"
    pieces = by_lines(text, label=r"(?P<speaker>\w+): (?P<text>.*)")
    found = [(piece.label, word) for piece in pieces for word in words(piece.text)]
    assert found == [
        (NO_SPEECH, "head"),
        (NO_SPEECH, "pell"),
        ("Pell", "one"),
        ("Pell", "two"),
        (NO_SPEECH, "dues"),
        (UNDECIDED, "three"),
        (NO_SPEECH, "vita"),
        ("Vita", "four"),
        (NO_SPEECH, "code"),
    ]

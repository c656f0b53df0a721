from __future__ import annotations

import pytest

from panelbot.index.asking import REACH, Asking, asking, find_replied
from panelbot.types import Turn


@pytest.mark.parametrize(
    ("text", "share", "hands_over"),
    [
        ("The kiln holds forty pots.", 0.0, False),
        ("How many pots does it hold?", 1.0, True),
        ("We fire twice a week. How many pots is that?", 22 / 43, True),
        ("How many pots is that? We fire twice a week, at night.", 22 / 53, False),
        ("How many pots is that? Please, Nora.", 22 / 35, True),
        ("窑里能放四十个罐子。", 0.0, False),
        ("一窑能放多少罐子？", 1.0, True),
        ("", 0.0, False),
    ],
)
def test_how_a_turn_asks(text: str, share: float, hands_over: bool) -> None:
    found = asking(text)
    assert (found.share, found.hands_over) == (pytest.approx(share, abs=0.02), hands_over)


def test_a_turn_without_words_asks_nothing() -> None:
    assert asking(" \n ") == Asking()


def turns(*speakers: str) -> list[Turn]:
    return [Turn(index=i, speaker=speaker, text="") for i, speaker in enumerate(speakers)]


def test_a_reply_is_to_the_last_question_by_somebody_else() -> None:
    talk = turns("Ida", "Per", "Ida", "Per", "Moss", "Per")
    assert find_replied(talk, [True, False, False, True, False, False]) == [-1, 0, -1, 0, 3, -1]


def test_a_question_is_out_of_reach_after_some_turns() -> None:
    talk = turns("Ida", *["Per"] * (REACH + 2))
    assert find_replied(talk, [True, *[False] * (REACH + 2)]) == [-1, *[0] * REACH, -1, -1]

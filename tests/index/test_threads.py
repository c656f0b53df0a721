from __future__ import annotations

import pytest

from panelbot.index.threads import is_agreement
from retrieve.corpora import segment, transcript

PANEL = transcript(
    "panel",
    [
        ("主持人", "欢迎各位。陆远，网点的客流恢复得怎么样？"),
        ("陆远", "恢复到了去年的八成。大家想过为什么吗？"),
        ("顾澜", "我们的渡轮也差不多，只是周末的乘客更多一些。"),
        ("陆远", "对，我同意。"),
        ("主持人", "那么成本呢？"),
        ("顾澜", "成本先升后降。"),
    ],
    moderators=["主持人"],
)
MEETING = transcript(
    "meeting",
    [
        ("A", "Should the case be made of rubber ?"),
        ("B", "Rubber is soft and cheap , so yes ."),
        ("C", "I agree with that ."),
        ("A", "Then the buttons come next on the list ."),
    ],
)


def test_panelists_answer_the_moderators_question_not_each_others() -> None:
    assert segment(PANEL).turns.asked.tolist() == [-1, 0, 0, 0, -1, 4]


def test_without_a_moderator_the_last_question_of_somebody_else_counts() -> None:
    assert segment(MEETING).turns.asked.tolist() == [-1, 0, 0, -1]


def test_an_agreement_points_at_what_it_agrees_with() -> None:
    assert segment(PANEL).turns.agreed.tolist() == [-1, -1, -1, 2, -1, -1]
    assert segment(MEETING).turns.agreed.tolist() == [-1, -1, 1, -1]


def test_a_question_is_forgotten_after_a_while() -> None:
    turns = [("A", "What about rubber ?")] + [("B", f"Sentence number {i} of many .") for i in range(8)]
    assert segment(transcript("long", turns)).turns.asked.tolist() == [-1] + [0] * 6 + [-1] * 2


@pytest.mark.parametrize("text", ["对，我同意。", "我也非常赞同", "I agree .", "Exactly .", "That's right ."])
def test_agreements(text: str) -> None:
    assert is_agreement(text)


@pytest.mark.parametrize("text", ["对", "Do you agree ?", "我同意把这笔钱投到东岸的网点里去" * 4])
def test_no_agreements(text: str) -> None:
    assert not is_agreement(text)


def test_the_table_counts_words_and_finds_passages() -> None:
    made = segment(PANEL, size=10)
    table = made.turns
    assert table.n_words.sum() == made.lexical.lengths.sum()
    assert table.first[-1] == made.n_passages
    for turn in range(table.n_turns):
        assert {made.passages[i].turn for i in range(table.first[turn], table.first[turn + 1])} == {turn}
    assert table.n_content[3] < table.n_content[2]
    assert table.role.tolist() == [0, 1, 1, 1, 0, 1]


def test_turns_that_say_nothing_do_not_speak() -> None:
    turns = [("A", "对。"), ("B", "Yeah , okay ."), ("A", "嗯，好的。"), ("B", "东岸的网点更快一些。"), ("A", "  ")]
    assert segment(transcript("small", turns)).turns.speaks.tolist() == [False, False, False, True, False]

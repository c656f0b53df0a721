"""Which sentences are chosen, and how many."""

from __future__ import annotations

import numpy as np
import pytest

from answer.panel import ask
from panelbot.answer.select import BROAD_KEEP, Candidate, broad_chances, choose
from panelbot.answer.sentences import Span

MATTERS = ("渡轮票价", "图书馆预算", "风电许可", "护士排班", "学校食堂", "水费减免")
DONE = ("今年上涨", "推迟到冬天", "居民反对")


def sentence(turn, place, score, text=""):
    text = text or (MATTERS[turn] + DONE[0] if place == 0 else DONE[place])
    span = Span(transcript_id="p", turn=turn, start=100 * place, end=100 * place + len(text))
    return Candidate(span=span, speaker="甲", text=text, order=place, score=score)


def chosen(*made, limit=4, **options):
    ranked = sorted(made, key=lambda c: (-c.score, c.span))
    return [(c.span.turn, c.order) for c in choose(ranked, limit=limit, **options)]


def test_one_sentence_far_ahead_is_the_answer():
    assert chosen(sentence(1, 0, 0.9), sentence(2, 0, 0.1), sentence(3, 0, 0.05)) == [(1, 0)]


def test_many_alike_are_quoted_up_to_the_limit():
    assert chosen(*(sentence(turn, 0, 0.4) for turn in range(6)), limit=3) == [(0, 0), (1, 0), (2, 0)]


def test_more_of_a_chosen_turn_is_quoted_more_readily_than_of_another():
    made = [sentence(1, 0, 0.9), sentence(1, 1, 0.3), sentence(2, 0, 0.3)]
    assert chosen(*made) == [(1, 0), (1, 1)]


def test_a_turn_too_many_is_left_out():
    assert chosen(*(sentence(turn, 0, 0.4) for turn in range(4)), max_turns=2) == [(0, 0), (1, 0)]


def test_the_same_words_are_quoted_once():
    text = "网点客流量恢复到百分之七十"
    assert chosen(sentence(1, 0, 0.5, text), sentence(2, 0, 0.5, text)) == [(1, 0)]


def test_nothing_ranked_is_nothing_chosen():
    assert choose((), limit=4) == ()


def test_a_broad_question_takes_turns_near_the_best_and_their_best_sentences():
    of = np.array([0, 0, 1, 2])
    chances = broad_chances(of, np.array([0.5, 0.5 * BROAD_KEEP - 0.01, 0.45]), np.array([0.8, 0.2, 0.9, 0.1]))
    assert chances == pytest.approx([0.5, 0.125, 0.0, 0.45])


@pytest.mark.parametrize(
    ("text", "language", "broad"),
    [
        ("肖飒怎么看个人破产条例？", "zh", True),
        ("利率市场化的影响", "zh", True),
        ("今年打算撤掉多少家网点？", "zh", False),
        ("What did the lawyer say about transfers?", "en", True),
        ("the future of the remote control", "en", True),
        ("How many branches are left?", "en", False),
        ("Who pays for it?", "en", False),
    ],
)
def test_broad_questions_are_told_from_those_for_one_fact(text, language, broad):
    assert ask(text, language=language).broad is broad

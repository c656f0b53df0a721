"""The checks of a proof, one by one: each fails on a sentence that is wrong in its way, and on none that is right."""

from __future__ import annotations

import pytest

from answer.test_verify import HEARD, TRAFFIC, make_prover, span
from panelbot.answer.sentences import Sentence, Span
from panelbot.answer.verify.checks import CHECKS
from panelbot.answer.verify.claim import Claim

SAID, ASKED = span(1, TRAFFIC), span(2, "林律师，今年的破产案件多吗？")
NOWHERE = Span(transcript_id="harbour", turn=1, start=900, end=950)
WRONG = {
    "cites_nothing": ("陈国栋说客流恢复了。", NOWHERE, ""),
    "invents_a_quote": ("陈国栋说：「客流已经翻倍」。", SAID, ""),
    "frames_another": (f"林晓说：「{TRAFFIC}」", SAID, "林晓"),
    "lacks_its_quote": ("陈国栋说了客流。", SAID, "陈国栋"),
    "names_another": (f"林晓说，{TRAFFIC}", SAID, ""),
    "has_markup": (f"陈国栋说，{TRAFFIC}见 www.example.org", SAID, ""),
    "is_of_nobody": (f"王大明说，{TRAFFIC}", SAID, ""),
    "has_another_number": ("陈国栋说，网点客流量已经恢复到原来的90%。", SAID, ""),
    "has_another_name": ("陈国栋说，上海的网点客流量已经恢复到原来的70%。", SAID, ""),
    "denies_its_quote": (f"陈国栋没有说「{TRAFFIC}」", SAID, ""),
    "is_turned_round": ("陈国栋说，网点客流量没有恢复到原来的70%。", SAID, ""),
    "was_only_asked": ("周敏说，今年的破产案件多。", ASKED, ""),
    "has_no_support": ("陈国栋说，明年所有业务都会翻倍增长。", SAID, ""),
    "copies_another_passage": ("林晓说，今年破产案件比去年多了三成。", span(3, HEARD), ""),
}
RIGHT = (
    ("陈国栋说，网点客流量已经恢复到原来的70%。", SAID, ""),
    (f"陈国栋说：「{TRAFFIC}」", SAID, ""),
    (f"陈国栋说：「{TRAFFIC}」", SAID, "陈国栋"),
)


def claim(text: str, cited: Span, speaker: str) -> Claim:
    return Claim(Sentence(text=text, spans=(cited,), speaker=speaker), make_prover())


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.fails.__name__)
def test_a_check_fails_on_what_is_wrong_in_its_way(check):
    made = claim(*WRONG[check.fails.__name__])
    assert made.sort in check.of
    assert check.fails(made)


@pytest.mark.parametrize("right", RIGHT, ids=["own words", "framed", "quote"])
def test_no_check_fails_on_what_was_said(right):
    made = claim(*right)
    assert [check.fault for check in CHECKS if made.sort in check.of and check.fails(made)] == []


def test_every_sort_of_sentence_is_one_of_the_three():
    assert [claim(*right).sort for right in RIGHT] == ["own words", "framed", "quote"]

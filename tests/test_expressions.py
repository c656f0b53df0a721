"""No regular expression of the package is slow on hostile text; benchmarks/attack/expressions.py looks longer."""

from __future__ import annotations

import re

import pytest

from expressions import Found, expressions, slow
from panelbot.bot import MAX_QUESTION

# Questions have a length, what is read has none: it is read apart, and its expressions are tried on more.
STAGES = {"understand": MAX_QUESTION, "answer": 4000, "evaluation": 4000, "text": 4000, "people": 4000, "bot": 4000,
          "app": 4000, "cli": 4000, "index": 4000, "retrieve": 4000, "evidence": 4000}  # fmt: skip


@pytest.mark.parametrize("stage", STAGES)
def test_four_times_the_text_takes_not_far_more_than_four_times_as_long(stage: str) -> None:
    tried = expressions(within=stage)
    slower = {each.where: caught for each in tried if (caught := slow(each, n=STAGES[stage], most=3)) is not None}
    assert slower == {}


def test_expressions_known_to_be_slow_are_found() -> None:
    for text in (r"\s+$", r"(?:a|a)+b", r"\d+x", r"\s*,?\s*$", r"[「“][^」”]*」"):
        assert slow(Found("here", re.compile(text), anchored=False)) is not None, text
    for text in (r"(?<!\s)\s+$", r"a+", r"[,;]\s", r"\d{1,4}x"):
        assert slow(Found("here", re.compile(text), anchored=False)) is None, text

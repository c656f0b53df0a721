"""No expression that meets a file's text, or a person's, takes more than a few passes over it."""

from __future__ import annotations

import re

import pytest

from expressions import Found, expressions, slow

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("part", ["bot", "passages", "people", "readers", "register", "text"])
def test_four_times_the_text_takes_no_more_than_eight_times_as_long(part: str) -> None:
    caught = [
        (each.where, *found)
        for each in expressions(within=part)
        if (found := slow(each, most=4, behind=True)) is not None
        and slow(each, most=4, behind=True) is not None  # a busy machine doubles one time, hardly the same one again
    ]
    assert caught == []


@pytest.mark.parametrize("written", [r"\s+$", r"\[.*?\]", r"a\s*\s*b"])
def test_an_expression_that_tries_every_place_is_caught(written: str) -> None:
    found = Found("here", re.compile(written), frozenset({"search"}))
    assert any(slow(found) is not None for _ in range(3))  # a machine that others use hides it at times
    assert slow(Found("here", re.compile(r"(?<!\s)\s+$|\[[^\[\]]*\]"), frozenset({"search"}))) is None


@pytest.mark.parametrize("written", [r"title:\s*(.*?)\s*!", r"(?:on|at)\s+\s*x", r"From (\w+) to (\w*)\d*:"])
def test_a_head_that_matches_before_the_run_is_tried(written: str) -> None:
    assert slow(Found("here", re.compile(written), frozenset({"match"})), behind=True) is not None
    assert slow(Found("here", re.compile(r"title:\s*+([^\n]*)"), frozenset({"match"})), behind=True) is None

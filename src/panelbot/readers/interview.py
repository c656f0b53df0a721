"""Questions and answers where labels are ``Q`` and ``A``: questions with a number and no label, and who examines.

Knows the forms of investor records and depositions; not whose interview it is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from panelbot.readers.labels import Form, Mark
from panelbot.readers.lines import EXAMINER, Line

_QUESTION = re.compile(r"(?:问|問|Q)(?:题|題|uestion)?[\s.]*\d*", re.IGNORECASE)
_ANSWER = re.compile(r"(?:答|A|回答|回复|回覆|答复)(?:nswer)?[\s.]*\d*", re.IGNORECASE)
_NUMBERED = re.compile(r"\s*(?:\d{1,3}\s*[、.)）]|[（(]\s*\d{1,3}\s*[)）]|[一二三四五六七八九十]{1,3}、)\s*(\S.*)")


def with_untold_questions(marks: Sequence[Mark], lines: Sequence[Line]) -> list[Mark]:
    """``marks``, and between two answers a question that has a number in the place of its label."""
    labels = {mark.label for mark in marks}
    question = next((mark.label for mark in marks if _QUESTION.fullmatch(mark.label)), "")
    if not question or not all(_QUESTION.fullmatch(label) or _ANSWER.fullmatch(label) for label in labels):
        return list(marks)
    found = list(marks)
    for before, after in pairwise(marks):
        if not (_ANSWER.fullmatch(before.label) and _ANSWER.fullmatch(after.label)):
            continue
        between = [line for line in lines[before.line + 1 : after.line] if line.kind == "text"]
        told = next(((line, match) for line in reversed(between) if (match := _NUMBERED.fullmatch(line.text))), None)
        if told:
            line, match = told
            found.append(Mark(line=line.number, label=question, rest=match.group(1), form=Form("colon", "1.")))
    return sorted(found, key=lambda mark: mark.line)


def with_examiners(marks: Sequence[Mark], lines: Sequence[Line]) -> list[Mark]:
    """In a deposition ``BY MS. HALE:`` says who asks from there on: her questions are hers; its line is no speech."""
    examiners = {line.number: match.group(1) for line in lines if (match := EXAMINER.fullmatch(line.text))}
    if not examiners or not any(mark.label == "Q" for mark in marks):
        return list(marks)
    numbers = sorted(examiners)
    found: list[Mark] = []
    for mark in marks:
        place = bisect_right(numbers, mark.line)
        asks = examiners[numbers[place - 1]] if place else ""
        if mark.line not in examiners:
            found.append(replace(mark, label=asks) if mark.label == "Q" and asks else mark)
    return found

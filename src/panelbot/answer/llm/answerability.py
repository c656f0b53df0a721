"""A language model's word on whether the passages answer, where the evidence leaves it in doubt.

Knows how a yes is read and what follows from it; does not write the answer.
"""

from __future__ import annotations

import math
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace

from panelbot.answer.llm.client import ReplyError, first_word, left
from panelbot.answer.llm.prompt import asking_whether, given_passages
from panelbot.config import Settings
from panelbot.evidence import Evidence
from panelbot.types import Hit, Question, Transcript

N_ASKED = 2  # hits
# Log-odds of the model's yes from which there is an answer: on panels to learn from one in ten answerable questions
# lies below, and one in two without an answer (`training/train_answerability.py`, a model of 1.5 billion parameters).
POINT = -1.0

_YES, _NO = frozenset({"yes", "是", "有"}), frozenset({"no", "否", "没有", "不"})
_TOLD = 0.5  # of what the model may begin with: so much must be a yes or a no
_LEAST = 1e-4


def second_opinion(
    question: Question, evidence: Evidence, transcripts: Mapping[str, Transcript], settings: Settings
) -> Evidence:
    """The evidence; where it leaves in doubt whether there is an answer, by the model's word on it.

    Args:
        question: as understood.
        evidence: what was found for it, and the verdict by that alone.
        transcripts: the transcripts in scope, by id.
        settings: the ``llm_*`` settings are read.

    Raises:
        ReplyError: the model cannot be reached, or not in time; it need not be asked for the answer then.
    """
    verdict = evidence.verdict
    if not verdict.doubtful or question.kind == "each":  # what each of them said is in no single passage
        return evidence
    try:
        odds = yes_odds(question, evidence.own.hits, transcripts, settings, enough=POINT)
    except ReplyError as error:
        if error.reason in ("timeout", "refused", "rate"):
            raise
        return evidence  # some servers know no such request; the answer may still be had
    if odds is None:
        return evidence
    return replace(evidence, verdict=replace(verdict, status="answered")) if odds >= POINT else evidence.denied


def yes_odds(
    question: Question,
    hits: Sequence[Hit],
    transcripts: Mapping[str, Transcript],
    settings: Settings,
    *,
    enough: float = math.inf,
) -> float | None:
    """The log-odds of the model's yes to whether one of the best hits answers, of that where they are highest.

    Each is asked about by itself: over many passages at once a small model can hardly tell. After the first with
    ``enough`` no more are. None where the model says neither yes nor no.

    Raises:
        ReplyError: no reply.
    """
    until = time.monotonic() + settings.llm_timeout
    found: list[float] = []
    for passage in given_passages(hits, transcripts)[:N_ASKED]:
        odds = odds_of(first_word(asking_whether(question, passage, transcripts), left(settings, until)))
        if odds is None:
            break
        found.append(odds)
        if odds >= enough:
            break
    return max(found, default=None)


def odds_of(likely: Mapping[str, float]) -> float | None:
    """The log-odds of yes against no among the probabilities of first words; None where most of it is neither."""
    words = [(re.sub(r"[\W_]+", "", token).casefold(), chance) for token, chance in likely.items()]
    yes = sum(chance for word, chance in words if word in _YES)
    no = sum(chance for word, chance in words if word in _NO)
    if yes + no < _TOLD:
        return None
    return math.log((yes + _LEAST) / (no + _LEAST))

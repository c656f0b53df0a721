"""From which of a reranker's scores on there is an answer: found from questions with and without one.

Knows the bot's search only; not which reranker it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from panelbot.bot import PanelBot
from panelbot.errors import InputError
from panelbot.evaluation.questions import GoldQuestion
from panelbot.evaluation.run import Scope
from panelbot.types import Progress, no_progress

REFUSED = 0.05  # of the answerable questions, at most
LEAST = 20  # questions with an answer: below it one question is more than the share that may be refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """The point, and what it does to the questions it was found from; shares 0..1.

    ``area``: the chance that a question with an answer is read higher than one without (Mann and Whitney, 1947).
    ``refused`` and ``caught`` are of the questions with and without an answer; None where there were none without.
    """

    point: float
    n_answerable: int
    n_unanswerable: int
    refused: float
    caught: float | None
    area: float | None


def read_questions(
    bot: PanelBot, questions: Sequence[GoldQuestion], *, scope: Scope = "transcript", progress: Progress = no_progress
) -> list[tuple[bool, float]]:
    """For each question that was searched: whether it has an answer, and the best score of its hits."""
    found: list[tuple[bool, float]] = []
    for n, q in enumerate(questions):
        progress("questions", n, len(questions))
        within = (q.transcript_id,) if scope == "transcript" and q.transcript_id else None
        read = [h.features["read"] for h in bot.search(q.query, transcripts=within, history=q.history)]
        if read:
            found.append((q.answerable, max(read)))
    progress("questions", len(questions), len(questions))
    return found


def find_point(read: Sequence[tuple[bool, float]]) -> Calibration:
    """The highest point that refuses at most `REFUSED` of the questions with an answer.

    Raises:
        InputError: too few questions have one.
    """
    yes = sorted(score for answerable, score in read if answerable)
    no = [score for answerable, score in read if not answerable]
    if len(yes) < LEAST:
        raise InputError(
            f"{len(yes)} questions with an answer are too few to find the point from; give {LEAST} or more."
        )
    point = yes[int(REFUSED * len(yes))]
    above = sum((a > b) + 0.5 * (a == b) for a in yes for b in no)
    return Calibration(
        point=point,
        n_answerable=len(yes),
        n_unanswerable=len(no),
        refused=sum(score < point for score in yes) / len(yes),
        caught=sum(score < point for score in no) / len(no) if no else None,
        area=above / (len(yes) * len(no)) if no else None,
    )

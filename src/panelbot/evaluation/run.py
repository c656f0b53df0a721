"""Asking a bot every question and measuring what comes back: `panelbot.evaluate`.

Knows the bot's public methods only. Questions are asked one after another, so that times are comparable.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal, TypeVar

from panelbot.bot import PanelBot
from panelbot.evaluation.answers import judge_answer
from panelbot.evaluation.gold import load_questions
from panelbot.evaluation.measures import document_id, make_run, score_run
from panelbot.evaluation.questions import GoldQuestion, Source
from panelbot.evaluation.rows import GivenAnswer, RankedTurn, Row
from panelbot.stages import record_stages
from panelbot.types import Answer, Hit, Progress, Transcript, no_progress

Result = TypeVar("Result")
Scope = Literal["transcript", "corpus"]
DEPTH = 50
"""How many hits are asked for, and turns kept: search gives one hit a turn."""


def evaluate(
    bot: PanelBot,
    questions: str | Path | Iterable[Source],
    *,
    answers: bool = False,
    scope: Scope = "transcript",
    limit: int | None = None,
    seed: int = 0,
    progress: Progress = no_progress,
) -> tuple[Row, ...]:
    """Ask the bot every question and measure the results, one row per question.

    Args:
        bot: an open index.
        questions: a questions JSONL file, or several, or mappings with the keys of one of its lines.
        answers: ask for answers too, and judge them.
        scope: ``transcript`` searches the question's own transcript, ``corpus`` all of them.
        limit: evaluate a random sample of this many questions.
        seed: of the sample.

    Raises:
        QuestionsError: the questions have faults; all are listed.
    """
    sources = (questions,) if isinstance(questions, (str, Path)) else tuple(questions)
    transcripts = bot.transcripts()
    asked = sample_questions(load_questions(sources, transcripts), limit=limit, seed=seed)
    return ask_questions(bot, asked, transcripts=transcripts, answers=answers, scope=scope, progress=progress)


def sample_questions(questions: Sequence[GoldQuestion], *, limit: int | None, seed: int) -> tuple[GoldQuestion, ...]:
    """``limit`` questions drawn without replacement, in their order; all where ``limit`` is None or larger."""
    if limit is None or limit >= len(questions):
        return tuple(questions)
    kept = sorted(random.Random(seed).sample(range(len(questions)), limit))
    return tuple(questions[place] for place in kept)


def ask_questions(
    bot: PanelBot,
    questions: Sequence[GoldQuestion],
    *,
    transcripts: Sequence[Transcript],
    answers: bool = False,
    scope: Scope = "transcript",
    setting: str = "",
    progress: Progress = no_progress,
    done: Mapping[str, Row] | None = None,
    on_row: Callable[[Row], None] | None = None,
) -> tuple[Row, ...]:
    """A row for each question, in order; one whose id is in ``done`` is taken from there and not asked again.

    ``on_row`` is called with each new row as soon as it is there.
    """
    by_id = {transcript.id: transcript for transcript in transcripts}
    rows: list[Row] = []
    for place, question in enumerate(questions):
        progress("questions", place, len(questions))
        row = (done or {}).get(question.query_id)
        if row is None:
            row = _ask(bot, question, by_id, answers=answers, scope=scope, setting=setting)
            if on_row is not None:
                on_row(row)
        rows.append(row)
    progress("questions", len(questions), len(questions))
    return tuple(rows)


def _ask(
    bot: PanelBot,
    question: GoldQuestion,
    transcripts: Mapping[str, Transcript],
    *,
    answers: bool,
    scope: Scope,
    setting: str,
) -> Row:
    within = (question.transcript_id,) if scope == "transcript" and question.transcript_id else None
    given, judged, seconds = None, {}, {}
    if answers:  # before the deeper search, which would find the question's vector and words remembered
        answer, seconds = _time("ask", lambda: bot.ask(question.query, history=question.history, transcripts=within))
        judged, given = judge_answer(question, answer, transcripts), _keep(answer)
    hits, searching = _time(
        "search", lambda: bot.search(question.query, k=DEPTH, transcripts=within, history=question.history)
    )
    ranked = rank_turns(hits)
    measures = _score_turns(question, ranked) | judged
    seconds = seconds if answers else searching
    return Row(setting=setting, question=question, ranked=ranked, answer=given, measures=measures, seconds=seconds)


def _time(name: str, work: Callable[[], Result]) -> tuple[Result, dict[str, float]]:
    """What ``work`` gives, and the seconds of its stages and, under ``name``, of the whole."""
    began = time.perf_counter()
    with record_stages() as seconds:
        result = work()
    return result, seconds | {name: time.perf_counter() - began}


def _keep(answer: Answer) -> GivenAnswer:
    return GivenAnswer(
        status=answer.status,
        text=answer.text,
        question=answer.question,
        evidence=answer.evidence,
        citations=answer.citations,
        repaired=answer.repaired,
        dropped=answer.dropped,
    )


def rank_turns(hits: Sequence[Hit], depth: int = DEPTH) -> tuple[RankedTurn, ...]:
    """The first ``depth`` turns, each at the place of its best hit."""
    best: dict[tuple[str, int], Hit] = {}
    for hit in hits:
        best.setdefault((hit.transcript_id, hit.turn), hit)
    return tuple(
        RankedTurn(
            rank=rank,
            transcript_id=hit.transcript_id,
            turn=hit.turn,
            speaker=hit.speaker.name,
            start=hit.start,
            end=hit.end,
            score=float(hit.score),
        )
        for rank, hit in enumerate(list(best.values())[:depth], start=1)
    )


def _score_turns(question: GoldQuestion, ranked: Sequence[RankedTurn]) -> dict[str, float]:
    run = {"q": make_run([document_id(item.transcript_id, item.turn) for item in ranked])}
    scores: dict[str, float] = {}
    for prefix, turns in (("", question.gold_turns), ("evidence ", question.evidence_turns)):
        if turns:
            qrels = {"q": {document_id(question.transcript_id, turn): 1 for turn in turns}}
            scores |= {prefix + name: value for name, value in score_run(qrels, run)["q"].items()}
    return scores

"""What a set of rows amounts to: measures with intervals, groups, curves, confusion and latency. Formats nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from panelbot.evaluation.answers import ANSWER_MEASURES, expected_status
from panelbot.evaluation.measures import CUTOFFS, MEASURES, document_id, make_run, score_run
from panelbot.evaluation.rows import Row
from panelbot.evaluation.statistics import Estimate, estimate, percentile, resampling_unit

EVIDENCE = "evidence "
"""Before a measure's name: it is for ``evidence_turns``; a bare name is for ``gold_turns``."""

ALL_MEASURES = (*MEASURES, *(EVIDENCE + name for name in MEASURES), *ANSWER_MEASURES)
GROUP_MEASURES = (
    *("Success@1", "Success@3", "Success@8", "nDCG@10"),
    *("first_citation", "shown", "answered", "refusal_recall", "false_unanswered", "false_silence", "status"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The questions of one language, kind or source."""

    name: str
    n: int
    estimates: tuple[Estimate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Latency:
    """Seconds one stage took: the median question, and the one 19 of 20 were quicker than."""

    stage: str
    p50: float
    p95: float
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalPoint:
    """Were every answer with evidence below ``threshold`` refused: the share of each kind treated rightly."""

    threshold: float
    answered: float  # of the answerable questions
    refused: float  # of the unanswerable ones


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """All numbers of one setting."""

    setting: str
    n_questions: int
    n_answerable: int
    n_transcripts: int
    unit: str  # what the intervals resample
    estimates: tuple[Estimate, ...]
    by_language: tuple[Group, ...]
    by_kind: tuple[Group, ...]
    by_source: tuple[Group, ...]
    recall: Mapping[str, Mapping[int, float]]  # gold_turns / evidence_turns -> k -> R@k
    refusal: tuple[RefusalPoint, ...]
    confusion: Mapping[str, Mapping[str, int]]  # expected status -> given status -> questions
    latency: tuple[Latency, ...]

    def estimate(self, measure: str) -> Estimate | None:
        """The measure's estimate, None where no question has it."""
        return next((item for item in self.estimates if item.measure == measure), None)


def summarise(rows: Sequence[Row], *, seed: int = 0) -> Summary:
    """The numbers of rows that share a setting."""
    return Summary(
        setting=rows[0].setting if rows else "",
        n_questions=len(rows),
        n_answerable=sum(row.question.answerable for row in rows),
        n_transcripts=len({row.cluster for row in rows}),
        unit=resampling_unit(rows),
        estimates=_estimates(rows, ALL_MEASURES, seed),
        by_language=_groups(rows, lambda row: row.question.language, seed),
        by_kind=_groups(rows, lambda row: row.question.kind, seed),
        by_source=_groups(rows, lambda row: row.source, seed),
        recall=_recall_curves(rows),
        refusal=_refusal_curve(rows),
        confusion=_confusion(rows),
        latency=_latencies(rows),
    )


def _estimates(rows: Sequence[Row], measures: Sequence[str], seed: int) -> tuple[Estimate, ...]:
    found = (estimate(rows, measure, seed=seed) for measure in measures)
    return tuple(item for item in found if item is not None)


def _groups(rows: Sequence[Row], name_of: Callable[[Row], str], seed: int) -> tuple[Group, ...]:
    """Groups by size, largest first; none where the questions are all of one group."""
    sizes = Counter(name_of(row) for row in rows)
    if len(sizes) < 2:
        return ()
    members = {name: [row for row in rows if name_of(row) == name] for name in sizes}
    return tuple(
        Group(name=name or "(none)", n=size, estimates=_estimates(members[name], GROUP_MEASURES, seed))
        for name, size in sorted(sizes.items(), key=lambda item: (-item[1], item[0]))
    )


def _recall_curves(rows: Sequence[Row]) -> dict[str, dict[int, float]]:
    run = {row.query_id: make_run([document_id(t.transcript_id, t.turn) for t in row.ranked]) for row in rows}
    curves: dict[str, dict[int, float]] = {}
    for target in ("gold_turns", "evidence_turns"):
        qrels = {
            row.query_id: {document_id(row.question.transcript_id, turn): 1 for turn in getattr(row.question, target)}
            for row in rows
            if getattr(row.question, target)
        }
        if qrels:
            scores = score_run(qrels, run, [f"R@{k}" for k in CUTOFFS])
            curves[target] = {k: sum(score[f"R@{k}"] for score in scores.values()) / len(scores) for k in CUTOFFS}
    return curves


def _refusal_curve(rows: Sequence[Row]) -> tuple[RefusalPoint, ...]:
    """Empty where there is no answer, or no question of one of the two kinds.

    A question that was refused for another reason than weak evidence (nobody of that name) stays refused.
    """
    scored = [
        (row.question.answerable, row.answer.evidence if row.answer.status not in _NAMED_NOBODY else float("-inf"))
        for row in rows
        if row.answer is not None
    ]
    wanted = [score for answerable, score in scored if answerable]
    unwanted = [score for answerable, score in scored if not answerable]
    if not wanted or not unwanted:
        return ()
    thresholds = sorted({score for _, score in scored if score > float("-inf")})
    points = [
        RefusalPoint(
            threshold=threshold,
            answered=sum(score >= threshold for score in wanted) / len(wanted),
            refused=sum(score < threshold for score in unwanted) / len(unwanted),
        )
        for threshold in thresholds
    ]
    if thresholds:
        points.append(RefusalPoint(threshold=thresholds[-1] + 1e-9, answered=0.0, refused=1.0))
    return tuple(points)


_NAMED_NOBODY = ("unknown_speaker", "ambiguous_speaker")


def _confusion(rows: Sequence[Row]) -> dict[str, dict[str, int]]:
    pairs = Counter((expected_status(row.question), row.answer.status) for row in rows if row.answer is not None)
    table: dict[str, dict[str, int]] = {}
    for (expected, given), count in sorted(pairs.items()):
        table.setdefault(expected, {})[given] = count
    return table


def _latencies(rows: Sequence[Row]) -> tuple[Latency, ...]:
    stages = list(dict.fromkeys(stage for row in rows for stage in row.seconds))
    latencies = []
    for stage in stages:
        values = [row.seconds[stage] for row in rows if stage in row.seconds]
        latencies.append(Latency(stage=stage, p50=percentile(values, 0.5), p95=percentile(values, 0.95), n=len(values)))
    return tuple(latencies)

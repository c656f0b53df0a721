"""Summaries and comparisons as plain-text tables. Prints nothing."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from panelbot.evaluation.answers import ANSWER_MEASURES
from panelbot.evaluation.measures import MEASURES
from panelbot.evaluation.statistics import Comparison, Estimate
from panelbot.evaluation.summary import EVIDENCE, Group, Summary

LABELS = {
    "first_citation": "first citation right",
    "shown": "right turn shown",
    "false_unanswered": "false “nobody answered”",
    "false_silence": "false “did not speak of it”",
    "citation_precision": "citation precision",
    "citation_recall": "citation recall",
    "quote_integrity": "quote integrity",
    "attribution": "attribution",
    "speaker_precision": "speaker precision",
    "speaker_coverage": "speaker coverage",
    "strings_found": "verbatim strings found",
    "refusal_precision": "refusal precision",
    "refusal_recall": "refusal recall",
    "answered": "answerable answered",
    "status": "status as expected",
}

SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("gold turns", MEASURES),
    ("evidence turns", tuple(EVIDENCE + name for name in MEASURES)),
    ("answers", ANSWER_MEASURES),
)


def label(measure: str) -> str:
    """What a measure is called in a table, under its section's heading."""
    return LABELS.get(measure, measure.removeprefix(EVIDENCE))


def format_estimate(item: Estimate | None) -> str:
    """``0.432 [0.391, 0.470]``."""
    if item is None:
        return "–"
    return f"{item.mean:.3f}" + (f" [{item.low:.3f}, {item.high:.3f}]" if item.low is not None else "")


def format_p(value: float) -> str:
    """A p-value with two digits that mean something."""
    return "<0.001" if value < 0.001 else f"{value:.3f}"


def milliseconds(seconds: float) -> str:
    """``12 ms``; tenths under ten."""
    value = seconds * 1000
    return f"{value:.1f} ms" if value < 10 else f"{value:,.0f} ms"


def summary_table(summaries: Sequence[Summary], comparisons: Sequence[Sequence[Comparison]] = ()) -> str:
    """Measures down, settings across; with two settings, the difference and its p-value behind them."""
    paired = {item.measure: item for item in comparisons[0]} if len(comparisons) == 1 else {}
    blocks = [_headline(summaries[0])] if summaries else []
    for title, measures in SECTIONS:
        lines = [
            [label(name), *(format_estimate(summary.estimate(name)) for summary in summaries), *_change(paired, name)]
            for name in measures
            if any(summary.estimate(name) for summary in summaries)
        ]
        if lines:
            heads = [title, *(summary.setting for summary in summaries), *(("change", "p") if paired else ())]
            blocks.append(align([heads, *lines]))
    blocks += [_confusion(summary, len(summaries) > 1) for summary in summaries if summary.confusion]
    blocks.append(_latencies(summaries))
    return "\n\n".join(block for block in blocks if block)


def group_tables(summary: Summary, by: str) -> str:
    """Groups down (``by`` kind, source or language), measures across, each with its interval; search, then answers."""
    groups: Sequence[Group] = getattr(summary, f"by_{by}")
    blocks = []
    for title, measures in SECTIONS:
        having = [name for name in measures if any(of_group(group, name) for group in groups)]
        lines = [[g.name, str(g.n), *(format_estimate(of_group(g, name)) for name in having)] for g in groups]
        if having:
            blocks.append(align([[f"{title} by {by}", "n", *map(label, having)], *lines]))
    return "\n\n".join(blocks) or f"The questions are all of one {by}."


def of_group(group: Group | None, measure: str) -> Estimate | None:
    """A measure of one group."""
    return next((item for item in group.estimates if item.measure == measure), None) if group else None


def comparison_table(names: tuple[str, str], comparisons: Sequence[Comparison]) -> str:
    """One paired comparison, measure by measure."""
    blocks = []
    for title, measures in SECTIONS:
        lines = [
            [
                label(item.measure),
                f"{item.first:.3f}",
                f"{item.second:.3f}",
                f"{item.difference:+.3f}",
                format_p(item.p_value),
                f"{item.n_better} / {item.n_worse} / {item.n - item.n_better - item.n_worse}",
            ]
            for item in comparisons
            if item.measure in measures
        ]
        if lines:
            blocks.append(align([[title, *names, "change", "p", "better / worse / same"], *lines]))
    return "\n\n".join(blocks)


def _change(paired: dict[str, Comparison], measure: str) -> tuple[str, ...]:
    if not paired:
        return ()
    item = paired.get(measure)
    return (f"{item.difference:+.3f}", format_p(item.p_value)) if item else ("–", "–")


def _headline(summary: Summary) -> str:
    questions = f"{summary.n_questions} questions, {summary.n_answerable} of them answerable"
    about = f"{summary.n_transcripts} transcript" + ("" if summary.n_transcripts == 1 else "s")
    return f"{questions}, about {about}; 95% intervals over {summary.unit}"


def _confusion(summary: Summary, named: bool) -> str:
    given = sorted({status for row in summary.confusion.values() for status in row})
    lines = [
        [expected, *(str(counts.get(status, 0)) for status in given)] for expected, counts in summary.confusion.items()
    ]
    title = "expected ↓ given →" + (f" ({summary.setting})" if named else "")
    return align([[title, *given], *lines])


def _latencies(summaries: Sequence[Summary]) -> str:
    lines = [
        [
            f"{item.stage}, {summary.setting}" if len(summaries) > 1 else item.stage,
            *map(milliseconds, (item.p50, item.p95)),
        ]
        for summary in summaries
        for item in summary.latency
    ]
    return align([["latency", "p50", "p95"], *lines]) if lines else ""


def align(lines: Sequence[Sequence[str]]) -> str:
    """Columns padded to their width on a terminal: the first to the left, the others to the right."""
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(
            cell + " " * (width - _width(cell)) if place == 0 else " " * (width - _width(cell)) + cell
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def _width(text: str) -> int:
    """Terminal columns: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)

"""The report's plots, each with a title and a note. Knows which measures are shown how; draws through `plots`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from panelbot.evaluation.answers import ANSWER_MEASURES
from panelbot.evaluation.measures import CUTOFFS, MEASURES
from panelbot.evaluation.plots import Dot, Line, dot_plot, line_plot, nice_top
from panelbot.evaluation.statistics import Estimate
from panelbot.evaluation.summary import EVIDENCE, Latency, Summary
from panelbot.evaluation.tables import format_estimate, label, milliseconds, of_group


def make_figures(summaries: Sequence[Summary]) -> list[dict[str, Any]]:
    """All plots there are numbers for: title, plot and note."""
    figures = [
        _measure_figure(summaries, "Search, by gold turns", MEASURES),
        _measure_figure(summaries, "Search, by evidence turns", [EVIDENCE + name for name in MEASURES]),
        _recall_figure(summaries),
        _measure_figure(summaries, "Answers", ANSWER_MEASURES),
        _refusal_figure(summaries),
        *(_group_figure(summaries, title, by) for title, by in groupings(summaries[0])),
        _latency_figure(summaries),
    ]
    return [figure for figure in figures if figure is not None]


def _figure(title: str, plot: Markup, note: str) -> dict[str, Any]:
    return {"title": title, "plot": plot, "note": note}


def _measure_figure(summaries: Sequence[Summary], title: str, measures: Sequence[str]) -> dict[str, Any] | None:
    shown = [name for name in measures if any(summary.estimate(name) for summary in summaries)]
    if not shown:
        return None
    series = [[_dot(summary.estimate(name), summary.setting) for name in shown] for summary in summaries]
    plot = dot_plot([label(name) for name in shown], series, title=title, show=_short)
    return _figure(title, plot, "Mean over the questions, with its 95% interval.")


def _dot(item: Estimate | None, setting: str) -> Dot | None:
    if item is None:
        return None
    return Dot(value=item.mean, low=item.low, high=item.high, tip=f"{setting}: {format_estimate(item)}, n = {item.n}")


def _short(value: float) -> str:
    return f"{value:.2f}"


def _recall_figure(summaries: Sequence[Summary]) -> dict[str, Any] | None:
    names = {"gold_turns": "gold turns", "evidence_turns": "evidence turns"}
    lines = [
        Line(
            name=f"{summary.setting}: {names[target]}",
            points=list(curve.items()),
            colour=number,
            dashed=target == "evidence_turns",
        )
        for number, summary in enumerate(summaries)
        for target, curve in summary.recall.items()
    ]
    if not lines:
        return None
    plot = line_plot(
        lines,
        title="Recall by depth",
        x_label="turns looked at (k)",
        y_label="R@k",
        x_ticks=CUTOFFS,
        scale=lambda k: k**0.5,
    )
    dashed = " Solid: gold turns; dashed: evidence turns." if any(line.dashed for line in lines) else ""
    return _figure("Recall by depth", plot, f"Share of the gold turns among the first k.{dashed}")


def _refusal_figure(summaries: Sequence[Summary]) -> dict[str, Any] | None:
    lines = []
    for number, summary in enumerate(summaries):
        if summary.refusal:
            refused, answered = summary.estimate("refusal_recall"), summary.estimate("answered")
            text = "" if lines else "as it answers now"
            marks = [(refused.mean, answered.mean, text)] if refused and answered else []
            points = [(point.refused, point.answered) for point in summary.refusal]
            lines.append(Line(name=summary.setting, points=points, colour=number, marks=marks))
    if not lines:
        return None
    plot = line_plot(
        lines,
        title="Refusal curve",
        x_label="unanswerable questions refused",
        y_label="answerable ones answered",
        x_ticks=(0, 0.25, 0.5, 0.75, 1),
    )
    note = "Every place on the curve is one threshold on the answer's evidence; the dot is the decision as it is made."
    return _figure("Refusal curve", plot, note)


def _group_figure(summaries: Sequence[Summary], title: str, by: str) -> dict[str, Any] | None:
    measure = "nDCG@10"
    names = [group.name for group in getattr(summaries[0], by) if of_group(group, measure)]
    if not names:
        return None
    series = []
    for summary in summaries:
        groups = {group.name: group for group in getattr(summary, by)}
        series.append([_dot(of_group(groups.get(name), measure), summary.setting) for name in names])
    plot = dot_plot(names, series, title=f"{measure} {title.lower()}", show=_short)
    return _figure(f"{measure} {title[0].lower()}{title[1:]}", plot, "With 95% intervals; small groups have wide ones.")


def _latency_figure(summaries: Sequence[Summary]) -> dict[str, Any] | None:
    stages = list(dict.fromkeys(item.stage for summary in summaries for item in summary.latency))
    if not stages:
        return None
    longest = max(item.p95 for summary in summaries for item in summary.latency)
    factor, unit = (1.0, "s") if longest >= 2 else (1000.0, "ms")
    series = []
    for summary in summaries:
        by_stage = {item.stage: item for item in summary.latency}
        dots: list[Dot | None] = []
        for stage in stages:
            item = by_stage.get(stage)
            dots.append(_latency_dot(item, summary.setting, factor) if item else None)
        series.append(dots)
    plot = dot_plot(
        stages, series, title="Latency", top=nice_top(longest * factor), show=lambda value: f"{value:.3g} {unit}"
    )
    return _figure("Latency", plot, "The dot is the median question, the line reaches to the 95th percentile.")


def _latency_dot(item: Latency, setting: str, factor: float) -> Dot:
    median, most = item.p50 * factor, item.p95 * factor
    tip = f"{setting}, {item.stage}: median {milliseconds(item.p50)}, 95% within {milliseconds(item.p95)}"
    return Dot(value=median, low=median, high=most, tip=tip, text=milliseconds(item.p50))


def groupings(summary: Summary) -> list[tuple[str, str]]:
    """Title and field of each way the questions fall into groups."""
    ways = (
        ("By language of the question", "by_language"),
        ("By kind of question", "by_kind"),
        ("By source", "by_source"),
    )
    return [(title, by) for title, by in ways if getattr(summary, by)]

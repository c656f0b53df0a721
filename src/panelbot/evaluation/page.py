"""The report as one self-contained HTML page. Lays out findings; computes no measure.

The template escapes everything that is not markup made here; the page's own policy forbids scripts and any request.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from panelbot.evaluation.answers import expected_status
from panelbot.evaluation.figures import groupings, make_figures
from panelbot.evaluation.questions import GoldQuestion, left_out_words
from panelbot.evaluation.rows import Row
from panelbot.evaluation.study import Findings
from panelbot.evaluation.summary import Group, Summary
from panelbot.evaluation.tables import SECTIONS, format_estimate, format_p, label, milliseconds, of_group
from panelbot.types import Transcript

if TYPE_CHECKING:
    from jinja2 import Template

N_WORST = 25
N_SHOWN = 5
TURN_CHARS = 450
CARDS = ("nDCG@10", "Success@1", "Success@5", "R@10", "status", "citation_precision", "quote_integrity", "attribution")


def render_page(findings: Findings) -> str:
    """The page for these findings."""
    summaries = findings.summaries
    transcripts = {transcript.id: transcript for transcript in findings.transcripts}
    return _template().render(
        run=findings.provenance,
        several=len(summaries) > 1,
        summaries=summaries,
        cards=_cards(summaries[0]),
        tables=_tables(findings),
        figures=make_figures(summaries),
        groups=[_group_table(title, summaries[0], by) for title, by in groupings(summaries[0])],
        confusions=[(s.setting, _statuses(s), s.confusion) for s in summaries if s.confusion],
        latencies=[(s.setting, item, milliseconds) for s in summaries for item in s.latency],
        worst=[_describe(row, transcripts) for row in worst_rows(next(iter(findings.rows.values())))],
        changed=_changed(findings.rows),
        questions_of=_questions_of(findings),
        left_out=left_out_words(findings.provenance.unjudged),
    )


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    folder = files("panelbot.evaluation")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.globals["style"] = Markup((folder / "page.css").read_text(encoding="utf-8"))
    environment.filters["memory"] = lambda n_bytes: f"{n_bytes / 2**30:.1f} GB" if n_bytes else "unknown"
    environment.filters["seconds"] = lambda value: f"{value:,.1f} s" if value < 100 else f"{value:,.0f} s"
    return environment.from_string((folder / "page.html.jinja").read_text(encoding="utf-8"))


def _questions_of(findings: Findings) -> str:
    return ", ".join(findings.provenance.questions)


def _cards(summary: Summary) -> list[dict[str, Any]]:
    found = ((name, summary.estimate(name)) for name in CARDS)
    return [{"name": label(name), "value": f"{item.mean:.3f}", "of": item} for name, item in found if item]


def _tables(findings: Findings) -> list[dict[str, Any]]:
    against = {name: {item.measure: item for item in items} for name, items in findings.comparisons.items()}
    tables = []
    for title, measures in SECTIONS:
        lines = []
        for measure in measures:
            cells = [
                {
                    "text": format_estimate(summary.estimate(measure)),
                    "change": _change(against, summary.setting, measure),
                }
                for summary in findings.summaries
            ]
            if any(summary.estimate(measure) for summary in findings.summaries):
                n = max(item.n for summary in findings.summaries if (item := summary.estimate(measure)))
                lines.append({"name": label(measure), "cells": cells, "n": n})
        if lines:
            tables.append({"title": title, "lines": lines})
    return tables


def _change(against: Mapping[str, Mapping[str, Any]], setting: str, measure: str) -> str:
    item = against.get(setting, {}).get(measure)
    return f"{item.difference:+.3f}, p {format_p(item.p_value)}" if item else ""


def _group_table(title: str, summary: Summary, by: str) -> dict[str, Any]:
    groups: Sequence[Group] = getattr(summary, by)
    measures = list(dict.fromkeys(item.measure for group in groups for item in group.estimates))
    lines = [(g.name, g.n, [format_estimate(of_group(g, measure)) for measure in measures]) for g in groups]
    return {"title": title, "measures": [label(measure) for measure in measures], "lines": lines}


def _statuses(summary: Summary) -> list[str]:
    return sorted({status for counts in summary.confusion.values() for status in counts})


def worst_rows(rows: Sequence[Row], n: int = N_WORST) -> list[Row]:
    """The questions that went worst, by nDCG@10 and then RR, those with a wrong status first.

    Where both kinds would fill the list, each has half of it; questions that went well are not in it.
    """
    ranked = sorted(rows, key=lambda row: (row.measures.get("nDCG@10", 0.0), row.measures.get("RR", 0.0), row.query_id))
    wrong = [row for row in ranked if row.measures.get("status", 1.0) < 1]
    poor = [row for row in ranked if row.measures.get("status", 1.0) == 1 and row.measures.get("nDCG@10", 1.0) < 1]
    n_wrong = min(len(wrong), max(n - len(poor), (n + 1) // 2))
    return wrong[:n_wrong] + poor[: n - n_wrong]


def _describe(row: Row, transcripts: Mapping[str, Transcript]) -> dict[str, Any]:
    question = row.question
    expected = question.evidence_turns or question.gold_turns
    right = {(question.transcript_id, turn) for turn in (*question.gold_turns, *question.evidence_turns)}
    return {
        "row": row,
        "question": question,
        "expected_status": expected_status(question) if row.answer else "",
        "wrong": row.measures.get("status", 1.0) < 1,
        "scores": [(name, row.measures[name]) for name in ("nDCG@10", "RR", "R@10") if name in row.measures],
        "expected": [_turn(transcripts, question.transcript_id, turn) for turn in expected[:N_SHOWN]],
        "n_more": max(0, len(expected) - N_SHOWN),
        "expected_kind": "evidence" if question.evidence_turns else "gold",
        "came": [
            _turn(transcripts, item.transcript_id, item.turn, item.start, item.end)
            | {"rank": item.rank, "right": (item.transcript_id, item.turn) in right}
            for item in row.ranked[:N_SHOWN]
        ],
        "first_right": _first_right(row, right),
        "citations": [_turn(transcripts, c.transcript_id, c.turn, c.start, c.end) for c in row.answer.citations]
        if row.answer
        else [],
        "history": _history(question),
    }


def _first_right(row: Row, right: set[tuple[str, int]]) -> int | None:
    return next((item.rank for item in row.ranked if (item.transcript_id, item.turn) in right), None)


def _history(question: GoldQuestion) -> list[str]:
    return [exchange.query for exchange in question.history]


def _turn(
    transcripts: Mapping[str, Transcript], transcript_id: str, turn: int, start: int = 0, end: int = 0
) -> dict[str, Any]:
    """A turn cut to what the page shows: the span ``start:end`` in the middle, the text around it."""
    found = transcripts[transcript_id].turns[turn]
    first = max(0, start - TURN_CHARS // 3)
    last = min(len(found.text), max(end, first + TURN_CHARS))
    return {
        "transcript_id": transcript_id,
        "turn": turn,
        "speaker": found.speaker,
        "before": ("… " if first else "") + found.text[first:start],
        "span": found.text[start:end],
        "after": found.text[max(end, first) : last] + (" …" if last < len(found.text) else ""),
    }


def _changed(rows: Mapping[str, Sequence[Row]]) -> list[dict[str, Any]]:
    """With several settings: the questions whose nDCG@10 the other settings changed most."""
    groups = list(rows.values())
    changed = []
    for place, first in enumerate(groups[0]):
        values = [group[place].measures.get("nDCG@10") for group in groups]
        numbers = [value for value in values if value is not None]
        if len(numbers) == len(groups) > 1 and max(numbers) > min(numbers):
            changed.append({"question": first.question, "values": numbers, "spread": max(numbers) - min(numbers)})
    return sorted(changed, key=lambda item: (-item["spread"], item["question"].query_id))[:N_WORST]

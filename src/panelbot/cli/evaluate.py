"""``panelbot evaluate``: how good search and answers are on questions with gold, and whether a change helped."""

from __future__ import annotations

import argparse
import time
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from panelbot.bot import PanelBot
from panelbot.cli.common import out, print_json, progress_bars, say, show
from panelbot.config import Settings, load_settings
from panelbot.errors import InputError
from panelbot.evaluation.calibrate import find_point, read_questions
from panelbot.evaluation.compare import compare_reports
from panelbot.evaluation.expected import check_rows, read_expected, write_expected
from panelbot.evaluation.folder import PAGE, to_document, write_results
from panelbot.evaluation.gold import load_questions
from panelbot.evaluation.page import render_page
from panelbot.evaluation.questions import left_out_words
from panelbot.evaluation.rows import row_to_json
from panelbot.evaluation.run import sample_questions
from panelbot.evaluation.study import Findings, Study, conduct, finish
from panelbot.evaluation.tables import comparison_table, group_tables, summary_table
from panelbot.evaluation.variants import make_variants


def add_parser(commands: Any, flags: argparse.ArgumentParser) -> None:
    """Register the command."""
    parser = commands.add_parser(
        "evaluate", parents=[flags], help="measure search and answers on questions with gold turns"
    )
    add = parser.add_argument
    add("questions", metavar="QUESTIONS", nargs="*", help="questions files, JSONL, one question a line")
    add(
        "--transcripts",
        metavar="PATH",
        nargs="+",
        default=[],
        help="evaluate over these files and folders in a temporary index, and leave --index alone",
    )
    add(
        "--scope",
        choices=("transcript", "corpus"),
        default="transcript",
        help="search the question's own transcript (default) or all of them",
    )
    add(
        "--set",
        metavar="KEY=VALUE",
        action="append",
        default=[],
        help="change a setting (repeatable); several values, key=one,two, are compared side by side",
    )
    add("--answers", action="store_true", help="ask for answers too, and judge them")
    add(
        "--by",
        choices=("kind", "source", "language"),
        action="append",
        default=[],
        help="a table of every kind, source (transcript, unless a question names one) or language (repeatable)",
    )
    add("--calibrate", action="store_true", help="find the point from which on the reranker's score is an answer")
    add("--limit", type=_positive, metavar="N", help="a random sample of N questions")
    add("--seed", type=int, default=0, metavar="N", help="of the sample, the intervals and the tests (default: 0)")
    add(
        "--report", metavar="DIR", help="write the page, rows and TREC files here; an interrupted run goes on from here"
    )
    add("--expect", metavar="FILE", help="fail where a measure is lower than these expected numbers, naming questions")
    add("--write-expected", metavar="FILE", help="write the numbers reached as the expected ones")
    add("--compare", metavar=("A", "B"), nargs=2, help="compare two report folders, question by question")
    parser.set_defaults(run=run_evaluate)


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return value


def run_evaluate(args: argparse.Namespace) -> int:
    """Evaluate, or compare two reports. 0 done, 1 below the expected numbers."""
    if args.compare:
        return _run_compare(args)
    if not args.questions:
        raise InputError("Name a questions file, for example: panelbot evaluate corpus/questions.jsonl")
    if args.calibrate:
        return _run_calibration(args)
    expected = read_expected(Path(args.expect)) if args.expect else None
    study = _read_study(args)
    with progress_bars() as progress:
        findings = conduct(study, progress=progress)
    if findings.provenance.unjudged:
        say(f"panelbot: {left_out_words(findings.provenance.unjudged)}")
    document = to_document(findings.provenance, findings.summaries, findings.comparisons)
    if study.report is not None:
        _write_report(study.report, findings, document)
    if args.json:
        print_json(document | {"rows": [row_to_json(row) for rows in findings.rows.values() for row in rows]})
    else:
        show(summary_table(findings.summaries, list(findings.comparisons.values())) + "\n")
        for summary in findings.summaries:
            for by in args.by:
                show(f"\n{group_tables(summary, by)}\n")
    rows = next(iter(findings.rows.values()))
    if args.write_expected:
        write_expected(Path(args.write_expected), rows)
    return 0 if expected is None else _check(findings, expected)


def _read_study(args: argparse.Namespace) -> Study:
    def load(overrides: Mapping[str, Any]) -> Settings:
        return load_settings(args.config, overrides={"catalogue": args.catalogue, **overrides})

    return Study(
        questions=tuple(map(Path, args.questions)),
        variants=make_variants(args.set, load),
        index=Path(args.index),
        transcripts=tuple(map(Path, args.transcripts)),
        scope=args.scope,
        answers=args.answers,
        limit=args.limit,
        seed=args.seed,
        report=Path(args.report) if args.report else None,
    )


def _write_report(folder: Path, findings: Findings, document: Mapping[str, Any]) -> None:
    began = time.perf_counter()
    write_results(folder, document, findings.rows, render_page(findings))
    finish(folder)
    say(f"panelbot: report in {folder / PAGE} (written in {time.perf_counter() - began:.1f} s)")


def _check(findings: Findings, expected: Mapping[str, Any]) -> int:
    check = check_rows(next(iter(findings.rows.values())), expected)
    if check.changed:
        say(f"panelbot: {len(check.changed)} questions are not as expected:")
        for line in check.changed:
            say(f"  {line}")
    if check.passed:
        say("panelbot: no measure is below the expected numbers.")
        return 0
    say("panelbot: below the expected numbers:")
    for line in check.drops:
        say(f"  {line}")
    return 1


def _run_calibration(args: argparse.Namespace) -> int:
    (variant,) = _read_study(args).variants[:1]
    if not variant.settings.reranker:
        raise InputError("Name the reranker to calibrate, for example: --set reranker=BAAI/bge-reranker-v2-m3")
    with closing(PanelBot.open(args.index, settings=variant.settings)) as bot, progress_bars() as progress:
        questions = load_questions(map(Path, args.questions), bot.transcripts())
        questions = sample_questions(questions, limit=args.limit, seed=args.seed)
        found = find_point(read_questions(bot, questions, scope=args.scope, progress=progress))
    if args.json:
        print_json(found)
        return 0
    show(f'reranker = "{variant.settings.reranker}"\nreranker_point = {found.point:.3f}\n')
    say(f"panelbot: refuses {found.refused:.0%} of {found.n_answerable} questions with an answer")
    if found.caught is not None:
        say(f"panelbot: and {found.caught:.0%} of {found.n_unanswerable} without one (area {found.area:.2f})")
    return 0


def _run_compare(args: argparse.Namespace) -> int:
    if args.questions:
        raise InputError("--compare takes two report folders and no questions files.")
    outcome = compare_reports(args.compare[0], args.compare[1], seed=args.seed)
    for warning in outcome.warnings:
        say(f"panelbot: {warning}")
    if args.json:
        print_json(outcome)
        return 0
    show(comparison_table(outcome.names, outcome.comparisons) + "\n")
    if outcome.changed:
        show(f"\nQuestions whose nDCG@10 changed most ({outcome.names[0]} → {outcome.names[1]}):\n")
    for item in outcome.changed:
        out(f"  {item.before:.3f} → {item.after:.3f}  {item.query_id}  {item.query}")
    return 0

"""``panelbot search`` and ``ask``: one question, its passages or its answer."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from panelbot.cli.common import open_bot, out, print_json, scope_flags
from panelbot.cli.tables import table
from panelbot.cli.text import answer_lines
from panelbot.types import Exchange, Hit


def add_parser(commands: Any, flags: argparse.ArgumentParser) -> None:
    """Register the two commands."""
    search = commands.add_parser("search", parents=[flags, scope_flags()], help="find the passages for a question")
    search.add_argument("question", metavar="QUESTION")
    search.add_argument("--explain", action="store_true", help="show what each hit's score is made of")
    search.set_defaults(run=run_search)
    ask = commands.add_parser("ask", parents=[flags, scope_flags()], help="answer a question with verbatim quotes")
    ask.add_argument("question", metavar="QUESTION")
    ask.add_argument("--history", metavar="QUESTION", action="append", default=[], help="an earlier question")
    ask.set_defaults(run=run_ask)


def run_search(args: argparse.Namespace) -> int:
    """Print the hits, best first."""
    hits = open_bot(args).search(args.question, k=args.k, transcripts=args.transcript, speakers=args.speaker)
    if args.json:
        print_json({"question": args.question, "hits": hits})
        return 0
    if sys.stdout.isatty() and not args.explain:
        rows = [(h.rank, h.speaker.name, h.transcript_id, h.turn, " ".join(h.text.split())) for h in hits]
        table(("", "speaker", "transcript", "turn", "words"), rows)
        return 0
    for hit in hits:
        _print_hit(hit, explain=args.explain)
    return 0


def _print_hit(hit: Hit, *, explain: bool) -> None:
    out(f"{hit.rank}. {hit.speaker.name} · {hit.transcript_id} · turn {hit.turn} · {hit.score:.3f}")
    out(f"   {' '.join(hit.text.split())}")
    if explain:
        out("   " + ", ".join(f"{name} {value:.3f}" for name, value in sorted(hit.features.items())))


def run_ask(args: argparse.Namespace) -> int:
    """Print the answer and the quotes it rests on."""
    answer = open_bot(args).ask(
        args.question,
        history=[Exchange(query=query) for query in args.history],
        transcripts=args.transcript,
        speakers=args.speaker,
        k=args.k,
    )
    if args.json:
        print_json(answer)
        return 0
    for line in answer_lines(answer, asked=args.question):
        out(line)
    return 0

"""``panelbot export``: a transcript as interchange JSON, or the quotes of answers as a sheet."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from panelbot.bot import PanelBot, quote_rows, to_csv, to_markdown
from panelbot.cli.common import open_bot, print_json, scope_flags, show
from panelbot.errors import InputError


def add_parser(commands: Any, flags: argparse.ArgumentParser) -> None:
    """Register the command."""
    parser = commands.add_parser(
        "export", parents=[flags, scope_flags()], help="write a transcript, or the quotes that answer questions"
    )
    parser.add_argument("target", metavar="TRANSCRIPT", nargs="?", help="the transcript to write as interchange JSON")
    parser.add_argument("--quotes", action="store_true", help="write the quotes that answer the questions instead")
    parser.add_argument("--question", metavar="QUESTION", action="append", default=[], help="a question (repeatable)")
    parser.add_argument("--questions", metavar="FILE", help="a file with a question a line, - for stdin")
    parser.add_argument("--format", choices=("csv", "markdown"), default="csv", help="of the quotes (default: csv)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write to stdout."""
    if bool(args.target) == args.quotes:
        raise InputError("Name a transcript to export, or give --quotes with --question or --questions.")
    bot = open_bot(args)
    if args.target:
        print_json(bot.export(args.target))
        return 0
    return _export_quotes(bot, args)


def _export_quotes(bot: PanelBot, args: argparse.Namespace) -> int:
    questions = [*args.question, *_read_questions(args.questions)]
    if not questions:
        raise InputError("No questions were given; add --question TEXT or --questions FILE.")
    asked = [
        (question, bot.ask(question, transcripts=args.transcript, speakers=args.speaker, k=args.k))
        for question in questions
    ]
    rows = quote_rows(asked, bot.texts)
    if args.json:
        print_json({"quotes": rows})
    else:
        show(to_csv(rows) if args.format == "csv" else to_markdown(rows))
    return 0


def _read_questions(name: str | None) -> list[str]:
    if name is None:
        return []
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"The questions file {name} cannot be read: {error}.") from None
    return [line.strip() for line in text.splitlines() if line.strip()]

"""``panelbot chat``: a conversation in the terminal; follow-up questions are understood."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from panelbot.cli.common import open_bot, out, print_json, say, scope_flags
from panelbot.cli.text import answer_lines
from panelbot.errors import PanelbotError
from panelbot.types import Exchange


def add_parser(commands: Any, flags: argparse.ArgumentParser) -> None:
    """Register the command."""
    parser = commands.add_parser("chat", parents=[flags, scope_flags()], help="ask in the terminal, with follow-ups")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Answer questions from stdin, one a line, until it ends or an empty line comes; ``--json`` prints one a line."""
    bot = open_bot(args)
    history: list[Exchange] = []
    interactive = sys.stdin.isatty()
    if interactive:
        say("Ask in Chinese or English; an empty line ends the conversation.")
    while True:
        if interactive:
            print("> ", end="", file=sys.stderr, flush=True)
        line = sys.stdin.readline()
        asked = line.strip()
        if not line or not asked:
            return 0
        try:
            answer = bot.ask(asked, history=history, transcripts=args.transcript, speakers=args.speaker, k=args.k)
        except PanelbotError as error:  # one bad question does not end a conversation
            say(f"panelbot: {error}")
            continue
        history.append(Exchange(query=asked, answer=answer.text))
        if args.json:
            print_json(answer)
        else:
            for text in answer_lines(answer, asked=asked):
                out(text)
            sys.stdout.flush()

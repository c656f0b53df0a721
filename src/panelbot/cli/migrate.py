"""``panelbot migrate``: another engine is given the vectors of an index, without embedding anything again."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from panelbot.bot import migrate
from panelbot.cli.common import out, print_json, read_settings, say


def add_parser(commands: Any, flags: argparse.ArgumentParser) -> None:
    """Register the command."""
    parser = commands.add_parser("migrate", parents=[flags], help="give the index's vectors to another engine")
    parser.add_argument("--to", choices=("local", "milvus"), required=True, help="the engine")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Copy, and say what setting makes searches use it."""
    settings = read_settings(args)
    n = migrate(Path(args.index), settings, args.to)
    if args.json:
        print_json({"engine": args.to, "n_transcripts": n})
    else:
        out(f"{n} transcript{'s' * (n != 1)}: {args.to} holds the vectors")
    if settings.engine != args.to:
        say(f'panelbot: searches use {settings.engine} until panelbot.toml has: engine = "{args.to}"')
    return 0

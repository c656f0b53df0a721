"""``panelbot migrate``: an index goes to another engine or another catalogue, without embedding anything again."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from panelbot.bot import migrate, migrate_catalogue
from panelbot.cli.common import out, print_json, read_settings, say


def add_parser(commands: Any, flags: argparse.ArgumentParser) -> None:
    """Register the command."""
    parser = commands.add_parser("migrate", parents=[flags], help="copy the index to another engine or catalogue")
    parser.add_argument(
        "--to",
        choices=("local", "milvus", "sqlite", "postgresql"),
        required=True,
        help="vectors: local or milvus; transcripts: sqlite or postgresql, of the database that catalogue names",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Copy, and say what setting makes searches use it."""
    settings, folder = read_settings(args), Path(args.index)
    is_engine = args.to in ("local", "milvus")
    n = migrate(folder, settings, args.to) if is_engine else migrate_catalogue(folder, settings, args.to)
    if args.json:
        print_json({"engine" if is_engine else "catalogue": args.to, "n_transcripts": n})
    else:
        out(f"{n} transcript{'s' * (n != 1)}: {args.to} holds the {'vectors' if is_engine else 'catalogue'}")
    if is_engine and settings.engine != args.to:
        say(f'panelbot: searches use {settings.engine} until panelbot.toml has: engine = "{args.to}"')
    if args.to == "sqlite":
        say("panelbot: the database is used until catalogue is empty; it stays as it is")
    if args.to == "postgresql":
        say("panelbot: the database is used wherever catalogue names it; the file stays as it is, as a copy")
    return 0

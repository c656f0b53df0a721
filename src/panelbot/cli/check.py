"""``panelbot check``: whether an index is what was written, and what to do where it is not."""

from __future__ import annotations

import argparse
from typing import Any

from panelbot.bot import check_index
from panelbot.cli.common import out, print_json, read_settings


def add_parser(commands: Any, flags: argparse.ArgumentParser) -> None:
    """Register the command."""
    parser = commands.add_parser("check", parents=[flags], help="verify that the index is what was written")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print each fault with what to do about it; 0 where there is none, else 2. Changes nothing."""
    checked = check_index(args.index, catalogue=read_settings(args).catalogue)
    if args.json:
        print_json(checked)
    else:
        for fault in checked.faults:
            out(fault)
        n = checked.n_transcripts
        out(f"{n} transcript{'s' * (n != 1)} checked, {len(checked.faults)} fault{'s' * (len(checked.faults) != 1)}")
    return 2 if checked.faults else 0

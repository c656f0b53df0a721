"""``panelbot doctor``: what works on this machine, and what to do where something does not."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from panelbot.bot import examine
from panelbot.cli.common import print_json, read_settings, say
from panelbot.cli.tables import table


def add_parser(commands: Any, flags: argparse.ArgumentParser) -> None:
    """Register the command."""
    parser = commands.add_parser("doctor", parents=[flags], help="examine model, index, engine, language model, fonts")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print a line for each part; 2 where one is broken, else 0."""
    findings = examine(Path(args.index), read_settings(args))
    if args.json:
        print_json({"findings": findings})
    else:
        table(("part", "state", "found"), [(f.part, f.state, f.said) for f in findings])
        for finding in findings:
            if finding.remedy:
                say(f"panelbot: {finding.part}: {finding.remedy}")
    return 2 if any(finding.state == "broken" for finding in findings) else 0

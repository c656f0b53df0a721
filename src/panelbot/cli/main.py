"""The ``panelbot`` command: parses the command line, runs one command, turns errors into one sentence."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from importlib import import_module

import panelbot
from panelbot.cli.common import common_flags, say
from panelbot.errors import NotFoundError, PanelbotError

COMMANDS = ("add", "list", "remove", "speakers", "search", "ask", "chat", "evaluate", "serve", "export")
# The module of each command; those that name several commands register them all at once.
_MODULES = ("transcripts", "speakers", "questions", "chat", "evaluate", "serve", "export")


def build_parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    parser = argparse.ArgumentParser(
        prog="panelbot",
        description="Ask a panel discussion, roundtable or meeting who said what, and get it word for word.",
        parents=[common_flags(defaults=True)],
    )
    parser.add_argument("--version", action="version", version=f"panelbot {panelbot.__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    flags = common_flags(defaults=False)
    for name in _MODULES:
        import_module(f"panelbot.cli.{name}").add_parser(commands, flags)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Returns 0 done, 1 no such thing, 2 bad usage or input; 130 interrupted."""
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="panelbot: %(message)s")
    args = build_parser().parse_args(argv)
    try:
        return args.run(args)
    except NotFoundError as error:
        say(f"panelbot: {error}")
        return 1
    except PanelbotError as error:
        say(f"panelbot: {error}")
        return 2
    except KeyboardInterrupt:
        say("panelbot: stopped; the index is as it was.")
        return 130
    except BrokenPipeError:  # the reader of our output has gone, as `panelbot list | head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0

"""The ``panelbot`` command: parses the command line, runs one command, turns errors into one sentence."""

from __future__ import annotations

import argparse
import io
import logging
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from panelbot.cli.common import choose_index, common_flags, say
from panelbot.cli.completion import Version
from panelbot.cli.examples import with_examples
from panelbot.cli.plain import PlainFormatter, plain
from panelbot.errors import InputError, NotFoundError, PanelbotError

COMMANDS = (
    "add", "list", "remove", "speakers", "search", "ask", "chat", "evaluate", "serve", "export", "check", "watch",
    "migrate", "doctor", "completion",
)  # fmt: skip
# The module of each command; those that name several commands register them all at once.
_MODULES = (
    "transcripts", "speakers", "questions", "chat", "evaluate", "serve", "export", "check", "watch", "migrate",
    "doctor", "completion",
)  # fmt: skip
_PATHS = frozenset({"paths", "index", "config"})  # file names are bytes; `add` tells of those that are no text


def build_parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    parser = argparse.ArgumentParser(
        prog="panelbot",
        description="Ask a panel discussion, roundtable or meeting who said what, and get it word for word.",
        parents=[common_flags(defaults=True)],
    )
    parser.add_argument("--version", action=Version, help="show the versions of panelbot and its parts, and exit")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    flags = common_flags(defaults=False)
    for name in _MODULES:
        import_module(f"panelbot.cli.{name}").add_parser(commands, flags)
    with_examples(commands.choices)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Returns 0 done, 1 not found, 2 bad usage or input, 3 a fault of ours; 130 interrupted."""
    log_plainly()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that is not UTF-8 gets escapes
            stream.reconfigure(errors="backslashreplace")
    parser = build_parser()
    args = parser.parse_args(argv, argparse.Namespace(parser=parser))
    try:
        _check_text(args)
        choose_index(args)
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
    except OSError as error:
        what = f"{error.filename}: " if error.filename else ""
        say(f"panelbot: {what}{error.strerror or error}.")
        return 2
    except MemoryError:
        say("panelbot: there is not enough memory for this; the index is as it was.")
        return 2
    except Exception as error:  # a front end: a person sees one sentence, `python -X dev -m panelbot` shows where
        if sys.flags.dev_mode:
            raise
        say(f"panelbot: this went wrong inside panelbot ({type(error).__name__}: {error}); please report it.")
        return 3


def log_plainly() -> None:
    """Log warnings to stderr as a terminal may show them."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(PlainFormatter("panelbot: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])


def _check_text(args: argparse.Namespace) -> None:
    """What is typed in another encoding than the terminal's comes as bytes that are no text. Paths may be so."""
    for name, value in sorted(vars(args).items()):
        for each in value if isinstance(value, list) else [value]:
            if name not in _PATHS and isinstance(each, str) and not _is_text(each):
                raise InputError(f"{plain(each)} is not UTF-8; set your terminal to UTF-8 and try again.")


def _is_text(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True

"""The help pages as one page of the docs: ``python -m panelbot.cli.pages > docs/commands.md``.

Made from the parser, so that a test can see whether the page is as the commands are.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from panelbot.cli.examples import EXAMPLES
from panelbot.cli.main import build_parser

HEAD = """# Commands

Made from the help pages by `python -m panelbot.cli.pages`; `panelbot COMMAND --help` shows the same. Every example runs
in the tests.

Results go to stdout, everything else to stderr. At a terminal some commands draw tables; piped, they print one line a
row, its fields parted by tabs, or with `--json` one JSON document. Exit codes: 0 done, 1 no such thing, 2 bad usage or
input, 3 a fault of panelbot's own.
"""


def pages() -> str:
    """The page."""
    parser = build_parser()
    commands = next(a for a in parser._actions if isinstance(a, argparse._SubParsersAction))
    said = {action.dest: action.help or "" for action in commands._choices_actions}
    common = {option for action in parser._actions for option in action.option_strings} - {"--version"}
    parts = [HEAD, "## Every command takes\n", *_flags(parser, hidden={"-h", "--help"})]
    for name, sub in commands.choices.items():
        parts += [f"\n## panelbot {name}\n", f"{said[name][:1].upper()}{said[name][1:]}.\n"]
        parts += [f"    {command}\n" for command, _ in EXAMPLES[name]] + [""]
        parts += _flags(sub, hidden=common)
    return "\n".join(part.rstrip("\n") if part.startswith("    ") else part for part in parts).rstrip() + "\n"


def _flags(parser: argparse.ArgumentParser, hidden: set[str]) -> Iterator[str]:
    shown = [a for a in parser._actions if not hidden & set(a.option_strings) and a.help != argparse.SUPPRESS]
    shown = [action for action in shown if not isinstance(action, argparse._SubParsersAction)]
    if shown:
        yield "| | |\n|---|---|"
    for action in shown:
        yield f"| {_name(action)} | {(action.help or '').replace('|', chr(92) + '|')} |"


def _name(action: argparse.Action) -> str:
    given = action.metavar or ("" if action.nargs == 0 else action.dest.upper())
    value = " ".join(given) if isinstance(given, tuple) else given
    names = ", ".join(action.option_strings)
    return f"`{' '.join(part for part in (names, value) if part)}`".replace("|", "\\|")


if __name__ == "__main__":
    print(pages(), end="")

"""``panelbot completion``: the script that completes commands, flags and files in a shell, and ``--version``."""

from __future__ import annotations

import argparse
import platform
from typing import Any

import panelbot
from panelbot.bot import versions

SHELLS = ("bash", "zsh", "fish", "tcsh")
_FILES = frozenset({"PATH", "FILE", "QUESTIONS", "TOKEN|FILE", "USER:PASSWORD|FILE"})
_FOLDERS = frozenset({"DIR", "A", "B"})


def add_parser(commands: Any, flags: argparse.ArgumentParser) -> None:
    """Register the command."""
    parser = commands.add_parser("completion", parents=[flags], help="print what makes a shell complete panelbot")
    parser.add_argument("shell", metavar="SHELL", choices=SHELLS, help=" or ".join(SHELLS))
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the script."""
    from shtab import complete

    _name_files(args.parser)
    print(complete(args.parser, shell=args.shell))
    return 0


def _name_files(parser: argparse.ArgumentParser) -> None:
    """Say which arguments are files and folders: by what help pages call them."""
    from shtab import DIRECTORY, FILE

    for action in parser._actions:  # argparse has no other way to its arguments, and shtab takes the same
        if isinstance(action, argparse._SubParsersAction):
            for sub in action.choices.values():
                _name_files(sub)
            continue
        names = {action.metavar} if isinstance(action.metavar, str) else set(action.metavar or ())
        if names & _FILES:
            action.complete = FILE  # type: ignore[attr-defined]
        elif names & _FOLDERS:
            action.complete = DIRECTORY  # type: ignore[attr-defined]


class Version(argparse.Action):
    """Print panelbot's version and those of what it stands on."""

    def __init__(self, option_strings: list[str], dest: str, **more: Any) -> None:
        super().__init__(option_strings, dest, nargs=0, **more)

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> None:
        """Print, and end."""
        parts = ", ".join(f"{name} {number}" for name, number in versions().items())
        print(f"panelbot {panelbot.__version__}\nPython {platform.python_version()} on {platform.platform()}\n{parts}")
        parser.exit()

"""``panelbot watch``: an index that follows folders, a line for each change."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from typing import Any

from panelbot.bot import FolderFollower, Followed
from panelbot.cli.common import open_bot, out, say
from panelbot.cli.plain import plain_json
from panelbot.errors import InputError

SETTLED = 1000  # milliseconds: a file that is being written is read when nothing came for so long, or soon after


def add_parser(commands: Any, flags: argparse.ArgumentParser) -> None:
    """Register the command."""
    parser = commands.add_parser("watch", parents=[flags], help="keep the index up to date with folders")
    parser.add_argument("paths", metavar="PATH", nargs="+", help="files and folders to follow")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Follow until interrupted or ended; ``--json`` prints an object a line."""
    from pathlib import Path

    from watchfiles import watch

    for path in args.paths:
        if not Path(path).exists():
            raise InputError(f"There is no file or folder {path}.")
    stopped = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopped.set())
    bot = open_bot(args)
    follower = FolderFollower(bot, args.paths)
    _tell(follower, json=args.json)
    say("panelbot: watching; Ctrl-C ends it.")
    # The first step comes without a change: what changed before the watching began is found by it.
    steps = watch(*args.paths, debounce=SETTLED, stop_event=stopped, yield_on_timeout=True, rust_timeout=SETTLED)
    try:
        for number, changes in enumerate(steps):
            if changes or number == 0:
                _tell(follower, json=args.json)
    except KeyboardInterrupt:
        pass
    bot.close()
    return 0


def _tell(follower: FolderFollower, *, json: bool) -> None:
    for change in follower.follow():
        if change.outcome == "failed":
            say(f"panelbot: {change.reason}")
        if json:
            print(_line(change))
        elif change.outcome != "failed":
            out(f"{change.outcome:<10} {change.name}\t{change.file}")
    sys.stdout.flush()


def _line(change: Followed) -> str:
    import json
    from dataclasses import asdict

    return plain_json(json.dumps(asdict(change), ensure_ascii=False))

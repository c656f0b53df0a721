"""What the commands share: common flags, opening the index, progress bars, printing. Knows no single command."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from typing import Any

from panelbot.bot import PanelBot, ReaderApart, open_demo
from panelbot.cli.plain import plain, plain_json
from panelbot.config import Settings, load_settings
from panelbot.types import Progress


def common_flags(*, defaults: bool) -> argparse.ArgumentParser:
    """The flags every command takes, before or after its name; only one of the two places may set defaults."""
    parser = argparse.ArgumentParser(add_help=False)

    def default(value: Any) -> Any:
        return value if defaults else argparse.SUPPRESS

    parser.add_argument("--index", metavar="DIR", default=default("index"), help="the index folder (default: index/)")
    parser.add_argument(
        "--demo", action="store_true", default=default(False), help="the sample panels, in an index of their own"
    )
    parser.add_argument("--json", action="store_true", default=default(False), help="one JSON document on stdout")
    parser.add_argument("--config", metavar="FILE", default=default(None), help="a settings file (TOML)")
    parser.add_argument(
        "--catalogue",
        metavar="URL",
        default=default(None),
        help="transcripts in PostgreSQL: postgresql://USER@HOST/NAME",
    )
    return parser


def scope_flags() -> argparse.ArgumentParser:
    """The flags of the commands that ask questions."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--transcript", metavar="ID", action="append", help="look in this transcript only (repeatable)")
    parser.add_argument("--speaker", metavar="NAME", action="append", help="look at this speaker's turns (repeatable)")
    parser.add_argument("-k", type=int, metavar="N", help="how many passages to find (default: 8)")
    return parser


def read_settings(args: argparse.Namespace) -> Settings:
    """The settings of the flags, ``--config``, the environment and the defaults."""
    return load_settings(args.config, overrides={"catalogue": "" if args.demo else args.catalogue})


def choose_index(args: argparse.Namespace) -> None:
    """Let ``--demo`` stand for the folder of its index, made where there is none yet."""
    if args.demo:
        bot = open_demo(read_settings(args), progress=report_progress)
        args.index = str(bot.path)
        bot.close()


def open_bot(args: argparse.Namespace, *, rebuild: bool = False) -> PanelBot:
    """The index of ``--index``, with a bar on stderr while a model is made ready."""
    return PanelBot.open(
        args.index, settings=read_settings(args), progress=report_progress, rebuild=rebuild, reader=ReaderApart()
    )


def print_json(value: Any) -> None:
    """One JSON document on stdout, values under their field names."""
    print(plain_json(json.dumps(value, ensure_ascii=False, indent=2, default=_plain)))


def out(line: str) -> None:
    """One line of results on stdout; nothing in it acts on a terminal. Tabs part its fields."""
    print(plain(line, keep="\t"))


def show(document: str) -> None:
    """Lines of results on stdout as they are, but that nothing in them acts on a terminal."""
    sys.stdout.write(plain(document, keep="\t\r\n"))


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return dict(value) if isinstance(value, Mapping) else str(value)


def say(message: str) -> None:
    """One line for the person, on stderr; several where the message has several."""
    print(plain(message, keep="\n"), file=sys.stderr)


def report_progress(stage: str, done: int, total: int) -> None:
    """A progress callback that draws one bar a stage on a terminal's stderr, and nothing elsewhere."""
    with_bars(stage, done, total)


class _Bars:
    """One bar at a time; a new stage ends the bar of the last."""

    def __init__(self) -> None:
        self._stage = ""
        self._bar: Any = None

    def __call__(self, stage: str, done: int, total: int) -> None:
        from tqdm import tqdm

        if stage != self._stage:
            self.close()
            self._stage = stage
            self._bar = tqdm(total=total or None, desc=stage, file=sys.stderr, disable=None, leave=False)
        if total:
            self._bar.total = total
        self._bar.update(done - self._bar.n)
        if total and done >= total:
            self.close()

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()
        self._bar, self._stage = None, ""


with_bars = _Bars()


@contextmanager
def progress_bars() -> Iterator[Progress]:
    """Bars for the time of one piece of work, cleared at its end."""
    try:
        yield report_progress
    finally:
        with_bars.close()

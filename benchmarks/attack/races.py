"""Two who change one index at the same time, as threads and as processes, again and again.

    python benchmarks/attack/races.py [--times N] [--kinds threads,processes]

For each pair of commands: how often it was raced, how often something was lost, and how often a command failed or the
index could not be read afterwards. Exits 1 where anything was.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

from panelbot.bot import PanelBot, check_index
from panels import HARBOUR, LIBRARY, open_bot

Change = Callable[[PanelBot, Path], object]
NAMES = ("harbour.txt", "library.txt")


def _write(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def _add_same_name(number: int) -> Change:
    return lambda bot, folder: bot.add([_write(folder / str(number), "night.txt", HARBOUR + f"顾澜：第{number}次。\n")])


def _add_again(bot: PanelBot, folder: Path) -> object:
    return bot.add([_write(folder, "harbour.txt", HARBOUR + "顾澜：改过了。\n")])


def _edit(speaker: str, title: str) -> Change:
    return lambda bot, _: bot.edit_speakers("harbour", [f"{speaker}.title={title}"])


def _remove(bot: PanelBot, _: Path) -> object:
    return bot.remove(["library"])


def _rebuild(bot: PanelBot, _: Path) -> object:
    return bot.add([], rebuild=True)


def _ask(bot: PanelBot, _: Path) -> object:
    return [bot.ask("青禾银行的网点客流量恢复得怎么样？").citations[0].quote for _ in range(3)]


def _titles(bot: PanelBot) -> set[str]:
    return {speaker.title for speaker in bot.transcript("harbour").speakers}


def _last(bot: PanelBot) -> set[str]:
    return {transcript.turns[-1].text for transcript in bot.transcripts()}


PAIRS: dict[str, tuple[Change, Change, Callable[[PanelBot], bool]]] = {
    "add/add": (_add_same_name(1), _add_same_name(2), lambda bot: {"第1次。", "第2次。"} <= _last(bot)),
    "add/edit": (_add_again, _edit("陆远", "行长"), lambda bot: "改过了。" in _last(bot) and "行长" in _titles(bot)),
    "edit/edit": (_edit("陆远", "行长"), _edit("顾澜", "船长"), lambda bot: {"行长", "船长"} <= _titles(bot)),
    "add/remove": (_add_again, _remove, lambda bot: "改过了。" in _last(bot) and len(bot.transcripts()) == 1),
    "rebuild/ask": (_rebuild, _ask, lambda bot: len(bot.transcripts()) == 2),
    "rebuild/edit": (_rebuild, _edit("陆远", "行长"), lambda bot: "行长" in _titles(bot)),
}


def _run(change: Change, index: Path, folder: Path, pause: float, faults: object, start: object) -> None:
    try:
        bot = open_bot(index)
        bot.transcripts()
        start.wait()  # type: ignore[attr-defined]
        time.sleep(pause)
        change(bot, folder)
        bot.close()
    except BaseException as error:
        faults.append(f"{type(error).__name__}: {error}")  # type: ignore[attr-defined]


def race(pair: str, kind: str, random_: random.Random, faults: object) -> tuple[bool, bool]:
    """Race one pair once: whether something was lost, and whether the index is broken."""
    first, second, kept = PAIRS[pair]
    with tempfile.TemporaryDirectory() as root:
        index, folder = Path(root) / "index", Path(root) / "corpus"
        before = open_bot(index)
        before.add([_write(folder, NAMES[0], HARBOUR), _write(folder, NAMES[1], LIBRARY)])
        before.close()
        context = multiprocessing.get_context("fork")
        start = threading.Barrier(2) if kind == "threads" else context.Barrier(2)
        pauses = [random_.random() * 0.05, random_.random() * 0.05]
        make = threading.Thread if kind == "threads" else context.Process
        runs = [
            make(target=_run, args=(change, index, folder, pause, faults, start))
            for change, pause in zip((first, second), pauses, strict=True)
        ]
        for run in runs:
            run.start()
        for run in runs:
            run.join()
        try:
            after = open_bot(index)
            return not kept(after), bool(check_index(index).faults)
        except Exception as error:
            faults.append(f"afterwards: {type(error).__name__}: {error}")  # type: ignore[attr-defined]
            return True, True


def main(options: argparse.Namespace) -> int:
    """Race each pair so many times in each way."""
    bad = 0
    random_ = random.Random(7)
    open_bot(Path(tempfile.mkdtemp())).ask("暖身？")  # the words' dictionary is read before processes are forked
    with multiprocessing.get_context("fork").Manager() as manager:
        for kind in options.kinds.split(","):
            for pair in PAIRS:
                faults = manager.list()
                results = [race(pair, kind, random_, faults) for _ in range(options.times)]
                lost, broken = sum(r[0] for r in results), sum(r[1] for r in results)
                bad += lost + broken + len(faults)
                said = f"{pair:13} {kind:10} {options.times:4} races  {lost:3} lost  {broken:3} broken"
                print(f"{said}  {len(faults):3} failed  {'; '.join(sorted(set(faults)))[:200]}", flush=True)
    return int(bad > 0)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--kinds", default="threads,processes")
    sys.exit(main(parser.parse_args()))

"""A process killed at random moments and at exact system calls, in every command that writes.

    python benchmarks/attack/kills.py [--times N] [--commands NAMES] [--seed N]

The process is traced; it is killed as it enters its n-th call that writes, syncs, renames or removes a file, with n
drawn anew each time, or at a random moment. For each command: how often it was killed, how often the index was then
neither as before nor as after, how often it could not be read, and how often something half-written was left after the
next command. Linux on x86-64 alone. Exits 1 where there is one.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

from panelbot.app.kept import Kept
from panelbot.bot import PanelBot, check_index
from panelbot.store import FILE_NAME
from panelbot.store.sums import seal
from panels import HARBOUR, LIBRARY, open_bot, write_panels

# write, pwrite64, writev, sendfile, ftruncate, rename, mkdir, unlink, fsync, fdatasync, openat, unlinkat, renameat,
# copy_file_range
CALLS = frozenset({1, 18, 20, 40, 77, 82, 83, 87, 74, 75, 257, 263, 264, 326})
_TRACEME, _PEEKUSER, _SYSCALL = 0, 3, 24
_ORIG_RAX = 15 * 8
_libc = ctypes.CDLL(None, use_errno=True)
_libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
_libc.ptrace.restype = ctypes.c_long

COMMANDS: dict[str, Callable[[PanelBot, Path], object]] = {
    "add": lambda bot, folder: bot.add([_third(folder)]),
    "add again": lambda bot, folder: bot.add([_changed(folder)]),
    "add text": lambda bot, _: bot.add_text(LIBRARY.replace("Night", "Day"), name="pasted"),
    "edit": lambda bot, _: bot.edit_speakers("harbour", ["陆远.name=陆远之", "顾澜.title=船长"]),
    "edit turn": lambda bot, _: _corrected(bot),
    "remove": lambda bot, _: bot.remove(["library"]),
    "rebuild": lambda bot, _: bot.add([], rebuild=True),
    "feedback": lambda bot, _: bot.feedback({"query": "客流？", "gold_turns": [1], "transcript_id": "harbour"}),
    "record": lambda bot, folder: bot.link_recording("library", _sound(folder, 2), keep=True),
    "record again": lambda bot, folder: bot.link_recording("harbour", _sound(folder, 3), keep=True),
    "record no": lambda bot, _: bot.link_recording("harbour", None),
    "remove it": lambda bot, _: bot.remove(["harbour"]),
    "visitor": lambda bot, _: Kept(bot.path).put("mei", "note", {"id": "a", "quote": "成本先升后降"}),
    "upgrade": lambda bot, _: bot.listing(),
}


def _corrected(bot: PanelBot) -> object:
    said = bot.transcript("harbour").turns[5].text
    return bot.edit("harbour", [{"edit": "text", "turn": 5, "was": said, "text": "不，我不同意。"}])


def _sound(folder: Path, number: int) -> Path:
    (folder / "talk.mp3").write_bytes(bytes([number]) * 300_000)
    return folder / "talk.mp3"


def _third(folder: Path) -> Path:
    (folder / "third.txt").write_text(HARBOUR.replace("八成", "九成"), encoding="utf-8")
    return folder / "third.txt"


def _changed(folder: Path) -> Path:
    (folder / "harbour.txt").write_text(HARBOUR + "顾澜：还有一句。\n", encoding="utf-8")
    return folder / "harbour.txt"


def state(index: Path) -> object:
    """All that an index holds, and how many judgements."""
    bot = open_bot(index)
    try:
        feedback = index / "feedback.jsonl"
        lines = feedback.read_bytes().split(b"\n")[:-1] if feedback.exists() else []  # a half line is none yet
        found = {t.id: bot.recording(t.id) for t in bot.transcripts()}
        sounds = {id: each and each.path.read_bytes() for id, each in found.items()}
        visitors = Kept(index).all("mei", "note")
        return bot.transcripts(), sounds, visitors, [hit.text for hit in bot.search("成本 rent")], len(lines)
    finally:
        bot.close()


def _child(command: str, index: Path, folder: Path, *, traced: bool) -> None:
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        bot = open_bot(index if command != "upgrade" else index.with_name("none"))
        bot.transcripts()
        if traced:
            _libc.ptrace(_TRACEME, 0, None, None)
            os.kill(os.getpid(), signal.SIGSTOP)
        COMMANDS[command](open_bot(index) if command == "upgrade" else bot, folder)
        os._exit(0)
    except BaseException:
        os._exit(1)


def run(command: str, index: Path, folder: Path, *, kill_at: int = 0, after: float = 0.0) -> tuple[int, bool]:
    """Run a command, killed at its n-th call or after some seconds: its calls so far, and whether it was killed."""
    pid = os.fork()
    if not pid:
        _child(command, index, folder, traced=not after)
    if after:
        time.sleep(after)
        os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        return 0, os.WIFSIGNALED(status)
    n_calls, entering, passed = 0, True, 0
    _, status = os.waitpid(pid, 0)
    while True:
        _libc.ptrace(_SYSCALL, pid, None, ctypes.c_void_p(passed))
        _, status = os.waitpid(pid, 0)
        if os.WIFEXITED(status) or os.WIFSIGNALED(status):
            return n_calls, os.WIFSIGNALED(status)
        passed = 0
        if os.WSTOPSIG(status) != signal.SIGTRAP:
            passed = os.WSTOPSIG(status)
            continue
        if entering and _libc.ptrace(_PEEKUSER, pid, ctypes.c_void_p(_ORIG_RAX), None) in CALLS:
            n_calls += 1
            if n_calls == kill_at:
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
                return n_calls, True
        entering = not entering


def main(options: argparse.Namespace) -> int:
    """Kill and look."""
    random_ = random.Random(options.seed)
    bad = 0
    with tempfile.TemporaryDirectory() as root:
        whole, index, folder = Path(root) / "whole", Path(root) / "index", Path(root) / "corpus"
        bot = open_bot(whole)
        bot.add([write_panels(folder)])
        bot.link_recording("harbour", _sound(folder, 1), keep=True)
        Kept(whole).put("mei", "note", {"id": "a", "quote": "成本"})
        bot.ask("暖身？")
        bot.close()
        before = state(whole)
        for command in options.commands.split(",") if options.commands else COMMANDS:
            _fresh(whole, index, command)
            began = time.monotonic()
            n_calls, _ = run(command, index, folder)
            took = time.monotonic() - began
            after = state(index)
            if after == before and command not in ("rebuild", "add text", "upgrade"):
                raise SystemExit(f"{command} changes nothing")
            counts = Counter[str]()
            for number in range(options.times // len(COMMANDS) + 1):
                _fresh(whole, index, command)
                at = random_.randint(1, n_calls) if number % 4 else 0
                _, killed = run(command, index, folder, kill_at=at, after=0 if at else 0.01 + random_.random() * took)
                counts["killed"] += killed
                counts.update(_look(index, folder, before, after))
            bad += counts["half"] + counts["unreadable"] + counts["left"]
            said = f"{command:10} {n_calls:4} calls  {counts.total() and counts['killed']:4} killed"
            print(
                f"{said}  {counts['half']:3} half  {counts['unreadable']:3} unreadable  {counts['left']:3} left",
                flush=True,
            )
    return int(bad > 0)


def _fresh(whole: Path, index: Path, command: str) -> None:
    shutil.rmtree(index, ignore_errors=True)
    shutil.copytree(whole, index)
    if command == "upgrade":
        with closing(sqlite3.connect(index / FILE_NAME)) as db, db:
            db.execute("ALTER TABLE transcripts DROP COLUMN listed_sha256")
            db.execute("UPDATE meta SET value = '4' WHERE key = 'format'")
            seal(db)


def _look(index: Path, folder: Path, before: object, after: object) -> list[str]:
    try:
        found = [] if state(index) in (before, after) else ["half"]
        bot = open_bot(index)
        bot.add([folder / "library.txt"])
        Kept(index).put("lin", "note", {"id": "next"})
        found += ["unreadable"] if check_index(index).faults else []
        linked = [each for t in bot.transcripts() if (each := bot.recording(t.id)) is not None]
        bot.close()
        if len(list((index / "recordings").iterdir())) > len(linked):
            found.append("left")
    except Exception as error:
        print(f"  {type(error).__name__}: {error}")
        return ["unreadable"]
    return found + ["left" for path in index.rglob("*") if path.name.endswith((".tmp", "-journal"))][:1]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=500)
    parser.add_argument("--commands", default="", help="of these alone, with commas between")
    parser.add_argument("--seed", type=int, default=3)
    sys.exit(main(parser.parse_args()))

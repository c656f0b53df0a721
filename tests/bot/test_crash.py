"""A process killed at any moment of `add` leaves the index as it was, or as it is afterwards."""

from __future__ import annotations

import os
import platform
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from panels import HARBOUR, open_bot, write_panels

pytestmark = pytest.mark.slow

ATTACK = Path(__file__).parents[2] / "benchmarks" / "attack" / "kills.py"
SOURCE = Path(__file__).resolve().parents[2] / "src"
# Kills its own process at the n-th call of a function every stage goes through.
SCRIPT = """
import os, signal, sys
sys.path.insert(0, sys.argv[4])
from panels import open_bot
n = int(sys.argv[3])
def count(*_):
    global n
    n -= 1
    if n == 0:
        os.kill(os.getpid(), signal.SIGKILL)
bot = open_bot(__import__("pathlib").Path(sys.argv[1]))
bot._library.store._db.set_trace_callback(count)
bot.add([sys.argv[2]])
"""


def state(index: Path) -> list[tuple[str, int]]:
    return [(t.id, len(t.turns)) for t in open_bot(index).transcripts()]


@pytest.mark.parametrize("moment", [1, 3, 6, 9, 12, 15, 18, 25, 40])
def test_a_kill_leaves_before_or_after(tmp_path: Path, moment: int) -> None:
    folder = write_panels(tmp_path / "corpus")
    index = tmp_path / "index"
    open_bot(index).add([folder])
    before = state(index)
    (folder / "harbour.txt").write_text(HARBOUR + "顾澜：还有一句。\n", encoding="utf-8")
    (folder / "third.txt").write_text(HARBOUR, encoding="utf-8")
    after = sorted([("harbour", 8), ("library", 6), ("third", 7)])
    arguments = [str(index), str(folder), str(moment), str(Path(__file__).parents[1])]
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *arguments], env={**os.environ, "PYTHONPATH": str(SOURCE)}, capture_output=True
    )
    assert done.returncode in (0, -signal.SIGKILL), done.stderr.decode()
    assert state(index) in (before, after)
    open_bot(index).add([folder])
    assert state(index) == after


@pytest.mark.skipif((sys.platform, platform.machine()) != ("linux", "x86_64"), reason="traces system calls")
def test_a_kill_while_the_format_is_brought_up_to_date_leaves_nothing_behind() -> None:
    command = [sys.executable, str(ATTACK), "--commands", "upgrade", "--times", "150"]
    done = subprocess.run(command, env={**os.environ, "PYTHONPATH": str(SOURCE)}, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    assert done.stdout.startswith("upgrade")

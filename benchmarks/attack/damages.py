"""Every file of an index and its cache damaged at random, and what a question then says.

    python benchmarks/attack/damages.py [--times N] [--cache N] [--seed N]

The cache is that of the built-in model and of the dictionaries, asked by a process of its own each time. A record of
a visitor that is left out with a line in the log counts as told, and so do judged questions that `evaluate` refuses.

For each file: how often it was damaged; how often answers and quotes were the same (rebuilt, or the damage did not
matter), how often one sentence told of it, how often something else was raised, and how often a quote differed from the
one before in silence. Exits 1 where there is one of the last two.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

from panelbot.app.kept import Kept
from panelbot.bot import PanelBot
from panelbot.errors import PanelbotError
from panelbot.evaluation.gold import load_questions
from panelbot.retrieve import search
from panels import open_bot, write_panels

QUESTIONS = ("青禾银行的网点客流量恢复得怎么样？", "why did the rent matter?", "谁谈到了成本？", "陆远怎么看网点？")
FIELDS = (search.MAX_POOL, 1)  # as in a small library, and as in one of many transcripts: by its lists


NOTES: list[list[dict[str, object]]] = []  # what the visitor was shown, state after state


def state(bot: PanelBot) -> object:
    """All that the index holds and answers."""
    listed, answers = bot.listing(), []
    for search.MAX_POOL in FIELDS:
        answers += [bot.ask(question) for question in QUESTIONS]
    NOTES.append(Kept(bot.path).all("mei", "note"))
    return listed, bot.transcripts(), [(a.status, a.text, a.citations) for a in answers]


def damage(data: bytes, random_: random.Random) -> tuple[str, bytes]:
    """The data with one damage, and of which kind it is."""
    kind = random_.choice(("byte", "bit", "zeros", "cut", "empty", "swap", "text", "repeat", "garbage"))
    at = random_.randrange(max(1, len(data)))
    size = random_.choice((1, 8, 64, 512, 4096))
    if kind == "byte":
        return kind, data[:at] + bytes([random_.randrange(256)]) + data[at + 1 :]
    if kind == "bit":
        return kind, data[:at] + bytes([data[at] ^ (1 << random_.randrange(8))]) + data[at + 1 :] if data else data
    if kind == "zeros":
        return kind, data[:at] + bytes(min(size, len(data) - at)) + data[at + size :]
    if kind == "cut":
        return kind, data[:at]
    if kind == "swap":
        other = random_.randrange(max(1, len(data)))
        a, b = data[at : at + size], data[other : other + size]
        made = bytearray(data)
        made[at : at + len(b)], made[other : other + len(a)] = b, a
        return kind, bytes(made)
    if kind == "text":
        return kind, data.replace("八成".encode(), "七成".encode()).replace(b"doubled", b"trebled")
    if kind == "repeat":
        return kind, data[:at] + data[at : at + size] + data[at:]
    return kind, b"" if kind == "empty" else random_.randbytes(len(data))


def main(options: argparse.Namespace) -> int:
    """Damage and ask."""
    random_ = random.Random(options.seed)
    counts: dict[str, Counter[str]] = {}
    shown: list[str] = []
    with tempfile.TemporaryDirectory() as root:
        whole, index = Path(root) / "whole", Path(root) / "index"
        bot = open_bot(whole)
        bot.add([write_panels(Path(root) / "corpus")])
        for number in range(40):
            Kept(whole).put("mei", "note", {"id": f"{number:02}", "quote": "成本先升后降，第二年省下三百万元。" * 9})
        bot.feedback({"query": "客流？", "gold_turns": [1], "transcript_id": "harbour"})
        expected = state(bot)
        bot.close()
        files = sorted(path.relative_to(whole) for path in whole.rglob("*") if path.is_file())
        for number in range(options.times):
            name = random_.choice(files) if number % 2 else Path("panelbot.sqlite")
            shutil.rmtree(index, ignore_errors=True)
            shutil.copytree(whole, index)
            kind, made = damage((index / name).read_bytes(), random_)
            (index / name).write_bytes(made)
            outcome, said = _ask(index, expected)
            counts.setdefault(str(name), Counter())[outcome] += 1
            if outcome in ("raised", "silent"):
                shown.append(f"{name} {kind}: {outcome} {said}")
        cache_damages(Path(root), options.cache, random_, counts, shown)
    print(f"{'file':60}{'damaged':>9}{'same':>7}{'told':>7}{'raised':>8}{'silent':>8}")
    for name, row in sorted(counts.items()):
        print(f"{name:60}{row.total():9}{row['same']:7}{row['told']:7}{row['raised']:8}{row['silent']:8}")
    for line in shown[:20]:
        print(f"  {line}")
    return int(bool(shown))


def cache_damages(
    root: Path, times: int, random_: random.Random, counts: dict[str, Counter[str]], shown: list[str]
) -> None:
    """As for the index, with the built-in model, for every file of the cache."""
    whole, cache = root / "whole-cache", root / "cache"
    ask = [sys.executable, "-m", "panelbot", "--index", str(root / "real"), "ask", QUESTIONS[0], "--json"]

    def run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PANELBOT_CACHE": str(folder)}
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    run([*ask[:5], "add", str(root / "corpus")], whole)
    expected = run(ask, whole)
    files = sorted(path.relative_to(whole) for path in whole.rglob("*") if path.is_file() and path.suffix != ".lock")
    for number in range(times):
        name = files[number % len(files)]
        shutil.rmtree(cache, ignore_errors=True)
        shutil.copytree(whole, cache)
        kind, made = damage((cache / name).read_bytes(), random_)
        (cache / name).write_bytes(made)
        done = run(ask, cache)
        same = (done.returncode, done.stdout) == (expected.returncode, expected.stdout)
        told = done.returncode == 2 and done.stderr.count("\n") == 1
        outcome = "same" if same else "told" if told else "raised" if "Traceback" in done.stderr else "silent"
        counts.setdefault(f"cache/{name}", Counter())[outcome] += 1
        if outcome in ("raised", "silent"):
            shown.append(f"cache/{name} {kind}: {outcome} {done.stderr[-200:]}")


def _judged(bot: PanelBot) -> bool:
    """Whether the judged questions can be read; what is in them is the user's to edit."""
    try:
        return bool(load_questions([bot.path / "feedback.jsonl"], bot.transcripts()))
    except PanelbotError:
        return False


def _ask(index: Path, expected: object) -> tuple[str, str]:
    try:
        bot = open_bot(index)
        try:
            if state(bot) != expected:
                return "silent", ""
            if any(note not in NOTES[0] for note in NOTES[-1]):
                return "silent", "a note"
            return ("same" if NOTES[-1] == NOTES[0] and _judged(bot) else "told"), ""
        finally:
            bot.close()
    except PanelbotError as error:
        return ("told", str(error)) if "\n" not in str(error) else ("raised", str(error))
    except Exception as error:
        return "raised", f"{type(error).__name__}: {error}"[:200]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=1000)
    parser.add_argument("--cache", type=int, default=100, help="how many of the cache's files besides")
    parser.add_argument("--seed", type=int, default=5)
    sys.exit(main(parser.parse_args()))
